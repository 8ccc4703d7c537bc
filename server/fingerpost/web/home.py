"""`/`: what this is, one box to ask, three questions worked."""

from flask import Blueprint, Response, render_template

from fingerpost.web.opened import catalogue

blueprint = Blueprint("home", __name__)

EXAMPLES = (
    ("Where do I share fluorescence microscopy images?", "fluorescence microscopy images", "share"),
    ("Who can sequence single cells for me in Sweden?", "single-cell RNA-seq", "collect"),
    ("Who analyses lipids?", "lipidomics", "collect"),
)
"""Questions that the shipped graph answers: text, data, phase."""


@blueprint.get("/")
def index() -> Response:
    """Show the front page."""
    opened = catalogue()
    page = render_template(
        "home.html",
        opened=opened,
        queries=len(opened.queries.queries),
        phases=opened.queries.things("fp:Phase"),
        examples=EXAMPLES,
    )
    return Response(page)
