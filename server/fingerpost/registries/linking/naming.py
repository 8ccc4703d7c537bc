"""What the names of two entries say of them: equal, alike, shortened, one in the other."""

from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from fingerpost.registries.linking.corpus import Corpus, Known
from fingerpost.registries.linking.names import Form

Figures = Iterator[tuple[str, float]]
_ALIKE = 0.92


def evidence(left: Known, right: Known, corpus: Corpus) -> Figures:
    """Yield what speaks for a pair by its names, and what is left over of them."""
    if not left.forms or not right.forms:
        return
    theirs = {form.key: form for form in right.forms}
    equal = [(form, theirs[form.key]) for form in left.forms if form.key in theirs]
    yield from _equal(equal, corpus)
    cores = {form.core for form in right.whole}
    yield (
        "same_core",
        max((corpus.core_rarity(form) for form in left.whole if form.core in cores), default=0.0),
    )
    first, other = left.forms[0], right.forms[0]
    if len(first.words) > 1 and len(other.words) > 1:
        yield "main_apart", similar(first, other, corpus)[2]
    whole = any(one.whole and two.whole for one, two in equal)
    yield from _alike(left, right, corpus, whole)


def _equal(equal: list[tuple[Form, Form]], corpus: Corpus) -> Figures:
    whole = (corpus.rarity(one) for one, two in equal if one.whole and two.whole)
    yield "same_name", max(whole, default=0.0)
    pieces = [(one, two) for one, two in equal if not (one.whole and two.whole)]
    yield "same_piece", max((corpus.rarity(one) for one, _ in pieces), default=0.0)
    heads = (corpus.rarity(one) for one, two in pieces if one.leads and two.leads)
    yield "same_head", max(heads, default=0.0)


def _alike(left: Known, right: Known, corpus: Corpus, equal: bool) -> Figures:
    pairs = ((one, two) for one in left.whole for two in right.whole)
    found = [similar(one, two, corpus) for one, two in pairs]
    if not found:
        return
    best = max(found)
    yield "similar", best[0]
    yield "contained", best[1]
    if not equal:
        yield "extra", best[3]


def similar(one: Form, two: Form, corpus: Corpus) -> tuple[float, float, float, float]:
    """Return the weight of common words to all, to the shorter's, and the least and most left."""
    rest, mine, both = _paired(one, two, corpus)
    yours = sum(map(corpus.weight, rest))
    least, most = min(1.0, mine, yours), min(1.0, max(mine, yours))
    if both == 0.0:
        joined = fuzz.ratio(one.key, two.key) / 100
        return (joined if joined > 0.9 else 0.0), 0.0, least, most
    contained = min(1.0, both) * both / (both + min(mine, yours))
    return both / (both + mine + yours), contained, least, most


def _paired(one: Form, two: Form, corpus: Corpus) -> tuple[list[str], float, float]:
    """Return the words of the second that are left, the weight of the first's left, and of both."""
    weight = corpus.weight
    rest, alone = list(two.words), []
    mine = both = 0.0
    for word in one.words:
        found = word if word in rest else _spelling(word, rest)
        if found is None:
            alone.append(word)
        else:
            rest.remove(found)
            both += min(weight(word), weight(found))
    both += _spelled_out(alone, rest, corpus) + _spelled_out(rest, alone, corpus)
    mine = sum(map(weight, alone))
    return rest, mine, both


def _spelled_out(short: list[str], long: list[str], corpus: Corpus) -> float:
    """Take acronyms out of one list and their words out of the other; return what they weigh."""
    found = 0.0
    for word in [one for one in short if 2 < len(one) <= len(long)]:
        initials = "".join(one[0] for one in long)
        at = initials.find(word)
        if at >= 0:
            found += corpus.weight(word)
            short.remove(word)
            del long[at : at + len(word)]
    return found


def _spelling(word: str, words: list[str]) -> str | None:
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
