"""`/`: what this is, one box to ask, the life cycle to walk, three questions worked."""

from contextlib import suppress

from flask import Blueprint, Response, render_template

from fingerpost.catalogue import Catalogue
from fingerpost.errors import AmbiguousConcept, UnknownConcept
from fingerpost.recommend.answer import Recommendation
from fingerpost.web import browse, formats, wheel
from fingerpost.web.opened import catalogue
from fingerpost.web.wheel import Arm

blueprint = Blueprint("home", __name__)

_ANSWERS = "3"


EXAMPLES = (
    "Where do I share fluorescence microscopy images?",
    "Which facility can sequence single cells for me in Sweden?",
    "Where do I deposit cryo-EM maps?",
)
"""Questions that the shipped graph answers."""


@blueprint.get("/")
def index() -> Response:
    """Show the front page."""
    opened = catalogue()
    page = render_template(
        "home.html",
        opened=opened,
        queries=len(opened.queries.queries),
        arms=_arms(),
        worked=_worked(opened),
    )
    return formats.response(page, "text/html")


def _worked(opened: Catalogue) -> list[tuple[str, Recommendation]]:
    """Return the examples with their answers; a graph of somebody else may not know them all."""
    found = []
    for one in EXAMPLES:
        with suppress(UnknownConcept, AmbiguousConcept):
            found.append((one, opened.recommend({"q": one, "limit": _ANSWERS})))
    return found


def _arms() -> tuple[Arm, ...]:
    held = browse.opened()
    counts = held.counts("phase", held.find({"status": "active"}, ""))
    phases = held.labels["phase"].items()
    return wheel.arms((slug, name, counts.get(slug, 0)) for slug, name in phases)
