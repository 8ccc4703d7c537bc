"""Labels found in a text: run together or apart, in another order, misspelt."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from rapidfuzz.distance import OSA

from fingerpost.index.spelling import stem
from fingerpost.recommend.common import ASKED
from fingerpost.recommend.concept import Concept
from fingerpost.recommend.words import EMPTY, Word, Words

_ASKED: dict[str, list[str]] = defaultdict(list)
for _word in sorted(ASKED):
    _ASKED[_word[0]].append(_word)
_Key = TypeVar("_Key")
_LONGEST = 9
"""Words of a text that may make one label."""
_SHORTEST_MISSPELT = 5
_TWO_SLIPS = 10
"""Letters from which a word may have two slips."""
_WHOLE = frozenset({"sequencing"})
"""Words of labels that are shortened when they are compared."""
_LAST = EMPTY | {"image"}
"""Last words of a label that may be left out."""
_ENOUGH = 6
"""Letters of a word that stands for a label without its last word, "data"."""


@dataclass(frozen=True)
class Match:
    """A label found: where, and what it means; `whole` says that it is a label as it stands."""

    span: range
    concepts: tuple[Concept, ...]
    whole: bool = True

    @property
    def length(self) -> int:
        """How many words of the text it covers."""
        return len(self.span)


@dataclass(frozen=True)
class Labels:
    """The labels of concepts, by what remains of them when spelling is set aside."""

    by_label: Mapping[str, tuple[Concept, ...]]

    @cached_property
    def _joined(self) -> dict[str, tuple[Concept, ...]]:
        return _together((label.replace(" ", ""), found) for label, found in self.by_label.items())

    @cached_property
    def _sorted(self) -> dict[tuple[str, ...], tuple[Concept, ...]]:
        several = ((tuple(sorted(one.split())), found) for one, found in self.by_label.items())
        return _together((words, found) for words, found in several if len(words) > 1)

    @cached_property
    def _bare(self) -> dict[str, tuple[Concept, ...]]:
        """Labels such as "transcriptomic data" without their last word."""
        found: list[tuple[str, tuple[Concept, ...]]] = []
        for label, concepts in self.by_label.items():
            words = label.split()
            rest = " ".join(words[:-1])
            if len(words) > 1 and words[-1] in _LAST and (len(words) > 2 or len(rest) >= _ENOUGH):
                found.append((rest.replace(" ", ""), concepts))
        return _together(found)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the labels, as words are compared."""
        return frozenset(word for label in self.by_label for word in label.split())

    @cached_property
    def _by_letter(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self.words | _WHOLE):
            if len(word) >= _SHORTEST_MISSPELT - 1 and word.isalpha():
                found[word[0]].append(word)
        return found

    def meaning(self, parts: tuple[str, ...], joined: str) -> tuple[tuple[Concept, ...], bool]:
        """Return what words mean together, and whether they are a whole label."""
        found = self._joined.get(joined) or self._sorted.get(tuple(sorted(parts)))
        return (found, True) if found else (self._bare.get(joined, ()), False)

    def corrected(self, words: Words, known: frozenset[str]) -> Words:
        """Return the words, those misspelt corrected; `known` are words to leave alone."""
        return Words(tuple(self._corrected(word, known) for word in words.words))

    def _corrected(self, word: Word, known: frozenset[str]) -> Word:
        alone = len(word.stems) == 1 and word.stems[0] == stem(word.plain)
        if not alone or word.plain in known or self._is_word(word.stems[0]):
            return word
        near = nearest(word.stems[0], self._by_letter.get(word.stems[0][0], ()))
        if near:
            return replace(word, stems=(stem(near),))
        asked = nearest(word.plain, _ASKED[word.plain[0]])
        return replace(word, plain=asked, stems=(stem(asked),)) if asked else word

    def _is_word(self, word: str) -> bool:
        return word in self.words or word in self._joined or not word.isalpha()

    def matches(self, words: Words) -> list[Match]:
        """Return every label in the words, whatever else overlaps it, from left to right."""
        found: list[Match] = []
        for start, word in enumerate(words.words):
            if not word.filler:
                found.extend(self._from(words, start))
        return found

    def _from(self, words: Words, start: int) -> Iterable[Match]:
        parts: tuple[str, ...] = ()
        for end in range(start, min(start + _LONGEST, len(words.words))):
            word = words.words[end]
            if word.breaks and end > start:
                return
            if word.filler:
                continue
            parts += word.stems
            concepts, whole = self.meaning(parts, "".join(parts))
            if concepts:
                yield Match(range(start, end + 1), concepts, whole)


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the one of some words that is spelt almost as `word` is."""
    if len(word) < _SHORTEST_MISSPELT:
        return None
    most = 2 if len(word) >= _TWO_SLIPS else 1
    scored = [
        (OSA.distance(word, one, score_cutoff=most), one)
        for one in words
        if abs(len(one) - len(word)) <= most and (len(word) > 5 or one[-1] == word[-1])
    ]
    distance, best = min(scored, default=(most + 1, ""))
    return best if distance <= most else None


def longest(matches: Iterable[Match]) -> list[Match]:
    """Return the matches that remain when the longest takes its words first, left to right."""
    taken: set[int] = set()
    kept = []
    for one in sorted(matches, key=lambda one: (-one.length, not one.whole, one.span.start)):
        if taken.isdisjoint(one.span):
            taken.update(one.span)
            kept.append(one)
    return sorted(kept, key=lambda one: one.span.start)


def _together(
    found: Iterable[tuple[_Key, tuple[Concept, ...]]],
) -> dict[_Key, tuple[Concept, ...]]:
    together: dict[_Key, dict[Concept, None]] = defaultdict(dict)
    for key, concepts in found:
        together[key].update(dict.fromkeys(concepts))
    return {key: tuple(concepts) for key, concepts in together.items()}
