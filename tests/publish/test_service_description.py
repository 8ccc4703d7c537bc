"""The service description: by the specification, with counts that are right."""

import pytest
import rdflib
from pyoxigraph import RdfFormat, serialize

from fingerpost.catalogue import Catalogue
from fingerpost.engine import rows
from fingerpost.publish import service_description

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
ENDPOINT = "http://127.0.0.1:8000/sparql"


@pytest.fixture(scope="module")
def graph(opened: Catalogue) -> rdflib.Graph:
    triples = service_description.describe(opened.engine, ENDPOINT)
    text = serialize(triples, format=RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=text, format="nt")


def test_it_describes_one_service_at_the_endpoint(graph: rdflib.Graph) -> None:
    (service,) = graph.subjects(rdflib.RDF.type, SD.Service)
    assert graph.value(service, SD.endpoint) == rdflib.URIRef(ENDPOINT)
    assert graph.value(service, SD.supportedLanguage) == SD.SPARQL11Query
    assert len(list(graph.objects(service, SD.resultFormat))) == 8


def test_every_named_graph_is_there_with_its_number_of_statements(
    graph: rdflib.Graph, opened: Catalogue
) -> None:
    counted = {}
    for named in graph.subjects(rdflib.RDF.type, SD.NamedGraph):
        inner = graph.value(named, SD.graph)
        counted[str(graph.value(named, SD.name))] = int(graph.value(inner, VOID.triples))
    assert len(counted) > 20
    for name, number in counted.items():
        (row,) = rows.select(
            opened.engine, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"
        )
        assert int(row["n"]) == number


def test_the_default_graph_has_its_number_of_statements(
    graph: rdflib.Graph, opened: Catalogue
) -> None:
    (dataset,) = graph.subjects(rdflib.RDF.type, SD.Dataset)
    default = graph.value(dataset, SD.defaultGraph)
    summary = opened.summary
    assert int(graph.value(default, VOID.triples)) == summary.stated + summary.inferred


def test_a_source_graph_names_its_source(graph: rdflib.Graph) -> None:
    sources = set(graph.objects(None, rdflib.DCTERMS.source))
    base = "https://w3id.org/fingerpost/id/source/"
    assert rdflib.URIRef(base + "rdm-guidelines-collect-2022") in sources


def test_it_has_no_blank_nodes(graph: rdflib.Graph) -> None:
    assert not [node for triple in graph for node in triple if isinstance(node, rdflib.BNode)]
