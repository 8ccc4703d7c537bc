"""Answers kept: the same question of the same graph is evaluated once."""

import functools
import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from fingerpost.engine import Answer, Engine, Generation, Query, tokens
from fingerpost.engine.filed import Filed
from fingerpost.errors import FingerpostError

_VOLATILE = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE", "SERVICE"})
_MEGABYTE = 1024 * 1024
_SHARE = 8
"""The part of the cache, one in so many, that a single answer may fill."""
_Key = tuple[str, tuple[str, ...], tuple[str, ...], str]
"""Text, default and named graphs, media type: a plain tuple, as it is looked up many times."""


@functools.lru_cache(maxsize=16)
def volatile(text: str) -> bool:
    """Say whether a query may answer differently each time (SPARQL 1.1, 17.4).

    It is asked twice in a row, where an answer gets its tag and where it may be kept.
    """
    plain = tokens.unescape(text)
    upper = plain.upper()
    for word in _VOLATILE:
        if word in upper:
            break
    else:
        return False
    return any(
        token.kind == "word" and token.text.upper() in _VOLATILE
        for token in tokens.significant(plain)
    )


def _taken() -> threading.Lock:
    lock = threading.Lock()
    lock.acquire()
    return lock


@dataclass
class _Asked:
    """A question that is being answered, for others who ask it meanwhile."""

    pending: threading.Lock = field(default_factory=_taken)
    found: Answer | None = None
    fault: FingerpostError | None = None

    def wait(self) -> Answer | None:
        """Return the answer; None where it can only be read once."""
        with self.pending:
            pass
        if self.fault:
            raise self.fault
        return self.found


class Cached:
    """An engine that remembers its answers, the least recently asked forgotten first.

    They hold for a generation: at the next one all are forgotten. `size` bounds the bytes of
    questions and answers together; those too long for memory, and to questions that may take long,
    are kept as `files`, if anywhere.
    """

    def __init__(
        self, engine: Engine, size: int = 64 * _MEGABYTE, files: Filed | None = None
    ) -> None:
        self.engine = engine
        self._size = size
        self._files = files
        self._held = 0
        self._number = -1
        self._answers: OrderedDict[_Key, bytes] = OrderedDict()
        self._asked: dict[_Key, _Asked] = {}
        self._lock = threading.Lock()

    @property
    def generation(self) -> Generation:
        """See `Engine`."""
        return self.engine.generation

    def answer(self, query: Query, media_type: str) -> bytes:
        """Return the answer in `media_type`, kept or fresh; see `Engine`."""
        return self.fetch(query, media_type).whole()

    def fetch(self, query: Query, media_type: str) -> Answer:
        """Return the answer in `media_type`, kept or fresh; see `Engine`.

        Who asks what somebody else is just asking waits for that answer.
        """
        if not query.sound and volatile(query.text):
            return self.engine.fetch(query, media_type)
        key = (query.text, query.default_graphs, query.named_graphs, media_type)
        generation = self.engine.generation
        self._forget_before(generation.number)
        with self._lock:
            kept = self._answers.get(key)
            if kept is not None:
                self._answers.move_to_end(key)
                return Answer(len(kept), kept)
            asked = self._asked.get(key)
            if asked is None:
                self._asked[key] = mine = _Asked()
        if asked is not None:
            found = asked.wait() or self._filed(key, generation)
            return found or self.engine.fetch(query, media_type)
        try:
            return self._filed(key, generation) or self._ask(query, key, generation, mine)
        finally:
            with self._lock:
                self._keep(key, mine, generation.number)
            mine.pending.release()

    def _ask(self, query: Query, key: _Key, generation: Generation, mine: _Asked) -> Answer:
        try:
            found = self.engine.fetch(query, key[-1])
        except FingerpostError as fault:
            mine.fault = fault
            raise
        if found.file is None:
            mine.found = found
        dear = found.file is not None or query.patience > 1
        if dear and self._files and self._holds(generation):
            self._files.put(generation, key, found)
        return found

    def _filed(self, key: _Key, generation: Generation) -> Answer | None:
        return self._files.get(generation, key) if self._files else None

    def _holds(self, generation: Generation) -> bool:
        """Say whether a generation is still the current one, and so what was answered of it."""
        try:
            return self.engine.generation == generation
        except FingerpostError:
            return False

    def _forget_before(self, number: int) -> None:
        if number <= self._number:
            return
        with self._lock:
            if number <= self._number:
                return
            self._answers.clear()
            self._asked.clear()
            self._held = 0
            self._number = number
        if self._files:
            self._files.forget_before(number)

    def _keep(self, key: _Key, asked: _Asked, number: int) -> None:
        """Keep the answer to what was asked, if it is still of this generation and fits."""
        if self._asked.get(key) is asked:
            del self._asked[key]
        if asked.found is None or number != self._number or key in self._answers:
            return
        weight = len(key[0]) + asked.found.size
        if weight > self._size // _SHARE:
            return
        self._answers[key] = asked.found.body
        self._held += weight
        while self._held > self._size:
            (text, *_), oldest = self._answers.popitem(last=False)
            self._held -= len(text) + len(oldest)
