"""`/browse`: all resources, narrowed by kind, phase, data, country, access and status."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request

from fingerpost.errors import BadParameter
from fingerpost.graph.vocabulary import record_iri
from fingerpost.index.lists import Places
from fingerpost.index.shelf import FACETS
from fingerpost.suggest import suggestion
from fingerpost.web import formats, paging, shelf
from fingerpost.web.opened import catalogue, held
from fingerpost.web.shelf import Labels, Shelf

blueprint = Blueprint("browse", __name__)

_JSON = "application/json"
_PAGE = 40
"""Resources on a page."""
_FIRST = 13
"""Choices of a facet that are seen at once."""
_NAMES = {"kind": "Kind", "phase": "Phase", "data": "Type of data", "country": "Country"} | {
    "access": "Access",
    "status": "Status",
}
_SCHEMES = {"phase": "phase", "data": "data-type", "access": "access", "status": "status"}


@dataclass(frozen=True)
class Choice:
    """A value of a facet: how many it leaves, and the address that chooses it or gives it up."""

    name: str
    count: int
    address: str
    chosen: bool
    iri: str = ""


@dataclass(frozen=True)
class Facet:
    """One way to narrow; `chosen` names the value in force, or is empty.

    Of many choices the `first` are those that leave most.
    """

    name: str
    chosen: str
    first: tuple[Choice, ...]
    others: tuple[Choice, ...]
    iri: str = ""


@blueprint.get("/browse")
def index() -> Response:
    """List resources, filed under what the address names."""
    media_type = formats.media_type(("text/html", _JSON))
    shelved = opened()
    chosen, text = _chosen(shelved), request.args.get("q", "").strip()[:200]
    named = shelved.named(text)
    found = shelved.find(chosen, named)
    size = found.bit_count()
    if media_type == _JSON:
        listed = ", ".join(shelved.written(found))
        return formats.response(f'{{"found": {size}, "resources": [{listed}]}}', _JSON)
    number = paging.number(size, _PAGE)
    page = render_template(
        "browse.html",
        found=size,
        shown=shelved.items(found, (number - 1) * _PAGE, number * _PAGE),
        labels=shelved.labels,
        facets=[_facet(shelved, facet, chosen, text, named) for facet in FACETS],
        about=_about(shelved, chosen),
        chosen=chosen,
        text=text,
        number=number,
        pages=-(-size // _PAGE),
        address=lambda page: _address(chosen, text, page),
    )
    return formats.response(page, "text/html")


def opened() -> Shelf:
    """Return the shelf of the current generation, or of one before while it is being filled.

    Raises:
        Preparing: of a large graph, it is still being filled.
    """
    return shelf.filled(catalogue(), labels())


def labels() -> Labels:
    """Return the names of what resources may be filed under, read once for each generation."""
    return held("labels", shelf.labels)


def _chosen(shelved: Shelf) -> dict[str, str]:
    """Return what the address chooses, by facet.

    Raises:
        BadParameter: a value is none that the facet has.
    """
    found: dict[str, str] = {}
    for facet in FACETS:
        value = request.args.get(facet, "").strip()
        if not value:
            continue
        if value not in shelved.labels[facet]:
            near = suggestion(value, shelved.labels[facet])
            raise BadParameter(f'"{value[:60]}" is not a {_NAMES[facet].lower()}. {near}')
        found[facet] = value
    return found


def _facet(
    shelved: Shelf, facet: str, chosen: Mapping[str, str], text: str, named: Places
) -> Facet:
    """Return a facet as it stands under the other choices."""
    others = {name: value for name, value in chosen.items() if name != facet}
    counts = shelved.counts(facet, shelved.find(others, named))
    choices = []
    for value, count in counts.items():
        here = chosen.get(facet) == value
        then = others if here else {**others, facet: value}
        name, address = shelved.labels[facet][value], _address(then, text)
        choices.append(Choice(name, count, address, here, _iri(facet, value)))
    if len(choices) > _FIRST:
        choices.sort(key=lambda one: (not one.chosen, -one.count))
    name = shelved.labels[facet].get(chosen.get(facet, ""), "")
    iri = _iri(facet, chosen.get(facet, ""))
    return Facet(_NAMES[facet], name, tuple(choices[:_FIRST]), tuple(choices[_FIRST:]), iri)


def _iri(facet: str, value: str) -> str:
    """Return the identifier of what a facet is narrowed to, where it is a concept."""
    return record_iri(_SCHEMES[facet], value) if facet in _SCHEMES and value else ""


def _address(chosen: Mapping[str, str], text: str, page: int = 1) -> str:
    pairs = [(facet, chosen[facet]) for facet in FACETS if facet in chosen]
    pairs += [("q", text)] if text else []
    pairs += [("page", str(page))] if page > 1 else []
    return "/browse" + (f"?{urlencode(pairs)}" if pairs else "")


def _about(shelved: Shelf, chosen: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return name and identifier of the concepts that are chosen, which have pages of their own."""
    return [
        (shelved.labels[facet][value], record_iri(_SCHEMES[facet], value))
        for facet, value in chosen.items()
        if facet in _SCHEMES
    ]
