"""What the graph says of some things, read in a few queries: for lists and their pages."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fingerpost.engine import Engine, rows
from fingerpost.graph.vocabulary import IDS, curie, term
from fingerpost.index import asking

_Values = Mapping[str, Mapping[str, Sequence[str]]]
"""Thing → property, a prefixed name → values."""

_OF_SOME = """
SELECT ?thing ?property ?value
WHERE {{
  VALUES ?thing {{ {things} }}
  ?thing ?property ?value .
  FILTER (?property IN ({properties}))
}}
ORDER BY ?thing ?property ?value
"""
_OWN = re.compile(re.escape(IDS) + r"[\w./~-]+")


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
    names = asking.names(engine, [*things, *linked])
    return Said(tuple(one for one in things if one in names), names, values)


def _of_some(engine: Engine, things: Sequence[str], properties: Iterable[str]) -> _Values:
    wanted = ", ".join(str(term(one)) for one in properties)
    return _values(rows.about(engine, _OF_SOME, things, properties=wanted))


def _values(found: Iterable[rows.Row]) -> _Values:
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in found:
        values[row["thing"]][curie(row["property"])].append(row["value"])
    return {
        thing: {name: tuple(some) for name, some in said.items()} for thing, said in values.items()
    }
