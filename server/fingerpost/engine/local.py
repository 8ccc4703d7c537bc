"""pyoxigraph in this process."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor

from pyoxigraph import BlankNode, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store

from fingerpost.engine import Query, guard
from fingerpost.engine.results import GRAPHS, SOLUTIONS
from fingerpost.errors import QueryFault, QuerySyntax
from fingerpost.graph.vocabulary import BASE, PREFIXES

_STACK = 256 * 1024 * 1024
"""Bytes of stack for a thread that parses queries; only what is touched takes memory."""
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_CHARACTER_CLASS = re.compile(r",?\s*\[[^\]]*\](\s*\|\s*\[[^\]]*\])*|\s*\|\s*\[[^\]]*\]")


class Local:
    """Answers from a store in memory, which is only read.

    Queries are parsed and evaluated in threads of their own with a deep stack: with the usual
    two megabytes a chain of 1,000 OPTIONALs within all limits of `guard` ended the process.
    """

    def __init__(self, store: Store, threads: int = 2) -> None:
        self._store = store
        threading.stack_size(_STACK)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="sparql")

    def answer(self, query: Query, media_type: str) -> bytes:
        """Return the answer in `media_type`; see `Engine`."""
        guard.check(query.text)
        return self._threads.submit(self._evaluate, query, media_type).result()

    def _evaluate(self, query: Query, media_type: str) -> bytes:
        try:
            found = self._store.query(
                query.text,
                base_iri=BASE,
                prefixes=PREFIXES,
                default_graph=[NamedNode(iri) for iri in query.default_graphs] or None,
                named_graphs=_named(query),
            )
            return _write(found, media_type)
        except SyntaxError as fault:
            raise _syntax(str(fault)) from fault
        except ValueError as fault:
            raise QueryFault(str(fault)) from fault


def _named(query: Query) -> list[NamedNode | BlankNode] | None:
    """Return the graphs for GRAPH: none where the request gives only default graphs."""
    if not query.named_graphs and not query.default_graphs:
        return None
    return [NamedNode(iri) for iri in query.named_graphs]


def _write(found: QuerySolutions | QueryBoolean | QueryTriples, media_type: str) -> bytes:
    if isinstance(found, QueryTriples):
        return bytes(found.serialize(format=GRAPHS[media_type]) or b"")
    return bytes(found.serialize(format=SOLUTIONS[media_type]) or b"")


def _syntax(message: str) -> QuerySyntax:
    match = _POSITION.match(message)
    if not match:
        return QuerySyntax(message)
    line, column, what = match.groups()
    what = _CHARACTER_CLASS.sub("", " ".join(what.split()))
    return QuerySyntax(f"Line {line}, column {column}: {what}.", int(line), int(column))
