"""What linked data is made of besides records: terms, catalogues, downloads, signposts."""

from fingerpost.publish import places
from fingerpost.publish.openapi import answers, parameters
from fingerpost.publish.openapi.answers import Json
from fingerpost.publish.signposts import LINKSET

_TAGS = ["linked data"]
_ANY_FORMAT: Json = {"*/*": {"schema": {}}}
"""What comes is in the format that the address asks for."""


def paths() -> Json:
    """Return the addresses of linked data, each answered to GET."""
    return {
        "/id/{kind}/{slug}/linkset": _get(
            "signposts", "Give every signpost of a record.", _linkset(), 404, parts=_record()
        ),
        "/context.jsonld": _get("context", "Give the context of JSON-LD here.", _context()),
        **_documents("ontology", "Describe the terms.", "shapes", "Describe the shapes."),
        "/ontology/{version}": _get(
            "ontologyVersion",
            "Describe the terms of one version.",
            _document(),
            404,
            406,
            parts=[_part("version", "The number of a version.", "0.1.0")],
        ),
    }


def _documents(*names: str) -> Json:
    """Return documents, each at its name, and with a suffix in one format."""
    found: Json = {}
    for name, summary in zip(names[::2], names[1::2], strict=True):
        found[f"/{name}"] = _get(name, summary, _document(), 406)
        found[f"/{name}.{{suffix}}"] = _get(
            f"{name}As", f"{summary[:-1]} in one format.", _ANY_FORMAT, 404, parts=[_suffix()]
        )
    return found


def _get(
    operation: str, summary: str, content: Json, *more: int, parts: list[Json] | None = None
) -> Json:
    found = answers.answer("The document.", content)
    item: Json = {
        "get": {
            "operationId": operation,
            "summary": summary,
            "tags": _TAGS,
            "responses": answers.responses({"200": found}, *answers.ANY, 403, 503, 504, 507, *more),
        }
    }
    return {"parameters": parts, **item} if parts else item


def _document() -> Json:
    return answers.text("text/html") | answers.graph()


def _context() -> Json:
    return {"application/ld+json": {"schema": {"type": "object"}}}


def _linkset() -> Json:
    return {LINKSET: {"schema": {"type": "object"}}}


def _record() -> list[Json]:
    kinds: Json = {"type": "string", "enum": list(places.KNOWN)}
    return [
        parameters.part("kind", kinds, "The kind of record or concept.", "repository"),
        _part("slug", "The last part of the record's IRI.", "zenodo"),
    ]


def _suffix() -> Json:
    suffixes: Json = {"type": "string", "enum": list(places.SUFFIXES)}
    return parameters.part("suffix", suffixes, "The format.", "ttl")


def _part(name: str, text: str, example: str) -> Json:
    return parameters.part(name, {"type": "string"}, text, example)
