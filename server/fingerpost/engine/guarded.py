"""Worker processes: a query past its time or memory costs its own worker and nothing else."""

import queue
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fingerpost.engine import Answer, Generation, Query, changes, guard, process, trail, wire
from fingerpost.engine.changes import Done
from fingerpost.engine.dumping import Wanted
from fingerpost.engine.fences import Fences
from fingerpost.engine.hired import Hiring, Worker
from fingerpost.engine.pool import Pool
from fingerpost.engine.process import Keeping
from fingerpost.engine.trail import Touched
from fingerpost.engine.writes import Write
from fingerpost.errors import EngineBusy

_DUMPING = 360
"""How many times as long as a query a dump may take: what takes longer never ends."""


class Guarded:
    """Answers by workers that a keeper process forks; see `fence` for what holds them.

    `folder` is that of a running `Keeping`. `without_network` says whether the kernel took the
    filter that closes it to them; `held` where the graph is held.
    """

    def __init__(self, folder: Path, fences: Fences | None = None) -> None:
        self.fences = fences or Fences()
        self._folder = folder
        self._workers = Hiring(folder, self.fences)
        self._turn = process.turn(folder)
        self._known = Generation(-1, "")
        self._idle: Pool[Worker | None] = Pool()
        # Who waits for an answer finds a worker, whatever is asked that nobody waits for.
        self._slow = threading.BoundedSemaphore(max(1, self.fences.workers - 1))
        first = self._workers.hire(time.monotonic() + wire.PATIENCE)
        self.without_network = first.fenced
        self.held = first.held
        for _ in range(self.fences.workers - 1):
            self._idle.give(None)
        self._idle.give(first)

    @property
    def generation(self) -> Generation:
        """The current generation, read from memory shared with the keeper."""
        if self._turn.number != self._known.number:
            self._known = self._workers.generation()
        return self._known

    def built(self) -> tuple[Path, ...]:
        """Return the files that we have built and hold just what the engine does, if there are."""
        files = self._workers.about()["built"]
        return tuple(map(Path, files)) if isinstance(files, list) else ()

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

        Of the limits of a query it has only that of memory.

        Raises:
            EngineBusy: as for `fetch`.
            StoreFault: the disk does not take it.
        """
        head: wire.Head = {"dump": str(path), "within": wanted.within, "apart": list(wanted.apart)}
        with self._place(_DUMPING):
            return self._ask(head, patience=_DUMPING)[2]

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
                self._workers.dismiss(worker)

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
        self, head: wire.Head, text: bytes = b"", patience: int = 1
    ) -> tuple[wire.Head, Answer, Generation]:
        """Return what a free worker answers in time, and the generation."""
        end = time.monotonic() + self.fences.waiting
        try:
            worker = self._idle.take(self.fences.waiting)
        except queue.Empty as fault:
            raise EngineBusy(
                f"All {self.fences.workers} workers are busy with other queries. Try again soon."
            ) from fault
        kept = False
        try:
            if worker is None or not self._is_current(worker) or not worker.took(head, text):
                # Its number may be another process's soon: it is dismissed no more than once.
                useless, worker = worker, None
                worker = self._replaced(useless, end)
                if not worker.took(head, text):
                    raise self.fences.too_much()
            about, found = worker.told(patience)
            kept, generation = not about.get("last"), worker.generation
        finally:
            if worker and not kept:
                self._workers.dismiss(worker)
            # A new one has still to copy what it reads: those that have it are asked before.
            self._idle.give(worker if kept else None, last=not kept)
        if about.get("fault"):
            raise self.fences.refused(about)
        return about, found, generation

    def _is_current(self, worker: Worker) -> bool:
        return worker.generation.number == self._turn.number

    def _replaced(self, worker: Worker | None, end: float) -> Worker:
        """Return a new worker in the place of one that is of no use any more."""
        if worker:
            self._workers.dismiss(worker)
        return self._workers.hire(end)


def keeping(files: tuple[Path, ...], fences: Fences) -> Keeping:
    """Return a keeper that serves files as they are, for readers only."""
    return Keeping(files=files, limits=fences.limits)
