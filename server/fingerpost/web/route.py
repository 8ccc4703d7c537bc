"""`/route/<data>`: the whole way for one kind of data, as a page, text, linked data or a plan."""

from flask import Blueprint, Response, render_template, request

from fingerpost.errors import AmbiguousConcept, BadParameter, UnknownConcept, UnknownRecord
from fingerpost.recommend.echo import understood
from fingerpost.route import jsonld, madmp, markdown
from fingerpost.route.way import Way
from fingerpost.suggest import suggestion
from fingerpost.web import formats
from fingerpost.web.opened import catalogue

blueprint = Blueprint("route", __name__)

_HTML = "text/html"
_WRITERS = {
    "text/markdown": markdown.markdown,
    "application/ld+json": jsonld.write,
    madmp.MEDIA_TYPE: madmp.write,
}
_OFFERED = (_HTML, *_WRITERS)
_SUFFIXES = {
    "html": _HTML,
    "md": "text/markdown",
    "jsonld": "application/ld+json",
    "madmp": madmp.MEDIA_TYPE,
}


@blueprint.get("/route")
def ask() -> Response:
    """Show the way for the data that the address names; without any, the form."""
    media_type = formats.media_type(_OFFERED)
    if media_type == _HTML and not any(map(request.args.get, ("data", "technique"))):
        return _form(None, 200)
    return _answer(_given(), media_type)


@blueprint.get("/route/<name>")
def show(name: str) -> Response:
    """Show the way for data that are named in words or by slug, in a format by suffix or header."""
    text, suffix = _split(name)
    given = _given()
    given["data"] = [text, *given.get("data", [])]
    media_type = _SUFFIXES.get(suffix) or formats.media_type(_OFFERED)
    return _answer(given, media_type)


def _split(name: str) -> tuple[str, str]:
    """Return the words for the data and the suffix, if there is one.

    Raises:
        UnknownRecord: behind the slug of a data type stands a suffix that is none.
    """
    text, dot, suffix = name.rpartition(".")
    if dot and suffix in _SUFFIXES:
        return text, suffix
    if dot and text in catalogue().slugs("data-type"):
        raise UnknownRecord(f'There is no format ".{suffix}". {suggestion(suffix, _SUFFIXES)}')
    return name, ""


def _given() -> dict[str, list[str]]:
    given = request.args.to_dict(flat=False)
    given.pop("format", None)
    return given


def _answer(given: dict[str, list[str]], media_type: str) -> Response:
    if media_type in _WRITERS:
        found = catalogue().route(given)
        return formats.response(_WRITERS[media_type](found), media_type)
    try:
        return _page(catalogue().route(given))
    except (UnknownConcept, AmbiguousConcept, BadParameter) as wrong:
        return _form(str(wrong), 400)


def _page(found: Way) -> Response:
    page = render_template(
        "route.html",
        asked=request.args,
        way=found,
        understood=understood(found.question),
        nothing=markdown.NOTHING,
        sources=catalogue().queries.things("fp:Source"),
        address=f"/route/{found.slug}",
        narrowed=found.iri.partition("?")[2],
        suffixes=[one for one in _SUFFIXES if one != "html"],
    )
    return formats.response(page, _HTML)


def _form(fault: str | None, status: int) -> Response:
    kinds = sorted(catalogue().queries.things("fp:DataType").items(), key=lambda pair: pair[1])
    page = render_template(
        "route.html", asked=request.args, way=None, fault=fault, kinds=kinds, address="/route"
    )
    answer = formats.response(page, _HTML, tagged=False)
    answer.status_code = status
    return answer
