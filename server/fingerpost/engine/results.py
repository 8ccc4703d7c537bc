"""The formats in which a query's answer can be written (SPARQL 1.1 Protocol, 2.1.6)."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, cast

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    parse_query_results,
    serialize,
)

from fingerpost.engine.sink import Sink
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

_SPACE = re.compile(rb"<([^<>]*[/#])[^<>/#]*>")
"""The namespace of an IRI in N-Triples: up to its last slash or hash."""


def offered(form: str) -> tuple[str, ...]:
    """Return the media types in which an answer to a query of that form can be written."""
    return tuple(SOLUTIONS if form in {"SELECT", "ASK"} else GRAPHS)


def write(found: QuerySolutions | QueryBoolean | QueryTriples, media_type: str, to: Sink) -> None:
    """Write what a query found in `media_type`, one of those offered for its form."""
    sink = cast(IO[bytes], to)
    if not isinstance(found, QueryTriples):
        found.serialize(sink, format=SOLUTIONS[media_type])
    elif GRAPHS[media_type] != RdfFormat.TURTLE:
        found.serialize(sink, format=GRAPHS[media_type])
    else:
        to.write(graph(found, media_type))


def graph(statements: Iterable[Triple], media_type: str) -> bytes:
    """Return a graph in `media_type`, one of `GRAPHS`.

    As Turtle it is sorted, and has the prefixes that it needs: a person can read it.
    """
    format_ = GRAPHS[media_type]
    triples = sorted(statements, key=str)
    if format_ != RdfFormat.TURTLE:
        return serialize(triples, format=format_) or b""
    used = prefixes(spaces(serialize(triples, format=RdfFormat.N_TRIPLES) or b""))
    return serialize(triples, format=RdfFormat.TURTLE, prefixes=used) or b""


def spaces(n_triples: bytes) -> set[bytes]:
    """Return the namespaces of the IRIs in statements."""
    return set(_SPACE.findall(n_triples))


def prefixes(spaces: set[bytes]) -> dict[str, str]:
    """Return the known prefixes of namespaces."""
    return {name: iri for name, iri in PREFIXES.items() if iri.encode() in spaces}


@dataclass(frozen=True)
class Page:
    """Some rows of a table: as bytes, and whether there are more."""

    body: bytes
    more: bool


@dataclass(frozen=True)
class Part:
    """Rows of a table, each in JSON, and how many the whole has.

    `frame` is the table in JSON without rows, as `json.dumps` writes it.
    """

    frame: str
    rows: tuple[str, ...]
    total: int

    @property
    def json(self) -> str:
        """The table with these rows alone, written in `JSON`."""
        return self.frame.replace("[]}}", f"[{', '.join(self.rows)}]}}}}")


def part(table: bytes, start: int, size: int) -> Part:
    """Return at most `size` rows of a table in `JSON`, from row `start` on, counted from 0."""
    document = json.loads(table)
    rows = document["results"]["bindings"]
    document["results"]["bindings"] = []
    some = tuple(map(json.dumps, rows[start : start + size]))
    return Part(json.dumps(document), some, len(rows))


def cut(table: bytes, start: int, size: int) -> tuple[str, bool]:
    """Return at most `size` rows of a table in `JSON`, from row `start` on, and if there are more.

    Rows are counted from 0.
    """
    document = json.loads(table)
    rows = document["results"]["bindings"]
    document["results"]["bindings"] = rows[start : start + size]
    return json.dumps(document), start + size < len(rows)


def written(table: str, more: bool, media_type: str) -> Page:
    """Return a table, given in `JSON`, in a media type.

    As JSON it says itself whether it is cut: "truncated" is true where there are `more` rows.
    """
    if SOLUTIONS[media_type] == QueryResultsFormat.JSON:
        return Page(f'{table[:-1]}, "truncated": {json.dumps(more)}}}'.encode(), more)
    found = parse_query_results(table, QueryResultsFormat.JSON)
    if isinstance(found, QueryBoolean):
        raise TypeError("a truth value has no rows")
    return Page(found.serialize(format=SOLUTIONS[media_type]) or b"", more)


def tag(triples: Iterable[Triple]) -> str:
    """Return a digest of a graph, the same for the same statements in any order."""
    lines = sorted(str(triple) for triple in triples)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]
