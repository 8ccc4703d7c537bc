"""`/sparql`: queries by SPARQL 1.1 Protocol, section 2.1; a browser without one gets a form."""

import re

from flask import Blueprint, Response, render_template, request
from werkzeug.datastructures import MultiDict

from fingerpost.engine import Query, results, tokens
from fingerpost.engine.cached import volatile
from fingerpost.errors import BadRequest, QueryRefused, QuerySyntax, UnsupportedMediaType
from fingerpost.publish import service_description
from fingerpost.web import formats
from fingerpost.web.opened import catalogue

blueprint = Blueprint("sparql", __name__)

_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")
_EXAMPLE = """PREFIX fp: <https://w3id.org/fingerpost/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?name ?homepage
WHERE {
  ?repository a fp:Repository ;
    skos:prefLabel ?name ;
    <http://schema.org/url> ?homepage .
}
ORDER BY ?name
LIMIT 10"""


@blueprint.get("/sparql")
def get() -> Response:
    """Answer a query in the address; without one, show the form or describe the service."""
    if "query" not in request.args and formats.prefers_page("text/turtle"):
        return Response(render_template("sparql.html", example=_EXAMPLE))
    if not request.args:
        return _description()
    return _answer(_from_fields(request.args))


@blueprint.post("/sparql")
def post() -> Response:
    """Answer a query in a form or as the body itself."""
    if request.mimetype == _FORM:
        _refuse_update("update" in request.form)
        return _answer(_from_fields(request.form))
    if request.mimetype == _DIRECT:
        if "query" in request.args:
            raise BadRequest("Give the query once: as the body or in the address, not both.")
        return _answer(_query(_body(), request.args))
    _refuse_update(request.mimetype == "application/sparql-update")
    raise UnsupportedMediaType(
        f'A query comes as {_FORM} or {_DIRECT}, not as "{request.mimetype}".'
    )


def _description() -> Response:
    """Describe the service (SPARQL 1.1 Service Description, 2: a GET without a query)."""
    media_type = formats.media_type(tuple(results.GRAPHS))
    described = service_description.describe(catalogue().engine, request.base_url)
    return formats.response(results.graph(described, media_type), media_type)


def _from_fields(fields: MultiDict[str, str]) -> Query:
    texts = fields.getlist("query")
    if len(texts) != 1:
        raise BadRequest(f'A request has one field "query"; this one has {len(texts)}.')
    return _query(texts[0], fields)


def _query(text: str, fields: MultiDict[str, str]) -> Query:
    return Query(
        text=text,
        default_graphs=_iris(fields, "default-graph-uri"),
        named_graphs=_iris(fields, "named-graph-uri"),
    )


def _iris(fields: MultiDict[str, str], name: str) -> tuple[str, ...]:
    found = tuple(fields.getlist(name))
    for iri in found:
        if not _ABSOLUTE.fullmatch(iri):
            raise BadRequest(f'{name} is an absolute IRI, not "{iri}".')
    return found


def _body() -> str:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in {"utf-8", "utf8", "us-ascii"}:
        raise UnsupportedMediaType(f'A query is UTF-8 (RFC 3629), not "{charset}".')
    try:
        return request.get_data().decode("utf-8")
    except UnicodeDecodeError as fault:
        raise BadRequest(
            f"The query is not UTF-8: {fault.reason} at byte {fault.start}."
        ) from fault


def _refuse_update(update: bool) -> None:
    if update:
        raise QueryRefused("This service is read-only: it takes no SPARQL Update.")


def _answer(query: Query) -> Response:
    form = tokens.form(query.text)
    if form == "UPDATE":
        raise QueryRefused("This service is read-only: it takes no SPARQL Update.")
    if form is None:
        raise QuerySyntax("The text has none of SELECT, ASK, CONSTRUCT and DESCRIBE.")
    media_type = formats.media_type(results.offered(form))
    body = catalogue().engine.answer(query, media_type)
    return formats.response(body, media_type, tagged=not volatile(query.text))
