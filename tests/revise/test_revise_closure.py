"""After any changes, what follows is what a full build lets follow."""

import functools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store

from fingerpost import reason
from fingerpost.graph.dataset import INFERRED, ONTOLOGY, quad
from fingerpost.graph.statement import Statement, statement
from fingerpost.graph.vocabulary import GRAPHS
from fingerpost.revise import Delta, Reviser
from fingerpost.rules import Rules
from revise.worlds import (
    account_is_right,
    assembled,
    chain,
    change,
    filled,
    is_as_built,
    node,
    quads,
    revised,
    statements,
    triples,
    world,
)

TERMS = """
:A a owl:Class ; rdfs:subClassOf :B . :B a owl:Class ; rdfs:subClassOf :C . :C a owl:Class .
:p a owl:ObjectProperty ; rdfs:subPropertyOf :q ; rdfs:domain :A .
:q a owl:ObjectProperty ; rdfs:range :B ; owl:inverseOf :r .
"""
ONTOLOGIES = {
    "classes, domains, ranges and inverses": TERMS,
    "a transitive property": ":p a owl:TransitiveProperty .",
    "a transitive property that goes both ways": (
        ":p a owl:TransitiveProperty , owl:SymmetricProperty ."
    ),
    "a transitive property, its inverse, and those below": """
        :p rdfs:subPropertyOf :q . :q a owl:TransitiveProperty ; owl:inverseOf :r .
        :r a owl:TransitiveProperty .
    """,
    "properties below each other": """
        :p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :r . :r rdfs:subPropertyOf :p .
        :r a owl:SymmetricProperty .
    """,
    "classes below each other": """
        :A rdfs:subClassOf :B . :B rdfs:subClassOf :C . :C rdfs:subClassOf :A .
        :p rdfs:domain :A ; rdfs:range :C ; rdfs:subPropertyOf rdf:type .
    """,
    "everything at once": TERMS + """
        :q a owl:TransitiveProperty . :r a owl:TransitiveProperty .
        :s a owl:SymmetricProperty ; rdfs:subPropertyOf :q , :r .
    """,
}  # fmt: skip
NAMES = [NamedNode(GRAPHS + "one"), NamedNode(GRAPHS + "two"), node("graph")]
POOL = [
    *statements("pqrs", "abcd", "ABC"),
    Statement(node("a"), node("p"), BlankNode("blank")),
    Statement(BlankNode("blank"), node("p"), node("b")),
    Statement(BlankNode("blank"), node("q"), node("a")),
]
STATEMENTS = st.builds(quad, st.sampled_from(POOL), st.sampled_from(NAMES))
CHANGES = st.lists(
    st.tuples(st.sets(STATEMENTS, max_size=4), st.sets(STATEMENTS, max_size=4)),
    min_size=1,
    max_size=4,
)


@functools.cache
def ready(ontology: str) -> tuple[Rules, Reviser]:
    """Rules and a reviser; they are made once, since neither changes the terminology."""
    terms = triples(ontology)
    return reason.rules(terms), Reviser(filled(quad(term, ONTOLOGY) for term in terms))


def begun(ontology: str, stated: set[Quad], rules: Rules) -> Store:
    """A store as a build makes it, without the cost of one."""
    store = filled([*stated, *(quad(term, ONTOLOGY) for term in triples(ontology))])
    merge, inferred = derived(store, rules)
    store.extend(quad(triple, DefaultGraph()) for triple in merge | inferred)
    store.extend(quad(triple, INFERRED) for triple in inferred)
    return store


def derived(store: Store, rules: Rules) -> tuple[set[Statement], set[Statement]]:
    merge = assembled(store).merge
    inferred = reason.closure(merge | rules.schema, rules) | rules.schema
    return merge, inferred - merge


def held(store: Store, name: NamedNode | DefaultGraph) -> set[Statement]:
    return {statement(one) for one in store.quads_for_pattern(None, None, None, name)}


@pytest.mark.parametrize("ontology", ONTOLOGIES.values(), ids=ONTOLOGIES)
@settings(max_examples=100, deadline=None)
@given(stated=st.sets(STATEMENTS, max_size=20), changes=CHANGES)
def test_the_closure_is_a_full_builds_after_any_changes(
    ontology: str, stated: set[Quad], changes: list[tuple[set[Quad], set[Quad]]]
) -> None:
    rules, reviser = ready(ontology)
    store = begun(ontology, stated, rules)
    for put, take in changes:
        before = set(store)
        revision = reviser.revise(store, change(store, put, take))
        account_is_right(before, revision, store)
        merge, inferred = derived(store, rules)
        assert held(store, INFERRED) == inferred
        assert held(store, DefaultGraph()) == merge | inferred


