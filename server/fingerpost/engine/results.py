"""The formats in which a query's answer can be written (SPARQL 1.1 Protocol, 2.1.6)."""

from collections.abc import Iterable

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)

from fingerpost.graph.vocabulary import PREFIXES

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


def offered(form: str) -> tuple[str, ...]:
    """Return the media types in which an answer to a query of that form can be written."""
    return tuple(SOLUTIONS if form in {"SELECT", "ASK"} else GRAPHS)


def write(found: QuerySolutions | QueryBoolean | QueryTriples, media_type: str) -> bytes:
    """Return what a query found in `media_type`, one of those offered for its form."""
    if not isinstance(found, QueryTriples):
        return bytes(found.serialize(format=SOLUTIONS[media_type]) or b"")
    if GRAPHS[media_type] != RdfFormat.TURTLE:
        return bytes(found.serialize(format=GRAPHS[media_type]) or b"")
    return graph(found, media_type)


def graph(statements: Iterable[Triple], media_type: str) -> bytes:
    """Return a graph in `media_type`, one of `GRAPHS`.

    As Turtle it is sorted, and has the prefixes that it needs: a person can read it.
    """
    format_ = GRAPHS[media_type]
    triples = sorted(statements, key=str)
    if format_ != RdfFormat.TURTLE:
        return serialize(triples, format=format_) or b""
    plain = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    used = {name: iri for name, iri in PREFIXES.items() if f"<{iri}".encode() in plain}
    return serialize(triples, format=RdfFormat.TURTLE, prefixes=used) or b""
