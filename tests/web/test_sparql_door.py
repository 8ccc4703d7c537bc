"""The SPARQL endpoint as clients meet it: over HTTP, on a real port."""

import csv
import io
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper

from asking import COUNT, GRAPH, LABELS, fetch, sparql


@pytest.mark.parametrize(
    ("accept", "type_"),
    [
        (None, "application/sparql-results+json"),
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.5, application/json", "application/json"),
        ("text/html, text/csv;q=0.1", "text/csv; charset=utf-8"),
    ],
)
@pytest.mark.parametrize("query", [COUNT, "ASK { ?s ?p ?o }"], ids=["select", "ask"])
def test_solutions_come_in_the_format_that_is_wanted(
    server: str, accept: str | None, type_: str, query: str
) -> None:
    status, headers, body = fetch(sparql(server, query), accept)
    assert (status, headers["Content-Type"]) == (200, type_)
    assert headers["Vary"] == "Accept, Accept-Encoding"
    assert body


@pytest.mark.parametrize(
    ("accept", "format_"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ],
)
@pytest.mark.parametrize(
    "query",
    [GRAPH, "DESCRIBE <https://w3id.org/fingerpost/id/phase/share>"],
    ids=["construct", "describe"],
)
def test_graphs_come_in_the_format_that_is_wanted(
    server: str, accept: str, format_: str, query: str
) -> None:
    status, headers, body = fetch(sparql(server, query), accept)
    assert status == 200
    assert headers["Content-Type"].startswith(accept)
    assert len(rdflib.Graph().parse(data=body, format=format_)) >= 10


@pytest.mark.parametrize(
    ("accept", "format_"),
    [
        ("text/turtle", "turtle"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
        ("*/*", "turtle"),
    ],
)
def test_the_endpoint_without_a_query_describes_itself(
    server: str, accept: str, format_: str
) -> None:
    status, _, body = fetch(f"{server}/sparql", accept)
    assert status == 200
    graph = rdflib.Graph().parse(data=body, format=format_)
    sd = "http://www.w3.org/ns/sparql-service-description#"
    assert rdflib.URIRef(f"{server}/sparql") in set(
        graph.objects(None, rdflib.URIRef(sd + "endpoint"))
    )


def test_a_query_comes_by_get_by_form_and_as_a_body(server: str) -> None:
    _, _, by_get = fetch(sparql(server, COUNT))
    form = urllib.parse.urlencode({"query": COUNT}).encode()
    _, _, by_form = fetch(f"{server}/sparql", None, form, "application/x-www-form-urlencoded")
    _, _, by_body = fetch(f"{server}/sparql", None, COUNT.encode(), "application/sparql-query")
    assert by_get == by_form == by_body


def test_the_dataset_of_a_request_is_the_one_it_names(server: str) -> None:
    graph = urllib.parse.quote("https://w3id.org/fingerpost/graph/ontology")
    count = urllib.parse.quote("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    named = urllib.parse.quote("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")

    def number(address: str) -> int:
        return int(fetch(address, "text/csv")[2].split()[1])

    everything = number(f"{server}/sparql?query={count}")
    one = number(f"{server}/sparql?query={count}&default-graph-uri={graph}")
    assert 0 < one < everything
    assert number(f"{server}/sparql?query={named}&named-graph-uri={graph}") == one
    assert number(f"{server}/sparql?query={named}&default-graph-uri={graph}") == 0


def test_many_clients_at_once_get_the_same_answer(server: str) -> None:
    with ThreadPoolExecutor(16) as clients:
        answers = list(
            clients.map(lambda _: fetch(sparql(server, LABELS), "text/csv")[2], range(200))
        )
    assert len(set(answers)) == 1


def test_sparqlwrapper_reads_every_format(server: str) -> None:
    client = SPARQLWrapper(f"{server}/sparql")
    client.setQuery(LABELS)
    client.setReturnFormat(JSON)
    rows = client.queryAndConvert()["results"]["bindings"]
    client.setReturnFormat(XML)
    assert len(client.queryAndConvert().getElementsByTagName("result")) == len(rows)
    client.setReturnFormat(CSV)
    table = list(csv.reader(io.StringIO(client.queryAndConvert().decode())))
    assert [row[0] for row in table[1:]] == [row["r"]["value"] for row in rows]
    client.setMethod(POST)
    client.setReturnFormat(JSON)
    assert client.queryAndConvert()["results"]["bindings"] == rows


def test_sparqlwrapper_reads_a_graph(server: str) -> None:
    client = SPARQLWrapper(f"{server}/sparql")
    client.setQuery(GRAPH)
    client.setReturnFormat(TURTLE)
    assert len(rdflib.Graph().parse(data=client.queryAndConvert(), format="turtle")) == 20


def test_rdflibs_store_reads_the_graph_as_its_own(server: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{server}/sparql"))
    rows = list(graph.query(LABELS))
    assert ("https://w3id.org/fingerpost/id/repository/zenodo", "Zenodo") in [
        (str(row.r), str(row.name)) for row in rows
    ]
    zenodo = rdflib.URIRef("https://w3id.org/fingerpost/id/repository/zenodo")
    assert (zenodo, rdflib.RDF.type, None) in graph
