"""What the graph says of everything of some classes, read at once: for lists and indexes."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fingerpost.engine import Engine, rows
from fingerpost.graph.vocabulary import IDS, curie, term

_Values = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Thing → property, a prefixed name → values."""

_NAMES = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?name
WHERE { ?thing skos:prefLabel ?name . FILTER (LANG(?name) = "en") }
ORDER BY ?thing ?name
"""
_THINGS = """
SELECT DISTINCT ?thing
WHERE {{ VALUES ?class {{ {classes} }} ?thing a ?class . }}
ORDER BY ?thing
"""
_VALUES = """
SELECT DISTINCT ?thing ?property ?value
WHERE {{
  VALUES ?class {{ {classes} }}
  VALUES ?property {{ {properties} }}
  ?thing a ?class ; ?property ?value .
}}
ORDER BY ?thing ?property ?value
"""

_OF_SOME = """
SELECT ?thing ?property ?value
WHERE {{
  VALUES ?thing {{ {things} }}
  ?thing ?property ?value .
  FILTER (?property IN ({properties}))
}}
ORDER BY ?thing ?property ?value
"""
_NAMES_OF_SOME = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?name
WHERE {{
  VALUES ?thing {{ {things} }}
  ?thing skos:prefLabel ?name .
  FILTER (LANG(?name) = "en")
}}
ORDER BY ?thing ?name
"""
_OWN = re.compile(re.escape(IDS) + r"[\w./~-]+")
_AT_ONCE = 500
"""Things that are asked about in one query."""


@dataclass(frozen=True)
class Said:
    """Things with their values by property (a prefixed name); `names` has those of all values."""

    things: tuple[str, ...]
    names: Mapping[str, str]
    values: _Values

    def of(self, thing: str, *properties: str) -> tuple[str, ...]:
        """Return the values of properties of a thing, each once."""
        found = self.values.get(thing, {})
        return tuple(dict.fromkeys(one for name in properties for one in found.get(name, ())))

    def named(self, thing: str, *properties: str) -> tuple[str, ...]:
        """Return the names of the values of properties of a thing."""
        return tuple(self.names.get(one, one) for one in self.of(thing, *properties))


def read(engine: Engine, classes: Iterable[str], properties: Iterable[str]) -> Said:
    """Return what is said of everything that has an English name, by prefixed names."""
    asked = " ".join(str(term(one)) for one in classes)
    wanted = " ".join(str(term(one)) for one in properties)
    names = {row["thing"]: row["name"] for row in rows.select(engine, _NAMES)}
    values = _values(rows.select(engine, _VALUES.format(classes=asked, properties=wanted)))
    things = (row["thing"] for row in rows.select(engine, _THINGS.format(classes=asked)))
    return Said(tuple(one for one in things if one in names), names, values)


def about(
    engine: Engine, things: Sequence[str], properties: Iterable[str], of_values: Iterable[str]
) -> Said:
    """Return what is said of some things of ours, in their order, that have an English name.

    Of the values that are things of ours `of_values` is read, and their names.
    """
    values = dict(_of_some(engine, things, properties))
    others = {one for said in values.values() for found in said.values() for one in found}
    linked = sorted(one for one in others if _OWN.fullmatch(one))
    for iri, said in _of_some(engine, linked, of_values).items():
        values[iri] = {**said, **values.get(iri, {})}
    names = {
        row["thing"]: row["name"]
        for some in _parts([*things, *linked])
        for row in rows.select(engine, _NAMES_OF_SOME.format(things=_listed(some)))
    }
    return Said(tuple(one for one in things if one in names), names, values)


def _of_some(engine: Engine, things: Sequence[str], properties: Iterable[str]) -> _Values:
    wanted = ", ".join(str(term(one)) for one in properties)
    found: list[rows.Row] = []
    for some in _parts(things):
        found += rows.select(engine, _OF_SOME.format(things=_listed(some), properties=wanted))
    return _values(found)


def _parts(things: Sequence[str]) -> Iterator[Sequence[str]]:
    yield from (things[start : start + _AT_ONCE] for start in range(0, len(things), _AT_ONCE))


def _listed(things: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in things)


def _values(found: Iterable[rows.Row]) -> _Values:
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in found:
        values[row["thing"]][curie(row["property"])].append(row["value"])
    return {
        thing: {name: tuple(some) for name, some in said.items()} for thing, said in values.items()
    }
