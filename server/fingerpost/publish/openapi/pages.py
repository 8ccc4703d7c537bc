"""The doors for people, which programs may use as well: recommendations and records."""

from fingerpost.graph.vocabulary import KINDS, RESOURCE_KINDS, SCHEMES
from fingerpost.publish.openapi import answers, parameters, route
from fingerpost.publish.openapi.answers import Json
from fingerpost.recommend.given import FIELDS
from fingerpost.recommend.reading import LONGEST
from fingerpost.recommend.values import COSTS, STAGES

_FIELDS: dict[str, tuple[Json, str, object]] = {
    "data": (
        {"type": "string", "maxLength": 200},
        "The data, in your own words or as the slug or IRI of a concept; may be given again.",
        "light-sheet microscopy images",
    ),
    "technique": (
        {"type": "string", "maxLength": 200},
        "A technique, in your own words or as the slug or IRI of a concept.",
        "cryo-EM",
    ),
    "phase": (
        {"type": "string", "maxLength": 200},
        "The phase of the data's life, by its name, slug or IRI.",
        "share",
    ),
    "kind": (
        {"type": "string", "enum": list(RESOURCE_KINDS)},
        "The kind of resource that is looked for.",
        "repository",
    ),
    "country": (
        {"type": "string", "maxLength": 200},
        "The country you are in: its code (ISO 3166-1 alpha-2) or its name.",
        "SE",
    ),
    "sensitive": (
        {"type": "boolean", "default": False},
        "Whether the data are personal; data that are so by nature always count as such.",
        True,
    ),
    "human": ({"type": "boolean"}, "Whether the data come from people.", True),
    "clinical": ({"type": "boolean"}, "Whether the data come from care or patients.", True),
    "size": (
        {"type": "string", "maxLength": 200},
        "How much it is: bytes, or a number with a unit such as GB (thousands) or GiB (of 1,024).",
        "600 GB",
    ),
    "stage": (
        {"type": "string", "enum": list(STAGES)},
        "Whether the data are as the instrument gave them or made from that.",
        "raw",
    ),
    "embargo": ({"type": "boolean"}, "Whether the data must stay private for now.", True),
    "cost": ({"type": "string", "enum": list(COSTS)}, "Leave out what costs.", "free"),
    "affiliation": (
        {"type": "string", "maxLength": 200},
        "Where you work: academic, industry, healthcare, or an organization by name or slug.",
        "academic",
    ),
    "condition": (
        {"type": "string", "maxLength": 200},
        "What else holds, as the label, slug or IRI of a condition; may be given again.",
        "covid-19",
    ),
    "include-registries": (
        {"type": "boolean"},
        "Whether to tell, after the answers, what imported registries list, not reviewed here.",
        True,
    ),
    "q": (
        {"type": "string", "maxLength": LONGEST},
        "A whole question in plain words, English or Swedish; what other fields say goes before.",
        "Where can I share single-cell RNA-seq from patients?",
    ),
    "limit": (
        {"type": "integer", "minimum": 1, "maximum": 100, "default": 10},
        "The most answers.",
        3,
    ),
    "at": (
        {"type": "string", "format": "date"},
        "The day for which the answer holds; without it, today.",
        "2025-07-31",
    ),
}
_KINDS = (*KINDS, *SCHEMES, "scheme")
_SUFFIXES = "One of .html, .ttl, .jsonld, .nt and .rdf behind it asks for that format."


def paths() -> Json:
    """Return the front page, recommendations, routes, and records with their documents."""
    return {
        "/": {"get": _home()},
        "/recommend": {"get": _recommend()},
        **route.paths(field),
        "/quality": {"get": _quality()},
        "/id/{kind}/{slug}": {"parameters": _record(), "get": _identify()},
        "/{kind}/{slug}": {"parameters": _record(_SUFFIXES), "get": _document()},
    }


def _home() -> Json:
    return {
        "operationId": "home",
        "summary": "Show the front page.",
        "tags": ["service"],
        "responses": answers.responses(
            {"200": answers.answer("The front page.", answers.text("text/html"))},
            *answers.READ,
            tagged=False,
        ),
    }


def _recommend() -> Json:
    found = answers.answer(
        "The recommendation.",
        answers.text("text/html"),
        answers.json("Recommendation"),
        answers.text("text/csv"),
    )
    return {
        "operationId": "recommend",
        "summary": "Recommend where to go with data, and say why.",
        "description": "A question names data or a technique, or is asked in plain words.",
        "tags": ["recommend"],
        "parameters": [*map(field, FIELDS), parameters.format_(("html", "json", "csv"))],
        "responses": answers.responses({"200": found}, 300, *answers.ASKED),
    }


def _quality() -> Json:
    found = answers.answer(
        "Coverage, and the lists with their counts and first rows.",
        answers.text("text/html"),
        answers.json("Quality"),
    )
    before = parameters.field(
        "before",
        {"type": "string", "maxLength": 10},
        "A source is old that spoke last before this day, month or year; "
        "without it, before the month two years ago.",
        "2024-01-01",
    )
    return {
        "operationId": "quality",
        "summary": "Show how well data and phases are covered, and what there is to mend.",
        "tags": ["queries"],
        "parameters": [before, parameters.format_(("html", "json"))],
        "responses": answers.responses({"200": found}, *answers.ASKED),
    }


def field(name: str) -> Json:
    """Return a part of a question; one that is not described here is a text."""
    schema, text, example = _FIELDS.get(name, ({"type": "string"}, name, None))
    return parameters.field(name, schema, text, example)


def _record(more: str = "") -> list[Json]:
    kinds: Json = {"type": "string", "enum": list(_KINDS)}
    slug = f"The last part of the record's IRI. {more}".rstrip()
    return [
        parameters.part("kind", kinds, "The kind of record or concept.", "repository"),
        parameters.part("slug", {"type": "string"}, slug, "zenodo"),
    ]


def _identify() -> Json:
    location: Json = {"description": "The document about it.", "schema": {"type": "string"}}
    found: Json = {"description": "It is described there.", "headers": {"Location": location}}
    return {
        "operationId": "identify",
        "summary": "Lead from a thing to the document about it.",
        "tags": ["records"],
        "responses": answers.responses({"303": found}, *answers.READ, 404, tagged=False),
    }


def _document() -> Json:
    found = answers.answer("The document.", answers.text("text/html"), answers.graph())
    return {
        "operationId": "record",
        "summary": "Describe a record, as a page or as RDF.",
        "tags": ["records"],
        "responses": answers.responses({"200": found}, *answers.ASKED, 404),
    }