@pytest.mark.parametrize("ontology", ONTOLOGIES.values(), ids=ONTOLOGIES)
@settings(max_examples=100, deadline=None)
@given(stated=st.sets(st.sampled_from(POOL), max_size=12))
def test_a_statement_follows_from_its_premises_and_from_nothing_else(
    ontology: str, stated: set[Statement]
) -> None:
    rules, _ = ready(ontology)
    store = filled(quad(triple, DefaultGraph()) for triple in stated)
    follow = {further for triple in stated for further in rules.consequences(triple)}
    for triple in {*POOL, *follow}:
        found = any(
            any(store.quads_for_pattern(*pattern, DefaultGraph()))
            for pattern in rules.premises(triple)
        )
        assert found == (triple in follow), triple


def test_what_is_stated_and_follows_is_only_stated() -> None:
    store = world(quads(f"graph:ontology {{ {TERMS} }} graph:one {{ :x a :A }}"))
    both = triples(":x a :B .").pop()
    assert quad(both, INFERRED) in store
    revised(store, put=quads("graph:one { :x a :B }"))
    assert quad(both, INFERRED) not in store
    revised(store, take=quads("graph:one { :x a :B }"))
    assert quad(both, INFERRED) in store
    is_as_built(store)


def test_what_two_statements_prove_outlasts_one_of_them() -> None:
    store = world(quads(f"graph:ontology {{ {TERMS} }} graph:one {{ :x :p :y , :z }}"))
    revised(store, take=quads("graph:one { :x :p :y }"))
    assert quads(":x a :A , :B , :C . :x :q :z .") <= set(store)
    assert quads(":x :q :y .").isdisjoint(store)
    is_as_built(store)


def test_a_circle_does_not_hold_itself_up() -> None:
    terms = ":t a owl:TransitiveProperty , owl:SymmetricProperty ."
    text = f"graph:ontology {{ {terms} }} graph:one {{ {chain(':t', 'abcda')} }}"
    store = world(quads(text))
    assert len([one for one in store if one.predicate == node("t")]) > 16
    revised(store, take=quads(f"graph:one {{ {chain(':t', 'abcda')} }}"))
    assert [one for one in store if one.predicate == node("t")] == []
    is_as_built(store)


def test_a_long_chain_is_cut_and_mended() -> None:
    names = "abcdefghijklmnopqrstuvwxyz"
    terms = ":to a owl:TransitiveProperty ."
    text = f"graph:ontology {{ {terms} }} graph:one {{ {chain(':to', names)} }}"
    store = world(quads(text))
    link = quads("graph:one { :m :to :n }")
    gone = revised(store, take=link)
    assert quad(Statement(node("a"), node("to"), node("z")), DefaultGraph()) in gone.delta.removed
    is_as_built(store)
    back = revised(store, put=link)
    assert back.delta == Delta(gone.delta.removed, gone.delta.added)


def test_an_axiom_of_the_closed_terminology_stays_when_a_source_takes_its_own_back() -> None:
    store = world(quads(f"graph:ontology {{ {TERMS} }}"))
    axiom = triples(":A rdfs:subClassOf :C .").pop()
    revised(store, put=[quad(axiom, NAMES[0])])
    assert quad(axiom, INFERRED) not in store
    revised(store, take=[quad(axiom, NAMES[0])])
    assert quad(axiom, INFERRED) in store
    is_as_built(store)


def test_a_blank_node_joins_no_chain_here_as_in_a_build() -> None:
    terms = ":p a owl:TransitiveProperty , owl:SymmetricProperty ."
    store = world(quads(f"graph:ontology {{ {terms} }}"))
    revised(store, put=quads("graph:one { _:blank :p :b }"))
    is_as_built(store)


def test_a_change_that_changes_nothing_is_empty() -> None:
    store = world(quads(f"graph:ontology {{ {TERMS} }} graph:one {{ :x a :A }}"))
    revision = revised(store, put=quads("graph:one { :x a :A }"))
    assert revision.delta == Delta(frozenset(), frozenset())
    assert revision.report.results == ()


@pytest.mark.parametrize("text", [":x a :A .", "graph:inferred { :x a :A }"])
def test_what_is_derived_cannot_be_asked_for(text: str) -> None:
    store = world(quads(f"graph:ontology {{ {TERMS} }}"))
    with pytest.raises(ValueError, match="derived"):
        Reviser(store).revise(store, change(store, put=quads(text)))
