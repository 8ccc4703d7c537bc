"""`/graphs`: whole graphs (SPARQL 1.1 Graph Store HTTP Protocol), named or at their own address."""

from fingerpost.engine import putting
from fingerpost.publish.openapi import answers, parameters
from fingerpost.publish.openapi.answers import Json
from fingerpost.publish.openapi.parameters import GRAPH_FORMATS, IRI

_TURTLE = '<https://example.org/a> <http://purl.org/dc/terms/title> "A" .'
_WRITES = {
    "put": "Put a graph in the place of what is there.",
    "post": "Add statements to a graph.",
    "delete": "Take a graph away.",
}
_PART: Json = {"type": "string", "contentMediaType": "text/turtle"}
_FILES: Json = {"type": "object", "additionalProperties": {"type": "array", "items": _PART}}
"""A multipart body: files, each a graph in the format of its own media type."""


def paths(*, writable: bool) -> Json:
    """Return the graph store: indirect, by the name of a graph, and direct, by its address."""
    named: list[Json] = [
        parameters.field("graph", IRI, "The IRI of a graph; give this or `default`."),
        parameters.field("default", {"type": "string"}, "The default graph; it has no value.")
        | {"allowEmptyValue": True},
    ]
    slug = parameters.part(
        "slug", {"type": "string"}, "The last part of the graph's IRI.", "inferred"
    )
    return {
        "/graphs": {"parameters": named, **_methods("Named", writable=writable)},
        "/graphs/{slug}": {"parameters": [slug], **_methods("", writable=writable)},
    }


def _methods(which: str, *, writable: bool) -> Json:
    found: Json = {"get": _get(which), "head": _head(which)}
    if writable:
        found |= {method: _write(method, which) for method in _WRITES}
    return found


def _get(which: str) -> Json:
    found = answers.answer("The graph.", answers.graph())
    return {
        "operationId": f"get{which}Graph",
        "summary": "Get a graph.",
        "tags": ["graphs"],
        "parameters": [parameters.format_(GRAPH_FORMATS)],
        "responses": answers.responses({"200": found}, *answers.ASKED, 404),
    }


def _head(which: str) -> Json:
    """Return the operation that answers as GET does, without a body."""
    found: Json = {"200": {"description": "The graph is there."}}
    return {
        "operationId": f"head{which}Graph",
        "summary": "Say whether a graph is there.",
        "tags": ["graphs"],
        "parameters": [parameters.format_(GRAPH_FORMATS)],
        "responses": answers.responses(found, *answers.ASKED, 404),
    }


def _write(method: str, which: str) -> Json:
    content = answers.text(*putting.READ)
    content["text/turtle"] = {"schema": {"type": "string"}, "example": _TURTLE}
    content["multipart/form-data"] = {"schema": _FILES}
    operation: Json = {
        "operationId": f"{method}{which}Graph",
        "summary": _WRITES[method],
        "tags": ["graphs"],
        "security": [{"token": []}],
        "responses": answers.responses(_done(method), *answers.WRITTEN, tagged=False),
    }
    if method == "delete":
        return operation
    return operation | {"requestBody": {"required": True, "content": content}}


def _done(method: str) -> Json:
    """Return the answers of a change that is made; a graph of no given name tells where it is."""
    change = answers.json("Change")
    done: Json = {
        "200": answers.answer("The change is made, and durable.", change),
        "202": answers.answer(answers.KEPT, change),
    }
    if method == "delete":
        return done
    place: Json = {"schema": {"type": "string"}, "description": "The graph, where none was named."}
    new = answers.answer("A new graph is made, and durable.", change)
    return done | {"201": new | {"headers": {"Location": place}}}
