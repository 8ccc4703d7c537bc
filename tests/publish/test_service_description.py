"""The service description: by the specification, with nothing in it that is not so."""

from pathlib import Path

import pytest
import rdflib
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from fingerpost.catalogue import Catalogue
from fingerpost.engine import Query, rows
from fingerpost.engine.local import Local
from fingerpost.publish import examples, service_description, void
from fingerpost.web import create_app
from fingerpost.web.site import Site

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
FORMATS = rdflib.Namespace("http://www.w3.org/ns/formats/")
ENDPOINT = "http://127.0.0.1:8000/sparql"
A = rdflib.RDF.type

VOCABULARY = {
    SD.endpoint: (SD.Service, None),
    SD.feature: (SD.Service, SD.Feature),
    SD.defaultEntailmentRegime: (SD.Service, SD.EntailmentRegime),
    SD.supportedLanguage: (SD.Service, SD.Language),
    SD.defaultDataset: (SD.Service, SD.Dataset),
    SD.availableGraphs: (SD.Service, SD.GraphCollection),
    SD.resultFormat: (SD.Service, None),
    SD.inputFormat: (SD.Service, None),
    SD.defaultGraph: (SD.Dataset, SD.Graph),
    SD.namedGraph: (SD.GraphCollection, SD.NamedGraph),
    SD.name: (SD.NamedGraph, None),
    SD.graph: (SD.NamedGraph, SD.Graph),
}
"""Property → domain and range (SPARQL 1.1 Service Description, section 3)."""
INSTANCES = {
    SD.SPARQL11Query: SD.Language,
    SD.SPARQL11Update: SD.Language,
    SD.BasicFederatedQuery: SD.Feature,
    rdflib.URIRef("http://www.w3.org/ns/entailment/Simple"): SD.EntailmentRegime,
}
"""What the specification itself defines, and its class."""


def parsed(triples: list[Triple]) -> rdflib.Graph:
    text = serialize(triples, format=RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=text, format="nt")


@pytest.fixture(scope="module")
def graph(opened: Catalogue) -> rdflib.Graph:
    queries = opened.queries.queries
    return parsed(service_description.describe(opened.engine, ENDPOINT, queries=queries))


@pytest.fixture(scope="module")
def everything(opened: Catalogue) -> rdflib.Graph:
    """The description of an endpoint that may be written to and asks others."""
    return parsed(
        service_description.describe(
            opened.engine,
            ENDPOINT,
            queries=opened.queries.queries,
            writable=True,
            services=("https://sparql.example.org/",),
        )
    )


@pytest.fixture(scope="module")
def foreign() -> Local:
    """Somebody else's data, in graphs whose names end alike."""
    thing, label = NamedNode("https://example.org/a"), NamedNode("https://example.org/label")
    store = Store()
    store.add(Quad(thing, label, Literal("a"), DefaultGraph()))
    for name in ("https://example.org/one/graph", "https://example.org/two/graph"):
        store.add(Quad(thing, label, Literal(name), NamedNode(name)))
    return Local(store)


def the_service(graph: rdflib.Graph) -> rdflib.term.Node:
    (service,) = graph.subjects(A, SD.Service)
    return service


def sizes(graph: rdflib.Graph) -> dict[str, int]:
    """The named graphs of a description, each with its number of statements."""
    found = {}
    for named in graph.subjects(A, SD.NamedGraph):
        (number,) = graph.objects(graph.value(named, SD.graph), VOID.triples)
        found[str(graph.value(named, SD.name))] = int(number)
    return found


def test_it_describes_one_service_at_the_endpoint(graph: rdflib.Graph) -> None:
    service = the_service(graph)
    assert graph.value(service, SD.endpoint) == rdflib.URIRef(ENDPOINT)
    assert list(graph.objects(service, SD.supportedLanguage)) == [SD.SPARQL11Query]
    assert len(list(graph.objects(service, SD.resultFormat))) == 8


def test_it_conforms_to_the_domains_and_ranges_of_the_vocabulary(everything: rdflib.Graph) -> None:
    used = {p for p in everything.predicates() if p.startswith(str(SD))}
    assert used == set(VOCABULARY)
    for property_, (domain, range_) in VOCABULARY.items():
        for subject, value in everything.subject_objects(property_):
            assert domain in classes(everything, subject), (property_, subject)
            assert isinstance(value, rdflib.URIRef), (property_, value)
            assert range_ is None or range_ in classes(everything, value), (property_, value)


def classes(graph: rdflib.Graph, node: rdflib.term.Node) -> set[object]:
    """What a node says it is, what the specification says of it, and what follows from that."""
    found = {*graph.objects(node, A), INSTANCES.get(node)}
    return found | ({SD.GraphCollection} if SD.Dataset in found else set())


def test_the_w3c_tests_of_service_descriptions_are_those_made_here(shared: Path) -> None:
    folder = shared / "w3c" / "rdf-tests" / "sparql" / "sparql11" / "service-description"
    manifest = rdflib.Graph().parse(folder / "manifest.ttl")
    name = rdflib.URIRef("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#name")
    assert {str(one) for one in manifest.objects(None, name)} == {
        "GET on endpoint returns RDF",
        "Service description contains a matching sd:endpoint triple",
        "Service description conforms to schema",
    }


