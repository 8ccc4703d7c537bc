"""`/id/<kind>/<slug>` leads by 303 to its document, `/<kind>/<slug>`, in the format asked for."""

from flask import Blueprint, Response, redirect, render_template, url_for

from fingerpost.engine import Query, rows
from fingerpost.engine.results import GRAPHS
from fingerpost.errors import UnknownRecord
from fingerpost.graph.vocabulary import KINDS, SCHEMES, record_iri
from fingerpost.suggest import suggestion
from fingerpost.web import formats
from fingerpost.web.opened import catalogue

blueprint = Blueprint("records", __name__)

_KNOWN = (*KINDS, *SCHEMES, "scheme")
_SUFFIXES = {
    "html": "text/html",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
_OFFERED = ("text/html", *dict.fromkeys(GRAPHS))
_STATEMENTS = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?property ?label ?value ?name
WHERE {{
  <{iri}> ?property ?value .
  OPTIONAL {{ ?property rdfs:label ?label . }}
  OPTIONAL {{ ?value skos:prefLabel ?name . FILTER (LANG(?name) = "en") }}
}}
ORDER BY ?property ?value
"""


@blueprint.get("/id/<kind>/<slug>")
def identify(kind: str, slug: str) -> Response:
    """Lead from a thing to the document about it (Cool URIs for the Semantic Web, 4.2)."""
    _known(kind, slug)
    found = redirect(url_for("records.document", kind=kind, name=slug), 303)
    answer = Response(found.response, 303, found.headers)
    answer.headers["Vary"] = "Accept"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


@blueprint.get("/<kind>/<name>")
def document(kind: str, name: str) -> Response:
    """Describe a record: as a page, or as RDF by suffix or header."""
    slug, _, suffix = name.partition(".")
    iri = _known(kind, slug)
    media_type = _SUFFIXES.get(suffix) or formats.media_type(_OFFERED)
    if suffix and suffix not in _SUFFIXES:
        raise UnknownRecord(f'There is no format ".{suffix}". {suggestion(suffix, _SUFFIXES)}')
    if media_type == "text/html":
        return _page(kind, slug, iri)
    body = catalogue().engine.answer(Query(catalogue().description(iri)), media_type)
    return formats.response(body, media_type)


def _known(kind: str, slug: str) -> str:
    """Return the IRI of a thing that the graph knows.

    Raises:
        UnknownRecord: there is no such kind or thing; the message suggests the nearest.
    """
    if kind not in _KNOWN:
        raise UnknownRecord(f"There is nothing at /{kind}. Kinds: {', '.join(_KNOWN)}.")
    slugs = catalogue().slugs(kind)
    if slug not in slugs:
        raise UnknownRecord(f'No {kind} is called "{slug}". {suggestion(slug, slugs)}')
    return record_iri(kind, slug)


def _page(kind: str, slug: str, iri: str) -> Response:
    found = list(rows.select(catalogue().engine, _STATEMENTS.format(iri=iri)))
    name = next((r["value"] for r in found if r["property"].endswith("#prefLabel")), slug)
    page = render_template(
        "record.html",
        kind=kind,
        slug=slug,
        iri=iri,
        name=name,
        rows=found,
        suffixes=_SUFFIXES,
    )
    return formats.response(page, "text/html")
