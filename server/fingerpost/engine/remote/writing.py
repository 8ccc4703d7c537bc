"""Changes of a service whose store goes, generation by generation, into an engine elsewhere."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from fingerpost.engine import changes
from fingerpost.engine.changes import Done
from fingerpost.engine.remote.shown import Shown
from fingerpost.engine.writes import Write
from fingerpost.errors import EngineTaken

_LOOKING = 0.005
_BETWEEN = 5.0
"""Seconds that may lie between a mark in the engine and the word that it is ours."""


class Writing:
    """Makes changes in the store of the keeper at `folder`, and waits for them in the engine."""

    def __init__(self, folder: Path, seconds: float) -> None:
        self._folder = folder
        self._seconds = seconds
        self._shown = Shown(folder)

    @property
    def mark(self) -> int:
        """The number of the last mark that this service has put into the engine."""
        return self._shown.mark

    def write(self, write: Write, newest: Callable[[], int]) -> Done:
        """Make a change, durable, and in the engine too; `newest` asks for the engine's last mark.

        Where the engine does not take it in time, `Done.shown` is false: it comes there later.

        Raises:
            EngineBusy: the engine cannot be reached; nothing is changed.
            EngineTaken: the engine holds a generation that this service did not make.
            WriteFault, QueryFault, StoreFault: as `changes.ask`.
        """
        self._refuse_others(newest())
        done = changes.ask(self._folder, write, self._seconds)
        shown = self._wait(lambda: self._shown.generation >= done.generation.number, self._seconds)
        return replace(done, shown=shown)

    def _refuse_others(self, mark: int) -> None:
        if not self._wait(lambda: self._shown.mark >= mark, _BETWEEN):
            raise EngineTaken(
                f"The engine holds generation {mark}, which came from elsewhere: nothing is "
                "changed. The operator decides which service writes to it."
            )

    def _wait(self, true: Callable[[], bool], seconds: float) -> bool:
        end = time.monotonic() + seconds
        while not true():
            if time.monotonic() > end:
                return False
            time.sleep(_LOOKING)
        return True
