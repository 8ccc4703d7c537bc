"""Answers as OpenAPI has them: by media type, and a problem document for every error."""

from collections.abc import Iterable
from typing import TypeAlias

from fingerpost.engine.results import GRAPHS, SOLUTIONS

Json: TypeAlias = dict[str, object]

ANY = (400, 408, 412, 413, 429)
"""Statuses that any request may get."""
READ = (*ANY, 406, 502, 503, 504, 507)
"""Statuses of what the engine is asked for, and what is written in several formats."""
ASKED = (*READ, 403)
"""Statuses of what asks the engine a query of the client's own."""
WRITTEN = (*ASKED, 401, 404, 409, 415, 422, 500)
"""Statuses of what changes data."""
KEPT = "The change is durable; the engine behind this service takes it when it can be reached."

_PROBLEMS = {
    300: "The text may mean several things; the problem lists them.",
    400: "The request, its query or a parameter cannot be understood.",
    401: "A token is missing, or not one that is known.",
    403: "This is not done here, or not for this client.",
    404: "There is nothing of that name.",
    406: "None of the formats that the client takes can be written.",
    408: "The body of the request did not arrive in time.",
    409: "The graph is derived from others and cannot be changed; the problem says where to write.",
    412: "This is not in the state that the client named by If-Match or If-None-Match.",
    413: "The request, or its answer, is larger than it may be.",
    415: "The body is in a format that is not read here.",
    422: "The graph would violate its shapes; the problem says how.",
    429: "The client made more requests than it may.",
    500: "It is not known whether the change was made: look before trying again.",
    501: "This needs a part that is not installed here; the problem says which.",
    502: "The endpoint that this service asks did not answer as it should.",
    503: "Every worker is at work; try again after the seconds that the answer names.",
    504: "The query took more time than a query may.",
    507: "The query took more memory than a query may, or there is no place to write to.",
}
_UNCHANGED = {"description": "The client has this answer already (RFC 9110, 13.1.2)."}
_STRUCTURED = {
    "application/sparql-results+json": "SparqlResults",
    "application/json": "Json",
    "application/ld+json": "JsonLd",
}


def problems() -> Json:
    """Return every kind of error answer, by its name among the components."""
    content: Json = {
        "application/problem+json": {"schema": schema("Problem")},
        "text/html": {"schema": {"type": "string"}},
    }
    found: Json = {
        _name(status): {"description": text, "content": content}
        for status, text in _PROBLEMS.items()
    }
    report: Json = {"text/turtle": {"schema": {"type": "string"}}}
    found[_name(422)] = {"description": _PROBLEMS[422], "content": content | report}
    return found


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


def refusals(content: Json, *statuses: int) -> Json:
    """Return the errors of those statuses where they are not problem documents."""
    told = sorted(set(statuses))
    return {str(one): {"description": _PROBLEMS[one], "content": content} for one in told}


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
