"""`/mcp`: the door of language models (Model Context Protocol, streamable HTTP)."""

from fingerpost.publish.openapi import answers, parameters
from fingerpost.publish.openapi.answers import Json

_LIST: Json = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
_TOLD = {
    400: "The message cannot be understood, or is not of a version that is spoken here.",
    404: "There is no such method.",
    406: "The client does not take JSON.",
    500: "The message could not be answered.",
}


def paths() -> Json:
    """Return the door."""
    return {"/mcp": {"post": _post()}}


def _post() -> Json:
    one = {"schema": answers.schema("Message")}
    message: Json = {"application/json": one}
    either: Json = {**message, "application/problem+json": {"schema": answers.schema("Problem")}}
    found: Json = {
        "200": answers.answer("The answer to a request.", message),
        "202": {"description": "A notification or an answer was taken in."},
        **{str(status): answers.answer(text, either) for status, text in _TOLD.items()},
    }
    version = parameters.field(
        "MCP-Protocol-Version", {"type": "string"}, "The version agreed upon.", "2025-11-25"
    )
    return {
        "operationId": "mcp",
        "summary": "Answer a message of the Model Context Protocol.",
        "description": "Tools and resources for language models. One message a request, without "
        "sessions; a page of another origin is refused.",
        "tags": ["service"],
        "parameters": [version | {"in": "header"}],
        "requestBody": {
            "required": True,
            "content": {"application/json": {**one, "example": _LIST}},
        },
        "responses": answers.responses(found, 403, 408, 412, 413, 415, 429, 501, tagged=False),
    }
