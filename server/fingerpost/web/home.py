"""`/`: what this is, one box to ask, the life cycle to walk, three questions worked."""

from collections.abc import Mapping
from contextlib import suppress

from flask import Blueprint, Response, render_template

from fingerpost.catalogue import Catalogue
from fingerpost.errors import AmbiguousConcept, Preparing, UnknownConcept
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
    """Show the front page; of a large graph that is new, at first without numbers and answers."""
    opened = catalogue()
    counts: dict[str, int] = {}
    worked: list[tuple[str, Recommendation]] = []
    try:
        _ready(opened)
        counts, worked = _counts(), _worked(opened)
        prepared = True
    except Preparing:
        prepared = False
    page = render_template(
        "home.html",
        opened=opened,
        queries=len(opened.queries.queries),
        arms=_arms(counts),
        worked=worked,
        prepared=prepared,
    )
    return formats.response(page, "text/html", tagged=prepared)


def _ready(opened: Catalogue) -> None:
    """Return if the examples are answered soon.

    Raises:
        Preparing: in so large a graph only an index finds them soon.
    """
    if opened.indexes.needed() is None and opened.indexes.many:
        raise Preparing("Examples of a graph with many resources come with its index.")


def _worked(opened: Catalogue) -> list[tuple[str, Recommendation]]:
    """Return the examples with their answers; a graph of somebody else may not know them all."""
    found = []
    for one in EXAMPLES:
        with suppress(UnknownConcept, AmbiguousConcept):
            found.append((one, opened.recommend({"q": one, "limit": _ANSWERS})))
    return found


def _counts() -> dict[str, int]:
    """Return how many active resources there are for each phase."""
    held = browse.opened()
    return held.counts("phase", held.find({"status": "active"}))


def _arms(counts: Mapping[str, int]) -> tuple[Arm, ...]:
    phases = browse.labels()["phase"].items()
    return wheel.arms((slug, name, counts.get(slug, 0)) for slug, name in phases)
