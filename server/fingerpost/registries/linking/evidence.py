"""What speaks for two entries being the same thing, and what against it, each from 0 to 1."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from fingerpost.registries.linking.addresses import Address
from fingerpost.registries.linking.corpus import Corpus, Known
from fingerpost.registries.linking.names import Form

_ALIKE = 0.92
_NEAR = ("same_place", "near_place", "same_host", "same_domain")
_STANDARD = frozenset(
    "checklist format guideline language model ontology schema specification standard taxonomy "
    "terminology thesauru thesaurus vocabulary".split()
)
_STORE = frozenset("archive atla atlas bank catalog database portal repository browser".split())
_KIN = frozenset(
    "human mouse rat zebrafish yeast fly worm plant rice maize wheat tomato bacteria virus fungi "
    "australia austria brazil britain canada china denmark finland france germany india ireland "
    "italy japan korea mexico norway poland spain sweden switzerland taiwan us".split()
)
_NUMBER = re.compile(r"[0-9]")


@dataclass(frozen=True)
class Evidence:
    """The evidence about a pair. Each figure is 0 where it says nothing."""

    same_name: float = 0.0
    """A whole name of both is equal; by how rare and long it is."""
    same_main: float = 0.0
    """The first name of each is a name of the other."""
    same_piece: float = 0.0
    """A piece of a name of one is a name, or a piece, of the other."""
    two_names: float = 0.0
    """A second name is equal too."""
    initials: float = 0.0
    """One is called by the initials of the other."""
    similar: float = 0.0
    """The words of the most similar names, weighed, that both have."""
    contained: float = 0.0
    """The rare words of the shorter name are all in the longer one."""
    same_place: float = 0.0
    """The addresses are equal, by how few entries have it."""
    near_place: float = 0.0
    """One address is below the other."""
    same_host: float = 0.0
    """The host is the same, by how few entries have it; the paths differ."""
    same_domain: float = 0.0
    """The domain is the same, by how few entries have it; the hosts differ."""
    same_label: float = 0.0
    """The speaking parts of different domains are equal."""
    other_place: float = 0.0
    """Both have an address, and their domains differ."""
    name_and_place: float = 0.0
    """Name and address agree, each as far as it does: chance seldom makes both."""
    named_in_text: float = 0.0
    """The description of one names the other by a rare name."""
    told_alike: float = 0.0
    """The cosine of the words of their descriptions."""
    left_over: float = 0.0
    """Both names have rare words that the other lacks."""
    other_number: float = 0.0
    """The names differ in a number: a version, a part."""
    other_sort: float = 0.0
    """One is called a standard, the other a place where data are."""
    other_kin: float = 0.0
    """The names have different species or countries."""

    def figures(self) -> tuple[float, ...]:
        """Return the figures in order."""
        return tuple(getattr(self, one.name) for one in fields(self))


NAMES = tuple(one.name for one in fields(Evidence))


def compare(left: Known, right: Known, corpus: Corpus) -> Evidence:
    """Return what speaks for a pair, and what against it."""
    found: dict[str, float] = dict(_names(left, right, corpus))
    found |= dict(_places(left, right, corpus))
    name = max(found.get(one, 0.0) for one in ("same_name", "same_piece", "contained", "similar"))
    place = max(*(found.get(one, 0.0) for one in _NEAR), _called(left, right))
    found["name_and_place"] = name * place
    found["named_in_text"] = max(_mentioned(left, right, corpus), _mentioned(right, left, corpus))
    found["told_alike"] = _cosine(left, right, corpus)
    return Evidence(**found)


def _names(left: Known, right: Known, corpus: Corpus) -> Iterator[tuple[str, float]]:
    theirs = {form.key: form for form in right.forms}
    equal = [(form, theirs[form.key]) for form in left.forms if form.key in theirs]
    whole = sorted(
        (corpus.rarity(one) for one, other in equal if one.whole and other.whole), reverse=True
    )
    pieces = [corpus.rarity(one) for one, other in equal if not (one.whole and other.whole)]
    if whole:
        yield "same_name", whole[0]
    if pieces:
        yield "same_piece", max(pieces)
    if len(whole) > 1:
        yield "two_names", whole[1]
    first, other = left.forms[0], right.forms[0]
    mine = {form.key for form in left.forms if form.whole}
    if first.key in theirs and other.key in mine and theirs[first.key].whole:
        yield "same_main", 1.0
    if _shortened(left, right) or _shortened(right, left):
        yield "initials", 1.0
    if pairs := [(one, two) for one in left.whole for two in right.whole]:
        similar, contained, left_over = max(_similar(one, two, corpus) for one, two in pairs)
        yield "similar", similar
        yield "contained", contained
        if not whole:
            yield "left_over", left_over
    yield from _conflicts(left, right)


def _conflicts(left: Known, right: Known) -> Iterator[tuple[str, float]]:
    """Yield what tells apart two things whose names are alike."""
    first, other = set(left.forms[0].words), set(right.forms[0].words)
    if first == other:
        return
    numbers = [{word for word in one if _NUMBER.match(word)} for one in (first, other)]
    if all(numbers) and numbers[0] != numbers[1]:
        yield "other_number", 1.0
    sorts = [(bool(one & _STANDARD), bool(one & _STORE)) for one in (first, other)]
    if sorts in ([(True, False), (False, True)], [(False, True), (True, False)]):
        yield "other_sort", 1.0
    kin = [one & _KIN for one in (first, other)]
    if all(kin) and not kin[0] & kin[1]:
        yield "other_kin", 1.0


def _shortened(one: Known, other: Known) -> bool:
    keys = {form.key for form in one.forms if form.short and len(form.key) > 2}
    return any(form.initials in keys for form in other.forms if form.initials)


def _similar(one: Form, two: Form, corpus: Corpus) -> tuple[float, float, float]:
    """Return the weight of common words to all, to the shorter's, and the least of what is left."""
    rest = list(two.words)
    both = mine = 0.0
    weight = corpus.weight
    for word in one.words:
        found = word if word in rest else _alike(word, rest)
        if found is None:
            mine += weight(word)
        else:
            rest.remove(found)
            both += min(weight(word), weight(found))
    yours = sum(map(weight, rest))
    if both == 0.0:
        joined = fuzz.ratio(one.key, two.key) / 100
        return (joined if joined > 0.9 else 0.0), 0.0, min(1.0, min(mine, yours))
    contained = min(1.0, both) * both / (both + min(mine, yours))
    return both / (both + mine + yours), contained, min(1.0, min(mine, yours))


