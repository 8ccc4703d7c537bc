"""Everything that has a name, with what is said of it, and what is only stated of it."""

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from fingerpost.engine import Answer, Query
from fingerpost.engine.local import Local
from fingerpost.graph.vocabulary import IDS, TYPE, term
from fingerpost.index import asking, things
from fingerpost.index.indexes import of_engine
from fingerpost.index.things import Thing

COUNTRY = "fp:country"
MANY = 1201
"""More than are asked about in one query, and no multiple of it."""


@pytest.fixture(scope="module")
def found() -> dict[str, Thing]:
    """Tools by their slugs: each has one country, and every seventh had another once."""
    store, sources = Store(), [NamedNode(f"https://example.org/graph/{n}") for n in range(2)]
    for number in range(MANY):
        tool = NamedNode(f"{IDS}tool/tool-{number}")
        for graph in (DefaultGraph(), *sources):
            store.add(Quad(tool, TYPE, term("fp:Tool"), graph))
            store.add(Quad(tool, term("skos:prefLabel"), Literal("Tool", language="en"), graph))
            store.add(Quad(tool, term(COUNTRY), Literal("SE"), graph))
        if number % 7 == 0:
            store.add(Quad(tool, term(COUNTRY), Literal("NO"), sources[0]))
            store.add(Quad(tool, term("fp:cost"), Literal("once"), sources[1]))
    engine = Local(store, "")
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


class Noting(Local):
    """Remembers how patient it was asked to be."""

    def fetch(self, query: Query, media_type: str) -> Answer:
        self.patience = query.patience
        return super().fetch(query, media_type)


def test_the_names_of_everything_may_take_longer_than_a_query_of_others() -> None:
    engine = Noting(Store(), "empty")
    assert not list(asking.labels(engine))
    assert engine.patience > 1
