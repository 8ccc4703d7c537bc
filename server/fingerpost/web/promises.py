"""`/about/policy`: what can be relied on, as a page and as RDF."""

from flask import Blueprint, Response, render_template

from fingerpost.publish import places, promises, signposts
from fingerpost.publish.record import edition
from fingerpost.web import documents
from fingerpost.web.opened import catalogue

blueprint = Blueprint("promises", __name__)


@blueprint.get("/about/policy")
@blueprint.get("/about/policy.<suffix>")
def policy(suffix: str = "") -> Response:
    """Say how long identifiers last, under which licence, and how to cite."""
    media_type = documents.media_type(suffix)
    dates = edition(catalogue().engine)
    service = documents.service()
    if media_type == "text/html":
        shown = render_template(
            "policy.html",
            title=promises.TITLE,
            promises=promises.all_(dates),
            data=places.DATA,
        )
        answer = documents.page(shown)
    else:
        answer = documents.graph(promises.statements(dates, service), media_type)
    address = f"{service}/about/policy"
    links = signposts.document(address, promises.DOCUMENT, "https://schema.org/CreativeWork")
    return documents.signposted(answer, links, address, media_type)
