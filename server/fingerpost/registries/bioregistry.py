"""The snapshots of FAIRsharing and re3data that come with Bioregistry's package (`external/`).

Each is a JSON object: the registry's identifier → name, home page, description, and what else
Bioregistry takes over. Contacts are personal, and never read.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from fingerpost.registries import notices
from fingerpost.registries.entry import Broken, Entry, Found
from fingerpost.registries.values import Values, WrongValue, broken, prose, unique

FAIRSHARING = r"FAIRsharing\.[A-Za-z0-9]+"
RE3DATA = r"r3d1[0-9]{8}"
"""The forms of the registries' identifiers, whose case varies."""
_FAIRSHARING = re.compile(FAIRSHARING, re.IGNORECASE)
_RE3DATA = re.compile(RE3DATA, re.IGNORECASE)
_CURIES = {
    "doi": "doi:{}",
    "fairsharing": "fairsharing:{}",
    "fairsharing.legacy": "fairsharing:{}",
    "hdl": "hdl:{}",
    "isni": "isni:{}",
    "nif": "rrid:nif-{}",
    "omics": "rrid:OMICS_{}",
}
"""How Bioregistry names what else identifies a record → the CURIE."""


def is_fairsharing(found: object) -> bool:
    """Return whether this is the snapshot of FAIRsharing."""
    return _has_keys(found, _FAIRSHARING)


def is_re3data(found: object) -> bool:
    """Return whether this is the snapshot of re3data."""
    return _has_keys(found, _RE3DATA)


def fairsharing(found: Mapping[str, object]) -> Iterator[Found]:
    """Yield the records of the snapshot of FAIRsharing."""
    return _entries(found, _fairsharing)


def re3data(found: Mapping[str, object]) -> Iterator[Found]:
    """Yield the repositories of the snapshot of re3data."""
    return _entries(found, _re3data)


def _has_keys(found: object, local: re.Pattern[str]) -> bool:
    return isinstance(found, dict) and any(map(local.fullmatch, found))


def _entries(found: Mapping[str, object], take: Callable[[str, Values], Entry]) -> Iterator[Found]:
    for key, one in found.items():
        if not isinstance(one, dict):
            yield Broken(key, "", "this is no JSON object.")
            continue
        try:
            yield take(key, Values(one))
        except WrongValue as fault:
            yield broken(key, fault)


def _fairsharing(key: str, record: Values) -> Entry:
    if not _FAIRSHARING.fullmatch(key):
        raise WrongValue("", "this is no identifier of FAIRsharing.")
    local = key.partition(".")[2]
    found = _entry(f"fairsharing:FAIRsharing.{local}", record, record.texts("short_names"))
    return replace(found, status=notices.fairsharing(found.description))


def _re3data(key: str, record: Values) -> Entry:
    if not _RE3DATA.fullmatch(key):
        raise WrongValue("", "this is no identifier of re3data.")
    found = _entry(f"re3data:{key.lower()}", record, record.texts("prefix_synonyms"))
    return replace(found, kind="repository", status=notices.re3data(found.description))


def _entry(id_: str, record: Values, others: tuple[str, ...]) -> Entry:
    name = record.needed("name")
    return Entry(
        id=id_,
        name=name,
        alt_names=tuple(one for one in others if one != name),
        homepage=record.text("homepage"),
        description=prose(record.text("description")),
        subjects=record.texts("keywords"),
        identifiers=unique(_identifiers(record.within("xrefs"))),
    )


def _identifiers(said: Values) -> Iterator[str]:
    for registry, form in _CURIES.items():
        for local in said.texts(registry):
            yield form.format(local.strip("/").replace(" ", ""))
