"""`/about`: what this is, who says so, under which licence, how to cite it and how to mend it."""

from flask import Blueprint, Response, render_template

from fingerpost import __version__
from fingerpost.publish import promises
from fingerpost.publish.record import edition
from fingerpost.web import documents, formats
from fingerpost.web.opened import catalogue

blueprint = Blueprint("about", __name__)


@blueprint.get("/about")
def page() -> Response:
    """Show the page; as RDF, say who makes the data and what can be relied on."""
    opened = catalogue()
    media_type = formats.media_type(documents.OFFERED)
    if media_type != "text/html":
        dates = edition(opened.engine)
        return documents.graph(promises.statements(dates, documents.service()), media_type)
    kinds = opened.counts()
    shown = render_template(
        "about.html",
        version=__version__,
        records=opened.records,
        statements=opened.statements,
        sources=len(opened.queries.things("fp:Source")),
        kinds={kind: kinds.get(kind, 0) for kind in ("repository", "facility", "tool")},
        queries=len(opened.queries.queries),
    )
    return formats.response(shown, "text/html")
