"""Answers as OpenAPI has them: by media type, and a problem document for every error."""

from collections.abc import Iterable
from typing import TypeAlias

from fingerpost.engine.results import GRAPHS, SOLUTIONS

Json: TypeAlias = dict[str, object]

READ = (400, 406, 429)
"""Statuses that any request may get."""
ASKED = (*READ, 403, 413, 503, 504, 507)
"""Statuses of what asks the engine."""
WRITTEN = (*ASKED, 401, 404, 409, 412, 415, 422)
"""Statuses of what changes data."""

_PROBLEMS = {
    300: "The text may mean several things; the problem lists them.",
    400: "The request, its query or a parameter cannot be understood.",
    401: "A token is missing, or not one that is known.",
    403: "This is not done here, or not for this client.",
    404: "There is nothing of that name.",
    406: "None of the formats that the client takes can be written.",
    409: "The graph is derived from others and cannot be changed; the problem says where to write.",
    412: "The graph is not in the state that the client named.",
    413: "The request, or its answer, is larger than it may be.",
    415: "The body is in a format that is not read here.",
    422: "The graph would violate its shapes; the problem says how.",
    429: "The client made more requests than it may.",
    503: "Every worker is at work; try again after the seconds that the answer names.",
    504: "The query took more time than a query may.",
    507: "The query took more memory than a query may.",
}
_UNCHANGED = {"description": "The client has this answer already (RFC 9110, 13.1.2)."}
_STRUCTURED = {
    "application/sparql-results+json": "SparqlResults",
    "application/json": "Json",
    "application/ld+json": "JsonLd",
}


def problems() -> Json:
    """Return every kind of error answer, by its name among the components."""
    content = {
        "application/problem+json": {"schema": schema("Problem")},
        "text/html": {"schema": {"type": "string"}},
    }
    return {
        _name(status): {"description": text, "content": content}
        for status, text in _PROBLEMS.items()
    }


def responses(found: Json, *statuses: int, tagged: bool = True) -> Json:
    """Return the answers of an operation: those `found`, and the errors of those statuses.

    A `tagged` one may be answered with 304.
    """
    same: Json = {"304": _UNCHANGED} if tagged else {}
    failed: Json = {
        str(status): {"$ref": f"#/components/responses/{_name(status)}"}
        for status in sorted(set(statuses))
    }
    return {**found, **same, **failed}


def answer(description: str, *contents: Json) -> Json:
    """Return an answer by media type."""
    together: Json = {}
    for content in contents:
        together |= content
    return {"description": description, "content": together}


def text(*media_types: str) -> Json:
    """Return content that is text."""
    return {media_type: {"schema": {"type": "string"}} for media_type in media_types}


def json(name: str) -> Json:
    """Return content that is JSON of a schema among the components."""
    return {"application/json": {"schema": schema(name)}}


def solutions() -> Json:
    """Return the content of an answer to SELECT or ASK."""
    return _content(SOLUTIONS) | json("SparqlResults")


def graph() -> Json:
    """Return the content of an answer that is a graph."""
    return _content(GRAPHS) | json("JsonLd")


def either() -> Json:
    """Return the content of an answer that is either, as the query has it."""
    return _content((*SOLUTIONS, *GRAPHS))


def schema(name: str) -> Json:
    """Return a reference to a schema among the components."""
    return {"$ref": f"#/components/schemas/{name}"}


def _content(media_types: Iterable[str]) -> Json:
    return {
        one: {"schema": schema(_STRUCTURED[one]) if one in _STRUCTURED else {"type": "string"}}
        for one in media_types
    }


def _name(status: int) -> str:
    return f"Problem{status}"
