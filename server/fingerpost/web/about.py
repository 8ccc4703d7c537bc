"""`/about`: what this is, who says so, under which licence, how to cite it and how to mend it."""

from flask import Blueprint, Response, render_template

from fingerpost import __version__
from fingerpost.web import formats
from fingerpost.web.opened import catalogue

blueprint = Blueprint("about", __name__)


@blueprint.get("/about")
def page() -> Response:
    """Show the page."""
    opened = catalogue()
    shown = render_template(
        "about.html",
        version=__version__,
        records=opened.records,
        statements=opened.statements,
        sources=len(opened.queries.things("fp:Source")),
        kinds={kind: len(opened.slugs(kind)) for kind in ("repository", "facility", "tool")},
        queries=len(opened.queries.queries),
    )
    return formats.response(shown, "text/html")
