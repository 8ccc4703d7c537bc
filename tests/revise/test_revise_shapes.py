"""What the shapes say of a change is what they say of the whole, as far as it has changed."""

import functools
import random

import pytest
import rdflib
from pyoxigraph import NamedNode, Quad
from rdflib.namespace import SH

from fingerpost.errors import UnappliedAxiom
from fingerpost.graph.dataset import quad
from fingerpost.graph.vocabulary import GRAPHS
from fingerpost.revise import Reviser
from revise.worlds import (
    change,
    checked,
    filled,
    is_as_built,
    quads,
    revised,
    statements,
    triples,
    world,
)

SHAPE = {
    "a class of values": "sh:targetClass :A ; sh:property [ sh:path :p ; sh:class :B ]",
    "a node shape of values": (
        "sh:targetClass :A ; sh:property [ sh:path :p ; sh:node [ sh:property "
        "[ sh:path :q ; sh:minCount 1 ; sh:node [ sh:property [ sh:path :r ; sh:class :C ] ] ] ] ]"
    ),
    "an inverse path": (
        "sh:targetClass :A ; sh:property [ sh:path [ sh:inversePath :p ] ; sh:maxCount 1 ; sh:class :B ]"
    ),
    "a sequence, partly inverse": (
        "sh:targetClass :A ; sh:property [ sh:path ( :p [ sh:inversePath :q ] :r ) ; sh:class :B ]"
    ),
    "an inverse of a sequence": (
        "sh:targetClass :A ; sh:property [ sh:path [ sh:inversePath ( :p :q ) ] ; sh:class :B ]"
    ),
    "any number of steps": (
        "sh:targetClass :A ; sh:property [ sh:path [ sh:zeroOrMorePath :p ] ; sh:class :B ]"
    ),
    "steps there and back, at least one": (
        "sh:targetClass :A ; sh:property [ sh:path [ sh:oneOrMorePath "
        "[ sh:alternativePath ( :p [ sh:inversePath :q ] ) ] ] ; sh:class :B ]"
    ),
    "one step or none": (
        "sh:targetClass :A ; sh:property [ sh:path ( [ sh:zeroOrOnePath :p ] :q ) ; sh:maxCount 1 ]"
    ),
    "alternatives, and, or, not": (
        "sh:targetClass :A ; sh:or ( [ sh:not [ sh:path :p ; sh:minCount 1 ] ] "
        "[ sh:and ( [ sh:path [ sh:alternativePath ( :q :r ) ] ; sh:minCount 1 ] [ sh:class :C ] ) ] )"
    ),
    "just one of two": (
        "sh:targetClass :A ; sh:xone ( [ sh:path :p ; sh:class :B ; sh:minCount 1 ] [ sh:path :q ; sh:minCount 1 ] )"
    ),
    "so many values of a kind": (
        "sh:targetClass :A ; sh:property [ sh:path :p ; sh:qualifiedMinCount 1 ; "
        "sh:qualifiedValueShape [ sh:property [ sh:path :q ; sh:minCount 1 ] ] ]"
    ),
    "kinds of values apart": (
        "sh:targetClass :A ; sh:property [ sh:path :p ; sh:qualifiedMaxCount 1 ; sh:qualifiedValueShapesDisjoint true ; "
        "sh:qualifiedValueShape [ sh:class :B ] ] , [ sh:path :r ; sh:qualifiedMaxCount 1 ; sh:qualifiedValueShapesDisjoint true ; "
        "sh:qualifiedValueShape [ sh:property [ sh:path :q ; sh:minCount 1 ] ] ]"
    ),
    "nothing else": (
        "sh:targetClass :A ; sh:property [ sh:path :p ; sh:node [ sh:closed true ; sh:ignoredProperties ( rdf:type ) ; "
        "sh:property [ sh:path :q ] ] ]"
    ),
    "a property equal to another": "sh:targetClass :A ; sh:property [ sh:path :p ; sh:equals :q ]",
    "a property apart from another of its values": (
        "sh:targetClass :A ; sh:property [ sh:path :p ; sh:node [ sh:property [ sh:path :q ; sh:disjoint :r ] ] ]"
    ),
    "subjects of a property": "sh:targetSubjectsOf :p ; sh:property [ sh:path :q ; sh:class :B ]",
    "values of a property": "sh:targetObjectsOf :p ; sh:class :B",
    "one node": "sh:targetNode :a ; sh:property [ sh:path :p ; sh:class :B ; sh:minCount 1 ]",
    "a class that is a shape": "a rdfs:Class ; sh:property [ sh:path :p ; sh:class :B ]",
    "by reference to another": "sh:targetClass :A ; sh:property [ sh:path :p ; sh:node :other ]",
    "a pattern of the values": 'sh:targetClass :A ; sh:property [ sh:path :p ; sh:pattern "[abt]$" ; sh:maxCount 2 ]',
}  # fmt: skip
OTHER = ":other a sh:NodeShape ; sh:property [ sh:path :q ; sh:maxCount 1 ; sh:class :C ] ."
NAMES = [NamedNode(GRAPHS + "one"), NamedNode("http://x/graph")]
STATEMENTS = [
    *statements("pqr", "abcd", "ABC"),
    *triples(":A rdfs:subClassOf :C . :C rdfs:subClassOf :B . :D rdfs:subClassOf :A . :a a :D ."),
]
POOL = [quad(one, name) for one in sorted(STATEMENTS, key=str) for name in NAMES]


