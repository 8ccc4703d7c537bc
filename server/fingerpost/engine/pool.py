"""Things lent out one at a time, fairly: who has waited longest is next."""

import queue
import threading
from collections import deque
from typing import Generic, TypeVar

T = TypeVar("T")


class Pool(Generic[T]):
    """What is free now, and who waits for it.

    Something given back is handed to the first who waits, so nobody who comes later can take it
    in the meantime; of what is free, the last used is lent first.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._free: list[T] = []
        self._waiting: deque[queue.SimpleQueue[T]] = deque()

    def take(self, seconds: float) -> T:
        """Return something free.

        Raises:
            queue.Empty: nothing was, for so long.
        """
        with self._lock:
            if self._free:
                return self._free.pop()
            ticket: queue.SimpleQueue[T] = queue.SimpleQueue()
            self._waiting.append(ticket)
        try:
            return ticket.get(timeout=seconds)
        except queue.Empty:
            with self._lock:
                if ticket in self._waiting:
                    self._waiting.remove(ticket)
                    raise
            # It was handed over at the last moment.
            return ticket.get()

    def give(self, one: T, *, last: bool = False) -> None:
        """Make something free, for who has waited longest if anybody does.

        What comes `last` is lent when nothing else is free.
        """
        with self._lock:
            if self._waiting:
                self._waiting.popleft().put(one)
            else:
                self._free.insert(0 if last else len(self._free), one)

    def drain(self) -> list[T]:
        """Return everything that is free, and lend it no more."""
        with self._lock:
            free, self._free = self._free, []
            return free
