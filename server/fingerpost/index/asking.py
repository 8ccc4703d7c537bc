"""What is said of things, asked of an engine about some at a time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from fingerpost.engine import Engine, rows
from fingerpost.errors import Preparing
from fingerpost.graph.vocabulary import KINDS, LABEL, kind_and_slug, term
from fingerpost.index.told import PROPERTIES, Statement, Told, told

_Thing = TypeVar("_Thing")
_AT_ONCE = 500
"""Things that are asked about in one query, which is short enough for every engine."""
_WANTED = ", ".join(f"<{one}>" for one in PROPERTIES)

_SAID = f"""
SELECT ?thing ?property ?value (LANG(?value) AS ?language)
WHERE {{{{
  VALUES ?thing {{{{ {{things}} }}}}
  ?thing ?property ?value .
  FILTER (?property IN ({_WANTED}))
}}}}
"""
# To look up each statement takes 4 times as long where a graph is on disk: MINUS reads all at once.
_STATED = """
SELECT DISTINCT ?thing ?property ?value
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
_NAMED = f"SELECT ?thing ?name (LANG(?name) AS ?language) WHERE {{ ?thing {LABEL} ?name }}"
_OF_CLASS = f"""
SELECT DISTINCT ?thing WHERE {{{{ ?thing a {{class_}} ; {LABEL} ?name }}}}
"""


def batches(engine: Engine, every: Iterable[_Thing]) -> Iterator[list[_Thing]]:
    """Yield things, some at a time, while the generation that an engine holds is there.

    Raises:
        Preparing: it has passed; what is read from here on may not fit what was read before.
    """
    rest, before = iter(every), engine.generation
    while some := list(islice(rest, _AT_ONCE)):
        if engine.generation != before:
            raise Preparing("The graph has just changed. Ask again soon.")
        yield some


def each(engine: Engine, iris: Iterable[str]) -> Iterator[Told]:
    """Yield what is said of those of some things that have a name; raises as `batches` does."""
    for some in batches(engine, iris):
        statements: dict[str, list[Statement]] = defaultdict(list)
        for row in rows.about(engine, _SAID, some):
            one = Statement(row["property"], row["value"], row.get("language", ""), merged=True)
            statements[row["thing"]].append(one)
        for row in rows.about(engine, _STATED, some):
            one = Statement(row["property"], row["value"], "", merged=False)
            statements[row["thing"]].append(one)
        every_told = (told(iri, statements[iri]) for iri in some)
        yield from (one for one in every_told if one.named)


def ours(iris: Iterable[str]) -> Iterator[str]:
    """Yield those of some IRIs that are identifiers of ours."""
    return (iri for iri in iris if kind_and_slug(iri))


def labels(engine: Engine) -> Iterator[tuple[str, str, str]]:
    """Yield everything that has a name, each of its names, and in which language that is."""
    for row in rows.each(engine, _NAMED):
        yield row["thing"], row["name"], row.get("language", "")


def names(engine: Engine, iris: Sequence[str]) -> dict[str, str]:
    """Return the English names of those of some things that have one; of several the last."""
    return {row["thing"]: row["name"] for row in rows.about(engine, _ENGLISH, iris)}


def of_kinds(engine: Engine, kinds: Iterable[str]) -> frozenset[str]:
    """Return the IRIs of all records of some kinds that have a name."""
    some = frozenset(kinds)
    classes = dict.fromkeys(term(f"fp:{KINDS[kind]}") for kind in some)
    every = (
        row["thing"] for one in classes for row in rows.each(engine, _OF_CLASS.format(class_=one))
    )
    return frozenset(iri for iri in every if (kind_and_slug(iri) or ("",))[0] in some)
