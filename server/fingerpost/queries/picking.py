"""Answers that are rows of a kept one: those that pass what values say of its columns.

In a saved query the line `# Leaves out rows.` stands before a FILTER that looks at parameters that
may be left out and at columns of the answer, and at nothing else but what the graph says of such a
parameter. What the answer is with a value is then what it is without one, less the rows that the
FILTER does not let pass. So the engine looks at the different values that the columns have, and of
the rows those are read that a page shows.
`# Leaves out rows of curate/counts.` says it of the rows of another saved query, with the same
columns in the same order, that is answered without a value.

The FILTER may look at the clock too, in the same query: then the rows are those without it. And it
may look at variables that are not selected, of which each row has one: these are columns of what is
kept until it is told which rows have which values.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile

from pyoxigraph import Literal, NamedNode

from fingerpost.engine import cached, guard, tokens
from fingerpost.engine.tokens import CLOSE, OPEN, Token
from fingerpost.queries import bind, ordering, saved
from fingerpost.queries.bind import Having, Things
from fingerpost.queries.saved import SavedQuery

Columns = tuple[str, ...]
"""Columns of which the values in a row are looked at together."""
Terms = Mapping[str, Mapping[str, str]]
"""A row of an answer in JSON."""

NUMBER = "number__"
"""The column of `texts` that tells which values pass."""
ROOM = 10 * guard.LENGTH
"""Characters that the different values of columns may have together."""
LONGEST = guard.LENGTH // 2
"""Characters of one of them: it is named in a query."""

_KNOWN = 1_000
"""Texts of queries that are read once: they are the same in each generation."""
_MARK = re.compile(r"# Leaves out rows(?: of ([A-Za-z0-9/-]+))?\.")
_VALUES = "UNDEF"
_MOST = guard.LENGTH
"""Characters of a query that names values."""


@dataclass(frozen=True)
class Pick:
    """A FILTER on columns of an answer: its text, the parameters in it, and the columns.

    `of` is the saved query that gives the rows without a value.
    """

    of: str
    text: str
    parameters: frozenset[str]
    columns: Columns

    @property
    def timed(self) -> bool:
        """Whether it looks at the clock, so that it leaves out rows without a value, too."""
        return cached.volatile(self.text)


_Marked = tuple[Pick, slice]
"""A condition, and the place of its words with the mark before it."""


def every(query: SavedQuery) -> tuple[Pick, ...]:
    """Return all that a saved query says of its columns alone."""
    return tuple(pick for pick, _ in _marked(query))


def timed(query: SavedQuery) -> bool:
    """Return whether an answer without a value is less than what is kept."""
    return any(pick.timed for pick in every(query))


def whole(query: SavedQuery, columns: Iterable[str]) -> SavedQuery:
    """Return the query whose rows are kept: whatever the clock says, and with more columns."""
    words = list(query.words)
    for pick, place in reversed(list(_marked(query))):
        if pick.timed:
            del words[place]
    end = ordering.pattern(words)
    texts = [one.text for one in words]
    text = "".join([*texts[:end], *(f"?{one} " for one in columns), *texts[end:]])
    return replace(query, text=text, _bare={})


def needed(query: SavedQuery, given: Collection[str]) -> tuple[Pick, ...]:
    """Return what parameters with a value say of columns; nothing where that is not all."""
    found = tuple(one for one in every(query) if one.timed or one.parameters.intersection(given))
    told = frozenset[str]().union(*(one.parameters for one in found))
    alike = len({one.of for one in found}) == 1
    return found if alike and told.issuperset(given) else ()


def among(query: SavedQuery, given: Mapping[str, str]) -> tuple[Pick, ...]:
    """Return what some of the values that are given say of the columns of a query's own rows."""
    told = {one for one in given if given[one]}
    own = (one for one in every(query) if one.of == query.name and not one.timed)
    return tuple(one for one in own if one.parameters & told)


def empty(query: SavedQuery) -> str:
    """Return an answer without a row, in `results.JSON`."""
    columns = [one.removeprefix("?") for one in ordering.selected(query.words)]
    return json.dumps({"head": {"vars": columns}, "results": {"bindings": []}})


def texts(
    query: SavedQuery,
    pick: Pick,
    given: Mapping[str, str],
    values: Iterable[str],
    things: Things,
    having: Having,
) -> Iterator[str]:
    """Yield SELECTs for the numbers, from 0, of those values that pass; `written` gives these.

    Each names as many of them as it has room for.

    Raises:
        BadParameter: a parameter has a value that it does not take.
    """
    head = takewhile(lambda token: token.text.upper() != "SELECT", query.words)
    prologue = "".join(token.text for token in head if token.kind != "comment")
    columns = " ".join(f"?{one}" for one in (*pick.columns, NUMBER))
    asked = f"SELECT ?{NUMBER} WHERE {{ VALUES ({columns}) {{ {_VALUES} }} {pick.text} }}"
    bound = bind.bind(replace(query, text=prologue + asked), given, things, having)
    before, _, behind = bound.partition(_VALUES)
    rows = (f"({value} {number}) " for number, value in enumerate(values))
    for some in _together(rows, _MOST - len(before) - len(behind)):
        yield before + some + behind


def written(row: Terms, columns: Columns) -> str | None:
    """Return the values of columns in a row as SPARQL has them; None where one is a blank node."""
    terms = [_term(row.get(column)) for column in columns]
    return " ".join(terms) if all(terms) else None


def _together(rows: Iterable[str], room: int) -> Iterator[str]:
    """Yield texts one behind the other, as many at once as there is room for, and at least one."""
    some, size = list[str](), 0
    for row in rows:
        if some and size + len(row) > room:
            yield "".join(some)
            some, size = [], 0
        some.append(row)
        size += len(row)
    yield "".join(some)


def _marked(query: SavedQuery) -> tuple[_Marked, ...]:
    """Return the conditions that stand behind the mark, and which words each has."""
    return _marks(query.name, query.text) if _MARK.search(query.text) else ()


@lru_cache(_KNOWN)
def _marks(query: str, text: str) -> tuple[_Marked, ...]:
    return tuple(_each(query, list(tokens.tokens(text))))


def _each(query: str, words: Sequence[Token]) -> Iterator[_Marked]:
    for place, token in enumerate(words):
        mark = _MARK.fullmatch(token.text.strip()) if token.kind == "comment" else None
        if mark:
            behind = list(_condition(words[place + 1 :]))
            condition = [one for one in behind if one.kind != "comment"]
            found = {one.text: saved.parameter(one) for one in condition if one.kind == "variable"}
            pick = Pick(
                mark.group(1) or query,
                "".join(one.text for one in condition),
                frozenset(one[0] for one in found.values() if one),
                tuple(name[1:] for name, parameter in found.items() if not parameter),
            )
            yield pick, slice(place, place + 1 + len(behind))


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
