"""Text as words: what was typed, and the form in which words are compared."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from fingerpost.recommend import swedish

_WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)*[^\W\d_]*|[^\W_]+(?:['’][^\W_]+)*")
_BREAK = re.compile(r"[,.;:!?()\[\]\n\"]")
_SPELLINGS = (
    (re.compile(r"colour"), "color"),
    (re.compile(r"isation\b"), "ization"),
    (re.compile(r"ise(d?)\b"), r"ize\1"),
    (re.compile(r"yse(d?)\b"), r"yze\1"),
    (re.compile(r"aemi"), "emi"),
    (re.compile(r"tumour"), "tumor"),
    (re.compile(r"labell(ed|ing)\b"), r"label\1"),
    (re.compile(r"modell(ed|ing)\b"), r"model\1"),
    (re.compile(r"sulph"), "sulf"),
    (re.compile(r"(?<=[a-z]{3})omiks?\b"), "omic"),
)
_PLURALS = (
    (re.compile(r"(?<=[a-z]{3})ies$"), "y"),
    (re.compile(r"(?<=[a-z]{3})(?<!s)s$"), ""),
)
FILLERS = frozenset(
    "a an and av by for from i in into med my of off on our some the their these this those "
    "to using via with your".split()
)
"""Words that stand between the words of a label and tell nothing."""
EMPTY = frozenset("data dataset set file sample result experiment".split())
"""Words that people add to the name of what they have, and that tell nothing."""


def plain(text: str) -> str:
    """Return `text` without case and accents, each character in its place."""
    return "".join(map(_plain, text))


def _plain(character: str) -> str:
    for one in unicodedata.normalize("NFKD", character.casefold()):
        if not unicodedata.combining(one):
            return one
    return " "


def stem(word: str) -> str:
    """Return a plain word as words are compared: American spelling, no plural."""
    for pattern, spelling in _SPELLINGS:
        word = pattern.sub(spelling, word)
    if word == "sequencing":
        return "seq"
    for pattern, ending in _PLURALS:
        shorter = pattern.sub(ending, word)
        if shorter != word:
            return shorter
    return word


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
    for match in _WORD.finditer(folded):
        between = folded[end : match.start()]
        word = match[0].replace("'", "").replace("’", "")
        typed = text[match.start() : match.end()]
        found.append(Word(typed, word, _stems(word), bool(_BREAK.search(between))))
        end = match.end()
    return Words(tuple(found))


def _stems(word: str) -> tuple[str, ...]:
    translated = swedish.english(word)
    return tuple(stem(one) for one in (translated or word).split())
