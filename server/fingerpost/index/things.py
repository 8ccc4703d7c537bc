"""Everything that has a name in a graph, and what is said of it, read in batches."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from fingerpost.engine import Engine, rows
from fingerpost.graph.vocabulary import KINDS, LABEL, curie, kind_and_slug, term

_CONCEPTS = ("DataType", "Technique", "Phase")
_AT_ONCE = 1000
"""Things that are asked about in one query, which is short enough for every engine."""
_Said = dict[str, dict[str, list[str]]]
_short = cache(curie)

_OF_CLASS = """
SELECT DISTINCT ?thing
WHERE {{ ?thing a {class_} ; <http://www.w3.org/2004/02/skos/core#prefLabel> ?name . }}
"""
_SAID = """
SELECT ?thing ?property ?value (LANG(?value) AS ?language)
WHERE {{
  VALUES ?thing {{ {things} }}
  ?thing ?property ?value .
  FILTER (?property IN ({properties}))
}}
"""
_STATED = """
SELECT ?thing ?property ?value
WHERE {{
  VALUES ?thing {{ {things} }}
  GRAPH ?graph {{ ?thing ?property ?value }}
  FILTER (?property IN ({properties}))
  FILTER (NOT EXISTS {{ ?thing ?property ?value }})
}}
"""
"""What is said in a graph alone: what held once."""


@dataclass(frozen=True)
class Thing:
    """A record or concept: its number, IRI and kind, and its values by property.

    `name` is its preferred English name, where `skos:prefLabel` was asked for, and `stated` has
    what some graph says and the graph as a whole does not.
    """

    id: int
    iri: str
    kind: str
    said: Mapping[str, Sequence[str]]
    name: str
    stated: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def ever(self, property_: str) -> Sequence[str]:
        """Return the values of a property, those too that hold no longer."""
        return (*self.of(property_), *self.stated.get(property_, ()))

    def of(self, property_: str) -> Sequence[str]:
        """Return the values of a property."""
        return self.said.get(property_, ())


@dataclass(frozen=True)
class Things:
    """The things of a graph in an order that numbers them."""

    engine: Engine
    iris: Mapping[str, int]

    def batches(self, properties: Sequence[str]) -> Iterator[list[Thing]]:
        """Yield all things with the values of some properties, prefixed names, some at a time."""
        asked = ", ".join(str(term(one)) for one in properties)
        every = iter(self.iris.items())
        before = self.engine.generation
        while some := list(islice(every, _AT_ONCE)):
            if self.engine.generation != before:
                # Nobody wants the rest: see `making.make`.
                return
            said, names, stated = self._said([iri for iri, _ in some], asked)
            yield [
                Thing(
                    id_, iri, _kind(iri), said.get(iri, {}), names.get(iri, ""), stated.get(iri, {})
                )
                for iri, id_ in some
            ]

    def _said(self, iris: Sequence[str], properties: str) -> tuple[_Said, dict[str, str], _Said]:
        found: _Said = defaultdict(lambda: defaultdict(list))
        names: dict[str, str] = {}
        named = " ".join(f"<{iri}>" for iri in iris)
        text = _SAID.format(things=named, properties=properties)
        for row in rows.select(self.engine, text):
            found[row["thing"]][_short(row["property"])].append(row["value"])
            if row.get("language") == "en" and row["property"] == LABEL.value:
                names[row["thing"]] = row["value"]
        stated: _Said = defaultdict(lambda: defaultdict(list))
        for row in rows.select(self.engine, _STATED.format(things=named, properties=properties)):
            stated[row["thing"]][_short(row["property"])].append(row["value"])
        return found, names, stated


def load(engine: Engine) -> Things:
    """Return everything in a graph that has a name and an identifier of ours."""
    found: dict[str, None] = {}
    for class_ in (*KINDS.values(), *_CONCEPTS):
        text = _OF_CLASS.format(class_=term(f"fp:{class_}"))
        found |= dict.fromkeys(row["thing"] for row in rows.select(engine, text))
    own = sorted(iri for iri in found if kind_and_slug(iri))
    return Things(engine, {iri: id_ for id_, iri in enumerate(own, start=1)})


def _kind(iri: str) -> str:
    return (kind_and_slug(iri) or ("",))[0]
