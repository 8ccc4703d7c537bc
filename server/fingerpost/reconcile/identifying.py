"""Identifiers as they are compared: IRIs, CURIEs in any case, pages of registries, home pages."""

import re
from collections.abc import Iterator

from fingerpost.graph.vocabulary import IDS
from fingerpost.reconcile.entities import CLASSES, Entity
from fingerpost.reconcile.properties import REGISTRIES
from fingerpost.registries.linking.addresses import address

_CURIE = re.compile(r"(?P<prefix>[A-Za-z][\w.-]*):\s*(?P<local>[^\s/][^\s]*)")
_PAGES = tuple(
    re.compile(rf"https?://(?:www\.)?{pattern}", re.IGNORECASE)
    for pattern in (
        r"(?P<prefix>fairsharing)\.org/(?P<local>FAIRsharing\.\w+)/?",
        r"(?:dx\.)?doi\.org/10\.25504/(?P<local>(?P<prefix>FAIRsharing)\.\w+)",
        r"(?P<prefix>re3data)\.org/repository/(?P<local>r3d\d+)/?",
        r"(?P<prefix>bio\.tools)/(?P<local>[^/?#]+)/?",
        r"(?P<prefix>ror)\.org/(?P<local>0\w{8})/?",
        r"(?P<prefix>wikidata)\.org/(?:wiki|entity)/(?P<local>Q\d+)",
        r"scicrunch\.org/resolver/(?P<prefix>RRID):(?P<local>[\w:-]+)",
        r"(?:identifiers\.org|bioregistry\.io)/(?P<prefix>[\w.]+)[:/](?P<local>\S+)",
    )
)
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
    for pattern in _PAGES:
        if found := pattern.fullmatch(plain):
            yield _key(found["prefix"], found["local"])
    if ours := _OURS.fullmatch(plain.partition("#")[0].rstrip("/")):
        yield ours["id"]
    if found := _CURIE.fullmatch(plain):
        prefix, local = found["prefix"].lower(), found["local"]
        yield f"{prefix}/{local}" if prefix in CLASSES else _key(prefix, local)
    if plain.partition("/")[0] in CLASSES:
        yield plain.removeprefix(IDS)


def page(text: str) -> str:
    """Return an address as home pages are compared; empty where there is none."""
    found = None if len(text.split()) > 1 else address(text)
    return found.whole if found else ""


def local(curie: str) -> str:
    """Return the part of a CURIE behind its prefix, as it is compared."""
    return curie.partition(":")[2].casefold()


def _key(prefix: str, local_: str) -> str:
    prefix = prefix.casefold()
    return f"{_SAME.get(prefix, prefix)}:{local_.casefold()}"
