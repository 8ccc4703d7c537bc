"""`/health/live`, `/health/ready` and `/metrics`: for those who run the service."""

from http import HTTPStatus

from flask import Blueprint, Response, json, request

from fingerpost.engine import Query, results
from fingerpost.errors import QueryFault
from fingerpost.web.opened import site

blueprint = Blueprint("health", __name__)

_JSON = "application/json"
_ANYTHING = "ASK { FILTER (RAND() < 2) }"
"""A question that no cache answers."""


@blueprint.get("/health/live")
def live() -> Response:
    """Say that the process answers."""
    return Response(json.dumps({"status": "live"}), content_type=_JSON)


@blueprint.get("/health/ready")
def ready() -> Response:
    """Say whether the engine answers, and from which generation."""
    engine = site().engine
    try:
        found = b"true" in engine.answer(Query(_ANYTHING), results.JSON)
        generation = engine.generation
    except QueryFault as fault:
        body = json.dumps({"status": "not ready", "detail": str(fault)})
        return Response(body, HTTPStatus.SERVICE_UNAVAILABLE, content_type=_JSON)
    status = HTTPStatus.OK if found else HTTPStatus.SERVICE_UNAVAILABLE
    about = {
        "status": "ready" if found else "not ready",
        "generation": generation.number,
        "id": generation.id,
        "graph": site().guarded.held,
    }
    return Response(json.dumps(about), status, content_type=_JSON)


@blueprint.get("/metrics")
def metrics() -> Response:
    """Tell counts and times of requests, of all server processes, to Prometheus."""
    accept = request.headers.get("Accept", "")
    text, content_type = site().tally.exposition(accept, site().engine.generation.number)
    return Response(text, content_type=content_type)
