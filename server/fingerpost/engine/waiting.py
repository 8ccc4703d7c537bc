"""An engine as it is asked by who has time: while others keep it busy, it is asked again."""

import time

from fingerpost.engine import Answer, Engine, Generation, Query
from fingerpost.errors import EngineBusy

_PAUSE = 1.0
"""Seconds after which a busy engine is asked again."""


class Waiting:
    """Answers as another engine, and is busy only where that has gone to another generation.

    What reads a whole graph asks thousands of questions: it would begin anew each time that one
    of them finds every worker busy.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def generation(self) -> Generation:
        """See `Engine`."""
        return self._engine.generation

    def answer(self, query: Query, media_type: str) -> bytes:
        """See `Engine`."""
        return self.fetch(query, media_type).whole()

    def fetch(self, query: Query, media_type: str) -> Answer:
        """See `Engine`."""
        before = self._engine.generation
        while True:
            try:
                return self._engine.fetch(query, media_type)
            except EngineBusy:
                if self._engine.generation != before:
                    raise
            time.sleep(_PAUSE)