def _alike(word: str, words: list[str]) -> str | None:
    if len(word) < 5:
        return None
    for other in words:
        # Words that differ in their first letter are no spellings of one another.
        if other[0] == word[0] and len(other) >= 5 and _alike_words(word, other):
            return other
    return None


@lru_cache(maxsize=1 << 16)
def _alike_words(one: str, other: str) -> bool:
    return JaroWinkler.similarity(one, other) >= _ALIKE


def _places(left: Known, right: Known, corpus: Corpus) -> Iterator[tuple[str, float]]:
    mine, yours = left.address, right.address
    if not mine or not yours:
        return
    if mine == yours:
        yield "same_place", 1 / corpus.places.get(mine.whole, 1)
    elif mine.within(yours) or yours.within(mine):
        yield "near_place", 1 / corpus.hosts.get(mine.host, 1) ** 0.5
    elif mine.host == yours.host:
        yield "same_host", 1 / corpus.hosts.get(mine.host, 1) ** 0.5
    elif mine.domain == yours.domain:
        yield "same_domain", 1 / corpus.domains.get(mine.domain, 1) ** 0.5
    elif mine.label == yours.label:
        yield "same_label", min(1.0, len(mine.label) / 6)
    else:
        yield "other_place", 1.0


def _called(left: Known, right: Known) -> float:
    """Return 1 if the domain of one is called like the other."""
    return float(_named(left.address, right) or _named(right.address, left))


def _named(place: Address | None, one: Known) -> bool:
    label = place.label.replace("-", "") if place else ""
    return len(label) > 3 and any(form.key == label for form in one.forms)


def _mentioned(one: Known, other: Known, corpus: Corpus) -> float:
    """Return how rare a name of one is that the description of the other has."""
    found = [
        corpus.rarity(form)
        for form in one.forms
        if form.whole and len(form.key) > 3 and f" {' '.join(form.words)} " in other.text
    ]
    return max(found, default=0.0)


def _cosine(left: Known, right: Known, corpus: Corpus) -> float:
    mine, yours = corpus.vector(left), corpus.vector(right)
    if len(mine) > len(yours):
        mine, yours = yours, mine
    return min(1.0, sum(weight * yours.get(word, 0.0) for word, weight in mine.items()))
