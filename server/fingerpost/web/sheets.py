"""A form for a record that somebody fills in: what it is about, what it says, what comes of it."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from fingerpost.curation import drafts
from fingerpost.curation.corrections import CLAIMED, Corrections, Fault, Given, Wrong
from fingerpost.errors import BadParameter, UnknownRecord, UnsupportedMediaType
from fingerpost.graph import dataset
from fingerpost.graph.records import Record
from fingerpost.graph.vocabulary import KINDS
from fingerpost.suggest import suggestion
from fingerpost.web.desk import Desk, desk

if TYPE_CHECKING:
    from fingerpost.trial import Finding

LARGEST = 256 * 1024
"""Bytes that a filled form may have."""


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

    @cached_property
    def name(self) -> str:
        """What the record is called, or what it will be."""
        if self.record is None:
            return f"a new {self.kind} record"
        return self.desk.name(self.record.node.value) or self.record.slug

    @property
    def claims(self) -> int:
        """How many claims stay as they are."""
        return len(dataset.claims(self.record.triples)) if self.record else 0

    @property
    def claimed(self) -> bool:
        """Whether what is new can be the claim of another source."""
        return self.record is not None and self.kind in CLAIMED


def new(kind: str) -> Sheet:
    """Return the form for a new record.

    Raises:
        UnknownRecord: there is no such kind.
    """
    if kind not in KINDS:
        raise UnknownRecord(f'"{kind}" is no kind of record. {suggestion(kind, KINDS)}')
    now = desk()
    return Sheet(now, now.corrections(kind), None)


def of(kind: str, slug: str) -> Sheet:
    """Return the form for a record that is there.

    Raises:
        UnknownRecord: it is not, or has no file.
    """
    known = new(kind)
    return Sheet(known.desk, known.corrections, known.desk.record(kind, slug))


def given(known: Corrections) -> Given:
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


def draft(sheet: Sheet, given: Given) -> Record:
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
            found = _drafted(sheet, given)
        else:
            found = sheet.corrections.corrected(sheet.record, given, by)
    except Wrong as wrong:
        raise Wrong([*wrong.faults, *faults]) from wrong
    if faults:
        raise Wrong(faults)
    if found is sheet.record:
        raise Wrong([Fault("", "You have changed nothing yet.")])
    return found


def _drafted(sheet: Sheet, given: Given) -> Record:
    name = given.get("name", "").strip()
    if not name:
        raise Wrong([Fault("name", "A new record needs a name.")])
    slug = request.form.get("slug", "").strip() or drafts.slug(name)
    try:
        path = drafts.place(sheet.desk.folders, sheet.kind, slug[:100])
    except BadParameter as fault:
        raise Wrong([Fault("slug", str(fault))]) from fault
    if path.exists() or sheet.desk.catalogue.knows(sheet.kind, path.stem):
        raise Wrong([Fault("slug", f"{sheet.kind}/{path.stem} is there already: correct it.")])
    return sheet.corrections.new(path, given)


def warnings(sheet: Sheet, draft: Record) -> list[str]:
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


def _said(one: "Finding") -> str:
    return f"{one.message} (found: {one.value})" if one.value else one.message
