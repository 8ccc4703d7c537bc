"""The rows of a SELECT, for code that goes on with them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolution,
    QuerySolutions,
    parse_query_results,
)

from fingerpost.engine import Engine, Query
from fingerpost.engine.results import JSON
from fingerpost.errors import AnswerTooLarge, QueryOutOfTime

Row = dict[str, str]
"""Variable → lexical form of its value; an unbound variable is absent."""
PATIENCE = 30
"""How many times as long as a query of others one about the whole graph may take: what is counted
of a hundred million statements on a disk takes minutes."""
_AT_ONCE = 500
"""Things that are asked about in one query, which is short enough for every engine."""


@dataclass(frozen=True)
class Table:
    """The answer to a SELECT: names of columns, and rows in order."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def table(engine: Engine, text: str) -> Table:
    """Return the answer to a SELECT query; raises as `Engine.answer` does."""
    return read(engine.answer(Query(text), JSON))


def read(answer: bytes) -> Table:
    """Return an answer to a SELECT query, written in `results.JSON`."""
    names, found = _parsed(answer)
    return Table(names, tuple(found))


def select(engine: Engine, text: str) -> tuple[Row, ...]:
    """Return the rows of a SELECT query; raises as `Engine.answer` does."""
    return table(engine, text).rows


def whole(engine: Engine, text: str) -> tuple[Row, ...]:
    """Return the rows of a SELECT query of our own about the whole graph, the same for everybody.

    It is answered once a generation, and may take longer than a query of others; raises as
    `Engine.answer` does.
    """
    return read(engine.answer(standing(text), JSON)).rows


def soon(engine: Engine, text: str) -> tuple[Row, ...]:
    """Return the rows of such a query that somebody waits for.

    It is asked as others ask, and as `whole` does only where that is not enough: what may take long
    is answered one after the other, most of it for nobody who waits.
    """
    try:
        return read(engine.answer(Query(text, sound=True), JSON)).rows
    except (QueryOutOfTime, AnswerTooLarge):
        return whole(engine, text)


def each(engine: Engine, text: str) -> Iterator[Row]:
    """Yield the rows of such a query one by one: a million in memory at once are a gigabyte."""
    yield from streamed(engine, standing(text))


def streamed(engine: Engine, query: Query) -> Iterator[Row]:
    """Yield the rows of a SELECT query one by one; raises as `Engine.answer` does."""
    with engine.fetch(query, JSON).opened() as answer:
        _, found = _parsed(answer)
        yield from found


def about(engine: Engine, text: str, iris: Sequence[str], **more: str) -> Iterator[Row]:
    """Yield the rows of a SELECT about any number of things, which it has where `{things}` stands.

    It is asked about some at a time, with `more` in its places; raises as `Engine.answer` does.
    """
    for start in range(0, len(iris), _AT_ONCE):
        things = " ".join(f"<{iri}>" for iri in iris[start : start + _AT_ONCE])
        yield from select(engine, text.format(things=things, **more))


def standing(text: str) -> Query:
    """Return such a query."""
    return Query(text, sound=True, patience=PATIENCE)


def _parsed(answer: bytes | BinaryIO) -> tuple[tuple[str, ...], Iterator[Row]]:
    """Return the variables of the answer to a SELECT query, and its rows as they are read."""
    found = parse_query_results(answer, QueryResultsFormat.JSON)
    if not isinstance(found, QuerySolutions):
        raise TypeError("not a SELECT query")
    names = tuple(variable.value for variable in found.variables)
    return names, (_row(names, solution) for solution in found)


def _row(names: Sequence[str], solution: QuerySolution) -> Row:
    values = zip(names, solution, strict=True)
    return {name: _lexical(value) for name, value in values if value is not None}


def _lexical(value: object) -> str:
    if isinstance(value, (NamedNode, BlankNode, Literal)):
        return value.value
    return str(value)
