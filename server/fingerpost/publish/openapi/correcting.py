"""The forms that give back the file of a record to propose."""

from fingerpost.graph.vocabulary import KINDS
from fingerpost.publish.openapi import answers, parameters
from fingerpost.publish.openapi.answers import Json

_FORM: Json = {
    "type": "object",
    "additionalProperties": {"type": "string"},
    "description": "Fields as `fingerpost new` has them, a value a line.",
}
_FAULTS = (*answers.READ, 404, 415, 422, 503)


def paths() -> Json:
    """Return the forms, empty and filled with a record."""
    kind = parameters.part(
        "kind", {"type": "string", "enum": list(KINDS)}, "The kind of record.", "repository"
    )
    slug = parameters.part(
        "slug", {"type": "string"}, "The last part of the record's IRI.", "zenodo"
    )
    return {
        "/new": {"get": _shown("newKinds", "List the kinds of record that can be proposed.")},
        "/new/{kind}": {
            "parameters": [kind],
            "get": _shown("newForm", "Show an empty form for a record.", 404, 503),
            "post": _filled("newFile", "Give back the file of a new record. Nothing is written."),
        },
        "/correct/{kind}/{slug}": {
            "parameters": [kind, slug],
            "get": _shown("correctForm", "Show a form with what a record states.", 404, 503),
            "post": _filled(
                "correctFile", "Give back the file of a record as corrected. Nothing is written."
            ),
        },
    }


def _shown(name: str, summary: str, *failing: int) -> Json:
    found: Json = {"200": answers.answer("The page.", answers.text("text/html"))}
    return {
        "operationId": name,
        "summary": summary,
        "tags": ["records"],
        "responses": answers.responses(found, *answers.ANY, *failing),
    }


def _filled(name: str, summary: str) -> Json:
    both = answers.text("text/html", "text/turtle")
    found: Json = {"200": answers.answer("The file, or a page with it and what changes.", both)}
    return {
        "operationId": name,
        "summary": summary,
        "tags": ["records"],
        "requestBody": {
            "required": True,
            "content": {"application/x-www-form-urlencoded": {"schema": _FORM}},
        },
        "responses": answers.responses(found, *_FAULTS, tagged=False),
    }
