"""Answers over HTTP, and whether two of them are the same."""

import json
import urllib.request
from collections import Counter
from typing import TypeAlias
from urllib.parse import quote

from pyoxigraph import RdfFormat, parse

JSON = "application/sparql-results+json"
Rows: TypeAlias = Counter[frozenset[tuple[str, ...]]]
"""Each row or triple, as the set of its bindings, and how often it is there."""

_LONGEST = 120.0


def ask(endpoint: str, text: str, media_type: str) -> bytes:
    """Return the answer to a query.

    Raises:
        HTTPError: it was refused.
    """
    address = f"{endpoint}?query={quote(text, safe='')}"
    request = urllib.request.Request(address, headers={"Accept": media_type})
    with urllib.request.urlopen(request, timeout=_LONGEST) as response:
        return bytes(response.read())


def rows(body: bytes, media_type: str) -> Rows:
    """Return the rows of an answer, or its triples, without regard to order."""
    if media_type == JSON:
        bindings = json.loads(body)["results"]["bindings"]
        return Counter(frozenset(_cell(*cell) for cell in row.items()) for row in bindings)
    triples = {str(quad) for quad in parse(body, format=RdfFormat.N_TRIPLES)}
    return Counter(frozenset([(triple,)]) for triple in triples)


def _cell(variable: str, term: dict[str, str]) -> tuple[str, ...]:
    """Return a binding; what GROUP_CONCAT joins has no order (SPARQL 1.1, 18.5.1.7)."""
    value = "; ".join(sorted(term["value"].split("; ")))
    kind = "literal" if term["type"] == "typed-literal" else term["type"]
    language = term.get("xml:lang", "").lower()
    datatype = term.get("datatype", "").removeprefix("http://www.w3.org/2001/XMLSchema#string")
    return variable, kind, value, language, datatype
