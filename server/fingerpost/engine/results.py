"""The formats in which a query's answer can be written (SPARQL 1.1 Protocol, 2.1.6)."""

from pyoxigraph import QueryResultsFormat, RdfFormat

SOLUTIONS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
"""Media type → format, for SELECT and ASK; the first is what a client gets that has no wish."""

GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/json": RdfFormat.JSON_LD,
    "application/xml": RdfFormat.RDF_XML,
    "text/plain": RdfFormat.N_TRIPLES,
}
"""Media type → format, for CONSTRUCT and DESCRIBE."""

JSON = "application/sparql-results+json"

_ONLY_TEXT = ("text/csv", "text/tab-separated-values")


def offered(form: str) -> tuple[str, ...]:
    """Return the media types in which an answer to a query of that form can be written."""
    return tuple(SOLUTIONS if form in {"SELECT", "ASK"} else GRAPHS)
