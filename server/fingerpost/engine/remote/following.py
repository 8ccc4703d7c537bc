"""A store whose generations are put into an engine elsewhere, one after the other."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from fingerpost.engine.remote.marks import Mark
from fingerpost.engine.remote.publishing import Publisher
from fingerpost.engine.remote.shown import Shown
from fingerpost.engine.turn import Turn
from fingerpost.errors import EngineBusy, EngineFault, EngineTaken, StoreFault
from fingerpost.generations.change import Made
from fingerpost.generations.folder import Generations
from fingerpost.progress import Progress, silent

_LOOKING = 0.01
"""Seconds after which it is looked whether there is another generation."""
_WATCHING = 2.0
"""Seconds after which it is looked whether the engine holds anything still."""
_TRIES = 3
_AGAIN = 1.0
"""Seconds after which an engine is tried again that did not take one."""


class Following:
    """Brings an engine to each generation of a store; the store is what holds.

    `turn` is that of the store's keeper. What is in the engine stands in `shown`, and `warn` is
    told why something is not. Nothing is lost by an end at any moment: the next start begins with
    the last generation of the store.
    """

    def __init__(
        self,
        publisher: Publisher,
        store: Path,
        turn: Turn,
        shown: Shown,
        tell: Progress,
        warn: Callable[[str], None],
    ) -> None:
        self._publisher = publisher
        self._generations = Generations(store)
        self._turn = turn
        self._shown = shown
        self._warn = warn
        self._stop = threading.Event()
        self._mark: Mark | None = None
        self._watched = time.monotonic()
        self._made = self._begin(tell)

    def start(self) -> None:
        """Follow the store from now on."""
        threading.Thread(target=self._run, daemon=True).start()

    def close(self) -> None:
        """Follow it no more."""
        self._stop.set()

    def _begin(self, tell: Progress) -> Made:
        """Put the store into the engine, whatever is there."""
        for _ in range(_TRIES):
            # What was on its way when a service ended may arrive only now.
            with suppress(EngineTaken):
                return self._whole(tell)
        return self._whole(tell)

    def _run(self) -> None:
        said = ""
        while not self._stop.wait(_AGAIN if said else _LOOKING):
            try:
                self._catch_up()
            except (EngineBusy, EngineFault, EngineTaken, StoreFault) as fault:
                if str(fault) != said:
                    self._warn(f"a change is kept, and not in the engine yet: {fault}")
                said = str(fault)
            else:
                said = ""

    def _catch_up(self) -> None:
        self._watch()
        number = self._turn.number
        if number == self._shown.generation:
            return
        while self._generations.has(self._made.number + 1):
            changed = self._generations.change(self._made)
            mark = self._publisher.advance(changed, self._mark) if self._mark else None
            if mark is None:
                self._made = self._whole(silent)
                return
            self._made, self._mark = changed.made, mark
        self._say(number)

    def _watch(self) -> None:
        """Begin anew with an engine that has lost everything, as one in memory does at its end."""
        if time.monotonic() - self._watched > _WATCHING:
            if self._publisher.is_empty():
                self._made = self._whole(silent)
            self._watched = time.monotonic()

    def _whole(self, tell: Progress) -> Made:
        """Put the last generation of the store into the engine, from the beginning."""
        number = self._turn.number
        store, made = self._generations.read(tell)
        self._mark = self._publisher.publish(store, made.id, tell, self._mark).mark
        self._say(number)
        return made

    def _say(self, number: int) -> None:
        if self._mark:
            self._shown.say(number, self._mark.number)
