"""The saved queries as examples: found by the queries that other tools ask, valid, answered."""

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, Triple, serialize
from rdflib.plugins.sparql import prepareQuery

from fingerpost.catalogue import Catalogue
from fingerpost.engine import Query
from fingerpost.engine.cached import Cached
from fingerpost.errors import BadParameter
from fingerpost.graph.vocabulary import PREFIXES
from fingerpost.publish import examples
from fingerpost.publish.examples import QUERIES
from fingerpost.queries import saved
from fingerpost.queries.saved import SavedQuery

ENDPOINT = "https://data.example.org/sparql"
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
SCHEMA = rdflib.Namespace("https://schema.org/")
TEXTS = (SH.select, SH.ask, SH.construct)

AS_EDITORS_ASK = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?example ?comment ?query
WHERE {
  ?example a sh:SPARQLExecutable ;
    rdfs:comment ?comment ;
    sh:select|sh:ask|sh:construct|sh:describe ?query .
}
ORDER BY ?example
"""
PREFIXES_AS_EDITORS_ASK = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT DISTINCT ?prefix ?namespace
WHERE { [] sh:namespace ?namespace ; sh:prefix ?prefix }
"""
WITH_PARAMETERS = """#+ summary: Which things?
#+ description: Those that fit.
#+ tags:
#+   - explore
#+ defaults:
#+   - most: 3
#+ enumerate:
#+   - kind:
#+       - one
#+       - two
#+ examples:
#+   - data: data-type:imaging-data
#+   - since: 2022
#+ classes:
#+   - data: fp:DataType
PREFIX ex: <https://example.org/>
SELECT ?thing
WHERE {
  ?thing ex:data ?_data_iri ;
    ex:kind ?_kind_literal ;
    ex:size ?_most_integer ;
    ex:date ?_since_date .
  FILTER (COALESCE(?__place_literal, "") = "" || ?thing = ?__place_literal)
}
"""

OF_SNAPSHOTS = {"recommend/registries", "recommend/registry-record", "registry/snapshots"}
"""Queries of what was imported of registries, of which nothing is shipped."""


def one(text: str, name: str = "explore/things") -> dict[str, SavedQuery]:
    return {name: saved.parse(name, text)}


def stored(triples: list[Triple]) -> Store:
    store = Store()
    store.extend(Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in triples)
    return store


def parsed(triples: list[Triple]) -> rdflib.Graph:
    text = serialize(triples, format=RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=text, format="nt")


@pytest.fixture(scope="module")
def published(opened: Catalogue) -> list[Triple]:
    return examples.statements(opened.queries.queries, ENDPOINT)


@pytest.fixture(scope="module")
def graph(published: list[Triple]) -> rdflib.Graph:
    return parsed(published)


def texts(graph: rdflib.Graph) -> dict[str, str]:
    return {str(s): str(o) for p in TEXTS for s, o in graph.subject_objects(p)}


def test_every_saved_query_is_an_example_or_said_to_be_left_out(
    graph: rdflib.Graph, opened: Catalogue
) -> None:
    queries = {name for name in opened.queries.queries if not name.startswith("check/")}
    found = {iri.removeprefix(QUERIES) for iri in texts(graph)}
    out = examples.left_out(opened.queries.queries)
    assert len(found) >= 18
    assert found | set(out) == queries
    assert not found & set(out)


def test_an_editor_finds_each_example_once(published: list[Triple], graph: rdflib.Graph) -> None:
    rows = list(stored(published).query(AS_EDITORS_ASK))
    assert {row["example"].value: row["query"].value for row in rows} == texts(graph)
    assert len(rows) == len(texts(graph))


def test_every_text_stands_on_its_own_for_two_parsers(graph: rdflib.Graph) -> None:
    for iri, text in texts(graph).items():
        Store().query(text)
        assert prepareQuery(text).algebra.name == "SelectQuery", iri


def test_every_example_has_an_answer_on_the_shipped_data(
    graph: rdflib.Graph, opened: Catalogue
) -> None:
    empty = [
        iri
        for iri, text in texts(graph).items()
        if opened.engine.answer(Query(text), "text/csv").count(b"\n") < 2
    ]
    assert {iri.removeprefix(QUERIES) for iri in empty} == OF_SNAPSHOTS


def test_an_example_answers_as_its_saved_query_does(graph: rdflib.Graph, opened: Catalogue) -> None:
    for iri, text in texts(graph).items():
        query = opened.queries.queries[iri.removeprefix(examples.QUERIES)]
        own = opened.queries.answer(query.name, examples.given(query), "text/csv")
        assert opened.engine.answer(Query(text), "text/csv") == own, iri


def test_a_text_has_no_head(graph: rdflib.Graph) -> None:
    assert [iri for iri, text in texts(graph).items() if "#+" in text or text[0].isspace()] == []


