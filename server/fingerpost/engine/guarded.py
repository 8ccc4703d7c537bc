"""Worker processes: a query past its time or memory costs its own worker and nothing else."""

import os
import queue
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from fingerpost.engine import Answer, Generation, Query, changes, guard, process, trail, wire
from fingerpost.engine.changes import Done
from fingerpost.engine.dumping import Wanted
from fingerpost.engine.pool import Pool
from fingerpost.engine.process import Keeping
from fingerpost.engine.trail import Touched
from fingerpost.engine.worker import Limits
from fingerpost.engine.writes import Write
from fingerpost.errors import (
    AnswerTooLarge,
    EngineBusy,
    EngineFault,
    QueryFault,
    QueryOutOfMemory,
    QueryOutOfTime,
    QuerySyntax,
    StoreFault,
    UnknownGraph,
)

_MEGABYTE = 1024 * 1024
_DUMPING = 360
"""How many times as long as a query a dump may take: what takes longer never ends."""


@dataclass(frozen=True)
class Fences:
    """What one query may take: seconds, bytes of memory above the loaded store, bytes of answer.

    `waiting` is how many seconds a query waits for a free worker, of which there are `workers`.
    A change may take `writing` seconds. SERVICE and LOAD may name only what `services` allows,
    see `guard.allowed`.
    """

    seconds: float = 10.0
    memory: int = 512 * _MEGABYTE
    answer: int = 64 * _MEGABYTE
    workers: int = 2
    waiting: float = 5.0
    writing: float = 60.0
    services: tuple[str, ...] = ()

    @property
    def limits(self) -> Limits:
        """What a worker process holds itself to."""
        return Limits(self.memory, self.answer, self.services)


@dataclass(frozen=True)
class _Worker:
    connection: socket.socket
    process: int
    generation: Generation
    fenced: bool
    held: str


