"""The interface described for programs that make clients and tests of it: OpenAPI 3.1."""

from collections.abc import Mapping

from fingerpost import __version__
from fingerpost.publish.openapi import (
    answers,
    browsing,
    correcting,
    graphs,
    linked,
    listing,
    mapping,
    models,
    operators,
    pages,
    reconciling,
    saved,
    schemas,
    sparql,
)
from fingerpost.publish.openapi.answers import Json
from fingerpost.publish.terms import DESCRIPTION, TITLE
from fingerpost.queries.saved import SavedQuery

_TAGS = {
    "recommend": "A question and its ranked, explained answers.",
    "queries": "Saved queries, each with parameters of its own.",
    "sparql": "SPARQL 1.1 Protocol.",
    "graphs": "SPARQL 1.1 Graph Store HTTP Protocol.",
    "records": "What is said of one record, as a page or as RDF.",
    "reconcile": "Reconciliation API 0.2: names in tables are matched to records.",
    "linked data": "The whole: terms, catalogues, downloads, signposts.",
    "service": "What the service says of itself.",
}
_TOKEN = {"type": "http", "scheme": "bearer", "description": "What changes data needs a token."}


def document(queries: Mapping[str, SavedQuery], base: str, *, writable: bool) -> Json:
    """Return the description of the service at the address `base`, as JSON.

    What changes data is described where the service is `writable`.
    """
    components: Json = {"schemas": schemas.SCHEMAS, "responses": answers.problems()}
    if writable:
        components["securitySchemes"] = {"token": _TOKEN}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": TITLE,
            "version": __version__,
            "description": DESCRIPTION,
            "license": {"name": "CC0 1.0 (the data)", "identifier": "CC0-1.0"},
        },
        "servers": [{"url": base.rstrip("/")}],
        "tags": [{"name": name, "description": text} for name, text in _TAGS.items()],
        "paths": {
            **pages.paths(),
            **browsing.paths(),
            **correcting.paths(),
            **linked.paths(),
            **listing.paths(),
            **mapping.paths(),
            **reconciling.paths(),
            **saved.paths(queries, base.rstrip("/")),
            **sparql.paths(writable=writable),
            **graphs.paths(writable=writable),
            **models.paths(),
            **operators.paths(),
        },
        "components": components,
    }