@functools.cache
def shape(text: str) -> set[Quad]:
    """The graph of one shape, read once: a blank node is another one in every reading."""
    name = ":A" if "rdfs:Class" in text else ":shape"
    return quads(f"graph:shapes {{ {name} a sh:NodeShape ; {text} . {OTHER} }}")


@functools.cache
def ready(text: str) -> Reviser:
    return Reviser(filled(shape(text)))


@pytest.mark.parametrize("text", SHAPE.values(), ids=SHAPE)
def test_what_is_found_is_what_the_whole_says_of_what_has_changed(text: str) -> None:
    for seed in range(40):
        chance = random.Random(seed)
        stated = chance.sample(POOL, chance.choice([5, 15, 30]))
        store = filled(shape(text))
        ready(text).revise(store, change(store, put=stated))
        before = set(checked(store).results)
        delta = change(store, chance.sample(POOL, 2), chance.sample(stated, 3))
        found = set(ready(text).revise(store, delta).report.results)
        now = set(checked(store).results)
        # Of nodes that the change does not concern nothing is said, and nothing has changed.
        concerned = {one.focus for one in found | (now ^ before)}
        assert found == {one for one in now if one.focus in concerned}


def test_a_shape_in_sparql_has_the_whole_validated() -> None:
    # What this shape says of one node depends on all others.
    text = """graph:shapes { :shape a sh:NodeShape ; sh:targetClass :A ; sh:sparql [
      sh:message "There is more than one." ;
      sh:select "SELECT $this WHERE { $this a <http://x/A> . ?other a <http://x/A> . FILTER ($this != ?other) }"
    ] }"""
    store = world(quads(text) | quads("graph:one { :x a :A }"))
    revision = revised(store, put=quads("graph:one { :y a :A }"))
    assert {one.focus for one in revision.report.results} == {"http://x/x", "http://x/y"}
    later = revised(store, put=quads("graph:one { :z :p :x }"))
    assert later.report.results == revision.report.results


def test_the_report_in_turtle_has_the_same_results() -> None:
    store = world(
        quads(
            "graph:shapes { :shape sh:targetClass :A ; sh:property [ sh:path :p ; sh:minCount 1 ] }"
        )
        | quads("graph:one { :x a :A . :y a :A }")
    )
    revision = revised(store, put=quads("graph:one { :x :q :y }"))
    report = rdflib.Graph().parse(data=revision.report.turtle, format="turtle")
    assert [str(focus) for focus in report.objects(None, SH.focusNode)] == ["http://x/x"]
    assert list(report.objects(None, SH.conforms)) == [rdflib.Literal(False)]
    mended = revised(store, put=quads("graph:one { :x :p :y }"))
    report = rdflib.Graph().parse(data=mended.report.turtle, format="turtle")
    assert list(report.objects(None, SH.conforms)) == [rdflib.Literal(True)]


