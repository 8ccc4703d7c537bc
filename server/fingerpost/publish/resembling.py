"""Our resources in the shape of a FAIRsharing record, for clients written for that registry.

A name of an attribute is FAIRsharing's where it means the same (https://fairsharing.org/API_doc);
what that registry has no word for lies below `fingerpost`. A DOI there is that of FAIRsharing's own
record, so ours have none: FAIRsharing's record of the same thing is a cross-reference.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from fingerpost.engine import Engine
from fingerpost.graph import identifiers
from fingerpost.graph.vocabulary import IDS, RESOURCE_KINDS, kind_and_slug, local_name
from fingerpost.index.told import Told
from fingerpost.publish import said
from fingerpost.publish.said import Said
from fingerpost.recommend.places import name_of

Json = dict[str, object]

TYPE = "fairsharing_records"
"""The type of a record, as that registry's clients know it."""
_REGISTRIES = {
    "repository": "Database",
    "registry": "Database",
    "standard": "Standard",
    "format": "Standard",
    "policy": "Policy",
}
"""Kinds of ours that one of FAIRsharing's registries is for."""
_TYPES = {"repository": "repository", "format": "model_and_format"}
_STANDARDS = {
    "reporting-guideline": "reporting_guideline",
    "terminology": "terminology_artefact",
    "model": "model_and_format",
    "model-and-format": "model_and_format",
    "identifier-scheme": "identifier_schema",
}
"""Types of standard → FAIRsharing's types of record."""
_STATUS = {
    "active": "ready",
    "planned": "in_development",
    "ended": "deprecated",
    "superseded": "deprecated",
}
_ACCESS = ("controlled", "open")
"""Access that both have a word for, the stricter first."""
_PORTALS = {"rrid": "SciCrunch", "fairsharing": "FAIRsharing"}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHORT = re.compile(r"(?=.*[A-Z])\S{2,12}")
_COMMONS = re.compile(r"creativecommons\.org/licenses/([a-z-]+)/([0-9.]+)")
_SAID = (
    "dct:description", "dct:isReplacedBy", "dct:license", "dct:modified", "fp:access",
    "fp:concernsData", "fp:country", "fp:endedNotLaterThan", "fp:endedOn", "fp:formerName",
    "fp:hostedBy", "fp:inferredSuccessor", "fp:licenceChoice", "fp:offersTechnique",
    "fp:operatedBy", "fp:personalData", "fp:providedBy", "fp:registryIdentifier",
    "fp:standardType", "fp:startedOn", "fp:status", "fp:supersededOn", "fp:takesFormat",
    "fp:takesStandard", "fp:usedIn", "schema:url", "skos:altLabel",
)  # fmt: skip
_OF_OTHERS = ("fp:standardType",)
_TAKEN = ("fp:takesStandard", "fp:takesFormat")


def read(engine: Engine, ids: Sequence[str]) -> dict[str, Json]:
    """Return resources by id, each as the attributes of a record.

    Their `url` is a path below the service. What is no resource, or has no English name, is left
    out.
    """
    iris = [IDS + id_ for id_ in ids if id_.partition("/")[0] in RESOURCE_KINDS]
    return records(said.about(engine, iris, _SAID, _OF_OTHERS))


def records(found: Said) -> dict[str, Json]:
    """Return by id, each as the attributes of a record, the resources of which something is said.

    Of the standards and formats that they take it says of what type these are.
    """
    return {
        iri.removeprefix(IDS): _attributes(iri.removeprefix(IDS), found) for iri in found.things
    }


def linked(one: Told) -> Iterator[str]:
    """Yield the standards and formats that a resource takes."""
    return (other for name in _TAKEN for other in one.of(name))


def told(record: Json) -> str:
    """Return all that words are looked for in: names, and what it is."""
    texts = (record["name"], record["description"], *values(record, "alternative_names"))
    return " ".join(map(str, texts)).casefold()


def values(record: Json, name: str) -> list[str]:
    """Return the values of an attribute, wherever they lie."""
    there: list[str] = []
    for place in (record, record["metadata"], record["fingerpost"]):
        found = place.get(name, []) if isinstance(place, dict) else []
        there += map(str, found if isinstance(found, list) else [found])
    return there


