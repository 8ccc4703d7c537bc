"""Answers kept: the same question of the same graph is evaluated once."""

import threading
from collections import OrderedDict

from fingerpost.engine import Engine, Query, tokens

_VOLATILE = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE", "SERVICE"})
_MEGABYTE = 1024 * 1024
_SHARE = 8
"""The part of the cache, one in so many, that a single answer may fill."""


def volatile(text: str) -> bool:
    """Say whether a query may answer differently each time (SPARQL 1.1, 17.4)."""
    return any(
        token.kind == "word" and token.text.upper() in _VOLATILE
        for token in tokens.significant(tokens.unescape(text))
    )


class Cached:
    """An engine that remembers its answers, the least recently asked forgotten first.

    The graph behind it does not change: another generation has an engine, and a cache, of its
    own. `size` bounds the bytes of questions and answers together.
    """

    def __init__(self, engine: Engine, size: int = 64 * _MEGABYTE) -> None:
        self.engine = engine
        self._size = size
        self._held = 0
        self._answers: OrderedDict[tuple[Query, str], bytes] = OrderedDict()
        self._lock = threading.Lock()

    def answer(self, query: Query, media_type: str) -> bytes:
        """Return the answer in `media_type`, kept or fresh; see `Engine`."""
        key = (query, media_type)
        with self._lock:
            kept = self._answers.get(key)
            if kept is not None:
                self._answers.move_to_end(key)
                return kept
        body = self.engine.answer(query, media_type)
        weight = len(query.text) + len(body)
        if weight <= self._size // _SHARE and not volatile(query.text):
            self._keep(key, body, weight)
        return body

    def _keep(self, key: tuple[Query, str], body: bytes, weight: int) -> None:
        with self._lock:
            if key in self._answers:
                return
            self._answers[key] = body
            self._held += weight
            while self._held > self._size:
                (query, _), oldest = self._answers.popitem(last=False)
                self._held -= len(query.text) + len(oldest)
