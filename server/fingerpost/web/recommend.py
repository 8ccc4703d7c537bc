"""`/recommend`: a question and its ranked, explained answers."""

from urllib.parse import urlencode

from flask import Blueprint, Response, json, render_template, request

from fingerpost.errors import AmbiguousConcept, BadParameter, UnknownConcept
from fingerpost.graph.vocabulary import RESOURCE_KINDS
from fingerpost.recommend import table
from fingerpost.recommend.answer import Recommendation
from fingerpost.recommend.echo import understood
from fingerpost.recommend.values import STAGES
from fingerpost.web import formats
from fingerpost.web.opened import catalogue

blueprint = Blueprint("recommend", __name__)

_RANKING = "recommend/recommend"
_JSON = "application/json"
_OFFERED = ("text/html", _JSON, "text/csv")
_ASKING = ("q", "data", "technique")
"""Any of these makes a question of a request."""


@blueprint.get("/recommend")
def answer() -> Response:
    """Answer a question as a page, JSON or CSV; without one, show the form."""
    media_type = formats.media_type(_OFFERED)
    if media_type == "text/html":
        return _page()
    found = catalogue().recommend(_given())
    if media_type == "text/csv":
        return formats.response(table.csv(found), media_type)
    return formats.response(json.dumps(found.json()), _JSON)


def _page() -> Response:
    found: Recommendation | None = None
    fault: str | None = None
    status = 200
    if any(map(request.args.get, _ASKING)):
        try:
            found = catalogue().recommend(_given())
        except (UnknownConcept, AmbiguousConcept, BadParameter) as wrong:
            fault, status = str(wrong), 400
    page = render_template(
        "recommend.html",
        asked=request.args,
        found=found,
        understood=understood(found.question)[_concepts(found) :] if found else [],
        stages=STAGES,
        fault=fault,
        kinds=RESOURCE_KINDS,
        phases=catalogue().queries.things("fp:Phase"),
        sources=catalogue().queries.things("fp:Source"),
        address=request.full_path,
        site=request.url_root.rstrip("/"),
        **(_query(found) if found else {}),
    )
    answer = formats.response(page, "text/html", tagged=not fault)
    answer.status_code = status
    return answer


def _query(found: Recommendation) -> dict[str, str]:
    """Return the query that ranked the answers: its text, and its address as a saved query."""
    asked = found.question
    given = asked.parameters(asked.data[0] if asked.data else None)
    return {
        "sparql": catalogue().queries.text(_RANKING, given),
        "query": f"/queries/{_RANKING}?{urlencode(given)}",
    }


def _given() -> dict[str, list[str]]:
    """Return what is asked, each part with all that is said of it."""
    given = request.args.to_dict(flat=False)
    given.pop("format", None)
    return given


def _concepts(found: Recommendation) -> int:
    """Return how many concepts a question names, which the page links to."""
    asked = found.question
    return len([one for one in (*asked.data, asked.technique, asked.phase) if one])
