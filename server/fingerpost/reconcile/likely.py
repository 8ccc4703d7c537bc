"""Which of very many names may be like one that is asked for, misspelt though it may be."""

from array import array
from collections.abc import Iterable, Sequence
from itertools import islice

ALL = 10_000
"""Up to so many names each is held against what is asked."""
_ENOUGH = 3_000
"""Names that are held against it where there are more."""
_LETTERS = 3
_SHORT = 6
"""Letters of a text that a slip of the pen may leave without any of its pieces."""


class Likely:
    """Names by the threes of letters that they have."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(names)
        self._having: dict[str, array[int]] = {}
        self._short: tuple[int, ...] = ()
        if len(self._names) > ALL:
            short = (at for at, name in enumerate(self._names) if len(name) <= _SHORT + 1)
            self._short = tuple(islice(short, _ENOUGH))
            for number, name in enumerate(self._names):
                for piece in _pieces(name):
                    self._having.setdefault(piece, array("I")).append(number)

    def to(self, text: str) -> Sequence[str]:
        """Return the names that may be like a text: all, or those with its rarest letters.

        A slip of the pen spoils three pieces at most, and all others still lead there.
        """
        if len(self._names) <= ALL:
            return self._names
        known = [found for piece in _pieces(text) if (found := self._having.get(piece))]
        chosen = dict.fromkeys(self._short if len(text) <= _SHORT else ())
        most = len(chosen) + _ENOUGH
        for found in sorted(known, key=len):
            if len(chosen) + len(found) > most and len(chosen) > len(self._short):
                break
            chosen |= dict.fromkeys(found[:_ENOUGH])
        return [self._names[number] for number in chosen]


def _pieces(text: str) -> set[str]:
    """Return the threes of letters of a text, words apart, their beginnings marked."""
    return {
        marked[start : start + _LETTERS]
        for word in text.split()
        for marked in (f" {word} ",)
        for start in range(max(len(marked) - _LETTERS + 1, 1))
    }
