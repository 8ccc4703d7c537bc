"""A real engine that counts how often it is asked."""

from pyoxigraph import Store

from fingerpost.engine import Answer, Generation, Query
from fingerpost.engine.local import Local


class Counting:
    """An engine without data, at a generation that can be changed."""

    def __init__(self, generation: Generation) -> None:
        self.asked = 0
        self.generation = generation
        self._engine = Local(Store())

    def answer(self, query: Query, media_type: str) -> bytes:
        return self.fetch(query, media_type).whole()

    def fetch(self, query: Query, media_type: str) -> Answer:
        self.asked += 1
        return self._engine.fetch(query, media_type)
