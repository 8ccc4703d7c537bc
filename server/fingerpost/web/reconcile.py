"""`/reconcile`: the Reconciliation API 0.2, with which tables are matched to the records here."""

import re

from flask import Blueprint, Response, json, render_template, request

from fingerpost.errors import BadParameter, BadRequest, UnknownRecord
from fingerpost.reconcile import asked, telling, types
from fingerpost.reconcile.index import Index
from fingerpost.reconcile.telling import Json
from fingerpost.web import documents, formats
from fingerpost.web.opened import catalogue

blueprint = Blueprint("reconcile", __name__, url_prefix="/reconcile")

_JSON = "application/json"
_SCRIPT = "application/javascript"
_CALLBACK = re.compile(r"[A-Za-z_$][\w$.]{0,99}", re.ASCII)
_SUGGESTS = ("entity", "type", "property")
_FARTHEST = 10**6
_FRAMED = "default-src 'self'; base-uri 'none'; form-action 'none'"
"""What a preview may do, which is made to be shown in pages of others."""


@blueprint.route("", methods=["GET", "POST"])
def service() -> Response:
    """Answer a batch of queries, or a wish for columns; without either, say what there is."""
    given = request.values
    if "queries" in given and "extend" in given:
        raise BadRequest('Give "queries" or "extend", not both.')
    if "queries" in given:
        opened = _opened()
        return _answer(telling.results(asked.queries(given["queries"], opened.properties), opened))
    if "extend" in given:
        opened = _opened()
        wanted = asked.extension(given["extend"], opened.properties)
        return _answer(telling.extended(wanted, opened))
    if request.method == "POST":
        raise BadRequest('A form with "queries" or "extend" belongs here.')
    return _answer(telling.manifest(documents.service()))


@blueprint.get("/suggest/<kind>")
def suggest(kind: str) -> Response:
    """Offer entities, types or properties whose names go on from a prefix."""
    _suggestible(kind)
    wanted = tuple(types.known(one) for one in request.args.getlist("type") if one)
    text = request.args.get("cursor", "0")
    cursor = 0 if text == "0" else asked.whole(text, '"cursor"', _FARTHEST)
    prefix = request.args.get("prefix", "")[: asked.LONGEST]
    return _answer(telling.suggested(kind, prefix, wanted, cursor, _opened()))


@blueprint.get("/flyout/<kind>")
def flyout(kind: str) -> Response:
    """Tell a few words about an entity, a type or a property."""
    _suggestible(kind)
    found = telling.flyout(kind, _id(), _opened())
    if found is None:
        raise UnknownRecord(f'There is no {kind} "{_id()[:60]}".')
    return _answer(found)


@blueprint.get("/properties")
def properties() -> Response:
    """Propose the columns that things of a type have."""
    type_ = request.args.get("type", "").strip()
    text = request.args.get("limit", "")
    limit = asked.whole(text, '"limit"', _FARTHEST) if text else None
    return _answer(telling.proposed(types.known(type_) if type_ else "", limit, _opened()))


@blueprint.get("/preview")
def preview() -> Response:
    """Show an entity in a small frame."""
    formats.media_type(("text/html",))
    found = telling.entity(_id(), _opened())
    if found is None:
        raise UnknownRecord(f'There is no entity "{_id()[:60]}".')
    answer = documents.page(render_template("preview.html", found=found))
    answer.headers["Content-Security-Policy"] = _FRAMED
    return answer


def _opened() -> Index:
    return catalogue().index


def _suggestible(kind: str) -> None:
    if kind not in _SUGGESTS:
        raise UnknownRecord(f"There is nothing here; choose one of: {', '.join(_SUGGESTS)}.")


def _id() -> str:
    found = request.args.get("id", "").strip()
    if not found:
        raise BadParameter('"id" is missing: the identifier of what to tell about.')
    return found


def _answer(found: Json) -> Response:
    """Return JSON; with a `callback`, a script that hands it over (JSONP)."""
    callback = request.args.get("callback")
    if callback is None:
        formats.media_type((_JSON,))
        return formats.response(json.dumps(found), _JSON, tagged=request.method != "POST")
    if not _CALLBACK.fullmatch(callback):
        raise BadParameter('"callback" is the name of a function, of at most 100 letters.')
    return formats.response(f"/**/{callback}({json.dumps(found)});", _SCRIPT)
