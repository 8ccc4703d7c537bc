"""Putting values in the place of parameters, as terms and never as text."""

import datetime
import re
from collections.abc import Callable, Collection, Mapping

from pyoxigraph import Literal, NamedNode

from fingerpost.errors import BadParameter
from fingerpost.graph.vocabulary import IDS, KINDS, PREFIXES, SCHEMES, term
from fingerpost.queries.saved import IRIS, Parameter, SavedQuery, free
from fingerpost.suggest import suggestion

Term = NamedNode | Literal
Things = Callable[[str], Mapping[str, str]]
"""Given a class as a prefixed name, what has that class: IRI → preferred name."""
Having = Callable[[str, Collection[str]], Collection[str]]
"""Given a class and some IRIs, those of them that have it."""

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")
_SLUG = re.compile(r"[A-Za-z0-9._-]+")
_NUMBER = {
    "integer": re.compile(r"[+-]?[0-9]{1,18}"),
    "decimal": re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?"),
}
_BOOLEANS = {
    "true": "true",
    "1": "true",
    "yes": "true",
    "false": "false",
    "0": "false",
    "no": "false",
}
_PARTS_OF_DATE = {4: ("xsd:gYear", "-01-01"), 7: ("xsd:gYearMonth", "-01"), 10: ("xsd:date", "")}


def bind(
    query: SavedQuery, given: Mapping[str, str], things: Things, having: Having | None = None
) -> str:
    """Return the text of `query` with every parameter given, or defaulted, in place.

    With `having`, everything of a class is listed only to say what a wrong value may stand for.

    Raises:
        BadParameter: one is unknown, missing, or not of its type, class or choices.
    """
    terms = values(query, given, things, having)
    return _narrowed(query, given, "".join(_replace(piece, terms) for piece in query.pieces))


def values(
    query: SavedQuery, given: Mapping[str, str], things: Things, having: Having | None = None
) -> dict[str, Term]:
    """Return the terms that stand for the parameters of `query`; raises as `bind` does."""
    known = {one.name: one for one in query.parameters}
    for name in given:
        if name not in known and name not in query.values:
            raise BadParameter(f'{query.name} has no parameter "{name}". {_known(known, name)}')
    for name in query.values:
        known.pop(name, None)
    terms: dict[str, Term] = {}
    for name, one in known.items():
        value = given.get(name) or one.default
        if value is not None:
            terms[name] = value_of(one, value, things, having)
        elif one.required:
            raise BadParameter(f'{query.name} needs the parameter "{name}" ({describe(one)}).')
    return terms


def value_of(one: Parameter, text: str, things: Things, having: Having | None = None) -> Term:
    """Return `text` as the term that the parameter takes.

    Raises:
        BadParameter: it is not of the parameter's type, class or choices.
    """
    if one.choices and text not in one.choices:
        raise BadParameter(f'"{text}" is not a {one.name}. {suggestion(text, one.choices)}')
    if one.type == "iri":
        return NamedNode(_iri(one, text, things, having))
    if one.type in _NUMBER:
        return _matched(one, text, _NUMBER[one.type])
    if one.type == "boolean":
        if text.lower() not in _BOOLEANS:
            raise BadParameter(f'"{text}" is not a {one.name}: say true or false.')
        return Literal(_BOOLEANS[text.lower()], datatype=term("xsd:boolean"))
    return _date(one, text) if one.type == "date" else _literal(one, text)


def describe(one: Parameter) -> str:
    """Return in a few words what values the parameter takes."""
    if one.choices:
        return "one of " + ", ".join(one.choices)
    if one.class_:
        return f"the slug or IRI of a {one.class_}"
    said = {"iri": "an IRI", IRIS: "IRIs, parted by blanks", "date": "a date, month or year"}
    return said.get(one.type, f"a {one.type}")


def _replace(piece: str | Parameter, terms: Mapping[str, Term]) -> str:
    if isinstance(piece, str):
        return piece
    return str(terms[piece.name]) if piece.name in terms else piece.variable


def _narrowed(query: SavedQuery, given: Mapping[str, str], text: str) -> str:
    """Return the text with the IRIs that are given for a variable, where it may have any."""
    for variable in dict.fromkeys(query.values.values()):
        iris = [iri for name in query.named(variable) for iri in _iris(name, given)]
        only = f"VALUES ?{variable} {{ {' '.join(f'<{iri}>' for iri in iris)} }}"
        text = text.replace(free(variable), only if iris else "")
    return text


def _iris(name: str, given: Mapping[str, str]) -> list[str]:
    """Return the IRIs that are given for a parameter."""
    iris = given.get(name, "").split()
    for iri in iris:
        if not _ABSOLUTE.fullmatch(iri):
            raise BadParameter(f'"{iri}" in {name} is no absolute IRI.')
    return iris


def _known(known: Mapping[str, Parameter], name: str) -> str:
    return suggestion(name, known) if known else "It takes none."


def _iri(one: Parameter, text: str, things: Things, having: Having | None) -> str:
    prefix, _, local = text.partition(":")
    expanded = PREFIXES[prefix] + local if prefix in PREFIXES else text
    if not one.class_:
        if _ABSOLUTE.fullmatch(expanded):
            return expanded
        raise BadParameter(f'"{text}" is not a {one.name}: give an absolute IRI.')
    found = having(one.class_, _meant(text, expanded)) if having else ()
    if expanded in found:
        return expanded
    if len(found) == 1:
        return next(iter(found))
    allowed = things(one.class_)
    if expanded in allowed:
        return expanded
    ends = [iri for iri in allowed if iri.startswith(IDS) and iri.endswith(f"/{text}")]
    if len(ends) == 1:
        return ends[0]
    slugs = [iri.removeprefix(IDS).split("/", 1)[-1] for iri in allowed if iri.startswith(IDS)]
    raise BadParameter(f'"{text}" is not a {one.name}. {suggestion(text, slugs)}')


def _meant(text: str, expanded: str) -> list[str]:
    """Return the IRIs that a text may stand for: itself, or the end of an IRI of ours."""
    if _ABSOLUTE.fullmatch(expanded):
        return [expanded] if _is_iri(expanded) else []
    if _SLUG.fullmatch(text):
        return [f"{IDS}{kind}/{text}" for kind in (*KINDS, *SCHEMES)]
    return [IDS + text] if _SLUG.fullmatch(text.replace("/", "-", 1)) else []


def _is_iri(text: str) -> bool:
    try:
        return bool(NamedNode(text).value)
    except ValueError:
        return False


def _matched(one: Parameter, text: str, pattern: re.Pattern[str]) -> Literal:
    if not pattern.fullmatch(text):
        raise BadParameter(f'"{text}" is not a {one.name}: give a {one.type}.')
    return Literal(text, datatype=term(f"xsd:{one.type}"))


def _date(one: Parameter, text: str) -> Literal:
    type_, rest = _PARTS_OF_DATE.get(len(text), ("", ""))
    try:
        datetime.date.fromisoformat(text + rest)
    except ValueError as fault:
        raise BadParameter(
            f'"{text}" is not a {one.name}: give a day, month or year such as 2025-07-31.'
        ) from fault
    if not type_:
        raise BadParameter(f'"{text}" is not a {one.name}: give a day such as 2025-07-31.')
    return Literal(text, datatype=term(type_))


def _literal(one: Parameter, text: str) -> Literal:
    if any(character < " " and character not in "\t\n" for character in text):
        raise BadParameter(f"The {one.name} holds a control character.")
    return Literal(text)
