"""From what a curator writes to a term: names and slugs, addresses, dates, numbers, texts."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from fingerpost.catalogue import Catalogue
from fingerpost.curation.fields import Field
from fingerpost.engine import Engine, rows
from fingerpost.errors import AmbiguousConcept, BadParameter, UnknownConcept
from fingerpost.graph.vocabulary import DATE, kind_and_slug, record_iri, term
from fingerpost.recommend.concepts import Concepts
from fingerpost.suggest import suggestion

_NAMES = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing ?name
WHERE { VALUES ?naming { skos:prefLabel skos:altLabel } ?thing ?naming ?name }
ORDER BY ?thing ?name
"""
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
    """What names mean in one graph: its concepts, and its records by slug and by name."""

    concepts: Concepts
    names: Mapping[str, Mapping[str, frozenset[str]]]

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
        if kind in field.kinds and slug in self.names.get(kind, {}):
            return record_iri(kind, slug)
        if field.kinds[0] in _UNDERSTOOD:
            return self._concept(field, text)
        found = {iri for kind in field.kinds for iri in self._called(kind, text)}
        if len(found) == 1:
            return found.pop()
        if found:
            raise BadParameter(
                f'{field.name}: "{text}" may mean {", ".join(sorted(map(_short, found)))}. '
                "Give one of these."
            )
        known = {
            _short(iri)
            for kind in field.kinds
            for iris in self.names.get(kind, {}).values()
            for iri in iris
        }
        what = field.kinds[0].replace("-", " ") if len(field.kinds) == 1 else "record"
        raise BadParameter(f'{field.name}: no {what} is called "{text}". {suggestion(text, known)}')

    def _called(self, kind: str, text: str) -> frozenset[str]:
        known = self.names.get(kind, {})
        return known.get(text, frozenset()) or known.get(text.casefold(), frozenset())

    def _concept(self, field: Field, text: str) -> str:
        try:
            return self.concepts.find(text, (_UNDERSTOOD[field.kinds[0]],)).iri
        except (UnknownConcept, AmbiguousConcept) as fault:
            raise BadParameter(f"{field.name}: {fault}") from fault


def words(opened: Catalogue) -> Words:
    """Return what names mean in a catalogue."""
    return Words(opened.concepts, _names(opened.engine))


def _names(engine: Engine) -> dict[str, dict[str, frozenset[str]]]:
    """Return kind → slug or name, in its own case and in small letters → IRIs."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows.whole(engine, _NAMES):
        kind, slug = kind_and_slug(row["thing"]) or ("", "")
        if kind and "#" not in row["thing"]:
            for name in {slug, row["name"], row["name"].casefold()}:
                found[kind][name].add(row["thing"])
    return {k: {n: frozenset(i) for n, i in names.items()} for k, names in found.items()}


def _short(iri: str) -> str:
    return "/".join(kind_and_slug(iri) or (iri,))


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