class Guarded:
    """Answers by workers that a keeper process forks; see `fence` for what holds them.

    `folder` is that of a running `Keeping`. `without_network` says whether the kernel took the
    filter that closes it to them; `held` where the graph is held.
    """

    def __init__(self, folder: Path, fences: Fences | None = None) -> None:
        self.fences = fences or Fences()
        self._folder = folder
        self._turn = process.turn(folder)
        self._known = Generation(-1, "")
        self._idle: Pool[_Worker | None] = Pool()
        # Who waits for an answer finds a worker, whatever is asked that nobody waits for.
        self._slow = threading.BoundedSemaphore(max(1, self.fences.workers - 1))
        first = self._hire(time.monotonic() + wire.PATIENCE)
        self.without_network = first.fenced
        self.held = first.held
        for _ in range(self.fences.workers - 1):
            self._idle.give(None)
        self._idle.give(first)

    @property
    def generation(self) -> Generation:
        """The current generation, read from memory shared with the keeper."""
        if self._turn.number != self._known.number:
            self._known = self._asked()
        return self._known

    def answer(self, query: Query, media_type: str) -> bytes:
        """Return the answer in one piece; see `fetch`."""
        return self.fetch(query, media_type).whole()

    def fetch(self, query: Query, media_type: str) -> Answer:
        """Return the answer in `media_type`; see `Engine`.

        Raises:
            EngineBusy: every worker is busy, and stayed so.
            QueryOutOfTime, QueryOutOfMemory, AnswerTooLarge: the query goes beyond a fence.
        """
        guard.check_query(query, self.fences.services)
        head: dict[str, str | int | list[str]] = {"media_type": media_type}
        if query.patience > 1:
            head["patience"] = query.patience
        if query.default_graphs or query.named_graphs:
            head["default_graphs"] = list(query.default_graphs)
            head["named_graphs"] = list(query.named_graphs)
        text = query.text.encode("utf-8", "surrogatepass")
        with self._place(query.patience):
            _, found, _ = self._ask(head, text, query.patience)
        return found

    def graph(self, iri: str | None, media_type: str) -> tuple[Answer, str]:
        """Return a graph in `media_type`, and its `results.tag`; None is the default graph.

        Raises:
            UnknownGraph: there is no such graph.
            EngineBusy, QueryOutOfTime, QueryOutOfMemory, AnswerTooLarge: as for `fetch`.
        """
        head, found, _ = self._ask({"graph": iri, "media_type": media_type})
        return found, str(head["tag"])

    def dump(self, wanted: Wanted, path: Path) -> Generation:
        """Write a dump in N-Quads, and return of which generation it is.

        Of the limits of a query it has only that of memory. The worker ends with it: having read
        all of a graph in memory, it has a copy of its own.

        Raises:
            EngineBusy: as for `fetch`.
            StoreFault: the disk does not take it.
        """
        head: wire.Head = {"dump": str(path), "within": wanted.within, "apart": list(wanted.apart)}
        with self._place(_DUMPING):
            return self._ask(head, patience=_DUMPING, last=True)[2]

    def touched(self, after: int, number: int) -> Touched | None:
        """Return what was touched after one generation up to another; see `trail.since`."""
        return trail.since(self._folder, after, number)

    def write(self, write: Write) -> Done:
        """Make a change, durable and seen by everybody; see `changes.ask`."""
        return changes.ask(self._folder, write, self.fences.writing)

    def close(self) -> None:
        """End the workers that are idle."""
        for worker in self._idle.drain():
            if worker:
                self._dismiss(worker)

    @contextmanager
    def _place(self, patience: int) -> Iterator[None]:
        """Wait for a place among what may take long, which never has all workers at once."""
        if patience == 1:
            yield
            return
        if not self._slow.acquire(timeout=self.fences.seconds * patience):
            raise EngineBusy("Other questions that take long are still being answered.")
        try:
            yield
        finally:
            self._slow.release()

    def _ask(
        self, head: wire.Head, text: bytes = b"", patience: int = 1, *, last: bool = False
    ) -> tuple[wire.Head, Answer, Generation]:
        """Return what a free worker answers in time, and the generation; `last`, then it ends."""
        end = time.monotonic() + self.fences.waiting
        try:
            worker = self._idle.take(self.fences.waiting)
        except queue.Empty as fault:
            raise EngineBusy(
                f"All {self.fences.workers} workers are busy with other queries. Try again soon."
            ) from fault
        kept = False
        try:
            if worker is None or not self._is_current(worker) or not self._took(worker, head, text):
                # Its number may be another process's soon: it is dismissed no more than once.
                useless, worker = worker, None
                worker = self._replaced(useless, end)
                if not self._took(worker, head, text):
                    raise self._too_much()
            found = self._told(worker) if patience == 1 else self._told_late(worker, patience)
            kept, generation = not last, worker.generation
        finally:
            if worker and not kept:
                self._dismiss(worker)
            self._idle.give(worker if kept else None)
        return *self._checked(*found), generation

    def _is_current(self, worker: _Worker) -> bool:
        return worker.generation.number == self._turn.number

    def _took(self, worker: _Worker, head: wire.Head, text: bytes) -> bool:
        """Ask a worker; say whether it took what it is asked.

        The socket of one that ended while it was idle takes nothing.
        """
        try:
            wire.send(worker.connection, head, text)
        except BlockingIOError as fault:
            raise self._too_long() from fault
        except ConnectionError:
            return False
        return True

    def _replaced(self, worker: _Worker | None, end: float) -> _Worker:
        """Return a new worker in the place of one that is of no use any more."""
        if worker:
            self._dismiss(worker)
        return self._hire(end)

    def _hire(self, end: float) -> _Worker:
        """Return a new worker; a keeper that has ended is waited for, as another is started."""
        while True:
            try:
                with self._connected(end) as keeper:
                    wire.send(keeper, {"fork": 1})
                    head, _, handle = wire.receive_handle(keeper)
                connection = socket.socket(fileno=handle)
                wire.patient(connection, wire.PATIENCE)
                first, _ = wire.receive(connection)
                wire.patient(connection, self.fences.seconds)
            except (EOFError, OSError):
                if time.monotonic() > end:
                    raise EngineBusy("The engine gives no workers. Try again soon.") from None
                time.sleep(0.01)
            else:
                process_id = int(str(head["process"]))
                return _Worker(
                    connection,
                    process_id,
                    changes.generation(head),
                    bool(first["fenced"]),
                    str(head["held"]),
                )

    def _dismiss(self, worker: _Worker) -> None:
        """End a worker; one whose keeper is gone has ended with it."""
        worker.connection.close()
        with suppress(EngineBusy, OSError), self._connected(time.monotonic()) as keeper:
            wire.send(keeper, {"end": worker.process})

    def _connected(self, end: float) -> socket.socket:
        return changes.connected(self._folder, end)

    def _asked(self) -> Generation:
        with self._connected(time.monotonic() + self.fences.waiting) as keeper:
            try:
                wire.send(keeper, {"about": 1})
                head, _ = wire.receive(keeper)
            except (EOFError, OSError) as fault:
                raise EngineBusy("The engine is being started anew. Try again soon.") from fault
        return changes.generation(head)

    def _told(self, worker: _Worker) -> tuple[wire.Head, Answer]:
        """Return what a worker answers that was asked.

        It sends nothing before it has the whole answer, so the time-out of the first part is the
        deadline of the query.
        """
        try:
            found, body, handle = wire.receive_handle(worker.connection)
        except BlockingIOError as fault:
            raise self._too_long() from fault
        except (EOFError, ConnectionError) as fault:
            raise self._too_much() from fault
        if handle is None:
            return found, Answer(len(body), body)
        file = os.fdopen(handle, "rb")
        file.seek(0)
        return found, Answer(int(str(found["size"])), file=file)

    def _told_late(self, worker: _Worker, patience: int) -> tuple[wire.Head, Answer]:
        wire.patient(worker.connection, self.fences.seconds * patience)
        found = self._told(worker)
        wire.patient(worker.connection, self.fences.seconds)
        return found

    def _too_long(self) -> QueryOutOfTime:
        return QueryOutOfTime(
            f"The query took longer than {self.fences.seconds:g} seconds. "
            "Ask for less: a narrower pattern, a LIMIT without ORDER BY, a saved query."
        )

    def _too_much(self) -> QueryOutOfMemory:
        return QueryOutOfMemory(
            f"The query took more than {self.fences.memory // _MEGABYTE} MB of memory, or its "
            "parser more stack than there is. Ask for less at once."
        )

    def _checked(self, head: wire.Head, found: Answer) -> tuple[wire.Head, Answer]:
        match head.get("fault"):
            case None:
                return head, found
            case "syntax":
                place = int(str(head["line"])), int(str(head["column"]))
                raise QuerySyntax(str(head["message"]), *place)
            case "size":
                raise AnswerTooLarge(str(head["message"]))
            case "disk":
                raise StoreFault(str(head["message"]))
            case "graph":
                raise UnknownGraph(str(head["message"]))
            case "memory":
                raise self._too_much()
            case "damage":
                raise EngineFault(str(head["message"]))
        raise QueryFault(str(head["message"]))


def keeping(files: tuple[Path, ...], fences: Fences) -> Keeping:
    """Return a keeper that serves files as they are, for readers only."""
    return Keeping(files=files, limits=fences.limits)
