"""`/sparql`: SPARQL 1.1 Protocol; without a query an editor, or the service's description."""

from dataclasses import dataclass, replace

from flask import Blueprint, Response, request

from fingerpost.engine import Answer, guard, results, tokens
from fingerpost.engine.cached import volatile
from fingerpost.engine.writes import Write
from fingerpost.errors import BadRequest, QueryFault, QuerySyntax, WriteRefused
from fingerpost.publish import service_description
from fingerpost.web import access, editor, formats, negotiation, problems
from fingerpost.web.opened import site
from fingerpost.web.protocol import Asked
from fingerpost.web.site import Site

blueprint = Blueprint("sparql", __name__)

ASKED = "fingerpost.asked"
"""Where a WSGI environment has what is asked, read once."""

PAGE = "html"
"""The short name of the format that is a page with the answer on it."""

_SHOWN = f"{results.JSON}, text/turtle"


@dataclass(frozen=True)
class Found:
    """The answer to a query, its media type, and its entity tag unless it is volatile."""

    answer: Answer
    media_type: str
    tag: str | None


@blueprint.route("/sparql", methods=["GET", "POST"])
def endpoint() -> Response:
    """Make an update, or show a query with its answer; without one, an editor or the description.

    `front` has read what is asked, and answers other queries itself.
    """
    asked: Asked | None = request.environ[ASKED]
    if asked is None:
        return _front()
    return _page(asked) if asked.kind == "query" else _update(asked)


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
    """Show a browser the editor; describe the service to others (Service Description, 2)."""
    if formats.prefers_page("text/turtle"):
        return formats.response(editor.page(), "text/html")
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


def _page(asked: Asked) -> Response:
    """Show a query with its answer, or with what is wrong with it."""
    try:
        found = find(site(), replace(asked, format=None), _SHOWN)
    except (QueryFault, WriteRefused, BadRequest) as fault:
        return Response(editor.page(asked.text, fault=str(fault)), problems.status(fault) or 400)
    if found.answer.size > editor.LARGEST:
        found.answer.forget()
        long = f"The answer has {found.answer.size:,} bytes, too many for a page: ask for a file."
        return formats.response(editor.page(asked.text, fault=long), "text/html", tagged=False)
    answer = editor.shown(found.answer.whole(), found.media_type)
    page = editor.page(asked.text, answer)
    return formats.response(page, "text/html", tagged=found.tag is not None)


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
