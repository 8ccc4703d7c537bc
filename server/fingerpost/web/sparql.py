"""`/sparql`: SPARQL 1.1 Protocol; without a query a form, or the description of the service."""

from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request

from fingerpost.engine import Answer, guard, results, tokens
from fingerpost.engine.cached import volatile
from fingerpost.engine.writes import Write
from fingerpost.errors import BadRequest, QuerySyntax, WriteRefused
from fingerpost.publish import service_description
from fingerpost.web import access, formats, negotiation
from fingerpost.web.opened import site
from fingerpost.web.protocol import Asked
from fingerpost.web.site import Site

blueprint = Blueprint("sparql", __name__)

ASKED = "fingerpost.asked"
"""Where a WSGI environment has what is asked, read once."""

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


@dataclass(frozen=True)
class Found:
    """The answer to a query, its media type, and its entity tag unless it is volatile."""

    answer: Answer
    media_type: str
    tag: str | None


@blueprint.route("/sparql", methods=["GET", "POST"])
def endpoint() -> Response:
    """Make an update; without one, show the form or the description.

    `front` has read what is asked, and answers queries itself.
    """
    asked: Asked | None = request.environ[ASKED]
    return _front() if asked is None else _update(asked)


def find(over: Site, asked: Asked, accept: str) -> Found:
    """Return the answer to a query in the format that the client wants.

    Raises:
        QuerySyntax: the text has no form of a query.
        QueryFault, NotAcceptable: as its engine, and negotiation.
    """
    guard.short(asked.text)
    form = tokens.form(asked.text)
    if form == "UPDATE" and not over.policy.writable:
        raise WriteRefused("This service is read-only: it takes no SPARQL Update.")
    if form == "UPDATE":
        raise BadRequest('This is an update: send it as "update", or as its own media type.')
    if form is None:
        raise QuerySyntax("The text has none of SELECT, ASK, CONSTRUCT and DESCRIBE.")
    offered = results.offered(form)
    if asked.format:
        media_type = negotiation.named(asked.format, offered)
    else:
        media_type = negotiation.choose(accept, offered)
    tag = None if volatile(asked.text) else asked.tag(over.engine.generation, media_type)
    return Found(over.engine.fetch(asked.query, media_type), media_type, tag)


def _front() -> Response:
    """Show a browser the form; describe the service to others (Service Description, 2)."""
    if formats.prefers_page("text/turtle"):
        example = "SELECT * { ?s ?p ?o } LIMIT 10" if site().plain else _EXAMPLE
        return Response(render_template("sparql.html", example=example))
    media_type = formats.media_type(tuple(results.GRAPHS))
    over = site()
    described = service_description.describe(
        over.engine,
        request.base_url,
        queries=None if over.plain else over.catalogue.queries.queries,
        writable=over.policy.writable,
        services=over.guarded.fences.services,
        plain=over.plain,
    )
    return formats.response(results.graph(described, media_type), media_type)


def _update(asked: Asked) -> Response:
    done = site().guarded.write(
        Write(
            kind="update",
            by=access.writer(),
            text=asked.text,
            default_graphs=asked.default_graphs,
            named_graphs=asked.named_graphs,
            base=request.base_url,
        )
    )
    return formats.done(done)
