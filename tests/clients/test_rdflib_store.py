"""rdflib's SPARQLStore: the endpoint as if it were a graph in memory."""

import direct_answers
import pytest
import rdflib
from rdflib.namespace import RDF, SKOS
from rdflib.plugins.stores.sparqlstore import SPARQLStore

FP = rdflib.Namespace("https://w3id.org/fingerpost/ontology#")
ZENODO = rdflib.URIRef("https://w3id.org/fingerpost/id/repository/zenodo")
ONTOLOGY = rdflib.URIRef("https://w3id.org/fingerpost/graph/ontology")
NAMES = (
    "PREFIX fp: <https://w3id.org/fingerpost/ontology#> "
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    "SELECT ?r ?name { ?r a fp:Repository ; skos:prefLabel ?name } ORDER BY ?r ?name"
)


@pytest.fixture(params=["GET", "POST", "POST_FORM"])
def graph(request: pytest.FixtureRequest, endpoint: str) -> rdflib.Graph:
    return rdflib.Graph(SPARQLStore(endpoint, method=request.param))


@pytest.mark.parametrize("format_", ["xml", "json", "csv", "tsv"])
def test_a_query_gets_the_same_rows_in_every_format(endpoint: str, format_: str) -> None:
    graph = rdflib.Graph(SPARQLStore(endpoint, returnFormat=format_))
    found = [(str(row.r), str(row.name)) for row in graph.query(NAMES)]
    direct = direct_answers.solutions(endpoint, NAMES)
    assert found == [(row["r"][1], row["name"][1]) for row in direct]
    assert len(found) >= 5


def test_patterns_answer_as_triples_of_the_graph(graph: rdflib.Graph, endpoint: str) -> None:
    about = set(graph.triples((ZENODO, None, None)))
    direct = direct_answers.graph(endpoint, f"CONSTRUCT WHERE {{ {ZENODO.n3()} ?p ?o }}")
    assert about == set(direct)
    assert len(about) > 10
    assert (ZENODO, RDF.type, FP.Repository) in graph
    assert (ZENODO, RDF.type, FP.Facility) not in graph
    assert graph.value(ZENODO, SKOS.prefLabel) == rdflib.Literal("Zenodo", lang="en")
    assert ZENODO in set(graph.subjects(RDF.type, FP.Repository))


def test_the_length_of_the_graph_is_its_number_of_triples(
    graph: rdflib.Graph, endpoint: str
) -> None:
    (row,) = direct_answers.solutions(endpoint, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert len(graph) == int(row["n"][1]) > 1000


def test_names_bound_beforehand_and_prefixes_of_the_client_are_used(graph: rdflib.Graph) -> None:
    found = graph.query(
        "SELECT ?name { ?r skos:prefLabel ?name }",
        initNs={"skos": SKOS},
        initBindings={"r": ZENODO},
    )
    assert [str(row.name) for row in found] == ["Zenodo"]


def test_questions_and_graphs_come_through_the_store(graph: rdflib.Graph, endpoint: str) -> None:
    assert graph.query(f"ASK {{ {ZENODO.n3()} ?p ?o }}").askAnswer is True
    assert graph.query("ASK { <http://example.org/none> ?p ?o }").askAnswer is False
    query = f"CONSTRUCT WHERE {{ {ZENODO.n3()} ?p ?o }}"
    found = graph.query(query).graph
    assert found is not None
    assert set(found) == set(direct_answers.graph(endpoint, query))


def test_a_named_graph_is_a_graph_of_its_own(endpoint: str) -> None:
    named = rdflib.Graph(SPARQLStore(endpoint), identifier=ONTOLOGY)
    (row,) = direct_answers.solutions(
        endpoint, f"SELECT (COUNT(*) AS ?n) {{ GRAPH {ONTOLOGY.n3()} {{ ?s ?p ?o }} }}"
    )
    assert len(named) == int(row["n"][1]) > 100
    assert (FP.Repository, RDF.type, None) in named
    assert (ZENODO, RDF.type, None) not in named


def test_the_store_names_the_graphs_that_know_a_record(endpoint: str) -> None:
    names = set(SPARQLStore(endpoint).contexts((ZENODO, None, None)))
    direct = direct_answers.solutions(
        endpoint, f"SELECT DISTINCT ?g {{ GRAPH ?g {{ {ZENODO.n3()} ?p ?o }} }}"
    )
    assert names == {rdflib.URIRef(row["g"][1]) for row in direct}
    assert names
