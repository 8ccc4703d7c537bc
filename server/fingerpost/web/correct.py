"""`/correct/<kind>/<slug>` and `/new/<kind>`: a form that gives back the file to propose.

Nothing is written here: what is filled in is held against shapes and checks, and comes back as
the Turtle file that a contributor proposes to the project.
"""

import difflib
from collections.abc import Iterator, Mapping
from http import HTTPStatus

from flask import Blueprint, Response, render_template, request

from fingerpost.curation import drafts
from fingerpost.curation.corrections import Fault, Given, Wrong
from fingerpost.errors import Invalid
from fingerpost.graph import canonical
from fingerpost.graph.records import Record
from fingerpost.graph.vocabulary import KINDS
from fingerpost.web import controls, formats, sheets
from fingerpost.web.sheets import Sheet

blueprint = Blueprint("correct", __name__)

_TURTLE = "text/turtle"
_OFFERED = ("text/html", _TURTLE)


@blueprint.get("/new")
def kinds() -> Response:
    """List the kinds of record that can be proposed."""
    page = render_template("new.html", kinds=list(KINDS))
    return formats.response(page, "text/html")


@blueprint.get("/new/<kind>")
def blank(kind: str) -> Response:
    """Show an empty form for a record of a kind."""
    sheet = sheets.new(kind)
    given = {
        name: text for name, text in drafts.DEFAULTS.items() if name in sheet.corrections.fields
    }
    return formats.response(_form(sheet, given, []), "text/html")


@blueprint.post("/new/<kind>")
def propose(kind: str) -> Response:
    """Give back the file of a new record, or the form with what is wrong."""
    return _answer(sheets.new(kind))


@blueprint.get("/correct/<kind>/<slug>")
def form(kind: str, slug: str) -> Response:
    """Show a form with what a record states."""
    sheet = sheets.of(kind, slug)
    settled = sheet.desk.settled
    page = _form(sheet, {}, [])
    return formats.response(page, "text/html") if settled else _fresh(page, "text/html")


@blueprint.post("/correct/<kind>/<slug>")
def correct(kind: str, slug: str) -> Response:
    """Give back the file of a record as corrected, or the form with what is wrong."""
    return _answer(sheets.of(kind, slug))


def _answer(sheet: Sheet) -> Response:
    media_type = formats.media_type(_OFFERED)
    given = sheets.given(sheet.corrections)
    try:
        draft = sheets.draft(sheet, given)
        warnings = sheets.warnings(sheet, draft)
    except Wrong as wrong:
        if media_type == _TURTLE:
            raise _invalid(wrong) from wrong
        answer = _fresh(_form(sheet, given, wrong.faults), "text/html")
        answer.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return answer
    text = canonical.turtle(draft)
    if media_type == _TURTLE:
        answer = _fresh(text, _TURTLE)
        answer.headers["Content-Disposition"] = f'attachment; filename="{draft.slug}.ttl"'
        return answer
    page = render_template(
        "proposal.html",
        sheet=sheet,
        draft=draft,
        turtle=text,
        lines=list(_changes(sheet.record, text)),
        warnings=warnings,
        given=[(name, text) for name in request.form for text in request.form.getlist(name)],
        action=request.path,
    )
    return _fresh(page, "text/html")


def _invalid(wrong: Wrong) -> Invalid:
    return Invalid([f"{one.field}: {one.message}".removeprefix(": ") for one in wrong.faults], "")


def _form(sheet: Sheet, given: Given, faults: list[Fault] | tuple[Fault, ...]) -> str:
    entries = sheet.corrections.entries(sheet.record)
    every = controls.controls(entries, given, faults, sheet.desk.offered)
    first = [one for one in every if one.required or one.text.strip() or one.kept or one.fault]
    return render_template(
        "correct.html",
        sheet=sheet,
        first=first,
        rest=[one for one in every if one not in first],
        faults=faults,
        label=controls.label,
        wrong=_by_field(faults),
        said=request.form,
        action=request.path,
    )


def _by_field(faults: list[Fault] | tuple[Fault, ...]) -> Mapping[str, str]:
    return {one.field: one.message for one in reversed(faults)}


def _changes(record: Record | None, text: str) -> Iterator[tuple[str, str]]:
    """Yield the lines of a comparison, each with what is done to it: added, removed, kept, at."""
    before = record.path.read_text("utf-8").splitlines() if record else []
    words = {"+": "added", "-": "removed", "@": "at"}
    for line in list(difflib.unified_diff(before, text.splitlines(), lineterm="", n=2))[2:]:
        yield words.get(line[:1], "kept"), line[1:] if line[:1] != "@" else line


def _fresh(body: str, media_type: str) -> Response:
    """Return an answer that nobody keeps."""
    answer = formats.response(body, media_type, tagged=False)
    answer.headers["Cache-Control"] = "no-store"
    return answer
