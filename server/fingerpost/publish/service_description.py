"""The service description: what the endpoint speaks, which graphs it holds, what is in them.

SPARQL 1.1 Service Description (W3C, 2013); the counts are VoID's, and saved queries and
prefixes stand where query editors look for them when the endpoint itself has none. Some clients
read all of it before their first query, so the properties of each class are told elsewhere.
"""

from collections.abc import Collection, Iterator, Mapping

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from fingerpost.engine import Engine, Query, rows
from fingerpost.graph.dataset import SNAPSHOTS
from fingerpost.graph.vocabulary import TYPE
from fingerpost.publish import examples, void
from fingerpost.publish.terms import LICENCE, TITLE, english, inside, key, name, number
from fingerpost.queries.saved import SavedQuery

_GRAPH_FORMATS = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")
_RESULT_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    *_GRAPH_FORMATS,
)
_SIMPLE = NamedNode("http://www.w3.org/ns/entailment/Simple")
"""How patterns are matched, in the default graph too: what follows is in it as statements."""
_MERGE = "What the sources state, and what follows from it by OWL 2 RL, as one graph."
_COUNTS = """
SELECT ?graph (COUNT(*) AS ?statements)
WHERE { GRAPH ?graph { ?subject ?property ?value } FILTER (isIRI(?graph)) }
GROUP BY ?graph
ORDER BY ?graph
LIMIT 20000
"""
_SOURCES = """
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT ?graph ?source
WHERE {
  ?graph prov:wasDerivedFrom ?source .
  FILTER (isIRI(?graph) && isIRI(?source))
  FILTER EXISTS { GRAPH ?graph { ?source ?property ?value } }
}
ORDER BY ?graph ?source
LIMIT 20000
"""
_SNAPSHOTS = f"""
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX fp: <https://w3id.org/fingerpost/ontology#>
PREFIX void: <http://rdfs.org/ns/void#>
CONSTRUCT {{ ?graph ?property ?value }}
WHERE {{
  VALUES ?property {{
    dct:title dct:license dct:rights fp:retrievedOn void:entities fp:crossReferences
  }}
  GRAPH ?graph {{
    ?graph a dcat:Dataset ;
      ?property ?value .
  }}
  FILTER (STRSTARTS(STR(?graph), "{SNAPSHOTS}"))
}}
"""


def describe(
    engine: Engine,
    endpoint: str,
    *,
    queries: Mapping[str, SavedQuery] | None = None,
    writable: bool = False,
    services: Collection[str] = (),
    plain: bool = False,
) -> list[Triple]:
    """Return the description of the endpoint at that address; it has no blank nodes.

    `services` are the other endpoints that queries may ask. With `plain` the data is not ours,
    and nothing is said of it but what it holds.
    """
    service = inside(endpoint, "service")
    dataset = inside(endpoint, "dataset")
    default = inside(endpoint, "default-graph")
    found = [
        *_service(service, dataset, NamedNode(endpoint)),
        *_languages(service, writable, services),
        *_default(dataset, default),
        *void.statements(engine, default.value, endpoint=endpoint, plain=plain, nested=False),
        *_named(engine, endpoint, dataset),
    ]
    if plain:
        return found
    shared = examples.statements(queries or {}, endpoint)
    return [*found, *_ours(service, default), *shared, *examples.prefixes()]


def _service(service: NamedNode, dataset: NamedNode, endpoint: NamedNode) -> Iterator[Triple]:
    yield Triple(service, TYPE, name("sd:Service"))
    yield Triple(service, name("sd:endpoint"), endpoint)
    yield Triple(service, name("sd:defaultEntailmentRegime"), _SIMPLE)
    yield Triple(service, name("sd:defaultDataset"), dataset)
    yield Triple(service, name("sd:availableGraphs"), dataset)
    for format_ in _RESULT_FORMATS:
        yield Triple(service, name("sd:resultFormat"), name(f"format:{format_}"))


def _languages(service: NamedNode, writable: bool, services: Collection[str]) -> Iterator[Triple]:
    yield Triple(service, name("sd:supportedLanguage"), name("sd:SPARQL11Query"))
    if services:
        yield Triple(service, name("sd:feature"), name("sd:BasicFederatedQuery"))
    if writable:
        yield Triple(service, name("sd:supportedLanguage"), name("sd:SPARQL11Update"))
        for format_ in _GRAPH_FORMATS:
            yield Triple(service, name("sd:inputFormat"), name(f"format:{format_}"))


def _ours(service: NamedNode, default: NamedNode) -> Iterator[Triple]:
    yield Triple(service, name("dct:title"), english(TITLE))
    yield Triple(service, name("dct:license"), LICENCE)
    yield Triple(default, name("rdfs:comment"), english(_MERGE))


def _default(dataset: NamedNode, graph: NamedNode) -> Iterator[Triple]:
    yield Triple(dataset, TYPE, name("sd:Dataset"))
    yield Triple(dataset, name("sd:defaultGraph"), graph)
    yield Triple(graph, TYPE, name("sd:Graph"))


def _named(engine: Engine, endpoint: str, dataset: NamedNode) -> Iterator[Triple]:
    lines = engine.answer(Query(_SNAPSHOTS), "application/n-triples")
    for one in parse(lines, format=RdfFormat.N_TRIPLES):
        if isinstance(one.subject, NamedNode):
            yield Triple(
                inside(endpoint, "graph", key(one.subject.value)), one.predicate, one.object
            )
    sources = {row["graph"]: row["source"] for row in rows.whole(engine, _SOURCES)}
    for row in rows.whole(engine, _COUNTS):
        iri = row["graph"]
        named = inside(endpoint, "named-graph", key(iri))
        graph = inside(endpoint, "graph", key(iri))
        yield Triple(dataset, name("sd:namedGraph"), named)
        yield Triple(named, TYPE, name("sd:NamedGraph"))
        yield Triple(named, name("sd:name"), NamedNode(iri))
        yield Triple(named, name("sd:graph"), graph)
        yield Triple(graph, TYPE, name("sd:Graph"))
        yield Triple(graph, name("void:triples"), number(row["statements"]))
        if iri in sources:
            yield Triple(graph, name("dct:source"), NamedNode(sources[iri]))