def _attributes(id_: str, found: Said) -> Json:
    iri, kind = IDS + id_, id_.partition("/")[0]
    name = found.names[iri]
    others = found.of(iri, "skos:altLabel")
    short = next((one for one in others if _SHORT.fullmatch(one)), None)
    description = " ".join(found.of(iri, "dct:description")[:1])
    return {
        "updated_at": _time(found.of(iri, "dct:modified")),
        "metadata": _metadata(iri, short, description, found),
        "name": name,
        "abbreviation": short,
        "url": f"/id/{id_}",
        "doi": None,
        "description": description,
        "linked_records": _linked(iri, found),
        "fairsharing_registry": _REGISTRIES.get(kind),
        "record_type": _type(kind, found.of(iri, "fp:standardType")),
        "subjects": [],
        "domains": list(found.named(iri, "fp:concernsData")),
        "taxonomies": [],
        "user_defined_tags": [],
        "countries": [name_of(code) for code in found.of(iri, "fp:country")],
        "licence_links": [
            {"licence_name": _licence(one), "licence_url": one}
            for one in found.of(iri, "dct:license", "fp:licenceChoice")
        ],
        "grants": [
            {"relation": "maintains", "saved_state": {"name": one, "relation": "maintains"}}
            for one in found.named(iri, "fp:operatedBy", "fp:providedBy")
        ],
        "fingerpost": _own(iri, kind, others, found),
    }


def _metadata(iri: str, short: str | None, description: str, found: Said) -> Json:
    status = _slugs(found.of(iri, "fp:status"))
    access = _slugs(found.of(iri, "fp:access"))
    plain = next((one for one in _ACCESS if one in access), None)
    ended = found.of(iri, "fp:endedOn", "fp:supersededOn", "fp:endedNotLaterThan")
    started = found.of(iri, "fp:startedOn")
    return {
        "doi": None,
        "name": found.names[iri],
        "status": next((_STATUS[one] for one in status if one in _STATUS), None),
        "homepage": next(iter(found.of(iri, "schema:url")), None),
        "description": description,
        "abbreviation": short,
        "year_creation": int(started[0][:4]) if started else None,
        "cross_references": [_reference(one) for one in found.of(iri, "fp:registryIdentifier")],
        "deprecation_date": next((one for one in ended if _DAY.fullmatch(one)), None),
        "data_access_condition": {"type": plain} if plain else {},
    }


def _own(iri: str, kind: str, others: tuple[str, ...], found: Said) -> Json:
    """Return what FAIRsharing has no word for."""
    return {
        "iri": iri,
        "kind": kind,
        "status": list(_slugs(found.of(iri, "fp:status"))),
        "alternative_names": list(others),
        "former_names": list(found.of(iri, "fp:formerName")),
        "phases": list(found.named(iri, "fp:usedIn")),
        "techniques": list(found.named(iri, "fp:offersTechnique")),
        "access": list(_slugs(found.of(iri, "fp:access"))),
        "personal_data": list(_slugs(found.of(iri, "fp:personalData"))),
        "hosted_by": list(found.named(iri, "fp:hostedBy")),
        "successors": [
            one.removeprefix(IDS)
            for one in found.of(iri, "dct:isReplacedBy", "fp:inferredSuccessor")
        ],
    }


def _linked(iri: str, found: Said) -> list[Json]:
    """Return the standards and formats that a resource takes."""
    listed: list[Json] = []
    for other in found.of(iri, *_TAKEN):
        kind, _ = kind_and_slug(other) or ("", "")
        listed.append(
            {
                "linked_record_name": found.names.get(other, other),
                "linked_record_id": other.removeprefix(IDS),
                "linked_record_registry": _REGISTRIES.get(kind),
                "linked_record_type": _type(kind, found.of(other, "fp:standardType")),
                "relation": "implements",
            }
        )
    return listed


def _reference(curie: str) -> Json:
    prefix = curie.partition(":")[0]
    portal = _PORTALS.get(prefix, prefix)
    name = f"SciCrunch:RRID:{curie.partition(':')[2]}" if prefix == "rrid" else curie
    return {"url": identifiers.iri(curie), "name": name, "portal": portal}


def _licence(iri: str) -> str:
    """Return the short name of a licence, which its address tells."""
    if found := _COMMONS.search(iri):
        return f"CC {found[1].upper()} {found[2]}"
    return "CC0 1.0" if "/publicdomain/zero/1.0" in iri else local_name(iri.rstrip("/"))


def _type(kind: str, standards: Iterable[str]) -> str:
    """Return FAIRsharing's type of record; for what it has none of, our own kind."""
    known = (_STANDARDS[one] for one in _slugs(standards) if one in _STANDARDS)
    return next(known, _TYPES.get(kind, kind))


def _slugs(iris: Iterable[str]) -> tuple[str, ...]:
    return tuple(local_name(one) for one in iris)


def _time(days: tuple[str, ...]) -> str | None:
    return f"{days[0]}T00:00:00.000Z" if days else None
