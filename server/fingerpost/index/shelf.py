"""All resources by name, and what each is filed under, as a list: see `lists`.

size (records, statements)      how much there is altogether
nameless (iri)                  resources that have no entry, as they have no name in English
"""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import chain

from fingerpost.engine import Engine, rows
from fingerpost.engine.trail import Touched
from fingerpost.graph.vocabulary import KINDS, RESOURCE_KINDS, term
from fingerpost.index import asking, gathered, lists, mended, things
from fingerpost.index.kept import Index
from fingerpost.index.lists import Entry
from fingerpost.index.making import Source
from fingerpost.index.told import Told

FACETS = ("kind", "phase", "data", "country", "access", "status")
"""What resources are filed under; also the fields of an address."""

_FILED = {
    "phase": "fp:usedIn",
    "data": "fp:concernsData",
    "country": "fp:country",
    "access": "fp:access",
    "status": "fp:status",
}
_TABLES = """
CREATE TABLE size (records INTEGER NOT NULL, statements INTEGER NOT NULL);
CREATE TABLE nameless (iri TEXT PRIMARY KEY);
"""
_OTHER_KINDS = [kind for kind in KINDS if kind not in RESOURCE_KINDS]
_RESOURCES, _OTHERS = things.kinds(RESOURCE_KINDS), things.kinds(_OTHER_KINDS)
_SIZE = """
INSERT INTO size
SELECT ? + (SELECT COUNT(*) FROM entry) + (SELECT COUNT(*) FROM nameless), ?
"""
_STATEMENTS = "SELECT (COUNT(*) AS ?statements) WHERE { ?subject ?property ?value }"
_RESOURCE = term("fp:Resource").value
_WIDER = term("skos:broader").value
_BROADER = f"SELECT DISTINCT ?narrow ?broad WHERE {{ ?narrow {term('skos:broader')} ?broad }}"


def write(writing: sqlite3.Connection, source: Source) -> None:
    """Write the list of what an engine holds, and how much that is."""
    others = Counter[str]()
    _write(writing, source, _resources(source, others))
    _conclude(writing, source, others.total())


def mend(before: Index, touched: Touched, writing: sqlite3.Connection, source: Source) -> None:
    """Write the same, from the list of a generation before and what has been touched since."""
    if any(property_ == _WIDER for _, property_ in touched):
        write(writing, source)
        return
    some = mended.resources(touched)
    nameless = {str(iri) for (iri,) in before.select("SELECT iri FROM nameless")}
    resources = filter(_RESOURCES.has, asking.each(source, sorted(some)))
    _write(writing, source, resources, lists.kept(before, some), nameless - some)
    _conclude(writing, source, len(asking.of_kinds(source, _OTHER_KINDS)))


def _resources(source: Source, others: Counter[str]) -> Iterator[Told]:
    """Yield what is a resource, and count what is of any other kind."""
    for one in gathered.each(source.gathered()):
        if _RESOURCES.has(one):
            yield one
        else:
            others[one.kind] += _OTHERS.has(one)


def _write(
    writing: sqlite3.Connection,
    engine: Engine,
    resources: Iterable[Told],
    kept: Iterable[Entry] = (),
    nameless: Set[str] = frozenset(),
) -> None:
    """Write the entries of some resources and those that are kept."""
    without = set(nameless)
    lists.write(writing, chain(kept, _entries(engine, resources, without)))
    writing.executescript(_TABLES)
    writing.executemany("INSERT INTO nameless VALUES (?)", ((iri,) for iri in sorted(without)))


def _conclude(writing: sqlite3.Connection, engine: Engine, others: int) -> None:
    """Write how much there is, of which so much is no resource."""
    ((statements,),) = (row.values() for row in rows.whole(engine, _STATEMENTS))
    writing.execute(_SIZE, (others, int(statements)))


def sizes(index: Index) -> tuple[int, int]:
    """Return how many records and statements there are."""
    ((records, statements),) = index.select("SELECT records, statements FROM size")
    return int(str(records)), int(str(statements))


def _entries(engine: Engine, resources: Iterable[Told], nameless: set[str]) -> Iterator[Entry]:
    """Yield the entries of some resources; those that have none are named."""
    wider = _wider(engine)
    for one in resources:
        if one.name and _RESOURCE in one.of("rdf:type"):
            yield _entry(one, wider)
        else:
            nameless.add(one.iri)


def _entry(one: Told, wider: Mapping[str, frozenset[str]]) -> Entry:
    filed = {facet: sorted(_values(one, facet, wider)) for facet in FACETS}
    shown = {"resource": one.iri, "name": one.name, "kind": one.kind}
    return Entry(
        thing=one.iri,
        first=one.name.lower(),
        row=json.dumps({**shown, **{facet: filed[facet] for facet in FACETS[1:]}}),
        note=one.description,
        filed=filed,
        told=" ".join((one.name, *sorted(one.of("skos:altLabel")), one.description)).lower(),
    )


def _values(one: Told, facet: str, wider: Mapping[str, frozenset[str]]) -> set[str]:
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
