"""`/recommend`: a question and its ranked, explained answers."""

from flask import Blueprint, Response, json, render_template, request

from fingerpost.errors import AmbiguousConcept, BadParameter, UnknownConcept
from fingerpost.graph.vocabulary import RESOURCE_KINDS
from fingerpost.recommend import table
from fingerpost.recommend.answer import Recommendation
from fingerpost.web import formats
from fingerpost.web.opened import catalogue
from fingerpost.web.queries import given

blueprint = Blueprint("recommend", __name__)

_JSON = "application/json"
_OFFERED = ("text/html", _JSON, "text/csv")


@blueprint.get("/recommend")
def answer() -> Response:
    """Answer a question as a page, JSON or CSV; without one, show the form."""
    media_type = formats.media_type(_OFFERED)
    if media_type == "text/html":
        return _page()
    found = catalogue().recommend(given())
    if media_type == "text/csv":
        return formats.response(table.csv(found), media_type)
    return formats.response(json.dumps(found.json()), _JSON)


def _page() -> Response:
    found: Recommendation | None = None
    fault: str | None = None
    status = 200
    if request.args.get("data") or request.args.get("technique"):
        try:
            found = catalogue().recommend(given())
        except (UnknownConcept, AmbiguousConcept, BadParameter) as wrong:
            fault, status = str(wrong), 400
    page = render_template(
        "recommend.html",
        asked=request.args,
        found=found,
        fault=fault,
        kinds=RESOURCE_KINDS,
        phases=catalogue().queries.things("fp:Phase"),
        sources=catalogue().queries.things("fp:Source"),
        address=request.full_path,
    )
    return Response(page, status)
