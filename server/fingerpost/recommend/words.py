"""Text as words: what was typed, and the form in which words are compared."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from fingerpost.index import spelling
from fingerpost.index.spelling import plain, stem
from fingerpost.recommend import swedish

_BREAK = re.compile(r"[,.;:!?()\[\]\n\"]")
FILLERS = frozenset(
    "a an and av by for from i in into med my of off on our some the their these this those "
    "to using via with your".split()
)
"""Words that stand between the words of a label and tell nothing."""
EMPTY = frozenset("data dataset set file sample result experiment".split())
"""Words that people add to the name of what they have, and that tell nothing."""


def stems(text: str) -> tuple[str, ...]:
    """Return the words that tell something of a text, as they are compared."""
    return tuple(one for word in words(text).words if not word.filler for one in word.stems)


@dataclass(frozen=True)
class Word:
    """A word as typed, without case and accents, and its stems: several for a compound.

    `breaks` says that a comma or a full stop stands before it.
    """

    typed: str
    plain: str
    stems: tuple[str, ...]
    breaks: bool

    @property
    def filler(self) -> bool:
        """Whether the word tells nothing inside a label; "A" and "I" with a letter do."""
        return self.plain in FILLERS


@dataclass(frozen=True)
class Words:
    """The words of a text in order."""

    words: tuple[Word, ...]

    @cached_property
    def line(self) -> str:
        """The plain words, parted by single blanks."""
        return " ".join(word.plain for word in self.words)

    @cached_property
    def _starts(self) -> list[int]:
        found, at = [], 0
        for word in self.words:
            found.append(at)
            at += len(word.plain) + 1
        return found

    def span(self, start: int, end: int) -> range:
        """Return the numbers of the words that lie between two places in `line`."""
        first = bisect_right(self._starts, start) - 1
        return range(first, bisect_right(self._starts, max(end - 1, start)))

    def typed(self, span: range) -> str:
        """Return what was typed there."""
        return " ".join(self.words[at].typed for at in span)


def words(text: str) -> Words:
    """Return the words of `text`."""
    folded = plain(text)
    found: list[Word] = []
    end = 0
    for word, start, stop in spelling.found(folded):
        between = folded[end:start]
        found.append(Word(text[start:stop], word, _stems(word), bool(_BREAK.search(between))))
        end = stop
    return Words(tuple(found))


def _stems(word: str) -> tuple[str, ...]:
    translated = swedish.english(word)
    return tuple(stem(one) for one in (translated or word).split())
