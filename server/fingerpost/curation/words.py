"""From what a curator writes to a term: names and slugs, addresses, dates, numbers, texts."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from fingerpost.catalogue import Catalogue
from fingerpost.curation import known
from fingerpost.curation.fields import Field
from fingerpost.curation.known import Known, short
from fingerpost.errors import AmbiguousConcept, BadParameter, UnknownConcept
from fingerpost.graph.vocabulary import DATE, kind_and_slug, record_iri, term
from fingerpost.recommend.concepts import Concepts
from fingerpost.suggest import suggestion

_UNDERSTOOD = {"data-type": "fp:DataType", "technique": "fp:Technique", "phase": "fp:Phase"}
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_DATES = (
    (re.compile(r"[12][0-9]{3}"), "xsd:gYear"),
    (re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])"), "xsd:gYearMonth"),
    (re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"), "xsd:date"),
)
_DURATION = re.compile(r"P(?=[0-9T])([0-9]+Y)?([0-9]+M)?([0-9]+D)?(T([0-9]+H)?([0-9]+M)?)?")
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
_TRUTHS = {
    "yes": "true",
    "true": "true",
    "1": "true",
    "no": "false",
    "false": "false",
    "0": "false",
}


@dataclass(frozen=True)
class Words:
    """What names mean in one graph: its concepts, and its records by slug and by name.

    Whatever looks a name up raises `Preparing` where it cannot be looked up yet.
    """

    concepts: Concepts
    known: Known

    def term(self, field: Field, text: str) -> NamedNode | Literal:
        """Return the value of a field that `text` stands for.

        Raises:
            BadParameter: it is none; the message names the field and what would be right.
        """
        text = text.strip()
        if not text:
            raise BadParameter(f"{field.name} is empty: {field.help or 'give a value.'}")
        if field.form == "thing":
            return self.thing(field, text)
        return _MAKERS[field.form](field, text)

    def thing(self, field: Field, text: str) -> NamedNode:
        """Return the record or concept that `text` names; raises as `term` does."""
        return NamedNode(self._thing(field, text))

    def _thing(self, field: Field, text: str) -> str:
        before, _, after = re.sub("[:/]", " ", text, count=1).partition(" ")
        kind, slug = kind_and_slug(text) or (before, after)
        if kind in field.kinds and self.known.has(kind, slug):
            return record_iri(kind, slug)
        if field.kinds[0] in _UNDERSTOOD:
            return self._concept(field, text)
        found = {iri for kind in field.kinds for iri in self._called(kind, text)}
        if len(found) == 1:
            return found.pop()
        if found:
            raise BadParameter(
                f'{field.name}: "{text}" may mean {", ".join(sorted(map(short, found)))}. '
                "Give one of these."
            )
        what = field.kinds[0].replace("-", " ") if len(field.kinds) == 1 else "record"
        hint = self.known.hint(field.kinds, text)
        raise BadParameter(f'{field.name}: no {what} is called "{text}". {hint}'.rstrip())

    def _called(self, kind: str, text: str) -> frozenset[str]:
        return self.known.called(kind, text) or self.known.called(kind, text.casefold())

    def _concept(self, field: Field, text: str) -> str:
        try:
            return self.concepts.find(text, (_UNDERSTOOD[field.kinds[0]],)).iri
        except (UnknownConcept, AmbiguousConcept) as fault:
            raise BadParameter(f"{field.name}: {fault}") from fault


def words(opened: Catalogue) -> Words:
    """Return what names mean in a catalogue, all of which are read."""
    return Words(opened.concepts, known.read(opened.engine))


def _text(field: Field, text: str) -> Literal:
    _allowed(field, text)
    return Literal(text, language="en")


def _string(field: Field, text: str) -> Literal:
    _allowed(field, text)
    return Literal(text)


def _allowed(field: Field, text: str) -> None:
    if field.choices and text not in field.choices:
        raise BadParameter(f'{field.name}: not "{text}". {suggestion(text, field.choices)}')
    if field.pattern and not re.search(field.pattern.replace("\\\\", "\\"), text):
        raise BadParameter(
            f'{field.name}: "{text}" has not the form that it must have. {field.help}'
        )


def _address(field: Field, text: str) -> NamedNode:
    if not _ADDRESS.fullmatch(text):
        raise BadParameter(
            f'{field.name}: "{text}" is no address: it begins with https:// and has no blanks.'
        )
    return NamedNode(text)


def date(field: Field, text: str) -> Literal:
    """Return a year, a month or a day, as precise as it is given.

    Raises:
        BadParameter: it is none of these.
    """
    for pattern, datatype in _DATES:
        if pattern.fullmatch(text):
            return Literal(text, datatype=term(datatype))
    raise BadParameter(f'{field.name}: "{text}" is no date: give 2026, 2026-07 or 2026-07-31.')


def _day(field: Field, text: str) -> Literal:
    if not _DATES[2][0].fullmatch(text):
        raise BadParameter(f'{field.name}: "{text}" is no day: give it as 2026-07-31.')
    return Literal(text, datatype=DATE)


def _duration(field: Field, text: str) -> Literal:
    if not _DURATION.fullmatch(text):
        raise BadParameter(f'{field.name}: "{text}" is no duration: give it as P30D for 30 days.')
    return Literal(text, datatype=term("xsd:duration"))


def _number(field: Field, text: str) -> Literal:
    if not _NUMBER.fullmatch(text):
        raise BadParameter(f'{field.name}: "{text}" is no number.')
    return Literal(text, datatype=term("xsd:decimal" if "." in text else "xsd:integer"))


def _truth(field: Field, text: str) -> Literal:
    if text.casefold() not in _TRUTHS:
        raise BadParameter(f'{field.name}: "{text}" is neither yes nor no.')
    return Literal(_TRUTHS[text.casefold()], datatype=term("xsd:boolean"))


_MAKERS: Mapping[str, Callable[[Field, str], NamedNode | Literal]] = {
    "text": _text,
    "string": _string,
    "address": _address,
    "date": date,
    "day": _day,
    "duration": _duration,
    "number": _number,
    "truth": _truth,
}
