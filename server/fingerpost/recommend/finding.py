"""What is found in the words of a question by patterns, and whether it is denied there."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from fingerpost.recommend.cues import NEGATORS, SKIPPED, Cue
from fingerpost.recommend.words import Words

_ASKING = re.compile(
    r"where|how|which|what|whats|who|whom|need|needs|want|wants|looking|recommend|suggest|can|should"
    r"|var|vart|hur|vilken|vilket|vilka|vem|vill|behover|kan|ska"
)
_FARTHEST = 6
"""Words before a thing among which a "not" belongs to it."""


@dataclass(frozen=True)
class Finding:
    """That some words say `value` of a part of the question; `denied` where they say it is not."""

    field: str
    value: str
    span: range
    weight: float = 1
    denied: bool = False


@dataclass(frozen=True)
class Scan:
    """The words of a question, with the places where something is denied or asked."""

    words: Words

    @cached_property
    def _negators(self) -> frozenset[int]:
        found = (
            self.words.span(match.start(), match.end()) for match in NEGATORS.finditer(self.line)
        )
        return frozenset(span[-1] for span in found)

    @property
    def line(self) -> str:
        """The plain words, parted by single blanks."""
        return self.words.line

    def spans(self, pattern: re.Pattern[str]) -> Iterator[range]:
        """Yield where a pattern is met: its group where it has one, else all of it."""
        for match in pattern.finditer(self.line):
            yield self.words.span(*match.span(match.lastindex or 0))

    def found(self, field: str, cues: Iterable[Cue]) -> list[Finding]:
        """Return what the cues say of a field, from left to right."""
        found = [
            Finding(field, cue.value, span, cue.weight, self.denied(span.start))
            for cue in cues
            for span in self.spans(cue.pattern)
        ]
        return sorted(found, key=lambda one: (one.span.start, -len(one.span)))

    def denied(self, at: int, negators: frozenset[str] = frozenset()) -> bool:
        """Return whether the word at a place is denied by what stands before it.

        Where `negators` are given, only these deny.
        """
        for before in range(at - 1, max(at - 1 - _FARTHEST, -1), -1):
            if self.words.words[before + 1].breaks:
                return False
            word = self.words.words[before].plain
            if before in self._negators:
                return not negators or word in negators
            if word not in SKIPPED:
                return False
        return False

    def before(self, at: int) -> str:
        """Return the word before a place, or nothing at the beginning of a clause."""
        if at == 0 or self.words.words[at].breaks:
            return ""
        return self.words.words[at - 1].plain

    def asked(self, at: int) -> bool:
        """Return whether the clause of a place asks for something."""
        every = self.words.words
        first = next((one for one in range(at, 0, -1) if every[one].breaks), 0)
        last = next((one for one in range(at + 1, len(every)) if every[one].breaks), len(every))
        return any(_ASKING.fullmatch(word.plain) for word in every[first:last])
