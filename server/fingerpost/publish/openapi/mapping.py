"""`/mappings` and `/resolve`: our records and those of registries."""

from collections.abc import Iterable

from fingerpost.graph.identifiers import NAMES
from fingerpost.graph.vocabulary import KINDS
from fingerpost.publish import places
from fingerpost.publish.mappings import PREDICATES
from fingerpost.publish.openapi import answers, parameters
from fingerpost.publish.openapi.answers import Json

_TEXT: Json = {"type": "string"}
_TSV = "text/tab-separated-values"
_FORMATS = ("html", "json", "tsv", "ttl", "jsonld", "nt", "rdf")
_SUFFIXES: Json = {"type": "string", "enum": [*places.SUFFIXES, "sssom.tsv"]}


def paths() -> Json:
    """Return the list of mappings and the way from an identifier to a record."""
    suffix = parameters.part("suffix", _SUFFIXES, "The format.", "sssom.tsv")
    one = parameters.part("registry", _one_of(NAMES), "The registry.", "re3data")
    return {
        "/mappings": {"get": _mappings("mappings")},
        "/mappings.{suffix}": {"parameters": [suffix], "get": _by_suffix()},
        "/mappings/{registry}": {"parameters": [one], "get": _registry()},
        "/resolve": {"get": _resolve()},
    }


def _mappings(id_: str) -> Json:
    fields = [
        parameters.field("registry", _one_of(NAMES), "The registry.", "re3data"),
        parameters.field("match", _one_of(PREDICATES), "How the two match.", "exact"),
        parameters.field("kind", _one_of(KINDS), "The kind of our record.", "repository"),
        parameters.field("q", _TEXT, "Part of a name or an identifier.", "zenodo"),
        parameters.field("page", {"type": "integer", "minimum": 1}, "The page of the list."),
        parameters.format_(_FORMATS),
    ]
    found = answers.answer(
        "The mappings: a page, SSSOM as TSV or RDF, or JSON.",
        answers.text("text/html", _TSV),
        answers.graph(),
        answers.json("Mappings"),
    )
    return {
        "operationId": id_,
        "summary": "List how records match those of registries.",
        "tags": ["linked data"],
        "parameters": fields,
        "responses": answers.responses({"200": found}, *answers.ASKED),
    }


def _by_suffix() -> Json:
    found = answers.answer("The mappings in that format.", {"*/*": {"schema": {}}})
    return _mappings("mappingsByFormat") | {
        "responses": answers.responses({"200": found}, *answers.ASKED, 404)
    }


def _registry() -> Json:
    led = answers.answer("Where the mappings to that registry are listed.")
    return {
        "operationId": "mappingsOfRegistry",
        "summary": "Lead from the mapping set of a registry to what is in it.",
        "tags": ["linked data"],
        "responses": answers.responses({"303": led}, *answers.READ, 404, tagged=False),
    }


def _resolve() -> Json:
    id_ = parameters.field("id", _TEXT, "An identifier, a CURIE or an address.", "biotools:idr")
    found: Json = {
        "200": answers.answer("The record that is meant.", answers.json("Resolved")),
        "300": answers.answer("Several that may be meant.", answers.json("Resolved")),
        "303": answers.answer("Where the record is."),
    }
    return {
        "operationId": "resolve",
        "summary": "Find the record that an identifier or an address means.",
        "tags": ["linked data"],
        "parameters": [{**id_, "required": True}, parameters.format_(("html", "json"))],
        "responses": answers.responses(found, *answers.ASKED, 404, tagged=False),
    }


def _one_of(values: Iterable[str]) -> Json:
    return {"type": "string", "enum": list(values)}
