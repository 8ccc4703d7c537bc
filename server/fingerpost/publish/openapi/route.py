"""`/route`: the whole way for one kind of data."""

from collections.abc import Callable

from fingerpost.publish.openapi import answers, parameters
from fingerpost.publish.openapi.answers import Json
from fingerpost.route import madmp
from fingerpost.route.asked import FIELDS

_FORMATS = ("html", "md", "jsonld", "madmp")
_DATA = (
    "The data, in your own words or as a slug. One of .html, .md, .jsonld and .madmp behind it "
    "asks for that format."
)


def paths(field: Callable[[str], Json]) -> Json:
    """Return the way with the data in the path or not; `field` describes a part of a question."""
    part = parameters.part("data", {"type": "string", "maxLength": 200}, _DATA, "imaging-data")
    others = [field(name) for name in FIELDS if name != "data"]
    return {
        "/route": {"get": _show("routeTo", [field("data"), *others])},
        "/route/{data}": {"parameters": [part], "get": _show("route", others, 404)},
    }


def _show(name: str, fields: list[Json], *statuses: int) -> Json:
    content: Json = {
        "application/ld+json": {"schema": answers.schema("JsonLd")},
        madmp.MEDIA_TYPE: {"schema": answers.schema("Plan")},
    }
    found = answers.answer("The way.", answers.text("text/html", "text/markdown"), content)
    return {
        "operationId": name,
        "summary": "Show the whole way for data, phase by phase.",
        "description": "What must be done, where to go first, standards and formats, training, "
        "whom to ask. As a plan, a skeleton by the RDA DMP Common Standard, version 1.2.",
        "tags": ["recommend"],
        "parameters": [*fields, parameters.format_(_FORMATS)],
        "responses": answers.responses({"200": found}, 300, *answers.ASKED, *statuses),
    }
