"""Answers that are rows of a kept one: those that pass what values say of its columns.

In a saved query the line `# Leaves out rows.` stands before a FILTER that looks at parameters that
may be left out and at columns of the answer, and at nothing else. What the answer is with a value
is then what it is without one, less the rows that the FILTER does not let pass. So the engine looks
at the different values that the columns have, and of the rows those are read that a page shows.
`# Leaves out rows of curate/counts.` says it of the rows of another saved query, with the same
columns in the same order, that is answered without a value.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from pyoxigraph import Literal, NamedNode

from fingerpost.engine import guard
from fingerpost.engine.tokens import CLOSE, OPEN, Token
from fingerpost.queries import bind, saved
from fingerpost.queries.bind import Having, Things
from fingerpost.queries.saved import SavedQuery

Columns = tuple[str, ...]
"""Columns of which the values in a row are looked at together."""
Terms = Mapping[str, Mapping[str, str]]
"""A row of an answer in JSON."""

NUMBER = "number__"
"""The column of `text` that tells which values pass."""
ROOM = guard.LENGTH // 2
"""Characters that the different values of columns may have together."""

_MARK = re.compile(r"# Leaves out rows(?: of ([A-Za-z0-9/-]+))?\.")
_VALUES = "UNDEF"


@dataclass(frozen=True)
class Pick:
    """A FILTER on columns of an answer: its text, the parameters in it, and the columns.

    `of` is the saved query that gives the rows without a value.
    """

    of: str
    text: str
    parameters: frozenset[str]
    columns: Columns


def every(query: SavedQuery) -> tuple[Pick, ...]:
    """Return all that a saved query says of its columns alone."""
    return tuple(_marked(query)) if _MARK.search(query.text) else ()


def needed(query: SavedQuery, given: Collection[str]) -> tuple[Pick, ...]:
    """Return what parameters with a value say of columns; nothing where that is not all."""
    found = tuple(one for one in every(query) if one.parameters.intersection(given))
    told = frozenset[str]().union(*(one.parameters for one in found))
    alike = len({one.of for one in found}) == 1
    return found if alike and told.issuperset(given) else ()


def text(
    query: SavedQuery,
    pick: Pick,
    given: Mapping[str, str],
    values: Sequence[str],
    things: Things,
    having: Having,
) -> str:
    """Return a SELECT for the numbers, from 0, of those values that pass; `written` gives these.

    Raises:
        BadParameter: a parameter has a value that it does not take.
    """
    head = takewhile(lambda token: token.text.upper() != "SELECT", query.words)
    prologue = "".join(token.text for token in head if token.kind != "comment")
    columns = " ".join(f"?{one}" for one in (*pick.columns, NUMBER))
    asked = f"SELECT ?{NUMBER} WHERE {{ VALUES ({columns}) {{ {_VALUES} }} {pick.text} }}"
    bound = bind.bind(replace(query, text=prologue + asked), given, things, having)
    before, _, behind = bound.partition(_VALUES)
    rows = " ".join(f"({value} {number})" for number, value in enumerate(values))
    return before + rows + behind


def written(row: Terms, columns: Columns) -> str | None:
    """Return the values of columns in a row as SPARQL has them; None where one is a blank node."""
    terms = [_term(row.get(column)) for column in columns]
    return " ".join(terms) if all(terms) else None


def _marked(query: SavedQuery) -> Iterator[Pick]:
    """Yield the conditions that stand behind the mark."""
    for place, token in enumerate(query.words):
        mark = _MARK.fullmatch(token.text.strip()) if token.kind == "comment" else None
        if mark:
            behind = _condition(query.words[place + 1 :])
            condition = [one for one in behind if one.kind != "comment"]
            found = {one.text: saved.parameter(one) for one in condition if one.kind == "variable"}
            yield Pick(
                mark.group(1) or query.name,
                "".join(one.text for one in condition),
                frozenset(one[0] for one in found.values() if one),
                tuple(name[1:] for name, parameter in found.items() if not parameter),
            )


def _condition(every: Sequence[Token]) -> Iterator[Token]:
    """Yield the words up to where the first brackets end."""
    depth = 0
    for token in every:
        depth += (token.text in OPEN) - (token.text in CLOSE)
        yield token
        if token.text in CLOSE and depth == 0:
            return


def _term(value: Mapping[str, str] | None) -> str:
    """Return a term as SPARQL has it, an empty text for a blank node."""
    if value is None:
        return "UNDEF"
    if value["type"] == "uri":
        return str(NamedNode(value["value"]))
    if value["type"] != "literal":
        return ""
    language, type_ = value.get("xml:lang"), value.get("datatype")
    datatype = NamedNode(type_) if type_ and not language else None
    return str(Literal(value["value"], datatype=datatype, language=language))
