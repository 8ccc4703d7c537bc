"""Claims put what they are about into their graph, and into the merge unless they have lapsed."""

import functools
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from fingerpost.graph.dataset import quad
from fingerpost.graph.statement import Statement, statement
from fingerpost.graph.vocabulary import (
    CLAIM,
    GRAPHS,
    PROPERTY,
    SIZE_LIMIT,
    SUBJECT,
    TYPE,
    VALID_UNTIL,
    VALUE,
)
from fingerpost.revise import Delta, Reviser
from revise.worlds import (
    account_is_right,
    assembled,
    change,
    filled,
    is_as_built,
    node,
    quads,
    revised,
    triples,
    world,
)

CLAIMING = "a fp:Claim ; fp:subject :x ; fp:property :p ; fp:value"
ABOUT = Statement(node("x"), node("p"), node("a"))
ONE, TWO = NamedNode(GRAPHS + "one"), NamedNode(GRAPHS + "two")


def claim(graph: str = "graph:one", value: str = ":a", more: str = "") -> set[Quad]:
    return quads(f"{graph} {{ :claim {CLAIMING} {value} {more} }}")


def in_merge(store: Store, triple: Statement = ABOUT) -> bool:
    return quad(triple, DefaultGraph()) in store


def test_a_claim_brings_its_statement_and_takes_it_away() -> None:
    store = world(())
    come = revised(store, put=claim())
    assert in_merge(store)
    assert quad(ABOUT, ONE) in come.delta.added
    is_as_built(store)
    gone = revised(store, take=claim())
    assert gone.delta == Delta(come.delta.removed, come.delta.added)
    assert set(store) == set(world(()))


def test_a_claim_that_changes_its_mind_takes_its_old_statement_back() -> None:
    store = world(claim())
    revised(store, put=claim(value=":b"), take=claim())
    assert not in_merge(store)
    assert quad(ABOUT, ONE) not in store
    assert in_merge(store, Statement(node("x"), node("p"), node("b")))
    is_as_built(store)


def test_a_lapsed_claim_speaks_in_its_graph_alone() -> None:
    store = world(claim())
    until = quads('graph:one { :claim fp:validUntil "2024"^^xsd:gYear }')
    revised(store, put=until)
    assert quad(ABOUT, ONE) in store
    assert not in_merge(store)
    is_as_built(store)
    revised(store, take=until)
    assert in_merge(store)
    is_as_built(store)


def test_what_lapsed_for_one_source_stands_while_another_states_it() -> None:
    lapsed = claim(more='; fp:validUntil "2024"^^xsd:gYear')
    store = world(lapsed | claim("graph:two"))
    assert in_merge(store)
    revised(store, take=claim("graph:two"))
    assert not in_merge(store)
    assert quad(ABOUT, TWO) not in store
    assert quad(ABOUT, ONE) in store
    is_as_built(store)


def test_two_claims_of_one_statement_hold_it_until_both_are_gone() -> None:
    other = quads(f"graph:one {{ :other {CLAIMING} :a }}")
    store = world(claim() | other)
    revised(store, take=other)
    assert in_merge(store)
    revised(store, take=claim())
    assert not in_merge(store)
    is_as_built(store)


def test_a_size_limit_is_itself_what_it_states() -> None:
    limit = quads("graph:one { :limit a fp:SizeLimit ; fp:subject :x ; fp:property fp:sizeLimit }")
    store = world(())
    revised(store, put=limit)
    [about] = triples(":x fp:sizeLimit :limit .")
    assert quad(about, ONE) in store
    assert in_merge(store, about)
    revised(store, take=limit)
    assert not in_merge(store, about)
    is_as_built(store)


def test_what_a_claim_states_cannot_be_taken_away_beneath_it() -> None:
    store = world(claim())
    revision = revised(store, take=[quad(ABOUT, ONE)])
    assert revision.delta == Delta(frozenset(), frozenset())
    assert in_merge(store)


def test_a_statement_that_is_asked_for_stays_when_its_claim_goes() -> None:
    store = world(claim())
    before = set(store)
    change(store, take=claim())
    asked = Delta(frozenset({quad(ABOUT, ONE)}), frozenset(claim()))
    revision = Reviser(store).revise(store, asked)
    assert quad(ABOUT, ONE) in store
    assert in_merge(store)
    assert before - revision.delta.removed | revision.delta.added == set(store)
    is_as_built(store)


def test_a_claim_may_be_about_a_part_of_another_claim() -> None:
    later = quads(
        "graph:one { :later a fp:Claim ; fp:subject :claim ; fp:property fp:validUntil ;"
        ' fp:value "2024"^^xsd:gYear }'
    )
    store = world(claim())
    revised(store, put=later)
    assert not in_merge(store)
    is_as_built(store)
    revised(store, take=later)
    assert in_merge(store)
    is_as_built(store)


@pytest.mark.parametrize("name", ["snapshot-fairsharing", "provenance"])
def test_graphs_apart_stay_as_they_are_written(name: str) -> None:
    store = world(())
    written = claim(f"<{GRAPHS}{name}>")
    revision = revised(store, put=written)
    assert revision.delta == Delta(frozenset(written), frozenset())
    is_as_built(store)


def test_any_other_graph_counts_and_only_a_sources_is_said_to_derive() -> None:
    store = world(())
    revised(store, put=quads("graph:one { :x :p :a } :elsewhere { :y :p :a }"))
    assert in_merge(store)
    assert in_merge(store, Statement(node("y"), node("p"), node("a")))
    derived = [one for one in store if one.predicate.value.endswith("wasDerivedFrom")]
    assert [one.subject for one in derived] == [ONE]
    is_as_built(store)
    revised(store, take=quads("graph:one { :x :p :a }"))
    assert [one for one in store if one.predicate.value.endswith("wasDerivedFrom")] == []
    is_as_built(store)


def parts(nodes: Iterable[NamedNode], values: list[NamedNode | Literal]) -> list[Statement]:
    pool = []
    for one in nodes:
        pool += [Statement(one, TYPE, CLAIM), Statement(one, TYPE, SIZE_LIMIT)]
        pool += [Statement(one, property_, v) for property_ in (SUBJECT, VALUE) for v in values]
        pool += [Statement(one, PROPERTY, p) for p in (node("p"), VALUE, VALID_UNTIL)]
        pool += [Statement(one, VALID_UNTIL, Literal("2024")), Statement(one, node("p"), values[0])]
    return pool


CLAIMS = [node("c"), node("d")]
POOL = parts(CLAIMS, [*CLAIMS, node("x"), Literal("text")])
STATEMENTS = st.builds(quad, st.sampled_from(POOL), st.sampled_from([ONE, TWO]))


@functools.cache
def reviser() -> Reviser:
    return Reviser(Store())


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.sets(STATEMENTS, max_size=8), st.sets(STATEMENTS, max_size=8)), max_size=5
    )
)
def test_the_merge_is_a_full_builds_after_any_claims(
    changes: list[tuple[set[Quad], set[Quad]]],
) -> None:
    store = filled(())
    for put, take in changes:
        before = set(store)
        revision = reviser().revise(store, change(store, put, take))
        account_is_right(before, revision, store)
        together = assembled(store)
        assert {one for one in store if one.graph_name == DefaultGraph()} == {
            quad(triple, DefaultGraph()) for triple in together.merge
        }
        for name, held in together.graphs.items():
            assert {statement(q) for q in store.quads_for_pattern(None, None, None, name)} == held