def test_a_new_subclass_in_a_source_concerns_every_instance() -> None:
    shapes = (
        "graph:shapes { :shape sh:targetClass :A ; sh:property [ sh:path :p ; sh:minCount 1 ] }"
    )
    store = world(quads(shapes) | quads("graph:one { :x a :D . :y a :E . :E rdfs:subClassOf :D }"))
    revision = revised(store, put=quads("graph:two { :D rdfs:subClassOf :A }"))
    assert {one.focus for one in revision.report.violations} == {"http://x/x", "http://x/y"}


def test_a_value_that_is_no_more_of_another_kind_counts_again() -> None:
    shapes = shape(SHAPE["kinds of values apart"])
    stated = "graph:one { :x a :A ; :p :y , :z . :y a :B . :z a :B ; :q :w }"
    store = world(shapes | quads(stated))
    assert checked(store).results == ()
    revision = revised(store, take=quads("graph:one { :z :q :w }"))
    assert revision.report.results == checked(store).results
    assert len(revision.report.violations) == 1


def test_what_only_follows_does_not_satisfy_a_shape() -> None:
    terms = "graph:ontology { :p a owl:ObjectProperty ; rdfs:range :B . :B a owl:Class }"
    shapes = "graph:shapes { :shape sh:targetClass :A ; sh:property [ sh:path :p ; sh:class :B ] }"
    store = world(quads(terms) | quads(shapes))
    revision = revised(store, put=quads("graph:one { :x a :A ; :p :misspelt }"))
    assert quads(":misspelt a :B .") <= set(store)
    assert [one.value for one in revision.report.violations] == ["http://x/misspelt"]


def test_a_blank_node_is_validated_too() -> None:
    shapes = (
        "graph:shapes { :shape sh:targetClass :A ; sh:property [ sh:path :p ; sh:minCount 1 ] }"
    )
    store = world(quads(shapes))
    revision = revised(store, put=quads("graph:one { :x :q [ a :A ] }"))
    assert len(revision.report.violations) == 1


@pytest.mark.parametrize("stated", [":x a :D", ":y :p :x"], ids=["stated", "inferred"])
def test_a_thing_of_two_disjoint_classes_is_a_violation(stated: str) -> None:
    terms = ":A a owl:Class ; owl:disjointWith :D . :D a owl:Class . :p rdfs:range :D ."
    store = world(quads(f"graph:ontology {{ {terms} }} graph:one {{ :x a :A }}"))
    revision = revised(store, put=quads(f"graph:one {{ {stated} }}"))
    [violation] = revision.report.violations
    assert violation.focus == "http://x/x"
    assert revised(store, take=quads(f"graph:one {{ {stated} }}")).report.violations == ()


def test_an_axiom_that_comes_is_applied_now_and_later() -> None:
    store = world(quads("graph:ontology { :A a owl:Class } graph:one { :x a :A }"))
    reviser = Reviser(store)
    axiom = quads("graph:ontology { :A rdfs:subClassOf :B . :B a owl:Class }")
    reviser.revise(store, change(store, put=axiom))
    assert quads(":x a :B .") <= set(store)
    is_as_built(store)
    reviser.revise(store, change(store, put=quads("graph:one { :y a :A }")))
    assert quads(":y a :B .") <= set(store)
    is_as_built(store)
    reviser.revise(store, change(store, take=axiom))
    assert quads(":x a :B . :y a :B .").isdisjoint(store)
    is_as_built(store)


def test_a_shape_that_comes_is_held_against_everything_and_against_later_changes() -> None:
    store = world(quads("graph:one { :x a :A }"))
    reviser = Reviser(store)
    shapes = quads(
        "graph:shapes { :shape sh:targetClass :A ; sh:property [ sh:path :p ; sh:minCount 1 ] }"
    )
    found = reviser.revise(store, change(store, put=shapes)).report
    assert [one.focus for one in found.violations] == ["http://x/x"]
    found = reviser.revise(store, change(store, put=quads("graph:one { :y a :A }"))).report
    assert [one.focus for one in found.violations] == ["http://x/y"]


def test_an_axiom_that_no_rule_applies_is_refused() -> None:
    store = world(quads("graph:ontology { :A a owl:Class }"))
    delta = change(store, put=quads("graph:ontology { :A owl:equivalentClass :B }"))
    with pytest.raises(UnappliedAxiom, match="owl:equivalentClass"):
        Reviser(store).revise(store, delta)