@pytest.mark.parametrize(
    ("accept", "format_"),
    [
        ("text/turtle", "turtle"),
        ("application/rdf+xml", "xml"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
        ("*/*", "turtle"),
    ],
)
def test_a_bare_get_of_the_endpoint_returns_rdf_that_names_the_endpoint(
    site: Site, accept: str, format_: str
) -> None:
    client = create_app(site).test_client()
    answer = client.get("/sparql", headers={"Accept": accept})
    assert answer.status_code == 200
    graph = rdflib.Graph().parse(data=answer.data, format=format_)
    assert str(graph.value(the_service(graph), SD.endpoint)) == "http://localhost/sparql"


def test_every_named_graph_is_there_with_its_number_of_statements(
    graph: rdflib.Graph, opened: Catalogue
) -> None:
    counted = sizes(graph)
    names = rows.select(opened.engine, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    assert set(counted) == {row["g"] for row in names}
    assert len(counted) > 20
    for name, number in counted.items():
        (row,) = rows.select(
            opened.engine, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"
        )
        assert int(row["n"]) == number


def test_the_default_graph_has_its_number_of_statements(
    graph: rdflib.Graph, opened: Catalogue
) -> None:
    (dataset,) = graph.subjects(A, SD.Dataset)
    default = graph.value(dataset, SD.defaultGraph)
    assert int(graph.value(default, VOID.triples)) == opened.statements


def test_the_default_graph_is_described_in_void(graph: rdflib.Graph, opened: Catalogue) -> None:
    (dataset,) = graph.subjects(A, SD.Dataset)
    default = graph.value(dataset, SD.defaultGraph)
    found = void.statements(opened.engine, str(default), endpoint=ENDPOINT, nested=False)
    assert set(parsed(found)) <= set(graph)


def test_what_each_class_has_is_left_to_void(graph: rdflib.Graph, opened: Catalogue) -> None:
    (dataset,) = graph.subjects(A, SD.Dataset)
    default = graph.value(dataset, SD.defaultGraph)
    assert set(graph.subjects(VOID.propertyPartition)) == {default}
    assert set(graph.subjects(VOID.classPartition)) == {default}
    whole = void.statements(opened.engine, str(default), endpoint=ENDPOINT, nested=True)
    of_graphs = 6 * len(set(graph.subjects(A, SD.NamedGraph)))
    assert len(graph) - of_graphs < len(list(whole)) / 2


def test_a_source_graph_names_its_source(graph: rdflib.Graph) -> None:
    sources = set(graph.objects(None, rdflib.DCTERMS.source))
    base = "https://w3id.org/fingerpost/id/source/"
    assert rdflib.URIRef(base + "rdm-guidelines-collect-2022") in sources


def test_examples_and_prefixes_stand_in_it(graph: rdflib.Graph, opened: Catalogue) -> None:
    shown = parsed(examples.statements(opened.queries.queries, ENDPOINT))
    assert len(set(shown.subjects(A, SH.SPARQLExecutable))) >= 18
    assert set(shown) | set(parsed(examples.prefixes())) <= set(graph)


def test_only_what_may_be_written_to_claims_to_take_updates_and_data(
    graph: rdflib.Graph, everything: rdflib.Graph
) -> None:
    assert not list(graph.objects(None, SD.inputFormat))
    languages = set(everything.objects(the_service(everything), SD.supportedLanguage))
    assert languages == {SD.SPARQL11Query, SD.SPARQL11Update}
    wanted = {FORMATS[one] for one in ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")}
    assert set(everything.objects(the_service(everything), SD.inputFormat)) == wanted


def test_only_what_asks_other_services_claims_to_federate(
    graph: rdflib.Graph, everything: rdflib.Graph
) -> None:
    assert not list(graph.objects(None, SD.feature))
    assert list(everything.objects(None, SD.feature)) == [SD.BasicFederatedQuery]


def test_writing_and_asking_other_services_are_told_apart(foreign: Local) -> None:
    writing = parsed(service_description.describe(foreign, ENDPOINT, plain=True, writable=True))
    other = ("https://sparql.example.org/",)
    asking = parsed(service_description.describe(foreign, ENDPOINT, plain=True, services=other))
    assert (None, SD.supportedLanguage, SD.SPARQL11Update) in writing
    assert (None, SD.feature, None) not in writing
    assert (None, SD.feature, SD.BasicFederatedQuery) in asking
    assert (None, SD.supportedLanguage, SD.SPARQL11Update) not in asking


def test_the_default_graph_is_no_union_of_the_named_graphs(
    graph: rdflib.Graph, opened: Catalogue
) -> None:
    outside = "ASK { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } }"
    assert b"true" in opened.engine.answer(Query(outside), "text/csv")
    assert (None, SD.feature, SD.UnionDefaultGraph) not in graph


def test_it_has_no_blank_nodes(everything: rdflib.Graph) -> None:
    assert not [node for triple in everything for node in triple if isinstance(node, rdflib.BNode)]


def test_of_data_that_is_not_ours_nothing_is_claimed(foreign: Local, opened: Catalogue) -> None:
    found = service_description.describe(
        foreign, ENDPOINT, queries=opened.queries.queries, plain=True
    )
    text = serialize(found, format=RdfFormat.N_TRIPLES).decode().lower()
    assert "fingerpost" not in text
    assert "publicdomain" not in text
    graph = parsed(found)
    assert not set(graph.predicates()) & {
        rdflib.DCTERMS.title,
        rdflib.DCTERMS.license,
        rdflib.DCTERMS.description,
        rdflib.RDFS.comment,
        VOID.uriSpace,
    }
    assert int(graph.value(graph.value(None, A, VOID.Dataset), VOID.triples)) == 1


def test_graphs_whose_names_end_alike_are_told_apart(foreign: Local) -> None:
    graph = parsed(service_description.describe(foreign, ENDPOINT, plain=True))
    names = {"https://example.org/one/graph", "https://example.org/two/graph"}
    assert sizes(graph) == dict.fromkeys(names, 1)