def test_every_example_has_one_comment_its_target_and_its_address(graph: rdflib.Graph) -> None:
    for iri in texts(graph):
        node = rdflib.URIRef(iri)
        (comment,) = graph.objects(node, rdflib.RDFS.comment)
        assert isinstance(comment, rdflib.Literal)
        assert comment.language == "en"
        assert list(graph.objects(node, SCHEMA.target)) == [rdflib.URIRef(ENDPOINT)]
        name = iri.removeprefix("https://w3id.org/fingerpost/query/")
        address = rdflib.URIRef(f"https://data.example.org/queries/{name}")
        assert graph.value(node, SCHEMA.url) == address
        assert len(list(graph.objects(node, SCHEMA.keywords))) >= 1


def test_values_are_put_where_they_must_be_given() -> None:
    text = examples.rendered(one(WITH_PARAMETERS)["explore/things"])
    assert "<https://w3id.org/fingerpost/id/data-type/imaging-data>" in text
    assert '"one"' in text
    assert "3" in text
    assert '"2022"^^<http://www.w3.org/2001/XMLSchema#gYear>' in text
    assert "?_" not in text.replace("?__place_literal", "")
    pyoxigraph.Store().query(text)


def test_a_query_whose_head_lacks_a_value_is_left_out_and_said() -> None:
    queries = one(WITH_PARAMETERS.replace("#+   - since: 2022\n", ""))
    assert examples.statements(queries, ENDPOINT) == []
    assert examples.left_out(queries) == {
        "explore/things": "the head has no example for since",
    }
    with pytest.raises(BadParameter, match="since"):
        examples.rendered(queries["explore/things"])


def test_a_form_that_the_vocabulary_lacks_is_left_out_and_said() -> None:
    queries = one("#+ summary: x\nDESCRIBE <https://example.org/a>\n")
    assert examples.statements(queries, ENDPOINT) == []
    assert "DESCRIBE" in examples.left_out(queries)["explore/things"]


def test_checks_are_no_examples() -> None:
    queries = one(WITH_PARAMETERS, "check/things")
    assert examples.statements(queries, ENDPOINT) == []
    assert examples.left_out(queries) == {}


@pytest.mark.parametrize(
    ("text", "class_", "property_"),
    [
        ("SELECT * { ?s ?p ?o }", "SPARQLSelectExecutable", "select"),
        ("ASK { ?s ?p ?o }", "SPARQLAskExecutable", "ask"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "SPARQLConstructExecutable", "construct"),
    ],
)
def test_each_form_has_its_class_and_property(text: str, class_: str, property_: str) -> None:
    graph = parsed(examples.statements(one(f"#+ summary: x\n{text}\n"), ENDPOINT))
    (node,) = graph.subjects(rdflib.RDF.type, SH[class_])
    assert (node, rdflib.RDF.type, SH.SPARQLExecutable) in graph
    assert str(graph.value(node, SH[property_])).strip() == text


def test_parameters_are_described() -> None:
    graph = parsed(examples.statements(one(WITH_PARAMETERS), ENDPOINT))
    (query,) = graph.subjects(rdflib.RDF.type, SH.SPARQLExecutable)
    found = {str(graph.value(node, SH.name)): node for node in graph.objects(query, SH.parameter)}
    assert sorted(found) == ["data", "kind", "most", "place", "since"]
    assert graph.value(found["data"], SH["class"]) == rdflib.URIRef(PREFIXES["fp"] + "DataType")
    assert graph.value(found["data"], SH.nodeKind) == SH.IRI
    assert graph.value(found["kind"], SH.datatype) == rdflib.XSD.string
    assert str(graph.value(found["kind"], SH.description)) == "one of one, two"
    assert graph.value(found["most"], SH.datatype) == rdflib.XSD.integer
    assert graph.value(found["most"], SH.defaultValue) == rdflib.Literal(3)
    assert graph.value(found["since"], SH.datatype) is None
    optional = {name: graph.value(node, SH.optional) for name, node in found.items()}
    wanted = {"data": False, "kind": False, "most": True, "place": True, "since": False}
    assert {name: value.toPython() for name, value in optional.items()} == wanted
    for name, node in found.items():
        assert str(graph.value(node, SH.path)).rpartition("#")[2] == name


def test_an_editor_finds_every_prefix() -> None:
    rows = stored(examples.prefixes()).query(PREFIXES_AS_EDITORS_ASK)
    assert {row["prefix"].value: row["namespace"].value for row in rows} == PREFIXES


def test_a_namespace_is_an_address_and_not_a_node() -> None:
    graph = parsed(examples.prefixes())
    namespaces = list(graph.objects(None, SH.namespace))
    assert len(namespaces) == len(PREFIXES)
    assert {one.datatype for one in namespaces} == {rdflib.XSD.anyURI}


def test_examples_and_prefixes_have_no_blank_nodes(graph: rdflib.Graph) -> None:
    both = graph + parsed(examples.prefixes())
    assert not [node for triple in both for node in triple if isinstance(node, rdflib.BNode)]


def test_an_example_has_the_same_answer_each_time(graph: rdflib.Graph, opened: Catalogue) -> None:
    assert isinstance(opened.engine, Cached)
    asked = opened.engine.engine
    changing = [
        iri
        for iri, text in texts(graph).items()
        if len({asked.answer(Query(text), "text/csv") for _ in range(8)}) > 1
    ]
    assert changing == []
