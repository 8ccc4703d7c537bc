"""What the descriptions of two entries say of them."""

import math
from collections.abc import Iterator, Mapping

from fingerpost.registries.linking.corpus import Corpus, Known

_BEGIN = 8
"""The words at the begin of a description that say whom it describes."""


def evidence(left: Known, right: Known, corpus: Corpus) -> Iterator[tuple[str, float]]:
    """Yield what descriptions say: whom they name, and how alike they are."""
    yield "named_in_text", max(_named(left, right, corpus), _named(right, left, corpus))
    yield "begins", max(_begins(left, right, corpus), _begins(right, left, corpus))
    yield "untold", float(not (left.entry.description and right.entry.description))
    yield "told_alike", _cosine(corpus.vector(left), corpus.vector(right))


def _named(one: Known, other: Known, corpus: Corpus) -> float:
    """Return how rare a name of one is that the description of the other has."""
    return _rarest(one, other.text, corpus, 4)


def _begins(one: Known, other: Known, corpus: Corpus) -> float:
    """Return how rare a name of one is with which the description of the other begins."""
    return _rarest(one, f" {' '.join(other.text.split()[:_BEGIN])} ", corpus, 3)


def _rarest(one: Known, text: str, corpus: Corpus, least: int) -> float:
    found = (
        corpus.rarity(form)
        for form in one.whole
        if len(form.key) >= least and f" {' '.join(form.words)} " in text
    )
    return max(found, default=0.0)


def _cosine(mine: Mapping[str, float], yours: Mapping[str, float]) -> float:
    if len(mine) > len(yours):
        mine, yours = yours, mine
    return min(1.0, math.fsum(weight * yours.get(word, 0.0) for word, weight in mine.items()))
