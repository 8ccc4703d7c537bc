"""`/api/records`: the resources as JSON:API, in the shape of FAIRsharing's records."""

from flask import Blueprint, Response, json, request

from fingerpost.errors import BadParameter, UnknownRecord
from fingerpost.index.lists import Listing
from fingerpost.publish import jsonapi, resembling
from fingerpost.publish.jsonapi import MEDIA_TYPE, Json, Page
from fingerpost.publish.narrowed import FILTERS, Records
from fingerpost.publish.resembling import TYPE
from fingerpost.publish.terms import LICENCE
from fingerpost.reconcile import asked, telling
from fingerpost.suggest import suggestion
from fingerpost.web import documents, formats
from fingerpost.web.opened import catalogue

blueprint = Blueprint("api", __name__, url_prefix="/api/records")

SIZE = 25
"""Records on a page, where nothing else is asked for."""
MOST = 500
"""Records on the largest page."""
_OFFERED = (MEDIA_TYPE, "application/json")
_FARTHEST = 10**6
_PAGING = {"page[number]": "1", "page[size]": str(SIZE)}
_META: Json = {
    "licence": LICENCE.value,
    "note": "Records of Fingerpost in the shape of those of FAIRsharing, which did not write them.",
}


@blueprint.get("")
def listed() -> Response:
    """List the resources that are as the address says, a page of them."""
    media_type = formats.media_type(_OFFERED)
    wanted = _wanted()
    records = _opened()
    found = records.find({_plain(name): value for name, value in wanted.items()})
    number, size = (
        asked.whole(request.args.get(name, usual), f'"{name}"', most)
        for (name, usual), most in zip(_PAGING.items(), (_FARTHEST, MOST), strict=True)
    )
    page = Page(number, size, found.bit_count())
    shown = records.ids(found, page.items.start, page.items.stop)
    items = [_item(id_, one) for id_, one in resembling.read(catalogue().engine, shown).items()]
    address = f"{documents.service()}/api/records"
    answer = jsonapi.listed(items, page, address, wanted, _META)
    return formats.response(json.dumps(answer), media_type)


@blueprint.get("/<path:id_>")
def single(id_: str) -> Response:
    """Give one resource by kind and slug, or by an identifier that it has in a registry."""
    media_type = formats.media_type(_OFFERED)
    _allowed(frozenset())
    found = telling.entity(id_, catalogue().index)
    read = resembling.read(catalogue().engine, [found.id]) if found else {}
    if found is None or found.id not in read:
        records = _opened()
        near = suggestion(id_, records.ids(records.find({})))
        raise UnknownRecord(f'No record has the id "{id_[:60]}". {near}')
    item = _item(found.id, read[found.id])
    address = f"{documents.service()}/api/records/{found.id}"
    return formats.response(json.dumps(jsonapi.single(item, address, _META)), media_type)


def _opened() -> Records:
    """Return the records of the current generation, or of one before while they are listed.

    Raises:
        Preparing: of a large graph, they are still being listed.
    """
    return Records(Listing(catalogue().listed.awaited()))


def _wanted() -> dict[str, str]:
    """Return the filters in the address, named as they are there.

    Raises:
        BadParameter: something in it is no filter, or given twice.
    """
    _allowed({*FILTERS, *(f"filter[{name}]" for name in FILTERS), *_PAGING, "format"})
    for name, values in request.args.lists():
        if len(values) > 1:
            raise BadParameter(f'"{name[:40]}" is given {len(values)} times: give it once.')
    return {
        name: value
        for name, value in request.args.items()
        if _plain(name) in FILTERS and value.strip()
    }


def _allowed(known: frozenset[str] | set[str]) -> None:
    for name in request.args:
        if name not in known and name != "format":
            raise BadParameter(f'"{name[:60]}" cannot be asked here. {suggestion(name, known)}')


def _plain(name: str) -> str:
    return name.removeprefix("filter[").removesuffix("]") if name.endswith("]") else name


def _item(id_: str, record: Json) -> Json:
    service = documents.service()
    attributes = record | {"url": f"{service}/id/{id_}"}
    links = {"self": f"{service}/api/records/{id_}"}
    return {"id": id_, "type": TYPE, "attributes": attributes, "links": links}
