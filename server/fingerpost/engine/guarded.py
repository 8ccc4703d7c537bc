"""Worker processes: a query past its time or memory costs its own worker and nothing else."""

import contextlib
import queue
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from fingerpost.engine import Query, guard, wire
from fingerpost.errors import (
    AnswerTooLarge,
    EngineBusy,
    QueryFault,
    QueryOutOfMemory,
    QueryOutOfTime,
    QuerySyntax,
)

_MEGABYTE = 1024 * 1024
_LOADING = 600.0
"""Seconds that loading a dataset may take."""


@dataclass(frozen=True)
class Fences:
    """What one query may take: seconds, bytes of memory above the loaded store, bytes of answer.

    `waiting` is how many seconds a query waits for a free worker, of which there are `workers`.
    """

    seconds: float = 10.0
    memory: int = 512 * _MEGABYTE
    answer: int = 64 * _MEGABYTE
    workers: int = 2
    waiting: float = 5.0


@dataclass(frozen=True)
class _Worker:
    connection: socket.socket
    process: int
    fenced: bool


class Guarded:
    """Answers by workers that a nursery process forks; see `fence` for what holds them.

    `without_network` says whether the kernel took the filter that closes it to them.
    """

    def __init__(self, dataset: Path, fences: Fences | None = None) -> None:
        self.fences = fences or Fences()
        self._dataset = dataset
        self._asking = threading.Lock()
        self._idle: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        self._start()
        first = self._hire()
        self.without_network = first.fenced
        self._idle.put(first)
        for _ in range(self.fences.workers - 1):
            self._idle.put(None)

    def answer(self, query: Query, media_type: str) -> bytes:
        """Return the answer in `media_type`; see `Engine`.

        Raises:
            EngineBusy: every worker is busy, and stayed so.
            QueryOutOfTime, QueryOutOfMemory, AnswerTooLarge: the query goes beyond a fence.
        """
        guard.check(query.text)
        try:
            worker = self._idle.get(timeout=self.fences.waiting)
        except queue.Empty as fault:
            raise EngineBusy(
                f"All {self.fences.workers} workers are busy with other queries. Try again soon."
            ) from fault
        answered = False
        try:
            worker = self._ready(worker)
            head, body = self._ask(worker, query, media_type)
            answered = True
        finally:
            if worker and not answered:
                self._dismiss(worker)
            self._idle.put(worker if answered else None)
        return self._checked(head, body)

    def close(self) -> None:
        """End every worker and the nursery."""
        with contextlib.suppress(queue.Empty):
            while True:
                worker = self._idle.get_nowait()
                if worker:
                    self._dismiss(worker)
        self._control.close()
        self._nursery.wait(timeout=10)

    def _start(self) -> None:
        """Start a nursery, and wait until it has loaded the dataset."""
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", "fingerpost.engine.nursery", str(theirs.fileno())]
            limits = [str(self.fences.memory), str(self.fences.answer)]
            self._nursery = subprocess.Popen(  # noqa: S603 - our own module
                [*command, str(self._dataset), *limits], pass_fds=[theirs.fileno()]
            )
        self._control = ours
        self._control.settimeout(_LOADING)
        wire.receive(self._control)

    def _ready(self, worker: _Worker | None) -> _Worker:
        """Return a worker that lives: the one given, or a new one."""
        if worker and _lives(worker):
            return worker
        if worker:
            self._dismiss(worker)
        with self._asking:
            try:
                return self._hire()
            except (EOFError, OSError):
                # The nursery is gone, as after a kernel short of memory: begin anew.
                self._control.close()
                self._nursery.wait(timeout=10)
                self._start()
                return self._hire()

    def _hire(self) -> _Worker:
        wire.send(self._control, {"fork": 1})
        number, handles, _, _ = socket.recv_fds(self._control, 8, 1)
        if not handles:
            raise EOFError("the nursery is gone")
        connection = socket.socket(fileno=handles[0])
        connection.settimeout(_LOADING)
        head, _ = wire.receive(connection)
        return _Worker(connection, int.from_bytes(number, "big"), bool(head["fenced"]))

    def _dismiss(self, worker: _Worker) -> None:
        """End a worker; one whose nursery is gone has ended with it."""
        worker.connection.close()
        with self._asking, contextlib.suppress(EOFError, OSError):
            wire.send(self._control, {"end": worker.process})
            wire.receive(self._control)

    def _ask(self, worker: _Worker, query: Query, media_type: str) -> tuple[wire.Head, bytes]:
        head: wire.Head = {
            "text": query.text,
            "default_graphs": list(query.default_graphs),
            "named_graphs": list(query.named_graphs),
            "media_type": media_type,
        }
        # A worker sends nothing before it has the whole answer, so the time-out of the first
        # part is the deadline of the query.
        worker.connection.settimeout(self.fences.seconds)
        try:
            wire.send(worker.connection, head)
            return wire.receive(worker.connection)
        except TimeoutError as fault:
            raise QueryOutOfTime(
                f"The query took longer than {self.fences.seconds:g} seconds. "
                "Ask for less: a narrower pattern, a LIMIT without ORDER BY, a saved query."
            ) from fault
        except (EOFError, ConnectionError) as fault:
            raise self._too_much() from fault

    def _too_much(self) -> QueryOutOfMemory:
        return QueryOutOfMemory(
            f"The query took more than {self.fences.memory // _MEGABYTE} MB of memory, or its "
            "parser more stack than there is. Ask for less at once."
        )

    def _checked(self, head: wire.Head, body: bytes) -> bytes:
        match head.get("fault"):
            case None:
                return body
            case "syntax":
                place = int(str(head["line"])), int(str(head["column"]))
                raise QuerySyntax(str(head["message"]), *place)
            case "size":
                raise AnswerTooLarge(
                    f"The answer has {head['size']:,} bytes; at most {self.fences.answer:,}. "
                    "Add a LIMIT, or choose a terser format such as CSV."
                )
            case "memory":
                raise self._too_much()
        raise QueryFault(str(head["message"]))


def _lives(worker: _Worker) -> bool:
    """Say whether a waiting worker is there: a dead one's socket has come to its end."""
    worker.connection.setblocking(False)
    try:
        return bool(worker.connection.recv(1, socket.MSG_PEEK))
    except BlockingIOError:
        return True
    except OSError:
        return False
