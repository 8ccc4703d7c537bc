"""An engine that says what it was asked."""

from fingerpost.catalogue import Catalogue
from fingerpost.engine import Answer, Query


class Asked:
    """Answers as the engine of a catalogue does, and remembers the queries; it fails at first."""

    def __init__(self, opened: Catalogue, *faults: Exception) -> None:
        self.engine = opened.engine
        self.generation = opened.engine.generation
        self.faults = list(faults)
        self.queries: list[Query] = []

    def fetch(self, query: Query, media_type: str) -> Answer:
        self.queries.append(query)
        if self.faults:
            raise self.faults.pop()
        return self.engine.fetch(query, media_type)

    def answer(self, query: Query, media_type: str) -> bytes:
        return self.fetch(query, media_type).whole()
