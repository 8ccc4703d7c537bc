"""What machines read first: VoID and OpenAPI."""

from flask import Blueprint, Response, json, request

from fingerpost.engine import results
from fingerpost.errors import UnknownRecord
from fingerpost.publish import counts, void
from fingerpost.web import formats, standing
from fingerpost.web.opened import site

blueprint = Blueprint("described", __name__)


@blueprint.get("/.well-known/void")
def dataset() -> Response:
    """Describe the dataset (W3C, VoID, 2011, 7.2): counts, and parts by class and property."""
    media_type = formats.media_type(tuple(results.GRAPHS))
    over = site()
    numbers = counts.Asked(over.engine) if over.plain else standing.counted()
    found = void.description(
        numbers,
        f"{request.url_root}.well-known/void#dataset",
        endpoint=f"{request.url_root}sparql",
        plain=over.plain,
    )
    return formats.response(results.graph(found, media_type), media_type)


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """Describe every door and every saved query (OpenAPI 3.1)."""
    from fingerpost.publish import openapi

    over = site()
    if over.plain:
        raise UnknownRecord("A plain service has no saved queries to describe.")
    document = openapi.document(
        over.catalogue.queries.queries,
        request.url_root.rstrip("/"),
        writable=over.policy.writable,
    )
    return formats.response(json.dumps(document), "application/json")
