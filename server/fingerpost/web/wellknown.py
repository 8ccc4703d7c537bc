"""What machines look for at fixed places: the JSON-LD context, interfaces, pages, permission."""

from flask import Blueprint, Response, json, request

from fingerpost.errors import UnknownRecord
from fingerpost.graph.vocabulary import BASE
from fingerpost.publish import context, interfaces, places, signposts, sitemap
from fingerpost.publish.dcat import DUMPS
from fingerpost.publish.signposts import LINKSET, Link
from fingerpost.web import documents, formats, standing

blueprint = Blueprint("wellknown", __name__)

_EXAMPLE = "/repository/zenodo"
_XML = "application/xml"


@blueprint.get("/context.jsonld")
def jsonld_context() -> Response:
    """Give the context in which this service writes JSON-LD."""
    return formats.response(json.dumps({"@context": context.whole()}), "application/ld+json")


@blueprint.get(interfaces.PATH)
def api_catalog() -> Response:
    """List the interfaces of the service (RFC 9727)."""
    found = interfaces.linkset(documents.service(), _EXAMPLE)
    answer = formats.response(json.dumps(found), LINKSET)
    answer.headers["Content-Type"] = f'{LINKSET}; profile="{interfaces.PROFILE}"'
    return answer


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Let crawlers in, and say where the list of pages is.

    What is closed stands first: RFC 9309 takes the longest match, but some take the first.
    """
    lines = (
        "User-agent: *",
        *("Disallow: /sparql?query=", "Disallow: /metrics", "Disallow: /health/"),
        *("Disallow: /correct/", "Disallow: /new", "Allow: /"),
        f"Sitemap: {documents.service()}/sitemap.xml",
    )
    return formats.response("".join(f"{line}\n" for line in lines), "text/plain")


@blueprint.get("/sitemap.xml")
def whole_sitemap() -> Response:
    """List every page, or the parts of the list."""
    found = standing.pages()
    if len(found.parts) == 1:
        return formats.response(sitemap.urls(found.part(0), documents.service()), _XML)
    index = sitemap.index(len(found.parts), documents.service(), found.latest)
    return formats.response(index, _XML)


@blueprint.get("/sitemap-<int:part>.xml")
def sitemap_part(part: int) -> Response:
    """List the pages of one part, counted from 1.

    Raises:
        UnknownRecord: there is no such part.
    """
    found = standing.pages()
    if not 1 <= part <= len(found.parts):
        raise UnknownRecord(f"The list of pages has {len(found.parts)} parts.")
    return formats.response(sitemap.urls(found.part(part - 1), documents.service()), _XML)


@blueprint.after_app_request
def lead_on(answer: Response) -> Response:
    """Let the front page lead to everything that machines look for."""
    if request.endpoint == "home.index":
        answer.headers["Link"] = signposts.header(_from_home(documents.service()))
    return answer


def _from_home(service: str) -> list[Link]:
    described = (f"{service}/catalog.{suffix}" for suffix in places.DATA)
    plain = (file for file in DUMPS if not file.packed)
    return [
        Link("cite-as", BASE),
        *(
            Link("describedby", target, type_)
            for target, type_ in zip(described, places.DATA.values(), strict=True)
        ),
        Link("describedby", f"{service}/.well-known/void", "text/turtle"),
        *(Link("item", f"{service}/dump.{file.suffix}", file.media_type) for file in plain),
        Link("type", "https://schema.org/DataCatalog"),
        Link("type", "https://schema.org/AboutPage"),
        Link("license", signposts.LICENCE),
        Link("author", places.PROJECT.value),
        interfaces.link(service),
        Link("service-desc", f"{service}/openapi.json", "application/json"),
    ]
