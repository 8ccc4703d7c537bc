"""SPARQLWrapper in every return format, by every way in which it sends a query."""

import csv
import io
import itertools
from collections.abc import Callable
from xml.dom.minidom import Document

import direct_answers
import pytest
import rdflib
import rdflib.compare
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
    SPARQLWrapper2,
)
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, URITooLong

# SPARQLWrapper makes the graph that it returns of a class that rdflib deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")

SELECT = (
    "SELECT ?r ?name { ?r a <https://w3id.org/fingerpost/ontology#Repository> ; "
    "<http://www.w3.org/2004/02/skos/core#prefLabel> ?name } ORDER BY ?r ?name"
)
ASK = "ASK { ?r a <https://w3id.org/fingerpost/ontology#Repository> }"
CONSTRUCT = "CONSTRUCT { ?r a ?kind } { ?r a ?kind } ORDER BY ?r ?kind LIMIT 20"
DESCRIBE = "DESCRIBE <https://w3id.org/fingerpost/id/phase/share>"
ONTOLOGY = "https://w3id.org/fingerpost/graph/ontology"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"

WAYS = [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)]
Ask = Callable[[str, str], object]


@pytest.fixture(params=list(itertools.product(WAYS, [False, True])), ids=str)
def ask(request: pytest.FixtureRequest, endpoint: str) -> Ask:
    """Ask a query in a return format; `only` by the Accept header, or by `format` as well."""
    (method, sent), only = request.param

    def asked(query: str, format_: str) -> object:
        client = SPARQLWrapper(endpoint)
        client.setMethod(method)
        client.setRequestMethod(sent)
        client.setOnlyConneg(only)
        client.setQuery(query)
        client.setReturnFormat(format_)
        return client.queryAndConvert()

    return asked


def test_a_table_is_the_same_in_every_format(ask: Ask, endpoint: str) -> None:
    direct = direct_answers.solutions(endpoint, SELECT)
    assert len(direct) >= 5
    expected = [[row["r"][1], row["name"][1]] for row in direct]
    found = ask(SELECT, JSON)
    assert isinstance(found, dict)
    assert [
        [row["r"]["value"], row["name"]["value"]] for row in found["results"]["bindings"]
    ] == expected
    assert in_xml(ask(SELECT, XML)) == expected
    assert in_lines(ask(SELECT, CSV), ",") == [["r", "name"], *expected]
    turtle = [[f"<{iri}>", name] for iri, name in expected]
    assert in_lines(ask(SELECT, TSV), "\t")[1:] == [
        [iri, f'"{name}"@{row["name"][2]}'] for (iri, name), row in zip(turtle, direct, strict=True)
    ]


def in_xml(found: object) -> list[list[str]]:
    assert isinstance(found, Document)
    return [
        [
            binding.getElementsByTagName(kind)[0].firstChild.data
            for binding, kind in zip(
                result.getElementsByTagName("binding"), ["uri", "literal"], strict=True
            )
        ]
        for result in found.getElementsByTagName("result")
    ]


def in_lines(found: object, delimiter: str) -> list[list[str]]:
    assert isinstance(found, bytes)
    quoting = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
    return list(csv.reader(io.StringIO(found.decode()), delimiter=delimiter, quoting=quoting))


def test_a_truth_value_comes_in_every_format(ask: Ask) -> None:
    found = ask(ASK, JSON)
    assert isinstance(found, dict)
    assert found["boolean"] is True
    answer = ask(ASK, XML)
    assert isinstance(answer, Document)
    assert answer.getElementsByTagName("boolean")[0].firstChild.data == "true"


@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE], ids=["construct", "describe"])
@pytest.mark.parametrize("format_", [TURTLE, N3, XML, RDFXML, JSONLD])
def test_a_graph_is_the_same_in_every_format(
    ask: Ask, endpoint: str, format_: str, query: str
) -> None:
    found = ask(query, format_)
    if isinstance(found, bytes):
        found = rdflib.Graph().parse(data=found, format="turtle")
    assert isinstance(found, rdflib.Graph)
    direct = direct_answers.graph(endpoint, query)
    assert len(direct) >= 10
    assert rdflib.compare.isomorphic(rdflib.Graph() + found, direct)


def test_a_client_that_asks_for_no_format_is_given_what_it_reads(endpoint: str) -> None:
    client = SPARQLWrapper(endpoint)
    client.setQuery(ASK)
    answer = client.query()
    assert answer.info()["content-type"] == "application/sparql-results+xml"
    assert answer.convert().getElementsByTagName("boolean")
    client.setQuery(DESCRIBE)
    assert len(client.queryAndConvert()) >= 10


def test_the_graphs_that_a_client_names_are_the_dataset(endpoint: str) -> None:
    def count(query: str, add: Callable[[SPARQLWrapper], None]) -> int:
        client = SPARQLWrapper(endpoint, returnFormat=JSON)
        client.setQuery(query)
        add(client)
        (row,) = client.queryAndConvert()["results"]["bindings"]
        return int(row["n"]["value"])

    everything = count(COUNT, lambda _: None)
    one = count(COUNT, lambda client: client.addDefaultGraph(ONTOLOGY))
    named = COUNT.replace("?s ?p ?o", "GRAPH ?g { ?s ?p ?o }")
    assert 0 < one < everything
    assert count(named, lambda client: client.addNamedGraph(ONTOLOGY)) == one
    assert count(named, lambda client: client.addDefaultGraph(ONTOLOGY)) == 0


def test_the_second_interface_gives_values_by_variable(endpoint: str) -> None:
    client = SPARQLWrapper2(endpoint)
    client.setQuery(SELECT)
    found = client.query()
    names = [row["name"].value for row in found.bindings]
    assert names == [row["name"][1] for row in direct_answers.solutions(endpoint, SELECT)]
    assert {row["name"].lang for row in found.bindings} >= {"en"}
    assert found.variables == ["r", "name"]


def test_a_query_that_is_too_long_for_an_address_goes_by_post(endpoint: str) -> None:
    client = SPARQLWrapper(endpoint, returnFormat=JSON)
    client.setMethod(POST)
    client.setQuery(ASK + "\n" + "# a remark of no importance\n" * 6_000)
    assert client.queryAndConvert()["boolean"] is True


def test_a_query_that_is_wrong_is_told_apart_from_a_server_that_is(endpoint: str) -> None:
    client = SPARQLWrapper(endpoint, returnFormat=JSON)
    client.setQuery("SELECT ?r { ?r a }")
    with pytest.raises(QueryBadFormed, match="Line 1") as fault:
        client.query()
    assert not isinstance(fault.value, URITooLong)


def test_a_field_that_the_endpoint_does_not_know_does_no_harm(endpoint: str) -> None:
    client = SPARQLWrapper(endpoint, returnFormat=JSON)
    client.addParameter("ac", "1")
    client.addParameter("infer", "true")
    client.setQuery(ASK)
    assert client.queryAndConvert()["boolean"] is True
