"""All resources by name, and what each is filed under, as a list: see `lists`.

size (records, statements)      how much there is altogether
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from fingerpost.engine import Engine, rows
from fingerpost.graph.vocabulary import KINDS, RESOURCE_KINDS, term
from fingerpost.index import lists, things
from fingerpost.index.kept import Index
from fingerpost.index.lists import Entry
from fingerpost.index.things import Thing, Things

FACETS = ("kind", "phase", "data", "country", "access", "status")
"""What resources are filed under; also the fields of an address."""

_FILED = {
    "phase": "fp:usedIn",
    "data": "fp:concernsData",
    "country": "fp:country",
    "access": "fp:access",
    "status": "fp:status",
}
_OTHERS = "skos:altLabel"
_READ = ("rdf:type", "skos:prefLabel", "dct:description", _OTHERS, *_FILED.values())
_STATEMENTS = "SELECT (COUNT(*) AS ?statements) WHERE { ?subject ?property ?value }"
_RESOURCE = term("fp:Resource").value
_BROADER = f"SELECT DISTINCT ?narrow ?broad WHERE {{ ?narrow {term('skos:broader')} ?broad }}"


def write(writing: sqlite3.Connection, engine: Engine) -> None:
    """Write the list of what an engine holds, and how much that is."""
    resources = things.of_kinds(engine, RESOURCE_KINDS)
    lists.write(writing, _entries(resources))
    others = [kind for kind in KINDS if kind not in RESOURCE_KINDS]
    records = len(resources.iris) + len(things.of_kinds(engine, others).iris)
    ((statements,),) = (row.values() for row in rows.whole(engine, _STATEMENTS))
    writing.execute("CREATE TABLE size (records INTEGER NOT NULL, statements INTEGER NOT NULL)")
    writing.execute("INSERT INTO size VALUES (?, ?)", (records, int(statements)))


def sizes(index: Index) -> tuple[int, int]:
    """Return how many records and statements there are."""
    ((records, statements),) = index.select("SELECT records, statements FROM size")
    return int(str(records)), int(str(statements))


def _entries(resources: Things) -> Iterator[Entry]:
    wider = _wider(resources.engine)
    for some in resources.batches(_READ):
        for one in some:
            if one.name and _RESOURCE in one.of("rdf:type"):
                yield _entry(one, wider)


def _entry(one: Thing, wider: Mapping[str, frozenset[str]]) -> Entry:
    filed = {facet: sorted(_values(one, facet, wider)) for facet in FACETS}
    shown = {"resource": one.iri, "name": one.name, "kind": one.kind}
    return Entry(
        order=(one.name.lower(), one.iri),
        row=json.dumps({**shown, **{facet: filed[facet] for facet in FACETS[1:]}}),
        note=one.description,
        filed=filed,
        told=" ".join((one.name, *one.of(_OTHERS), one.description)).lower(),
    )


def _values(one: Thing, facet: str, wider: Mapping[str, frozenset[str]]) -> set[str]:
    """Return the slugs that a resource stands under; of data also those of every wider type."""
    if facet == "kind":
        return {one.kind}
    found: Iterable[str] = one.of(_FILED[facet])
    if facet == "data":
        found = {iri for type_ in found for iri in (type_, *wider.get(type_, ()))}
    return {iri.rpartition("/")[2] for iri in found}


def _wider(engine: Engine) -> dict[str, frozenset[str]]:
    """Return all that is wider than a concept, by however many steps."""
    above: dict[str, set[str]] = defaultdict(set)
    for row in rows.select(engine, _BROADER):
        above[row["narrow"]].add(row["broad"])
    return {iri: _reached(iri, above) for iri in above}


def _reached(iri: str, above: Mapping[str, set[str]]) -> frozenset[str]:
    found: set[str] = set()
    ahead = {iri}
    while ahead:
        ahead = set().union(*(above.get(one, ()) for one in ahead)) - found
        found |= ahead
    return frozenset(found)
