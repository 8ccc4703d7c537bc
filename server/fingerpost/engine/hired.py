"""A worker process, as who asks it sees it: hired of a keeper, asked, dismissed."""

import os
import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fingerpost.engine import Answer, Generation, changes, wire
from fingerpost.engine.fences import Fences
from fingerpost.errors import EngineBusy


@dataclass(frozen=True)
class Worker:
    """One worker, of a generation; `fenced` and `held` are as in `Guarded`."""

    connection: socket.socket
    process: int
    generation: Generation
    fenced: bool
    held: str
    fences: Fences

    def took(self, head: wire.Head, text: bytes) -> bool:
        """Ask it; say whether it took what it is asked.

        The socket of one that ended while it was idle takes nothing.

        Raises:
            QueryOutOfTime: it does not read.
        """
        try:
            wire.send(self.connection, head, text)
        except BlockingIOError as fault:
            raise self.fences.too_long() from fault
        except ConnectionError:
            return False
        return True

    def told(self, patience: int) -> tuple[wire.Head, Answer]:
        """Return what it answers in so many times the time of a query.

        It sends nothing before it has the whole answer, so the time-out of the first part is the
        deadline of the query.

        Raises:
            QueryOutOfTime: it does not answer in time.
            QueryOutOfMemory: it ended.
        """
        if patience == 1:
            return self._told()
        wire.patient(self.connection, self.fences.seconds * patience)
        found = self._told()
        wire.patient(self.connection, self.fences.seconds)
        return found

    def _told(self) -> tuple[wire.Head, Answer]:
        try:
            found, body, handle = wire.receive_handle(self.connection)
        except BlockingIOError as fault:
            raise self.fences.too_long() from fault
        except (EOFError, ConnectionError) as fault:
            raise self.fences.too_much() from fault
        if handle is None:
            return found, Answer(len(body), body)
        file = os.fdopen(handle, "rb")
        file.seek(0)
        return found, Answer(int(str(found["size"])), file=file)


@dataclass(frozen=True)
class Hiring:
    """Where workers come from: the keeper of a folder."""

    folder: Path
    fences: Fences

    def hire(self, end: float) -> Worker:
        """Return a new worker; a keeper that has ended is waited for, as another is started.

        Raises:
            EngineBusy: there is none until `end`.
        """
        while True:
            try:
                return self._hired(end)
            except (EOFError, OSError):
                if time.monotonic() > end:
                    raise EngineBusy("The engine gives no workers. Try again soon.") from None
                time.sleep(0.01)

    def dismiss(self, worker: Worker) -> None:
        """End a worker; one whose keeper is gone has ended with it."""
        worker.connection.close()
        with suppress(EngineBusy, OSError), self._connected(time.monotonic()) as keeper:
            wire.send(keeper, {"end": worker.process})

    def generation(self) -> Generation:
        """Return which generation the keeper has now; raises as `about`."""
        return changes.generation(self.about())

    def about(self) -> wire.Head:
        """Return what the keeper says of itself.

        Raises:
            EngineBusy: it does not say.
        """
        with self._connected(time.monotonic() + self.fences.waiting) as keeper:
            try:
                wire.send(keeper, {"about": 1})
                head, _ = wire.receive(keeper)
            except (EOFError, OSError) as fault:
                raise EngineBusy("The engine is being started anew. Try again soon.") from fault
        return head

    def _hired(self, end: float) -> Worker:
        with self._connected(end) as keeper:
            wire.send(keeper, {"fork": 1})
            head, _, handle = wire.receive_handle(keeper)
        connection = socket.socket(fileno=handle)
        wire.patient(connection, wire.PATIENCE)
        first, _ = wire.receive(connection)
        wire.patient(connection, self.fences.seconds)
        return Worker(
            connection,
            int(str(head["process"])),
            changes.generation(head),
            bool(first["fenced"]),
            str(head["held"]),
            self.fences,
        )

    def _connected(self, end: float) -> socket.socket:
        return changes.connected(self.folder, end)
