"""The closure: by rules, equal to owlrl's own, and refused where it would be half."""

from collections.abc import Iterable
from pathlib import Path

import owlrl
import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from fingerpost import build, reason
from fingerpost.errors import UnappliedAxiom
from fingerpost.files import Folders
from fingerpost.graph import dataset, records
from fingerpost.graph.dataset import Dataset
from fingerpost.graph.statement import Statement, statement
from shapes.test_sieve import planted

ERROR = rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")
HEAD = """
@prefix : <http://x/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
TERMS = """
:A a owl:Class ; rdfs:subClassOf :B . :B a owl:Class ; rdfs:subClassOf :C . :C a owl:Class .
:D a owl:Class ; owl:disjointWith :C .
:p a owl:ObjectProperty ; rdfs:subPropertyOf :q ; rdfs:domain :A .
:q a owl:ObjectProperty ; rdfs:range :B ; owl:inverseOf :r .
:r a owl:ObjectProperty .
:s a owl:ObjectProperty , owl:SymmetricProperty .
:t a owl:ObjectProperty , owl:TransitiveProperty .
"""


def triples(text: str) -> list[Statement]:
    return [statement(quad) for quad in parse(HEAD + text, format=RdfFormat.TURTLE)]


@pytest.mark.parametrize(
    ("stated", "inferred"),
    [
        (":x a :A .", ":x a :B , :C ."),
        (":x :p :y .", ":x :q :y ; a :A , :B , :C . :y a :B , :C ; :r :x ."),
        (":x :r :y .", ":y :q :x . :x a :B , :C ."),
        (":x :s :y .", ":y :s :x ."),
        (":x :t :y . :y :t :z . :z :t :u .", ":x :t :z , :u . :y :t :u ."),
        (":x :t :y . :y :t :x .", ":x :t :x . :y :t :y ."),
        (':x :p "text" .', ':x :q "text" ; a :A , :B , :C .'),
        (":x :unknown :y .", ""),
    ],
)
def test_each_rule_fires(stated: str, inferred: str) -> None:
    rules = reason.rules(triples(TERMS))
    assert reason.closure(triples(stated), rules) == set(triples(inferred))


def test_a_thing_of_two_disjoint_classes_is_named() -> None:
    rules = reason.rules(triples(TERMS))
    stated = triples(":x a :A , :D . :y a :A .")
    found = reason.contradictions({*stated, *reason.closure(stated, rules)}, rules)
    assert len(found) == 1
    assert found[0].startswith("http://x/x is both")


@pytest.mark.parametrize(
    "axiom",
    [
        ":A owl:equivalentClass :B .",
        ":p a owl:FunctionalProperty .",
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:hasValue :v ] .",
        ":p owl:propertyChainAxiom ( :q :r ) .",
        ":a owl:sameAs :b .",
    ],
)
def test_an_axiom_that_no_rule_applies_is_refused_by_name(axiom: str) -> None:
    with pytest.raises(UnappliedAxiom, match="owl:"):
        reason.rules(triples(TERMS + axiom))


@pytest.mark.slow
def test_the_closure_of_the_whole_graph_is_owlrls_own_but_for_what_is_trivial(
    folders: Folders,
) -> None:
    built = build.build(folders)
    is_owlrls_own(built.dataset, built.inferred)


@pytest.mark.slow
def test_so_it_is_where_faults_of_every_kind_are_planted(folders: Folders, part: Path) -> None:
    together = dataset.assemble(
        records.terminology(folders.ontology), records.terminology(folders.shapes), planted(part)
    )
    is_owlrls_own(together, build.derive(together).inferred)


def is_owlrls_own(together: Dataset, inferred: frozenset[Statement]) -> None:
    """Hold a closure against owlrl's."""
    # A store without contexts takes half the time.
    graph = rdflib.Graph(store="SimpleMemory")
    graph.parse(data=lines(together.merge), format="nt")
    stated = set(graph)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    ours = rdflib.Graph()
    ours.parse(data=lines(inferred), format="nt")
    # What contradicts itself, owlrl says in statements of its own.
    errors = set(graph.subjects(RDF.type, ERROR))
    theirs = {t for t in set(graph) - stated if not trivial(t) and t[0] not in errors}
    mine = {triple for triple in ours if not trivial(triple)}
    assert theirs - mine == set()
    assert mine - theirs == set()
    assert len(mine) > 1000


def lines(statements: Iterable[Statement]) -> str:
    return "".join(f"{one} .\n" for one in statements)


def trivial(triple: tuple[rdflib.term.Node, ...]) -> bool:
    """Whether a statement holds in every graph, or says of literals what RDF cannot write.

    owlrl states that everything is a thing and the same as itself, the axioms of OWL, RDFS
    and the datatypes, and types and identity of literals, which have no place as subjects.
    """
    subject, predicate, value = triple
    vocabulary = (str(OWL), str(RDF), str(RDFS), "http://www.w3.org/2001/XMLSchema#")
    schema = {
        RDFS.domain,
        RDFS.range,
        RDFS.subClassOf,
        RDFS.subPropertyOf,
        OWL.equivalentClass,
        OWL.equivalentProperty,
    }
    return (
        isinstance(subject, rdflib.Literal)
        or subject == value
        or str(subject).startswith(vocabulary)
        or (predicate == RDF.type and str(value).startswith(vocabulary))
        or (predicate in schema and str(value).startswith(vocabulary))
        or predicate == OWL.sameAs
    )


def test_narrower_follows_from_broader_over_any_number_of_steps(folders: Folders) -> None:
    built = build.build(folders)
    kinds = "https://w3id.org/fingerpost/id/data-type/"
    whole = Statement(
        NamedNode(kinds + "any-data"),
        NamedNode(str(SKOS.narrowerTransitive)),
        NamedNode(kinds + "light-sheet-microscopy-images"),
    )
    assert whole in built.inferred
