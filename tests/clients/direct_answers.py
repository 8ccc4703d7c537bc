"""The same question put straight to an endpoint, to compare with what a client makes of it."""

import json
import urllib.parse
import urllib.request

import rdflib

Term = tuple[str, str, str]
"""A term as its kind, its value, and its language or datatype."""

_STRING = "http://www.w3.org/2001/XMLSchema#string"


def fetch(endpoint: str, query: str, accept: str) -> bytes:
    """Return the bytes that the endpoint answers."""
    address = f"{endpoint}?{urllib.parse.urlencode({'query': query})}"
    request = urllib.request.Request(address, headers={"Accept": accept})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return bytes(answer.read())


def solutions(endpoint: str, query: str) -> list[dict[str, Term]]:
    """Return the rows of a SELECT."""
    return rows(fetch(endpoint, query, "application/sparql-results+json"))


def rows(body: bytes | str) -> list[dict[str, Term]]:
    """Read the rows out of SPARQL 1.1 Query Results JSON."""
    bindings = json.loads(body)["results"]["bindings"]
    return [{name: term(value) for name, value in row.items()} for row in bindings]


def term(found: dict[str, str]) -> Term:
    """Read a term; a plain literal is one of xsd:string."""
    kind = found["type"].replace("typed-literal", "literal")
    if kind != "literal":
        return kind, found["value"], ""
    return kind, found["value"], found.get("xml:lang") or found.get("datatype") or _STRING


def graph(endpoint: str, query: str) -> rdflib.Graph:
    """Return the graph of a CONSTRUCT or DESCRIBE."""
    return rdflib.Graph().parse(data=fetch(endpoint, query, "application/n-triples"), format="nt")


def in_any_order(found: list[dict[str, Term]]) -> list[list[tuple[str, Term]]]:
    """Return rows in an order of their own, to compare where a query gives none."""
    return sorted(sorted(row.items()) for row in found)
