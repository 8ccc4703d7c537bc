"""Answers kept: the same question of the same graph is evaluated once."""

import threading
from collections import OrderedDict

from fingerpost.engine import Answer, Engine, Generation, Query, tokens

_VOLATILE = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE", "SERVICE"})
_MEGABYTE = 1024 * 1024
_SHARE = 8
"""The part of the cache, one in so many, that a single answer may fill."""


def volatile(text: str) -> bool:
    """Say whether a query may answer differently each time (SPARQL 1.1, 17.4)."""
    plain = tokens.unescape(text)
    upper = plain.upper()
    if not any(word in upper for word in _VOLATILE):
        return False
    return any(
        token.kind == "word" and token.text.upper() in _VOLATILE
        for token in tokens.significant(plain)
    )


class Cached:
    """An engine that remembers its answers, the least recently asked forgotten first.

    They hold for a generation: at the next one all are forgotten. `size` bounds the bytes of
    questions and answers together.
    """

    def __init__(self, engine: Engine, size: int = 64 * _MEGABYTE) -> None:
        self.engine = engine
        self._size = size
        self._held = 0
        self._number = -1
        self._answers: OrderedDict[tuple[Query, str], bytes] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def generation(self) -> Generation:
        """See `Engine`."""
        return self.engine.generation

    def answer(self, query: Query, media_type: str) -> bytes:
        """Return the answer in `media_type`, kept or fresh; see `Engine`."""
        return self.fetch(query, media_type).whole()

    def fetch(self, query: Query, media_type: str) -> Answer:
        """Return the answer in `media_type`, kept or fresh; see `Engine`."""
        key = (query, media_type)
        number = self.engine.generation.number
        with self._lock:
            self._forget_before(number)
            kept = self._answers.get(key)
            if kept is not None:
                self._answers.move_to_end(key)
                return Answer(len(kept), kept)
        found = self.engine.fetch(query, media_type)
        weight = len(query.text) + found.size
        if found.file is None and weight <= self._size // _SHARE and not volatile(query.text):
            self._keep(key, found.body, weight, number)
        return found

    def _forget_before(self, number: int) -> None:
        if number != self._number:
            self._answers.clear()
            self._held = 0
            self._number = number

    def _keep(self, key: tuple[Query, str], body: bytes, weight: int, number: int) -> None:
        with self._lock:
            if key in self._answers or number != self._number:
                return
            self._answers[key] = body
            self._held += weight
            while self._held > self._size:
                (query, _), oldest = self._answers.popitem(last=False)
                self._held -= len(query.text) + len(oldest)
