"""Identifiers as they are compared: the ids of ours, CURIEs in any case, home pages."""

import re
from collections.abc import Iterator

from fingerpost.reconcile.entities import CLASSES
from fingerpost.registries import curies
from fingerpost.registries.linking.addresses import address

_OURS = re.compile(
    r"(?:https?://w3id\.org/fingerpost/(?:id/)?)?(?P<kind>[a-z-]+)[/:]\s*(?P<slug>[a-z0-9-]+)"
)


def own(text: str) -> str:
    """Return the id of ours that a text writes out, as an address or a CURIE; else nothing."""
    found = _OURS.fullmatch(text.strip().partition("#")[0].rstrip("/"))
    return f"{found['kind']}/{found['slug']}" if found and found["kind"] in CLASSES else ""


def keys(text: str) -> Iterator[str]:
    """Yield what an identifier in a registry, or an address of it, is compared by."""
    if known := curies.curie(text):
        yield known.casefold()
        yield local(known)


def page(text: str) -> str:
    """Return an address as home pages are compared; empty where there is none."""
    found = None if len(text.split()) > 1 else address(text)
    return found.whole if found else ""


def local(curie: str) -> str:
    """Return the part of a CURIE behind its prefix, as it is compared."""
    return curie.partition(":")[2].casefold()
