"""`/api/records`: JSON:API, in the shape of FAIRsharing's records."""

from fingerpost.publish import jsonapi
from fingerpost.publish.openapi import answers, parameters
from fingerpost.publish.openapi.answers import Json

_FILTERS = {
    "q": ("Words of a name or description.", "image archive"),
    "fairsharing_registry": ("Database, Standard or Policy.", "Database"),
    "record_type": ("The type of record; where FAIRsharing has none, our kind.", "repository"),
    "status": ("FAIRsharing's word or ours.", "ready"),
    "countries": ("A country by its English name.", "Sweden"),
    "domains": ("A type of data by its name.", "Imaging data"),
    "kind": ("Our kind of resource.", "repository"),
    "phases": ("A phase of the data's life by its name.", "Share"),
}
_TEXT: Json = {"type": "string"}
_COUNT: Json = {"type": "integer", "minimum": 1}
_ID = "Kind and slug, or an identifier in a registry."


def paths() -> Json:
    """Return the list of records and a single one."""
    return {
        "/api/records": {"get": _list()},
        "/api/records/{id}": {
            "parameters": [parameters.part("id", _TEXT, _ID, "repository/zenodo")],
            "get": _single(),
        },
    }


def _list() -> Json:
    told = "{} Also as `filter[{}]`."
    filters = [
        parameters.field(name, _TEXT, told.format(text, name), example)
        for name, (text, example) in _FILTERS.items()
    ]
    paging = [
        parameters.field("page[number]", _COUNT | {"default": 1}, "The page, from 1."),
        parameters.field(
            "page[size]", _COUNT | {"maximum": 500, "default": 25}, "Records on a page."
        ),
    ]
    return {
        "operationId": "listRecords",
        "summary": "List resources by pages, as JSON:API.",
        "description": "Attributes are named as those of a FAIRsharing record where they mean the "
        "same; what that registry has no word for is below `fingerpost`.",
        "tags": ["records"],
        "parameters": [*filters, *paging],
        "responses": _answered("RecordList", *answers.ASKED),
    }


def _single() -> Json:
    return {
        "operationId": "recordAsJsonApi",
        "summary": "Give one resource, as JSON:API.",
        "tags": ["records"],
        "responses": _answered("SingleRecord", *answers.ASKED, 404),
    }


def _answered(schema: str, *statuses: int) -> Json:
    content: Json = {jsonapi.MEDIA_TYPE: {"schema": answers.schema(schema)}}
    refused: Json = {jsonapi.MEDIA_TYPE: {"schema": answers.schema("Refusals")}}
    found = answers.answer("The records.", content, answers.json(schema))
    return answers.responses({"200": found}) | answers.refusals(refused, *statuses)
