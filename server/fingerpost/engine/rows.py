"""The rows of a SELECT, for code that goes on with them."""

from dataclasses import dataclass

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    parse_query_results,
)

from fingerpost.engine import Engine, Query
from fingerpost.engine.results import JSON

Row = dict[str, str]
"""Variable → lexical form of its value; an unbound variable is absent."""


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
    found = parse_query_results(answer, QueryResultsFormat.JSON)
    if not isinstance(found, QuerySolutions):
        raise TypeError("not a SELECT query")
    names = tuple(variable.value for variable in found.variables)
    lines = []
    for solution in found:
        values = zip(names, solution, strict=True)
        lines.append({name: _lexical(value) for name, value in values if value is not None})
    return Table(names, tuple(lines))


def select(engine: Engine, text: str) -> tuple[Row, ...]:
    """Return the rows of a SELECT query; raises as `Engine.answer` does."""
    return table(engine, text).rows


def _lexical(value: object) -> str:
    if isinstance(value, (NamedNode, BlankNode, Literal)):
        return value.value
    return str(value)
