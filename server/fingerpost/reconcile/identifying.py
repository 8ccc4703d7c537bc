"""Identifiers as they are compared: IRIs, CURIEs in any case, pages of registries, home pages."""

import re
from collections.abc import Iterator

from fingerpost.reconcile.entities import CLASSES, Entity
from fingerpost.reconcile.properties import REGISTRIES
from fingerpost.registries import curies
from fingerpost.registries.linking.addresses import address

_CURIE = re.compile(r"(?P<prefix>[A-Za-z][\w.-]*):\s*(?P<local>[^\s/][^\s]*)")
_OURS = re.compile(r"https?://w3id\.org/fingerpost/(?:id/)?(?P<id>[a-z-]+/[a-z0-9-]+)")
_SPEAKING = re.compile(r"fairsharing\.\w+|r3d\d+|0[a-z0-9]{6}\d\d")
"""Identifiers that say by themselves which registry's they are: FAIRsharing, re3data, ROR."""
_SAME = {"bio.tools": "biotools"}


def of(entity: Entity) -> Iterator[str]:
    """Yield the keys under which an entity is found, but those that others may have."""
    yield entity.id
    for prefix in REGISTRIES:
        for one in entity.texts(prefix):
            yield one.casefold()
            if _SPEAKING.fullmatch(local(one)):
                yield local(one)


def keys(text: str) -> Iterator[str]:
    """Yield the keys that a text may be, the likeliest first."""
    plain = text.strip()
    if _SPEAKING.fullmatch(plain.casefold()):
        yield plain.casefold()
    if known := curies.curie(plain):
        yield known.casefold()
    if ours := _OURS.fullmatch(plain.partition("#")[0].rstrip("/")):
        yield ours["id"]
    if found := _CURIE.fullmatch(plain):
        prefix, rest = found["prefix"].lower(), found["local"].casefold()
        yield f"{prefix}/{rest}" if prefix in CLASSES else f"{_SAME.get(prefix, prefix)}:{rest}"
    if plain.partition("/")[0] in CLASSES:
        yield plain


def page(text: str) -> str:
    """Return an address as home pages are compared; empty where there is none."""
    found = None if len(text.split()) > 1 else address(text)
    return found.whole if found else ""


def local(curie: str) -> str:
    """Return the part of a CURIE behind its prefix, as it is compared."""
    return curie.partition(":")[2].casefold()
