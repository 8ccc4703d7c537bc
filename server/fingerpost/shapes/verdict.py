"""What is known of whether a value, or several together, pass a test of SHACL (2017, 4.2 to 4.8).

A verdict is None where it hangs on how pyshacl reads a term: of a number or a date only the
plainest forms are sure, and of two such values not even that they are two.
"""

import datetime
import re
from collections.abc import Callable, Collection, Iterable
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Triple

from fingerpost.graph.vocabulary import Term, term

Verdict = bool | None
Values = Collection[Term]

_STRING, _DATE = term("xsd:string"), term("xsd:date")
_INTEGER, _DECIMAL = term("xsd:integer"), term("xsd:decimal")
_TEXTS = {_STRING, term("rdf:langString")}
_NUMBERS = {
    _INTEGER: re.compile(r"0|-?[1-9][0-9]{0,17}"),
    _DECIMAL: re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?"),
}
_WELL_FORMED = {
    **_NUMBERS,
    _DATE: re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}"),
    term("xsd:boolean"): re.compile(r"true|false"),
    term("xsd:gYear"): re.compile(r"[12][0-9]{3}"),
    term("xsd:gYearMonth"): re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])"),
}


def every(verdicts: Iterable[Verdict]) -> Verdict:
    """Return whether all hold."""
    found: Verdict = True
    for verdict in verdicts:
        if verdict is False:
            return False
        if verdict is None:
            found = None
    return found


def some(verdicts: Iterable[Verdict]) -> Verdict:
    """Return whether one holds at least."""
    return reverse(every(map(reverse, verdicts)))


def just_one(verdicts: Iterable[Verdict]) -> Verdict:
    """Return whether one holds and no other."""
    return so_many(1, 1, verdicts)


def so_many(least: int, most: int | None, verdicts: Iterable[Verdict]) -> Verdict:
    """Return whether a number of them hold, of which there are all if `most` is None."""
    found = list(verdicts)
    if None in found:
        return None
    held = found.count(True)
    return least <= held and (most is None or held <= most)


def reverse(verdict: Verdict) -> Verdict:
    """Return the opposite verdict, where there is one."""
    return None if verdict is None else not verdict


def nobody_knows(_: object) -> Verdict:
    """Return no verdict."""
    return None


def doubtful(value: Term) -> bool:
    """Return whether pyshacl may take a value for the same as another, or for something else."""
    if isinstance(value, Literal):
        return value.datatype not in _TEXTS
    return not isinstance(value, NamedNode)


def at_least(least: int, values: Values) -> Verdict:
    """Return whether there are so many values."""
    if len(values) < least:
        return False
    return None if least > 1 and any(map(doubtful, values)) else True


def at_most(most: int, values: Values) -> Verdict:
    """Return whether there are no more values."""
    if len(values) <= most:
        return True
    return None if most and any(map(doubtful, values)) else False


def holds(wanted: Term, values: Values) -> Verdict:
    """Return whether a value is among those there are."""
    if wanted in values:
        return True
    return None if any(map(doubtful, values)) else False


def languages_apart(values: Values) -> Verdict:
    """Return whether no two texts are in one language."""
    tags = [v.language.lower() for v in values if isinstance(v, Literal) and v.language]
    return True if len(tags) == len(set(tags)) else None


def of_datatype(datatype: Term, value: Term) -> Verdict:
    """Return whether a value is a literal of a datatype, and well-formed."""
    if not isinstance(value, Literal):
        return False if isinstance(value, NamedNode) else None
    if datatype not in _TEXTS and datatype not in _WELL_FORMED:
        return None
    found = value.datatype
    if found != datatype:
        return False
    if found in _TEXTS:
        return True
    if not _WELL_FORMED[found].fullmatch(value.value):
        return None
    return _is_day(value.value) if found == _DATE else True


def is_iri(value: Term) -> Verdict:
    """Return whether a value is an IRI."""
    return None if isinstance(value, Triple) else isinstance(value, NamedNode)


def matches(pattern: re.Pattern[str], value: Term) -> Verdict:
    """Return whether a pattern is found in a value."""
    text = _text(value)
    return None if text is None else pattern.search(text) is not None


def so_long(least: int, most: int | None, value: Term) -> Verdict:
    """Return whether a value has so many characters."""
    text = _text(value)
    return None if text is None else least <= len(text) and (most is None or len(text) <= most)


def within(
    compare: Callable[[Decimal, Decimal], bool], limit: Decimal | None, value: Term
) -> Verdict:
    """Return how a number compares with a limit."""
    found = number(value)
    return None if found is None or limit is None else compare(found, limit)


def number(value: Term) -> Decimal | None:
    """Return a whole or decimal number in its plainest form; None for anything else."""
    if not isinstance(value, Literal) or value.datatype not in _NUMBERS:
        return None
    plain = _NUMBERS[value.datatype].fullmatch(value.value)
    return Decimal(value.value) if plain else None


def in_language(tags: frozenset[str], value: Term) -> Verdict:
    """Return whether a value is a text in one of some languages, by their plain tags."""
    if not isinstance(value, Literal) or not value.language:
        return False
    tag = value.language.lower()
    return True if tag in tags else None if "-" in tag or "*" in tags else False


def among(values: frozenset[Term], value: Term) -> Verdict:
    """Return whether a value is one of some."""
    return True if value in values else None if doubtful(value) else False


def _text(value: Term) -> str | None:
    if doubtful(value) or not isinstance(value, Literal | NamedNode):
        return None
    return value.value


def _is_day(text: str) -> Verdict:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return True
