"""What must hold of a query before an engine gets it, and of a reply before it is an answer."""

import os

from pyoxigraph import RdfFormat, parse

from fingerpost.engine import Answer, tokens
from fingerpost.engine.remote.dialects import Dialect
from fingerpost.engine.remote.endpoint import Reply
from fingerpost.errors import (
    AnswerTooLarge,
    EngineBusy,
    EngineFault,
    EngineUnable,
    QueryRefused,
)

_FULL = frozenset({429, 502, 503, 504})
_BEGIN = 64 * 1024
_CLOSED = frozenset({401, 403})


def refuse_functions(text: str, dialect: Dialect) -> None:
    """Return if a query has no function of the engine's own that reaches beyond the graph.

    Raises:
        QueryRefused: it has one.
    """
    lower = tokens.unescape(text).lower()
    for prefix in dialect.functions:
        if prefix in lower and any(
            prefix in token.text.lower()
            for token in tokens.significant(lower)
            if token.kind in {"iri", "word"}
        ):
            raise QueryRefused(f"Functions of {prefix} reach beyond the graph.")


def check(reply: Reply, dialect: Dialect, where: str) -> Reply:
    """Return a reply that is an answer, and a whole one; `where` names who gave it.

    Raises:
        EngineUnable: the engine has no plan for the query.
        EngineBusy: it is full.
        EngineFault: it wants other credentials, failed, or sent a page for people.
        AnswerTooLarge: it gave a part of the answer.
    """
    if reply.status != 200:
        raise _fault(reply, dialect, where)
    if "html" in reply.headers.get("Content-Type", ""):
        raise EngineFault(f"{where} answered with a web page. Is this a SPARQL endpoint?")
    if dialect.partial and dialect.partial in reply.headers:
        raise AnswerTooLarge(f"{where} gave a part of the answer only. Ask for less.")
    return reply


def check_beginning(found: Answer, *, graph: bool) -> None:
    """Return if an answer begins as the standard has it: a graph in N-Triples, a table in JSON.

    Raises:
        SyntaxError, ValueError: it does not.
    """
    begin = found.body if found.file is None else os.pread(found.file.fileno(), _BEGIN, 0)
    if graph:
        for _ in parse(begin.partition(b"\n")[0], format=RdfFormat.N_TRIPLES):
            return
    elif b'"head"' not in begin:
        raise ValueError("no SPARQL results in JSON")


def _fault(reply: Reply, dialect: Dialect, where: str) -> Exception:
    if any(text in reply.text for text in dialect.unable):
        return EngineUnable(
            f"{where} is {dialect.name}, and has no plan for this query, though it is SPARQL. "
            f"It says: {reply.text}"
        )
    if reply.status in _FULL:
        return EngineBusy(f"{where} has too much to do. Try again soon.")
    if reply.status in _CLOSED:
        return EngineFault(
            f"{where} answered {reply.status}: it wants credentials, or other ones "
            "(--engine-credentials)."
        )
    return EngineFault(f"{where} answered {reply.status}: {reply.text}")
