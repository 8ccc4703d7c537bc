"""Everything that has a name in a graph, and what is said of it, read in batches."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from fingerpost.engine import Engine, rows
from fingerpost.graph.vocabulary import KINDS, LABEL, curie, kind_and_slug, term

_CONCEPTS = ("DataType", "Technique", "Phase")
_AT_ONCE = 500
"""Things that are asked about in one query, which is short enough for every engine."""
_Said = dict[str, dict[str, list[str]]]
_Property = tuple[str, str]
"""A property of a thing: the IRIs of both."""
_DESCRIPTION = term("dct:description").value
_short = cache(curie)

_OF_CLASS = """
SELECT DISTINCT ?thing
WHERE {{ ?thing a {class_} ; <http://www.w3.org/2004/02/skos/core#prefLabel> ?name . }}
"""
_SOME_OF_CLASS = """
SELECT DISTINCT ?thing
WHERE {{
  VALUES ?thing {{ {things} }}
  ?thing a {class_} ; <http://www.w3.org/2004/02/skos/core#prefLabel> ?name .
}}
"""
_SAID = """
SELECT ?thing ?property ?value (LANG(?value) AS ?language)
WHERE {{
  VALUES ?thing {{ {things} }}
  ?thing ?property ?value .
  FILTER (?property IN ({properties}))
}}
"""
# To look up each statement takes 4 times as long where a graph is on disk: MINUS reads all at once.
_STATED = """
SELECT ?thing ?property ?value
WHERE {{
  VALUES ?thing {{ {things} }}
  GRAPH ?graph {{ ?thing ?property ?value }}
  MINUS {{ VALUES ?thing {{ {things} }} ?thing ?property ?value }}
}}
"""
"""What is said in a graph alone: what held once."""


_ENGLISH = f"""
SELECT ?thing ?name
WHERE {{{{
  VALUES ?thing {{{{ {{things}} }}}}
  ?thing {LABEL} ?name .
  FILTER (LANG(?name) = "en")
}}}}
ORDER BY ?thing ?name
"""


@dataclass(frozen=True)
class Thing:
    """A record or concept: its number, IRI and kind, and its values by property.

    `name` and `description` are in English, where `skos:prefLabel` and `dct:description` were asked
    for, and `stated` has what some graph says and the graph as a whole does not.
    """

    id: int
    iri: str
    kind: str
    said: Mapping[str, Sequence[str]]
    name: str
    stated: Mapping[str, Sequence[str]] = field(default_factory=dict)
    description: str = ""

    def ever(self, property_: str) -> Sequence[str]:
        """Return the values of a property, those too that hold no longer."""
        return (*self.of(property_), *self.stated.get(property_, ()))

    def of(self, property_: str) -> Sequence[str]:
        """Return the values of a property."""
        return self.said.get(property_, ())


@dataclass(frozen=True)
class Things:
    """The things of a graph in an order that numbers them, and what is only stated of them.

    That is read once for all parts of an index, as it is little, and takes long to find.
    """

    engine: Engine
    iris: Mapping[str, int]
    stated: Mapping[str, Mapping[str, Sequence[str]]]

    def batches(self, properties: Sequence[str]) -> Iterator[list[Thing]]:
        """Yield all things with the values of some properties, prefixed names, some at a time."""
        asked = ", ".join(str(term(one)) for one in properties)
        for some in _parts(self.engine, self.iris):
            said, english = self._said(some, asked)
            yield [
                Thing(
                    id=self.iris[iri],
                    iri=iri,
                    kind=_kind(iri),
                    said=said.get(iri, {}),
                    name=english.get((iri, LABEL.value), ""),
                    stated=self.stated.get(iri, {}),
                    description=english.get((iri, _DESCRIPTION), ""),
                )
                for iri in some
            ]

    def _said(self, iris: Sequence[str], properties: str) -> tuple[_Said, dict[_Property, str]]:
        """Return what is said of some things, and of that what is said in English."""
        found = _nothing_said()
        english: dict[_Property, str] = {}
        text = _SAID.format(things=_named(iris), properties=properties)
        for row in rows.select(self.engine, text):
            found[row["thing"]][_short(row["property"])].append(row["value"])
            if row.get("language") == "en":
                english[row["thing"], row["property"]] = row["value"]
        return found, english


def names(engine: Engine, iris: Sequence[str]) -> dict[str, str]:
    """Return the English names of those of some things that have one; of several the last."""
    return {row["thing"]: row["name"] for row in rows.about(engine, _ENGLISH, iris)}


def load(engine: Engine) -> Things:
    """Return everything in a graph that has a name and an identifier of ours."""
    iris = _iris(engine, (*KINDS.values(), *_CONCEPTS))
    return Things(engine, iris, _stated(engine, iris))


def of_kinds(engine: Engine, kinds: Sequence[str], among: Sequence[str] | None = None) -> Things:
    """Return the records of some kinds that have a name, without what is only stated of them.

    All of them, or those `among` some things.
    """
    every = _iris(engine, (KINDS[kind] for kind in kinds), among)
    return Things(engine, {iri: id_ for iri, id_ in every.items() if _kind(iri) in kinds}, {})


def _iris(
    engine: Engine, classes: Iterable[str], among: Sequence[str] | None = None
) -> dict[str, int]:
    """Return the IRIs of what has a name and is of some classes, numbered in their order."""
    found: set[str] = set()
    for class_ in classes:
        known = term(f"fp:{class_}")
        if among is None:
            listed = rows.each(engine, _OF_CLASS.format(class_=known))
        else:
            listed = rows.about(engine, _SOME_OF_CLASS, among, class_=str(known))
        found.update(row["thing"] for row in listed)
    own = sorted(iri for iri in found if kind_and_slug(iri))
    return {iri: id_ for id_, iri in enumerate(own, start=1)}


def _stated(engine: Engine, iris: Iterable[str]) -> _Said:
    found = _nothing_said()
    for some in _parts(engine, iris):
        for row in rows.select(engine, _STATED.format(things=_named(some))):
            found[row["thing"]][_short(row["property"])].append(row["value"])
    return found


def _parts(engine: Engine, iris: Iterable[str]) -> Iterator[list[str]]:
    """Yield some at a time, as long as their generation is there: see `making.make`."""
    every = iter(iris)
    before = engine.generation
    while (some := list(islice(every, _AT_ONCE))) and engine.generation == before:
        yield some


def _named(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)


def _nothing_said() -> _Said:
    return defaultdict(lambda: defaultdict(list))


def _kind(iri: str) -> str:
    return (kind_and_slug(iri) or ("",))[0]
