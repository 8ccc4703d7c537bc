"""What is asked of an answer: one that is right passes, every control fails."""

import pytest

from conformance.client import Request, Response
from conformance.evaluation import Failed
from conformance.exchanges import Exchange
from conformance.protocol import check

TRUE = b'{"head": {}, "boolean": true}'
JSON = "application/sparql-results+json"
GRAPH = "<http://e/s> <http://e/p> [ <http://e/q> 1 ] ."
ASKED = {
    "a boolean": Exchange(Request("GET", "/"), frozenset({200}), True, "boolean", None, None, None),
    "a graph": Exchange(
        Request("GET", "/"), frozenset({200}), None, None, None, "text/turtle; charset=utf-8", GRAPH
    ),
    "a place": Exchange(Request("POST", "/"), frozenset({201}), None, None, "$L$", None, None),
}
RIGHT = {
    "a boolean": Response(200, {"content-type": JSON}, TRUE),
    "a graph": Response(
        200, {"content-type": "text/turtle"}, b"@prefix e: <http://e/> . e:s e:p [ e:q 1 ] ."
    ),
    "a place": Response(201, {"location": "http://e/new"}),
}
WRONG = {
    "another status": ("a boolean", Response(204, {"content-type": JSON}, TRUE)),
    "an error": ("a boolean", Response(500, {"content-type": JSON}, TRUE)),
    "the other boolean": (
        "a boolean",
        Response(200, {"content-type": JSON}, TRUE.replace(b"true", b"false")),
    ),
    "no media type": ("a boolean", Response(200, {}, TRUE)),
    "a media type for tables": ("a boolean", Response(200, {"content-type": "text/csv"}, TRUE)),
    "a body of another format": (
        "a boolean",
        Response(200, {"content-type": "application/sparql-results+xml"}, TRUE),
    ),
    "a table": (
        "a boolean",
        Response(200, {"content-type": JSON}, b'{"head": {"vars": []}, "results": {"bindings": []}}'),
    ),
    "another graph": ("a graph", Response(200, {"content-type": "text/turtle"}, b"")),
    "a graph in another format": (
        "a graph",
        Response(200, {"content-type": "application/n-triples"}, GRAPH.encode()),
    ),
    "malformed RDF": ("a graph", Response(200, {"content-type": "text/turtle"}, b"<s")),
    "no place": ("a place", Response(201)),
}  # fmt: skip


@pytest.mark.parametrize("asked", ASKED)
def test_an_answer_passes_that_gives(asked: str) -> None:
    check(ASKED[asked], RIGHT[asked])


@pytest.mark.parametrize("wrong", WRONG)
def test_an_answer_fails_that_has(wrong: str) -> None:
    asked, answer = WRONG[wrong]
    with pytest.raises((Failed, ValueError, SyntaxError)):
        check(ASKED[asked], answer)
