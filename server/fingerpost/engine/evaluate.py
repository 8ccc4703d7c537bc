"""pyoxigraph asked one query: its answer in bytes, its faults as ours."""

import re

from pyoxigraph import (
    BlankNode,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
)

from fingerpost.engine import Query, results
from fingerpost.engine.sink import Sink
from fingerpost.errors import EngineFault, QueryFault, QuerySyntax
from fingerpost.graph.vocabulary import BASE, PREFIXES

_UNREADABLE = ("Corruption: ", "IO error: ")
"""How a fault of the disk begins."""
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


def evaluate(store: Store, query: Query, media_type: str, to: Sink) -> None:
    """Write the answer to a query that `guard` has let pass.

    Raises:
        QuerySyntax: the text is not SPARQL.
        QueryFault: it is, but cannot be answered.
        AnswerTooLarge, StoreFault: the answer is more than the sink takes.
        EngineFault: the disk that the graph is on fails, or holds something else.
    """
    try:
        results.write(_found(store, query), media_type, to)
    except SyntaxError as fault:
        raise syntax(str(fault), query.text) from fault
    except (ValueError, RuntimeError, OSError) as fault:
        if broken(fault):
            raise unreadable() from fault
        raise QueryFault(str(fault)) from fault


def broken(fault: Exception) -> bool:
    """Say whether it is the graph on disk that cannot be read."""
    return str(fault).startswith(_UNREADABLE)


def unreadable() -> EngineFault:
    """Return what is raised then."""
    return EngineFault("The graph on disk cannot be read. It is being made anew.")


def _found(store: Store, query: Query) -> QuerySolutions | QueryBoolean | QueryTriples:
    """Ask the store; with the prefixes known here only where the query does without its own.

    To read them takes longer than to read the query.
    """
    try:
        return _asked(store, query, None)
    except SyntaxError:
        return _asked(store, query, PREFIXES)


def _asked(
    store: Store, query: Query, prefixes: dict[str, str] | None
) -> QuerySolutions | QueryBoolean | QueryTriples:
    return store.query(
        query.text,
        base_iri=BASE,
        prefixes=prefixes,
        default_graph=[NamedNode(iri) for iri in query.default_graphs] or None,
        named_graphs=_named(query),
    )


def _named(query: Query) -> list[NamedNode | BlankNode] | None:
    """Return the graphs for GRAPH: none where the request gives only default graphs."""
    if not query.named_graphs and not query.default_graphs:
        return None
    return [NamedNode(iri) for iri in query.named_graphs]


def syntax(message: str, text: str) -> QuerySyntax:
    """Return the fault with its place; of what the parser expected, only what is a sentence."""
    match = _POSITION.match(message)
    if not match:
        return QuerySyntax(message)
    line, column = int(match.group(1)), int(match.group(2))
    hints = [hint for hint in match.group(3).split(", ") if hint.count(" ") > 3 and "[" not in hint]
    lines = text.splitlines() or [""]
    before = lines[min(line, len(lines)) - 1][: column - 1].rstrip()[-40:]
    where = f'behind "{before}"' if before else "at the beginning of the line"
    told = "; ".join(hints) or f"this is not SPARQL from here on, {where}"
    return QuerySyntax(f"Line {line}, column {column}: {told}.", line, column)
