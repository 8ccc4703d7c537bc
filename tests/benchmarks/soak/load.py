"""Clients that keep a steady rate, and what they were answered."""

import http.client
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from attack import client
from soak.requests import FAILURES, Request

_LONGEST = 60.0
"""Seconds that any answer may take: past the deadline of a query, and of waiting for a worker."""


@dataclass
class Told:
    """How often each status came, and the answers that were not to be."""

    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    late: int = 0
    """Answers that a server was too busy for."""

    @property
    def overloaded(self) -> bool:
        """Whether so many were late that the load says nothing of the servers."""
        return self.late > sum(self.statuses.values()) / 4

    begin: float = field(default_factory=time.monotonic)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, request: Request, status: int, why: str = "") -> None:
        """Count an answer; that a server is busy may always be."""
        with self.lock:
            self.statuses[status] += 1
            self.late += status in FAILURES - request.statuses
            if why or status not in request.statuses | FAILURES:
                after = time.monotonic() - self.begin
                self.faults.append(
                    f"after {after:.0f} s: {status} {why} for {request.sent[:200]!r}"
                )


def drive(
    port: int, requests: Iterator[Request], rate: float, stop: threading.Event, told: Told
) -> None:
    """Send so many requests a second until it is to stop, fewer where answers take longer."""
    due = time.monotonic()
    for request in requests:
        if stop.wait(max(0.0, due - time.monotonic())):
            return
        due = max(due + 1 / rate, time.monotonic())
        _send(port, request, told)


def _send(port: int, request: Request, told: Told) -> None:
    if not request.waits:
        client.hang_up(port, request.sent)
        return
    try:
        answer = client.exchange(port, request.sent, request.method, _LONGEST)
    except TimeoutError:
        told.note(request, 504)  # as by the server, had it come to it
    except (OSError, http.client.HTTPException) as fault:
        told.note(request, 0, repr(fault))
    else:
        told.note(request, answer.status)
