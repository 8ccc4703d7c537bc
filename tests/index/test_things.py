"""Everything that has a name, with what is said of it, and what is only stated of it."""

from itertools import count
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from fingerpost.engine import Answer, Generation, Query
from fingerpost.engine.local import Local
from fingerpost.graph.vocabulary import IDS, TYPE, term
from fingerpost.index import asking, making, things
from fingerpost.index.indexes import of_engine
from fingerpost.index.kept import Index
from fingerpost.index.making import Source
from fingerpost.index.things import Thing

COUNTRY = "fp:country"
MANY = 1201
"""More than are asked about in one query, and no multiple of it."""


@pytest.fixture(scope="module")
def found() -> dict[str, Thing]:
    """Tools by their slugs."""
    engine = Local(_tools(MANY), "")
    kept = of_engine(engine).made()
    assert kept
    every = things.load(engine, kept)
    asked = (COUNTRY, "skos:prefLabel")
    return {one.iri.rpartition("/")[2]: one for some in every.batches(asked) for one in some}


def test_each_thing_is_there_once_with_its_number_and_its_name(found: dict[str, Thing]) -> None:
    assert sorted(one.id for one in found.values()) == [*range(1, MANY + 1)]
    assert {(one.kind, one.name) for one in found.values()} == {("tool", "Tool")}


def test_what_a_graph_alone_says_held_once(found: dict[str, Thing]) -> None:
    for slug, one in found.items():
        before = ("NO",) if int(slug.removeprefix("tool-")) % 7 == 0 else ()
        assert tuple(one.of(COUNTRY)) == ("SE",)
        assert tuple(one.ever(COUNTRY)) == ("SE", *before)


class Passing:
    """An engine whose generation passes once it has been looked at so many times."""

    def __init__(self, engine: Local, times: int) -> None:
        self._engine = engine
        self._times = times
        self.answer = engine.answer
        self.fetch = engine.fetch

    @property
    def generation(self) -> Generation:
        self._times -= 1
        return self._engine.generation if self._times >= 0 else Generation(-1, "another")


def test_a_generation_may_pass_at_any_time_while_an_index_is_made(tmp_path: Path) -> None:
    engine, path = Local(_tools(3), ""), tmp_path / "index.sqlite"
    kept = of_engine(engine).made()
    assert kept
    for times in count(1):
        if making.make(Source(Passing(engine, times), lambda: kept), path):
            break
        assert not list(tmp_path.iterdir())
    assert times > len(making.PARTS)
    assert len(Index(path).having(["tool"])) == 3


class Noting(Local):
    """Remembers how patient it was asked to be."""

    def fetch(self, query: Query, media_type: str) -> Answer:
        self.patience = query.patience
        return super().fetch(query, media_type)


def test_the_names_of_everything_may_take_longer_than_a_query_of_others() -> None:
    engine = Noting(Store(), "empty")
    assert not list(asking.labels(engine))
    assert engine.patience > 1


def _tools(number: int) -> Store:
    """Return so many tools, each with one country; every seventh had another once."""
    store, sources = Store(), [NamedNode(f"https://example.org/graph/{n}") for n in range(2)]
    for each in range(number):
        tool = NamedNode(f"{IDS}tool/tool-{each}")
        for graph in (DefaultGraph(), *sources):
            store.add(Quad(tool, TYPE, term("fp:Tool"), graph))
            store.add(Quad(tool, term("skos:prefLabel"), Literal("Tool", language="en"), graph))
            store.add(Quad(tool, term(COUNTRY), Literal("SE"), graph))
        if each % 7 == 0:
            store.add(Quad(tool, term(COUNTRY), Literal("NO"), sources[0]))
            store.add(Quad(tool, term("fp:cost"), Literal("once"), sources[1]))
    return store
