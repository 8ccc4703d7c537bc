"""Who may be whom: few entries for each, found by what is rare, never by comparing all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from fingerpost.registries.linking.corpus import Corpus, Known

_COMMON = 150
"""Entries from which on a word, host or domain finds nobody."""
_MOST = 20
"""Candidates of an entry that are looked at closely."""
_PART = 0.15
"""The part of the best candidate's points that another needs."""


class Candidates:
    """The entries of one side, by what they may be found."""

    def __init__(self, side: Iterable[Known], corpus: Corpus) -> None:
        self._corpus = corpus
        self._side = tuple(side)
        self._by: dict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(self._side):
            for mark in dict(self._marks(one)):
                self._by[mark].append(number)

    def of(self, one: Known) -> list[Known]:
        """Return who may be this, the likeliest first."""
        points: dict[int, float] = defaultdict(float)
        for mark, weight in dict(self._marks(one)).items():
            found = self._by.get(mark, ())
            if len(found) <= _COMMON:
                for number in found:
                    points[number] += weight
        best = sorted(points, key=lambda number: (-points[number], number))[:_MOST]
        least = _PART * points[best[0]] if best else 0.0
        return [self._side[number] for number in best if points[number] >= least]

    def _marks(self, one: Known) -> Iterator[tuple[str, float]]:
        corpus = self._corpus
        for form in one.forms:
            yield f"name {form.key}", 4.0
            if form.initials:
                yield f"name {form.initials}", 0.5
        for word in one.words:
            yield f"word {word}", corpus.weight(word)
        if one.address:
            yield f"place {one.address.whole}", 3.0
            yield f"host {one.address.host}", 1.0
            yield f"domain {one.address.domain}", 0.5
            yield f"name {one.address.label}", 0.5
