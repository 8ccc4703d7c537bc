"""What a query may take, and what is told where it goes beyond."""

from dataclasses import dataclass

from fingerpost.engine import wire
from fingerpost.engine.worker import Limits
from fingerpost.errors import (
    AnswerTooLarge,
    EngineFault,
    FingerpostError,
    QueryFault,
    QueryOutOfMemory,
    QueryOutOfTime,
    QuerySyntax,
    StoreFault,
    UnknownGraph,
)

_MEGABYTE = 1024 * 1024
_NAMED: dict[str, type[FingerpostError]] = {
    "size": AnswerTooLarge,
    "disk": StoreFault,
    "graph": UnknownGraph,
    "damage": EngineFault,
}


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

    def too_long(self) -> QueryOutOfTime:
        """Return what is told of a query that goes beyond its time."""
        return QueryOutOfTime(
            f"The query took longer than {self.seconds:g} seconds. "
            "Ask for less: a narrower pattern, a LIMIT without ORDER BY, a saved query."
        )

    def too_much(self) -> QueryOutOfMemory:
        """Return what is told of a query that ends its worker."""
        return QueryOutOfMemory(
            f"The query took more than {self.memory // _MEGABYTE} MB of memory, or its "
            "parser more stack than there is. Ask for less at once."
        )

    def refused(self, head: wire.Head) -> FingerpostError:
        """Return the fault that the head of a worker's answer names."""
        named, message = str(head["fault"]), str(head.get("message", ""))
        if named == "syntax":
            return QuerySyntax(message, int(str(head["line"])), int(str(head["column"])))
        return self.too_much() if named == "memory" else _NAMED.get(named, QueryFault)(message)
