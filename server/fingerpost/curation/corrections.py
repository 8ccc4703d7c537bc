"""A record as a form shows it, and the record that a filled form asks for.

The form has what the record itself states. Its claims, and whatever the fields cannot say, stay
as they are: nothing that was accepted is lost by a correction.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from fingerpost.curation import drafts, fields
from fingerpost.curation.drafts import Stated, Value
from fingerpost.curation.fields import Field
from fingerpost.curation.known import short
from fingerpost.curation.words import Words
from fingerpost.errors import BadParameter, Preparing
from fingerpost.graph.records import Record
from fingerpost.graph.statement import Statement
from fingerpost.graph.vocabulary import RESOURCE_KINDS, curie, kind_and_slug, term

Names = Callable[[Sequence[str]], Mapping[str, str]]
"""The names by which those of some things are offered that have one, by their IRIs."""
Given = Mapping[str, str]
"""Name of a field → what stands in it, a value a line."""

LONGEST = 5_000
"""Characters that one value may have."""
MOST = 200
"""Values that one field may have."""
CLAIMED = frozenset({*RESOURCE_KINDS, "organization"})
"""The kinds of record of which a source can claim something."""

_NEVER_CLAIMED = frozenset(
    {"name", "description", "identifier", "note", "source", "statedOn", "verifiedOn"}
)
_HIDDEN = frozenset(
    "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffd"
)
"""Marks that turn the direction of a text, and what stands where there was no character."""
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True)
class Entry:
    """A field with the texts that stand for its values; `kept` are those that no text says."""

    field: Field
    texts: tuple[str, ...]
    kept: tuple[Value, ...] = ()

    @property
    def text(self) -> str:
        """Return what stands in the form."""
        return ("\n\n" if prose(self.field) else "\n").join(self.texts)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a field; with all of them where it names none."""

    field: str
    message: str


class Wrong(BadParameter):
    """What a form says cannot be understood; `faults` has one for each field."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Take the faults."""
        self.faults = tuple(faults)
        super().__init__(" ".join(one.message for one in faults))


