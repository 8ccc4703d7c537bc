"""What machines look for at fixed places: the JSON-LD context, interfaces, pages, permission."""

from flask import Blueprint, Response, json

from fingerpost.publish import context
from fingerpost.web import formats

blueprint = Blueprint("wellknown", __name__)


@blueprint.get("/context.jsonld")
def jsonld_context() -> Response:
    """Give the context in which this service writes JSON-LD."""
    return formats.response(json.dumps({"@context": context.whole()}), "application/ld+json")
