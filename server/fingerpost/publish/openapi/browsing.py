"""Doors to look around: lists of resources, what completes a word, what this is."""

from fingerpost.publish.openapi import answers, parameters
from fingerpost.publish.openapi.answers import Json

FACETS = {
    "kind": ("The kind of resource.", "repository"),
    "phase": ("The phase of the data's life.", "share"),
    "data": ("A type of data; all below it count too.", "imaging-data"),
    "country": ("A country's code (ISO 3166-1 alpha-2).", "SE"),
    "access": ("How data or a service are reached.", "open"),
    "status": ("Whether it is there still.", "active"),
}
"""Field of an address → what it chooses, by the slug of a concept, and an example."""
_TEXT: Json = {"type": "string"}


def paths() -> Json:
    """Return browsing, the completion of words, and the page about the service."""
    return {
        "/browse": {"get": _browse()},
        "/search": {"get": _search()},
        "/about": {"get": _about()},
    }


def _browse() -> Json:
    fields = [parameters.field(name, _TEXT, *told) for name, told in FACETS.items()]
    words = parameters.field("q", _TEXT, "Words in a name or description.", "archive")
    page = parameters.field("page", {"type": "integer", "minimum": 1}, "The page of the list.")
    found = answers.answer("The list.", answers.text("text/html"), answers.json("Resources"))
    return {
        "operationId": "browse",
        "summary": "List resources by what they are filed under.",
        "tags": ["records"],
        "parameters": [*fields, words, page, parameters.format_(("html", "json"))],
        "responses": answers.responses({"200": found}, *answers.ASKED),
    }


def _search() -> Json:
    classes = "Classes as prefixed names, with blanks between."
    fields = [
        parameters.field("q", _TEXT, "The beginning of a name.", "micro"),
        parameters.field("class", _TEXT, classes, "fp:DataType"),
        parameters.field("kind", _TEXT, "The only kind that is offered.", "data-type"),
        parameters.field(
            "limit", {"type": "integer", "minimum": 1, "maximum": 100}, "The most; usually ten."
        ),
        parameters.format_(("json",)),
    ]
    return {
        "operationId": "search",
        "summary": "Offer what the beginning of a name may become.",
        "tags": ["records"],
        "parameters": fields,
        "responses": answers.responses(
            {"200": answers.answer("The likeliest first.", answers.json("Offers"))}, *answers.ASKED
        ),
    }


def _about() -> Json:
    return {
        "operationId": "about",
        "summary": "Say what this is, who says so, and how to cite it.",
        "tags": ["service"],
        "responses": answers.responses(
            {"200": answers.answer("The page.", answers.text("text/html"), answers.graph())},
            *answers.READ,
        ),
    }
