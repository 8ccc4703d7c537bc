"""The three tests of service descriptions, of which the manifest gives nothing but names.

What they ask stands in SPARQL 1.1 Service Description (W3C, 2013): section 2 for what a GET of the
endpoint answers, section 3 for the vocabulary, whose terms, domains and ranges are the schema.
"""

from collections.abc import Callable, Iterator

import pyoxigraph as ox

from conformance import results
from conformance.client import Broken, Request
from conformance.evaluation import Failed, Outcome
from conformance.manifests import RDF, Suites
from conformance.results import SUFFIXES, Graph, Term
from conformance.servers import Server

SD = "http://www.w3.org/ns/sparql-service-description#"
ACCEPT = "text/turtle, application/n-triples;q=0.9, application/rdf+xml;q=0.8"
MANIFEST = "sparql11/service-description/manifest.ttl"
# property: the class of its subject, and the class of its object where the vocabulary has one
PROPERTIES = {
    "endpoint": ("Service", None),
    "feature": ("Service", "Feature"),
    "defaultEntailmentRegime": ("Service", "EntailmentRegime"),
    "entailmentRegime": ("NamedGraph", "EntailmentRegime"),
    "defaultSupportedEntailmentProfile": ("Service", "EntailmentProfile"),
    "supportedEntailmentProfile": ("NamedGraph", "EntailmentProfile"),
    "extensionFunction": ("Service", "Function"),
    "extensionAggregate": ("Service", "Aggregate"),
    "languageExtension": ("Service", "Feature"),
    "supportedLanguage": ("Service", "Language"),
    "propertyFeature": ("Service", "Feature"),
    "defaultDataset": ("Service", "Dataset"),
    "availableGraphs": ("Service", "GraphCollection"),
    "resultFormat": ("Service", None),
    "inputFormat": ("Service", None),
    "defaultGraph": ("Dataset", "Graph"),
    "namedGraph": ("GraphCollection", "NamedGraph"),
    "name": ("NamedGraph", None),
    "graph": ("NamedGraph", "Graph"),
}
BROADER = {
    "Dataset": "GraphCollection",
    "Function": "Feature",
    "Aggregate": "Feature",
    "Language": "Feature",
    "EntailmentRegime": "Feature",
    "EntailmentProfile": "Feature",
}
FEATURES = (
    "DereferencesURIs UnionDefaultGraph RequiresDataset EmptyGraphs BasicFederatedQuery".split()
)
LANGUAGES = "SPARQL10Query SPARQL11Query SPARQL11Update".split()
INSTANCES = dict.fromkeys(FEATURES, "Feature") | dict.fromkeys(LANGUAGES, "Language")
CLASSES = {"Service", "Graph", "NamedGraph", "GraphCollection", "Feature", *BROADER}
Statement = tuple[Term, ...]


def run(server: Server, suites: Suites) -> Iterator[Outcome]:
    """The outcome of each test."""
    for _, _, test in suites.entries(suites.root / MANIFEST):
        name = test.value.rpartition("#")[2]
        yield Outcome(f"service-description/{name}", _cause(server, CHECKS[name]))


def _cause(server: Server, test: Callable[[Graph, str], None]) -> str:
    address = server.address + server.layout.description
    try:
        test(_fetched(server, address), address)
    except (Failed, Broken, ValueError, SyntaxError, OSError) as failure:
        return str(failure)
    return ""


def _fetched(server: Server, address: str) -> Graph:
    answer = server.send(Request("GET", server.layout.description, (("Accept", ACCEPT),)))
    suffix = SUFFIXES.get(answer.media_type, "")
    if answer.status != 200 or suffix not in {".ttl", ".nt", ".rdf"}:
        raise Failed(f"status {answer.status}, {answer.media_type or 'no media type'}")
    return results.read(answer.body, suffix, address)


def returns_rdf(graph: Graph, address: str) -> None:
    """A GET of the endpoint gives RDF, and says something."""
    if not graph.statements:
        raise Failed(f"nothing is said at {address}")


def has_endpoint(graph: Graph, address: str) -> None:
    """A service is described whose endpoint is the address that was asked."""
    found = [row[2].value for row in graph.statements if row[1].value == SD + "endpoint"]
    if address not in found:
        raise Failed(f"sd:endpoint is {', '.join(sorted(found)) or 'not there'}, not {address}")


def conforms(graph: Graph, address: str) -> None:
    """Every term is of the vocabulary, and stands between things of the right classes."""
    has_endpoint(graph, address)
    faults = sorted(set(schema_faults(graph)))
    if faults:
        raise Failed("; ".join(faults))


def schema_faults(graph: Graph) -> Iterator[str]:
    """Where a description departs from the vocabulary."""
    types = _types(graph)
    if "Service" not in {name for names in types.values() for name in names}:
        yield "nothing is an sd:Service"
    for row in graph.statements:
        for term in row:
            yield from _unknown(term)
        name = row[1].value.removeprefix(SD)
        if name in PROPERTIES and row[1].value.startswith(SD):
            yield from _misplaced(row, name, types)
    yield from _nameless(graph, types)


def _types(graph: Graph) -> dict[Term, set[str]]:
    """The classes of the vocabulary to which a thing belongs, the broader ones too."""
    found = {ox.NamedNode(SD + name): _upward(kind) for name, kind in INSTANCES.items()}
    for subject, property_, class_ in graph.statements:
        if property_.value == RDF + "type" and class_.value.startswith(SD):
            found[subject] = found.get(subject, set()) | _upward(class_.value.removeprefix(SD))
    return found


def _upward(name: str) -> set[str]:
    return {name, BROADER.get(name, name)}


def _unknown(term: Term) -> Iterator[str]:
    if isinstance(term, ox.NamedNode) and term.value.startswith(SD):
        name = term.value.removeprefix(SD)
        if name not in CLASSES | PROPERTIES.keys() | INSTANCES.keys():
            yield f"sd:{name} is no term of the vocabulary"


def _misplaced(row: Statement, name: str, types: dict[Term, set[str]]) -> Iterator[str]:
    """A subject must have the class; an object may be described elsewhere, but not otherwise."""
    subject, _, object_ = row
    domain, range_ = PROPERTIES[name]
    if domain not in types.get(subject, set()):
        yield f"the subject of sd:{name} is no sd:{domain}"
    if isinstance(object_, ox.Literal) or (
        range_ is None and not isinstance(object_, ox.NamedNode)
    ):
        yield f"the object of sd:{name} is no resource with an address"
    if range_ and object_ in types and range_ not in types[object_]:
        yield f"the object of sd:{name} is no sd:{range_}"


def _nameless(graph: Graph, types: dict[Term, set[str]]) -> Iterator[str]:
    named = {row[0] for row in graph.statements if row[1].value == SD + "name"}
    for thing, names in types.items():
        if "NamedGraph" in names and thing not in named:
            yield "an sd:NamedGraph has no sd:name"


CHECKS = {
    "returns-rdf": returns_rdf,
    "has-endpoint-triple": has_endpoint,
    "conforms-to-schema": conforms,
}