@dataclass(frozen=True)
class Corrections:
    """What may be said of records of one kind, and in which words."""

    kind: str
    fields: Mapping[str, Field]
    words: Words
    names: Names

    def entries(self, record: Record | None) -> dict[str, Entry]:
        """Return every field, with what the record states."""
        names = self.names(_things(record)) if record else {}
        return {name: self._entry(field, record, names) for name, field in self.fields.items()}

    def understood(self, given: Given) -> dict[str, list[Value]]:
        """Return the values that the fields of a form name; fields may be missing.

        Raises:
            Wrong: some cannot be understood.
        """
        said: dict[str, list[Value]] = {}
        faults: list[Fault] = []
        for name, text in given.items():
            try:
                said[name] = self._values(self.fields[name], text)
            except BadParameter as fault:
                faults.append(Fault(name, _bare(name, str(fault))))
        if faults:
            raise Wrong(faults)
        return said

    def new(self, path: Path, given: Given) -> Record:
        """Return the record that a form asks for, to lie in a file that is not there yet.

        Raises:
            Wrong: a field cannot be understood, or another record has the name.
        """
        said = {name: values for name, values in self.understood(given).items() if values}
        self._unused(said.get("name", []), None)
        return drafts.new(path, said, self.fields)

    def corrected(self, record: Record, given: Given, by: Stated | None) -> Record:
        """Return the record as a form has it; the very same where nothing differs.

        What is new is claimed `by` a source where one is named, else stated.

        Raises:
            Wrong: a field cannot be understood.
        """
        said = self.understood(given)
        self._unused(said.get("name", []), record.node)
        before = {
            name: {self._value(entry.field, text) for text in entry.texts}
            for name, entry in self.entries(record).items()
            if name in said
        }
        gone = {
            Statement(record.node, self._property(name), value)
            for name, values in before.items()
            for value in values - set(said[name])
        }
        new = {name: [one for one in said[name] if one not in before[name]] for name in said}
        claimed = {n: v for n, v in new.items() if by and n not in _NEVER_CLAIMED}
        stated = {
            Statement(record.node, self._property(name), value)
            for name, values in new.items()
            if name not in claimed
            for value in values
        }
        changed = record
        if gone or stated:
            kept = [one for one in record.triples if one not in gone]
            changed = drafts.touched(replace(record, triples=(*kept, *sorted(stated, key=str))))
        if by:
            changed = drafts.amended(changed, claimed, self.fields, by)
        return changed

    def stated(self, source: str, when: str) -> Stated | None:
        """Return who says what is new, and when; None where nobody is named.

        Raises:
            Wrong: one of both is missing, or cannot be understood.
        """
        if not source.strip() and not when.strip():
            return None
        faults: list[Fault] = []
        by = self._read("by-source", fields.SOURCE, source, faults)
        on = self._read("by-date", fields.STATED_ON, when, faults)
        if not isinstance(by, NamedNode) or not isinstance(on, Literal):
            raise Wrong(faults)
        return Stated(by, on)

    def _unused(self, names: Sequence[Value], own: NamedNode | None) -> None:
        """Refuse the name of another record.

        Raises:
            Wrong: it is one.
        """
        for name in names:
            others = self.words.known.called(self.kind, name.value.casefold())
            if others and (own is None or own.value not in others):
                called = ", ".join(sorted(map(curie, others)))
                raise Wrong([Fault("name", f'"{name.value}" is the name of {called}.')])

    def _read(self, name: str, field: Field, text: str, faults: list[Fault]) -> Value | None:
        try:
            return self._value(field, text.strip())
        except BadParameter as fault:
            faults.append(Fault(name, _bare(field.name, str(fault))))
            return None

    def _entry(self, field: Field, record: Record | None, names: Mapping[str, str]) -> Entry:
        texts: list[str] = []
        kept: list[Value] = []
        for triple in record.triples if record else ():
            value = triple.object
            if record and (triple.subject, triple.predicate) == (
                record.node,
                term(field.property),
            ):
                if not isinstance(value, NamedNode | Literal):
                    continue
                text = self._text(field, value, names)
                if text is None:
                    kept.append(value)
                else:
                    texts.append(text)
        return Entry(field, tuple(sorted(texts, key=str.casefold)), tuple(kept))

    def _text(self, field: Field, value: Value, names: Mapping[str, str]) -> str | None:
        """Return the text that stands for a value; None where none means just this.

        As long as names cannot be looked up, addresses stand for things.
        """
        for text in _texts(value, names):
            with suppress(BadParameter, Preparing):
                if self._values(field, text) == [value]:
                    return text
        return None

    def _values(self, field: Field, text: str) -> list[Value]:
        found = [self._value(field, one) for one in split(field, text)]
        if len(found) > MOST:
            raise BadParameter(f"{field.name}: {len(found):,} values are more than {MOST}.")
        if field.single and len(found) > 1:
            raise BadParameter(f"{field.name}: give one value only.")
        return list(dict.fromkeys(found))

    def _value(self, field: Field, text: str) -> Value:
        _plain(field.name, text)
        try:
            return self.words.term(field, text)
        except ValueError as fault:
            raise BadParameter(f"{field.name}: this is no address: {fault}.") from fault

    def _property(self, name: str) -> NamedNode:
        return term(self.fields[name].property)


def _things(record: Record) -> list[str]:
    """Return the records and concepts that a record names."""
    found = {one.object.value for one in record.triples if isinstance(one.object, NamedNode)}
    return sorted(iri for iri in found if kind_and_slug(iri))


def _texts(value: Value, names: Mapping[str, str]) -> list[str]:
    if isinstance(value, NamedNode):
        return [names.get(value.value, short(value.value)), short(value.value)]
    return [value.value, "yes" if value.value == "true" else "no"]


def prose(field: Field) -> bool:
    """Say whether the values of a field are sentences, with an empty line between two."""
    return field.form == "text" and not field.pattern


def split(field: Field, text: str) -> list[str]:
    """Return the values that stand in a field of a form."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if prose(field):
        return [" ".join(one.split()) for one in _PARAGRAPHS.split(plain) if one.strip()]
    return [one.strip() for one in plain.split("\n") if one.strip()]


def _plain(name: str, text: str) -> None:
    """Refuse what is too long, and characters that nobody can see.

    Raises:
        BadParameter: there are such.
    """
    if len(text) > LONGEST:
        raise BadParameter(f"{name}: {len(text):,} characters are more than {LONGEST:,}.")
    for letter in text:
        if letter in _HIDDEN or unicodedata.category(letter) in {"Cc", "Cs", "Co", "Cn"}:
            raise BadParameter(
                f"{name}: the character U+{ord(letter):04X} cannot be seen; take it out."
            )


def _bare(name: str, message: str) -> str:
    """Return a message without the name of its field, which stands above it already."""
    text = message.removeprefix(f"{name}: ").removeprefix(f"{name} ")
    return text[:1].upper() + text[1:]
