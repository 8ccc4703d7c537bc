"""What tells apart two entries whose names are alike: version, sort, species, country, owner."""

import re
from collections.abc import Iterable, Iterator

from fingerpost.registries.linking.corpus import Corpus, Known
from fingerpost.registries.linking.names import GENERAL
from fingerpost.registries.linking.qualifiers import kin, land

_STANDARD = frozenset(
    "checklist format guideline language model ontology schema specification standard taxonomy "
    "terminology thesauru thesaurus vocabulary".split()
)
_STORE = frozenset("archive atla atlas bank catalog database portal repository browser".split())
_RARE = 0.3
_NUMBER = re.compile(r"[0-9]")


def evidence(left: Known, right: Known, corpus: Corpus) -> Iterator[tuple[str, float]]:
    """Yield what tells apart two things whose names are alike."""
    yield from _lands(left, right)
    yield "other_owner", max(_owned(left, right, corpus), _owned(right, left, corpus))
    if not left.forms or not right.forms:
        return
    first, other = set(left.forms[0].words), set(right.forms[0].words)
    if first == other:
        return
    numbers = [{word for word in one if _NUMBER.match(word)} for one in (first, other)]
    yield "other_number", float(all(numbers) and numbers[0] != numbers[1])
    sorts = [(bool(one & _STANDARD), bool(one & _STORE)) for one in (first, other)]
    yield "other_sort", float(sorted(sorts) == [(False, True), (True, False)])
    yield "other_kin", float(bool(left.kin and right.kin) and left.kin.isdisjoint(right.kin))


def qualifiers(words: Iterable[str], corpus: Corpus) -> list[str]:
    """Return the words that say which of several: species, countries, versions, rare ones."""
    return [
        word
        for word in words
        if word not in GENERAL
        and (kin([word]) or land(word) or _NUMBER.match(word) or corpus.weight(word) >= _RARE)
    ]


def _lands(left: Known, right: Known) -> Iterator[tuple[str, float]]:
    mine, yours = left.lands | left.seat, right.lands | right.seat
    yield "other_land", float(bool(mine and yours) and mine.isdisjoint(yours))
    yield (
        "one_land",
        float(
            bool(
                (left.lands - yours and not right.lands) or (right.lands - mine and not left.lands)
            )
        ),
    )


def _owned(one: Known, other: Known, corpus: Corpus) -> float:
    """Return what a word weighs that is in name and host of one, in neither of the other."""
    if not one.address or not other.address or one.address.domain == other.address.domain:
        return 0.0
    labels = {*one.address.host.split(".")[:-1]} - {*other.address.host.split(".")}
    found = (one.words & labels) - other.words
    return max((corpus.weight(word) for word in found), default=0.0)
