"""A query worker: one process, one query at a time, within its fence."""

import os
import socket
import threading
from dataclasses import dataclass
from typing import NoReturn

from pyoxigraph import Store

from fingerpost.engine import Query, evaluate, fence, wire
from fingerpost.errors import QueryFault, QuerySyntax

STACK = 256 * 1024 * 1024
"""Bytes of stack for the thread that parses queries; only what is touched takes memory."""


@dataclass(frozen=True)
class Limits:
    """What one query may take: bytes of memory above the loaded store, bytes of answer."""

    memory: int
    answer: int


def run(connection: socket.socket, store: Store, limits: Limits) -> NoReturn:
    """Answer queries until the other side is gone, then end the process at once."""
    fence.die_with_parent()
    threading.stack_size(STACK)
    thread = threading.Thread(target=_serve, args=(connection, store, limits))
    fence.limit_memory(limits.memory + 2 * STACK)
    fenced = fence.close_network()
    try:
        wire.send(connection, {"fenced": int(fenced)})
        thread.start()
        thread.join()
    finally:
        os._exit(0)


def _serve(connection: socket.socket, store: Store, limits: Limits) -> None:
    while True:
        try:
            head, _ = wire.receive(connection)
            wire.send(connection, *_answer(head, store, limits))
        except (EOFError, OSError):
            return


def _answer(head: wire.Head, store: Store, limits: Limits) -> tuple[wire.Head, bytes]:
    query = Query(
        text=str(head["text"]),
        default_graphs=tuple(_texts(head["default_graphs"])),
        named_graphs=tuple(_texts(head["named_graphs"])),
    )
    try:
        body = evaluate.evaluate(store, query, str(head["media_type"]))
    except QuerySyntax as fault:
        position = {"line": fault.line, "column": fault.column}
        return {"fault": "syntax", "message": str(fault), **position}, b""
    except QueryFault as fault:
        return {"fault": "query", "message": str(fault)}, b""
    except MemoryError:
        return {"fault": "memory"}, b""
    if len(body) > limits.answer:
        return {"fault": "size", "size": len(body)}, b""
    return {}, body


def _texts(value: str | int | list[str]) -> list[str]:
    return value if isinstance(value, list) else []
