"""pyoxigraph in this process."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor

from pyoxigraph import BlankNode, NamedNode, Store

from fingerpost.engine import Query, guard, results
from fingerpost.errors import QueryFault, QuerySyntax
from fingerpost.graph.vocabulary import BASE, PREFIXES

_STACK = 256 * 1024 * 1024
"""Bytes of stack for a thread that parses queries; only what is touched takes memory."""
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


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
            return results.write(found, media_type)
        except SyntaxError as fault:
            raise _syntax(str(fault), query.text) from fault
        except ValueError as fault:
            raise QueryFault(str(fault)) from fault


def _named(query: Query) -> list[NamedNode | BlankNode] | None:
    """Return the graphs for GRAPH: none where the request gives only default graphs."""
    if not query.named_graphs and not query.default_graphs:
        return None
    return [NamedNode(iri) for iri in query.named_graphs]


def _syntax(message: str, text: str) -> QuerySyntax:
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
