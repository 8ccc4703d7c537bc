"""`/queries`: the saved queries, each at an address and with parameters of its own."""

from collections.abc import Mapping

from fingerpost.publish import examples
from fingerpost.publish.openapi import answers, parameters
from fingerpost.publish.openapi.answers import Json
from fingerpost.publish.openapi.parameters import FORMATS, GRAPH_FORMATS
from fingerpost.queries import bind
from fingerpost.queries.saved import Parameter, SavedQuery

_TYPES: dict[str, Json] = {
    "iri": {"type": "string"},
    "iris": {"type": "string"},
    "literal": {"type": "string"},
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
}
_LINK: Json = {"schema": {"type": "string"}, "description": "The next and previous page, if any."}
_PAGES = [
    parameters.field("page", {"type": "integer", "minimum": 1, "default": 1}, "The page of rows."),
    parameters.field(
        "page_size", {"type": "integer", "minimum": 1}, "Rows of a page, fewer than usual."
    ),
]


def paths(queries: Mapping[str, SavedQuery], base: str) -> Json:
    """Return the list, and every saved query; `base` is the address of the service."""
    found: Json = {
        f"/queries/{query.name}": {"get": _run(query, base)} for query in queries.values()
    }
    return {"/queries": {"get": _list()}, **found}


def _list() -> Json:
    content: Json = {
        "application/json": {
            "schema": {"type": "array", "items": answers.schema("SavedQuery")},
        }
    }
    found = answers.answer("The saved queries.", content, answers.text("text/html"))
    return {
        "operationId": "queries",
        "summary": "List the saved queries and their parameters.",
        "tags": ["queries"],
        "parameters": [parameters.format_(("json",))],
        "responses": answers.responses({"200": found}, *answers.READ),
    }


def _run(query: SavedQuery, base: str) -> Json:
    rows = query.form in {"SELECT", "ASK"}
    content = answers.solutions() if rows else answers.graph()
    own = _PAGES if query.form == "SELECT" else []
    found = answers.answer("The answer.", content, answers.text("text/html"))
    if own:
        found["headers"] = {"Link": _LINK}
    values = examples.given(query)
    fields = [_parameter(one, values.get(one.name)) for one in query.parameters]
    operation: Json = {
        "operationId": "queries." + query.name.replace("/", "."),
        "summary": query.summary,
        "tags": ["queries"],
        "externalDocs": {"url": f"{base}/queries/{query.name}.rq", "description": "Its text"},
        "parameters": [*fields, *own, parameters.format_(FORMATS if rows else GRAPH_FORMATS)],
        "responses": answers.responses({"200": found}, *answers.ASKED, 404),
    }
    return operation | ({"description": query.description} if query.description else {})


def _parameter(one: Parameter, example: str | None) -> Json:
    schema = dict(_TYPES[one.type])
    if one.choices:
        schema["enum"] = [_value(one, choice) for choice in one.choices]
    if one.default is not None:
        schema["default"] = _value(one, one.default)
    given = None if example is None else _value(one, example)
    found = parameters.field(one.name, schema, bind.describe(one), given)
    return found | {"required": True} if one.required else found


def _value(one: Parameter, text: str) -> object:
    """Return a value of the parameter as JSON has it."""
    if one.type == "boolean":
        return text == "true"
    if one.type == "integer":
        return int(text)
    return float(text) if one.type == "decimal" else text
