"""`/correct/<kind>/<slug>` and `/new/<kind>`: a form that gives back the file to propose.

Nothing is written here: what is filled in is held against shapes and checks, and comes back as
the Turtle file that a contributor proposes to the project.
"""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import RequestEntityTooLarge

from fingerpost.curation import drafts
from fingerpost.curation.corrections import CLAIMED, Corrections, Fault, Given, Wrong
from fingerpost.errors import BadParameter, Invalid, UnknownRecord, UnsupportedMediaType
from fingerpost.graph import canonical, dataset
from fingerpost.graph.records import Record
from fingerpost.graph.vocabulary import KINDS
from fingerpost.suggest import suggestion
from fingerpost.trial import Finding
from fingerpost.web import controls, formats
from fingerpost.web.desk import Desk, desk

blueprint = Blueprint("correct", __name__)

LARGEST = 256 * 1024
"""Bytes that a filled form may have."""

_TURTLE = "text/turtle"
_OFFERED = ("text/html", _TURTLE)
_FORM = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
_OTHERS = frozenset({"by-source", "by-date", "slug", "format"})
"""What a form says beside the fields of the record."""


@dataclass(frozen=True)
class Sheet:
    """A form that is being filled in: of which record, or of a new one of a kind."""

    desk: Desk
    corrections: Corrections
    record: Record | None

    @property
    def kind(self) -> str:
        """The kind of the record."""
        return self.corrections.kind

    @property
    def name(self) -> str:
        """What the record is called, or what it will be."""
        if self.record is None:
            return f"a new {self.kind} record"
        return self.desk.names.get(self.record.node.value, self.record.slug)

    @property
    def claims(self) -> int:
        """How many claims stay as they are."""
        return len(dataset.claims(self.record.triples)) if self.record else 0

    @property
    def claimed(self) -> bool:
        """Whether what is new can be the claim of another source."""
        return self.record is not None and self.kind in CLAIMED


@blueprint.get("/new")
def kinds() -> Response:
    """List the kinds of record that can be proposed."""
    page = render_template("new.html", kinds=list(KINDS))
    return formats.response(page, "text/html")


@blueprint.get("/new/<kind>")
def blank(kind: str) -> Response:
    """Show an empty form for a record of a kind."""
    sheet = _new(kind)
    given = {
        name: text for name, text in drafts.DEFAULTS.items() if name in sheet.corrections.fields
    }
    return formats.response(_form(sheet, given, []), "text/html")


@blueprint.post("/new/<kind>")
def propose(kind: str) -> Response:
    """Give back the file of a new record, or the form with what is wrong."""
    return _answer(_new(kind))


@blueprint.get("/correct/<kind>/<slug>")
def form(kind: str, slug: str) -> Response:
    """Show a form with what a record states."""
    return formats.response(_form(_of(kind, slug), {}, []), "text/html")


@blueprint.post("/correct/<kind>/<slug>")
def correct(kind: str, slug: str) -> Response:
    """Give back the file of a record as corrected, or the form with what is wrong."""
    return _answer(_of(kind, slug))


def _new(kind: str) -> Sheet:
    if kind not in KINDS:
        raise UnknownRecord(f'"{kind}" is no kind of record. {suggestion(kind, KINDS)}')
    now = desk()
    return Sheet(now, now.corrections(kind), None)


def _of(kind: str, slug: str) -> Sheet:
    known = _new(kind)
    return Sheet(known.desk, known.corrections, known.desk.record(kind, slug))


def _answer(sheet: Sheet) -> Response:
    media_type = formats.media_type(_OFFERED)
    given = _given(sheet.corrections)
    try:
        draft = _draft(sheet, given)
        warnings = _warnings(sheet, draft)
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


def _given(known: Corrections) -> Given:
    """Return what the form says, a value a line.

    Raises:
        RequestEntityTooLarge: it says too much.
        UnsupportedMediaType: it is no form.
        BadParameter: it has a field that such a record has not.
    """
    if (request.content_length or 0) > LARGEST:
        raise RequestEntityTooLarge(f"A filled form has at most {LARGEST:,} bytes.")
    if request.mimetype not in _FORM:
        raise UnsupportedMediaType(f"Send a form: {' or '.join(sorted(_FORM))}.")
    for name in request.form:
        if name not in known.fields and name not in _OTHERS:
            what = f'A record of the kind {known.kind} has no "{name[:60]}".'
            raise BadParameter(f"{what} {suggestion(name, known.fields)}")
    return {
        name: "\n".join(request.form.getlist(name))
        for name in request.form
        if name not in _OTHERS - known.fields.keys()
    }


def _draft(sheet: Sheet, given: Given) -> Record:
    """Return the record that the form asks for.

    Raises:
        Wrong: a field cannot be understood, or nothing differs from what is there.
    """
    faults: list[Fault] = []
    by = None
    try:
        asked = request.form.get
        if sheet.claimed:
            by = sheet.corrections.stated(asked("by-source", ""), asked("by-date", ""))
    except Wrong as wrong:
        faults.extend(wrong.faults)
    try:
        if sheet.record is None:
            draft = _drafted(sheet, given)
        else:
            draft = sheet.corrections.corrected(sheet.record, given, by)
    except Wrong as wrong:
        raise Wrong([*wrong.faults, *faults]) from wrong
    if faults:
        raise Wrong(faults)
    if draft is sheet.record:
        raise Wrong([Fault("", "You have changed nothing yet.")])
    return draft


def _drafted(sheet: Sheet, given: Given) -> Record:
    name = given.get("name", "").strip()
    if not name:
        raise Wrong([Fault("name", "A new record needs a name.")])
    slug = request.form.get("slug", "").strip() or drafts.slug(name)
    try:
        path = drafts.place(sheet.desk.folders, sheet.kind, slug[:100])
    except BadParameter as fault:
        raise Wrong([Fault("slug", str(fault))]) from fault
    if path.exists() or path.stem in sheet.desk.catalogue.slugs(sheet.kind):
        raise Wrong([Fault("slug", f"{sheet.kind}/{path.stem} is there already: correct it.")])
    return sheet.corrections.new(path, given)


def _warnings(sheet: Sheet, draft: Record) -> list[str]:
    """Return what is worth a look in a draft that conforms.

    Raises:
        Wrong: it does not conform.
    """
    findings = sheet.desk.findings(draft)
    names = {one.property: name for name, one in sheet.corrections.fields.items()}
    faults = [Fault(names.get(one.path, ""), _said(one)) for one in findings if one.fatal]
    if faults:
        raise Wrong(faults)
    return [_said(one) for one in findings]


def _said(one: Finding) -> str:
    return f"{one.message} (found: {one.value})" if one.value else one.message


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
