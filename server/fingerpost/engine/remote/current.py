"""Which generation of an engine is current, asked at most once a second."""

import threading
import time
from collections.abc import Callable

from fingerpost.engine.remote.marks import Mark
from fingerpost.errors import EngineBusy

_FRESH = 1.0
"""Seconds for which the generation that was found is taken to be the current one."""


class Current:
    """The newest generation that was found; it never goes back.

    `look` asks the engine; `least` is a number that the engine is known to hold, or 0.
    """

    def __init__(
        self, look: Callable[[], Mark | None], least: Callable[[], int] = lambda: 0
    ) -> None:
        self._look = look
        self._least = least
        self._lock = threading.Lock()
        self._mark: Mark | None = None
        self._seen = 0.0

    def mark(self) -> Mark | None:
        """Return the current generation; None where the engine holds none, or none any more.

        An engine that is silent holds what it held.

        Raises:
            EngineBusy: it was silent from the beginning.
        """
        if self._is_fresh():
            return self._mark
        with self._lock:
            if not self._is_fresh():
                self._ask()
        return self._mark

    def _is_fresh(self) -> bool:
        mark = self._mark
        if mark is None or mark.number < self._least():
            return False
        return time.monotonic() - self._seen < _FRESH

    def _ask(self) -> None:
        try:
            newest = self._look()
        except EngineBusy:
            if self._mark is None:
                raise
            newest = self._mark
        if newest is None or self._mark is None or newest.number >= self._mark.number:
            self._mark = newest
        self._seen = time.monotonic()
