"""The ontology: every term declared, defined, shown, and within OWL 2 RL and DL."""

import csv
import importlib.resources
from collections import Counter

import owlrl
import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, VANN, XSD

from fingerpost.files import Folders

FP = rdflib.Namespace("https://w3id.org/fingerpost/ontology#")
BIBO = rdflib.Namespace("http://purl.org/ontology/bibo/")
ONTOLOGY = rdflib.URIRef("https://w3id.org/fingerpost/ontology")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


def load(*patterns: tuple[object, str]) -> rdflib.Graph:
    graph = rdflib.Graph()
    for folder, pattern in patterns:
        for path in sorted(folder.rglob(pattern)):  # type: ignore[attr-defined]
            graph.parse(path, format="turtle")
    return graph


@pytest.fixture(scope="module")
def terms(folders: Folders) -> rdflib.Graph:
    return load((folders.ontology, "*.ttl"))


@pytest.fixture(scope="module")
def everything(folders: Folders) -> rdflib.Graph:
    return load(
        (folders.ontology, "*.ttl"), (folders.shapes, "*.ttl"), (folders.instances, "*.ttl")
    )


def own(graph: rdflib.Graph) -> set[rdflib.URIRef]:
    return {
        node
        for triple in graph
        for node in triple
        if isinstance(node, rdflib.URIRef) and node.startswith(str(FP))
    }


def declared(graph: rdflib.Graph) -> set[rdflib.term.Node]:
    return {subject for kind in KINDS for subject in graph.subjects(RDF.type, kind)}


def test_every_own_term_that_is_used_is_declared(
    terms: rdflib.Graph, everything: rdflib.Graph
) -> None:
    assert own(everything) - declared(terms) == set()


def test_every_property_that_the_records_use_is_declared(
    terms: rdflib.Graph, folders: Folders
) -> None:
    records = load((folders.instances, "*.ttl"))
    assert set(records.predicates()) - declared(terms) - {RDF.type} == set()


@pytest.mark.parametrize(
    "property_", [RDFS.label, SKOS.definition, SKOS.example, RDFS.isDefinedBy], ids=str
)
def test_every_own_term_has_label_definition_example_and_home(
    terms: rdflib.Graph, property_: rdflib.URIRef
) -> None:
    lacking = {
        term
        for term in declared(terms)
        if str(term).startswith(str(FP)) and (term, property_, None) not in terms
    }
    assert lacking == set()


def test_the_ontology_says_what_it_is(terms: rdflib.Graph) -> None:
    for property_ in (
        DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.license, DCTERMS.created,
        DCTERMS.issued, DCTERMS.modified, DCTERMS.publisher, DCTERMS.bibliographicCitation,
        OWL.versionIRI, OWL.versionInfo, VANN.preferredNamespacePrefix,
        VANN.preferredNamespaceUri, BIBO.status,
    ):  # fmt: skip
        assert (ONTOLOGY, property_, None) in terms, property_
    assert terms.value(ONTOLOGY, OWL.versionIRI) != ONTOLOGY
    assert not list(terms.objects(None, OWL.imports))


def test_a_date_stands_on_annotation_properties_only(everything: rdflib.Graph) -> None:
    days = {XSD.date, XSD.gYear, XSD.gYearMonth, XSD.duration}
    used = {
        predicate
        for _, predicate, value in everything
        if isinstance(value, rdflib.Literal) and value.datatype in days
    }
    reasoned = {p for p in used if (p, RDF.type, OWL.AnnotationProperty) not in everything}
    assert reasoned == set()


def test_no_range_is_a_date(terms: rdflib.Graph) -> None:
    assert not {XSD.date, XSD.gYear, XSD.gYearMonth} & set(terms.objects(None, RDFS.range))


def test_no_term_is_of_two_kinds_of_property(terms: rdflib.Graph) -> None:
    for term in declared(terms):
        assert len({kind for kind in KINDS if (term, RDF.type, kind) in terms}) == 1, term


def test_nothing_is_published_without_an_address(terms: rdflib.Graph) -> None:
    assert not [node for triple in terms for node in triple if isinstance(node, rdflib.BNode)]


def test_phases_are_seven_and_in_order(terms: rdflib.Graph) -> None:
    phases = sorted(
        terms.subjects(RDF.type, FP.Phase), key=lambda one: int(terms.value(one, FP.order))
    )
    slugs = [str(one).rpartition("/")[2] for one in phases]
    assert slugs == ["plan", "collect", "process", "analyse", "preserve", "share", "reuse"]


def test_every_edam_match_of_every_scheme_exists(terms: rdflib.Graph) -> None:
    package = pytest.importorskip("edam_ontology")
    table = importlib.resources.files(package) / "EDAM.tsv"
    with table.open(encoding="utf-8", newline="") as lines:
        living = {
            row["Class ID"]
            for row in csv.DictReader(lines, delimiter="\t")
            if row["Obsolete"].lower() != "true"
        }
    matched = {
        str(value)
        for match in (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch)
        for value in terms.objects(None, match)
        if str(value).startswith("http://edamontology.org/")
    }
    assert len(matched) > 50
    assert matched - living == set()


def test_every_kind_of_concept_has_its_scheme(terms: rdflib.Graph) -> None:
    schemes = set(terms.subjects(RDF.type, SKOS.ConceptScheme))
    assert set(terms.objects(None, SKOS.inScheme)) == schemes
    for scheme in schemes:
        for property_ in (DCTERMS.title, DCTERMS.description, DCTERMS.license, DCTERMS.creator):
            assert (scheme, property_, None) in terms, (scheme, property_)


def test_every_concept_has_a_definition_and_one_scheme(terms: rdflib.Graph) -> None:
    concepts = set(terms.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) > 200
    for concept in sorted(concepts, key=str):
        assert list(terms.objects(concept, SKOS.definition)), concept
        assert len(list(terms.objects(concept, SKOS.inScheme))) == 1, concept


def test_no_two_concepts_of_a_scheme_have_the_same_name(terms: rdflib.Graph) -> None:
    named = Counter(
        (scheme, name.language, name.casefold())
        for concept, scheme in terms.subject_objects(SKOS.inScheme)
        for name in terms.objects(concept, SKOS.prefLabel)
        if isinstance(name, rdflib.Literal)
    )
    assert [name for name, times in named.items() if times > 1] == []


def test_what_is_broader_exists_and_is_of_the_same_scheme(terms: rdflib.Graph) -> None:
    for narrow, broad in terms.subject_objects(SKOS.broader):
        assert (broad, RDF.type, SKOS.Concept) in terms, (narrow, broad)
        assert terms.value(narrow, SKOS.inScheme) == terms.value(broad, SKOS.inScheme), narrow


def test_the_terms_contradict_nothing_in_owl_2_rl(terms: rdflib.Graph) -> None:
    closed = rdflib.Graph()
    closed += terms
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    errors = rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
    assert list(closed.objects(None, errors)) == []
