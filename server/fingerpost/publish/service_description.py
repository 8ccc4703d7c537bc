"""The service description: what the endpoint speaks, and which graphs it holds.

SPARQL 1.1 Service Description (W3C, 2013), with the counts of VoID (W3C Note, 2011).
"""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from fingerpost.engine import Engine, rows
from fingerpost.graph.vocabulary import TYPE, term

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_WRITTEN = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)
_CC0 = NamedNode("https://creativecommons.org/publicdomain/zero/1.0/")
_COUNTS = """
SELECT ?graph (COUNT(*) AS ?statements)
WHERE { GRAPH ?graph { ?subject ?property ?value } }
GROUP BY ?graph
ORDER BY ?graph
"""
_ALL = "SELECT (COUNT(*) AS ?statements) WHERE { ?subject ?property ?value }"
_SOURCES = """
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT ?graph ?source
WHERE { ?graph prov:wasDerivedFrom ?source . GRAPH ?graph { ?source ?property ?value } }
GROUP BY ?graph ?source
ORDER BY ?graph ?source
"""


def describe(engine: Engine, endpoint: str) -> list[Triple]:
    """Return the description of the endpoint at that address; it has no blank nodes."""
    service = NamedNode(f"{endpoint}#service")
    dataset = NamedNode(f"{endpoint}#dataset")
    return [
        *_service(service, dataset, NamedNode(endpoint)),
        *_default(engine, endpoint, dataset),
        *_named(engine, endpoint, dataset),
    ]


def _service(service: NamedNode, dataset: NamedNode, endpoint: NamedNode) -> Iterator[Triple]:
    yield Triple(service, TYPE, _sd("Service"))
    yield Triple(service, _sd("endpoint"), endpoint)
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    for name in _WRITTEN:
        yield Triple(service, _sd("resultFormat"), NamedNode(_FORMATS + name))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(service, term("dct:title"), Literal("Fingerpost", language="en"))
    yield Triple(service, term("dct:license"), _CC0)


def _default(engine: Engine, endpoint: str, dataset: NamedNode) -> Iterator[Triple]:
    graph = NamedNode(f"{endpoint}#default-graph")
    (row,) = rows.select(engine, _ALL)
    yield Triple(dataset, TYPE, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), graph)
    yield Triple(graph, TYPE, _sd("Graph"))
    yield Triple(graph, NamedNode(_VOID + "triples"), _number(row["statements"]))


def _named(engine: Engine, endpoint: str, dataset: NamedNode) -> Iterator[Triple]:
    sources = {row["graph"]: row["source"] for row in rows.select(engine, _SOURCES)}
    for row in rows.select(engine, _COUNTS):
        name = row["graph"]
        slug = name.rpartition("/")[2]
        named = NamedNode(f"{endpoint}#named-graph-{slug}")
        graph = NamedNode(f"{endpoint}#graph-{slug}")
        yield Triple(dataset, _sd("namedGraph"), named)
        yield Triple(named, TYPE, _sd("NamedGraph"))
        yield Triple(named, _sd("name"), NamedNode(name))
        yield Triple(named, _sd("graph"), graph)
        yield Triple(graph, TYPE, _sd("Graph"))
        yield Triple(graph, NamedNode(_VOID + "triples"), _number(row["statements"]))
        if name in sources:
            yield Triple(graph, term("dct:source"), NamedNode(sources[name]))


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)


def _number(text: str) -> Literal:
    return Literal(text, datatype=term("xsd:integer"))
