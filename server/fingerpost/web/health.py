"""`/health/live` and `/health/ready`: for those who run the service."""

from http import HTTPStatus

from flask import Blueprint, Response, json

from fingerpost.engine import Query
from fingerpost.errors import QueryFault
from fingerpost.web.opened import catalogue

blueprint = Blueprint("health", __name__)

_JSON = "application/json"
_ANYTHING = "SELECT (RAND() AS ?chance) { ?subject ?property ?value } LIMIT 1"
"""A question that no cache answers."""


@blueprint.get("/health/live")
def live() -> Response:
    """Say that the process answers."""
    return Response(json.dumps({"status": "live"}), content_type=_JSON)


@blueprint.get("/health/ready")
def ready() -> Response:
    """Say whether the engine answers, and from which build."""
    try:
        found = catalogue().engine.answer(Query(_ANYTHING), "text/csv").count(b"\n") == 2
    except QueryFault as fault:
        body = json.dumps({"status": "not ready", "detail": str(fault)})
        return Response(body, HTTPStatus.SERVICE_UNAVAILABLE, content_type=_JSON)
    status = HTTPStatus.OK if found else HTTPStatus.SERVICE_UNAVAILABLE
    state = "ready" if found else "not ready"
    body = json.dumps({"status": state, "build": catalogue().summary.digest})
    return Response(body, status, content_type=_JSON)
