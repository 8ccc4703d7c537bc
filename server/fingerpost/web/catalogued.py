"""`/catalog` by DCAT-AP and `/fdp` as a FAIR Data Point: what there is, and how to have it."""

from flask import Blueprint, Response, render_template

from fingerpost.engine import results
from fingerpost.publish import dcat, fdp, places, schema_org, signposts
from fingerpost.publish.dcat import Catalogue
from fingerpost.publish.record import edition
from fingerpost.publish.schema_org import Json
from fingerpost.web import documents, formats, standing
from fingerpost.web.opened import catalogue

blueprint = Blueprint("catalogued", __name__)


@blueprint.app_template_global("catalogue_data")
def catalogue_data() -> Json:
    """Return the whole in schema.org's terms, for the head of a page."""
    return schema_org.catalogue(edition(catalogue().engine), documents.service())


@blueprint.get("/catalog")
@blueprint.get("/catalog.<suffix>")
def listed(suffix: str = "") -> Response:
    """List datasets, services and resources: as a page, or as RDF by suffix or header."""
    media_type = documents.media_type(suffix)
    service = documents.service()
    found = standing.listed()
    if media_type == "text/html":
        answer = documents.page(_page(found))
    else:
        answer = documents.graph(dcat.statements(found, service), media_type)
    address = f"{service}/catalog"
    links = signposts.document(address, schema_org.CATALOGUE, "https://schema.org/DataCatalog")
    return documents.signposted(answer, links, address, media_type)


@blueprint.get("/fdp")
@blueprint.get("/fdp/<path:path>")
def point(path: str = "") -> Response:
    """Give one document of the FAIR Data Point; Turtle for who has no wish."""
    media_type = formats.media_type(tuple(results.GRAPHS))
    service = documents.service()
    found = fdp.document(standing.listed(), path, service)
    return documents.graph(found, media_type)


def _page(found: Catalogue) -> str:
    return render_template(
        "catalog.html",
        found=found,
        dumps=dcat.DUMPS,
        data=places.DATA,
        path=places.path,
        embedded=catalogue_data(),
    )
