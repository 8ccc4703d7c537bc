"""A query worker: one process, one query at a time, within its fence."""

import os
import select
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NoReturn, TypeVar

from pyoxigraph import Store

from fingerpost import memory
from fingerpost.engine import Answer, Query, dumping, evaluate, fence, graphs, wire
from fingerpost.engine.dumping import Wanted
from fingerpost.engine.held import Held
from fingerpost.engine.inherited import Inherited
from fingerpost.engine.sink import Sink
from fingerpost.errors import (
    AnswerTooLarge,
    EngineFault,
    FingerpostError,
    QueryFault,
    QuerySyntax,
    StoreFault,
    UnknownGraph,
)

T = TypeVar("T")
STACK = 256 * 1024 * 1024
"""Bytes of stack for the thread that parses queries; only what is touched takes memory."""
_OLD = 1e-9
"""Seconds of age for each byte that it inherits, after which a worker copies it: about what that
takes, so that generations which are soon over cost twice the processor time at most."""
_PATIENT = 8
"""How many times the memory of a query one may have that nobody waits for, where half of what is
free is as much: sorting a million names takes gigabytes."""
_FAULTS: dict[type[FingerpostError], str] = {
    AnswerTooLarge: "size",
    UnknownGraph: "graph",
    EngineFault: "damage",
    StoreFault: "disk",
    QueryFault: "query",
}
"""Fault → what it is called on the way; the first that it is."""


@dataclass(frozen=True)
class Limits:
    """What one query may take: bytes of memory above the loaded store, bytes of answer.

    A worker has a network only where `services`, the places that SERVICE may name, is not empty.
    """

    memory: int
    answer: int
    services: tuple[str, ...] = ()


def run(connection: socket.socket, held: Held, limits: Limits) -> NoReturn:
    """Answer queries until the other side is gone, then end the process at once."""
    open_ = partial(_opened, connection, held)
    enclose(open_, partial(_serve, connection, held, limits), limits)


def enclose(open_: Callable[[], T], work: Callable[[T, bool], None], limits: Limits) -> NoReturn:
    """Do `work` in a thread with a deep stack, within the limits, and end the process at once.

    It is given what `open_` returns, which is outside the limits, and whether the network is
    closed to it.
    """
    try:
        fence.die_with_parent()
        opened = open_()
        threading.stack_size(STACK)
        own = 2 * STACK
        fence.limit_memory(limits.memory + own, _PATIENT * limits.memory + own)
        fenced = not limits.services and fence.close_network()
        thread = threading.Thread(target=work, args=(opened, fenced))
        thread.start()
        thread.join()
    finally:
        os._exit(0)


class _Spare:
    """What a worker does while nothing is asked of it: it copies what it inherits."""

    def __init__(self, connection: socket.socket, inherited: Inherited) -> None:
        self._begin = time.monotonic() + inherited.size * _OLD
        self._pieces = inherited.copied()
        self._asked = select.poll()
        self._asked.register(connection, select.POLLIN)

    def use(self) -> None:
        """Go on until something is asked, or until it is done."""
        young = max(0.0, self._begin - time.monotonic())
        if not self._asked.poll(young * 1000):
            while next(self._pieces, 0) and not self._asked.poll(0):
                pass


def _opened(connection: socket.socket, held: Held) -> tuple[Store, _Spare]:
    """Return the graph, and what is to be done beside: of what is inherited, not what is opened."""
    spare = _Spare(connection, Inherited.now())
    return held.read(), spare


def _serve(
    connection: socket.socket,
    held: Held,
    limits: Limits,
    opened: tuple[Store, _Spare],
    fenced: bool,
) -> None:
    store, spare = opened
    try:
        wire.send(connection, {"fenced": fenced})
        while True:
            spare.use()
            head, text = wire.receive(connection)
            about, found = _answer(head, text, store, limits)
            if about.get("fault") == "damage":
                held.spoil()
            last = about.get("fault") == "damage" or (_is_patient(head) and _is_full(limits))
            _reply(connection, {**about, "last": 1} if last else about, found)
            if last:
                return
    except (EOFError, OSError):
        return


def _is_patient(head: wire.Head) -> bool:
    return "patience" in head


def _is_full(limits: Limits) -> bool:
    """Say whether what a patient query took leaves less than a query may have."""
    memory.give_back()
    return fence.room() < limits.memory


def _reply(connection: socket.socket, head: wire.Head, found: Answer) -> None:
    if found.file is None:
        wire.send(connection, head, found.body)
        return
    with found.file:
        wire.send(connection, {**head, "size": found.size}, handles=[found.file.fileno()])


def _answer(head: wire.Head, text: bytes, store: Store, limits: Limits) -> tuple[wire.Head, Answer]:
    """Return what is answered, or what is wrong."""
    about: wire.Head
    more = min((_PATIENT - 1) * limits.memory, memory.free() // 2) if _is_patient(head) else 0
    try:
        with fence.roomier(more):
            return _found(head, text, store, limits)
    except QuerySyntax as fault:
        position = {"line": fault.line, "column": fault.column}
        about = {"fault": "syntax", "message": str(fault), **position}
    except (QueryFault, StoreFault, UnknownGraph) as fault:
        kind = next(kind for one, kind in _FAULTS.items() if isinstance(fault, one))
        about = {"fault": kind, "message": str(fault)}
    except MemoryError:
        about = {"fault": "memory"}
    return about, Answer(0)


def _found(head: wire.Head, text: bytes, store: Store, limits: Limits) -> tuple[wire.Head, Answer]:
    if "dump" in head:
        wanted = Wanted(str(head["within"]), tuple(_texts(head["apart"])))
        dumping.write(store, wanted, Path(str(head["dump"])))
        return {}, Answer(0)
    sink = Sink(limits.answer * int(str(head.get("patience", 1))))
    about: wire.Head = {}
    if "graph" in head:
        about = {"tag": graphs.write(store, head["graph"], str(head["media_type"]), sink)}
    else:
        evaluate.evaluate(store, _query(head, text), str(head["media_type"]), sink)
    return about, sink.answer()


def _query(head: wire.Head, text: bytes) -> Query:
    return Query(
        text=text.decode("utf-8", "surrogatepass"),
        default_graphs=tuple(_texts(head.get("default_graphs"))),
        named_graphs=tuple(_texts(head.get("named_graphs"))),
    )


def _texts(value: object) -> list[str]:
    return value if isinstance(value, list) else []
