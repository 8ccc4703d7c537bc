"""FAIRsharing's records, from its JSON:API (https://api.fairsharing.org): pages, searches, lists.

Also from the snapshot in Bioregistry's package.
Its texts are CC BY-SA 4.0. Contacts are personal, and never read.
"""

from collections.abc import Iterator
from typing import Any

from fingerpost.errors import NotOfRegistry
from fingerpost.registries import bioregistry, documents
from fingerpost.registries.entry import Entry, Found
from fingerpost.registries.values import Values, day, prose, taken, unique

PREFIX = "fairsharing"
_TYPE = "fairsharing_records"
_NAMED = "FAIRsharing record for: "
_TOLD = "This FAIRsharing record describes: "
_DOI = "fairsharing."
_PORTALS = {
    "bioportal": "bioportal",
    "obo foundry": "obofoundry",
    "re3data": "re3data",
    "ror": "ror",
    "scicrunch": "rrid",
    "wikidata": "wikidata",
}
"""Portals of cross-references whose names are identifiers → the prefix of Bioregistry."""


def entries(data: bytes) -> Iterator[Found]:
    """Yield the records of a response, or of a list of records.

    Raises:
        NotOfRegistry: it is none: not JSON, or an error, which FAIRsharing sends with status 200.
    """
    found = documents.whole(data)
    if isinstance(found, dict) and bioregistry.is_fairsharing(found):
        yield from bioregistry.fairsharing(found)
    else:
        yield from taken(_records(found), "record", "JSON object", _entry)


def _records(found: Any) -> list[Any]:
    if isinstance(found, dict) and "data" in found:
        found = found["data"]
    elif isinstance(found, dict):
        told = found.get("message") or found.get("error") or found.get("errors") or "no data"
        raise NotOfRegistry(f"This is no page of FAIRsharing's records, it says: {told}")
    listed = found if isinstance(found, list) else [found]
    if any(isinstance(one, dict) and one.get("type", _TYPE) != _TYPE for one in listed):
        raise NotOfRegistry(f'FAIRsharing\'s records have the type "{_TYPE}"; others are here.')
    return listed


def _entry(record: Values) -> Entry:
    said = record.within("attributes")
    metadata = said.within("metadata")
    name = metadata.text("name") or said.needed("name").removeprefix(_NAMED)
    told = metadata.text("description") or said.text("description").removeprefix(_TOLD)
    return Entry(
        id=_id(record, metadata.text("doi") or said.text("doi")),
        name=name,
        alt_names=tuple(one for one in (metadata.text("abbreviation"),) if one and one != name),
        homepage=metadata.text("homepage"),
        description=prose(told),
        kind=said.text("record_type") or said.text("fairsharing_registry").lower(),
        status=metadata.text("status"),
        access=unique([metadata.within("data_access_condition").text("type")]),
        subjects=unique((*said.texts("subjects"), *said.texts("domains"))),
        countries=said.texts("countries"),
        identifiers=unique(map(_identifier, metadata.each("cross_references"))),
        modified=day(said.text("updated_at")),
    )


def _id(record: Values, doi: str) -> str:
    """Return the CURIE: by the DOI, whose first letters have no case, or else by the number."""
    local = doi.rpartition("/")[2]
    if local.lower().startswith(_DOI):
        return f"{PREFIX}:FAIRsharing.{local[len(_DOI) :]}"
    number = record.found.get("id")
    return f"{PREFIX}:{number if isinstance(number, int) else record.needed('id')}"


def _identifier(reference: Values) -> str:
    """Return a cross-reference as a CURIE; empty where its registry has no prefix here."""
    prefix = _PORTALS.get(reference.text("portal").lower())
    local = reference.text("name").rpartition(":")[2]
    return f"{prefix}:{local}" if prefix and local else ""
