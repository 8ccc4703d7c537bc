"""Two sets of entries linked, one to one: who is whom, how surely, and why.

Identifiers first: what an entry says of another registry's identifier settles a pair. All else is
weighed. Of two candidates that are nearly as likely neither is taken, and organisations are linked
by identifiers alone. What is nobody's equal may plainly be a part of another: `broadMatch`.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fingerpost.registries import curies
from fingerpost.registries.entry import Entry
from fingerpost.registries.linking import evidence, judging, parts
from fingerpost.registries.linking.candidates import Candidates
from fingerpost.registries.linking.corpus import Corpus, Known, known
from fingerpost.registries.linking.parts import Part

EXACT, CLOSE, BROAD = "skos:exactMatch", "skos:closeMatch", "skos:broadMatch"
STATED = "semapv:BackgroundKnowledgeBasedMatching"
WEIGHED = "semapv:CompositeMatching"

_TIE = 0.05
"""How much likelier than the next the best candidate must be."""
_LEAST = judging.LIKELY - _TIE
"""The probability from which on a pair counts as a rival of others."""
_MANY = frozenset({"doi", "hdl"})
"""Prefixes of identifiers of which one thing may have several: other ones tell nothing apart."""
Ids = tuple[str, str]
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Link:
    """A mapping between two entries (SSSOM): predicate, confidence from 0 to 1, and reasons."""

    left: Entry
    right: Entry
    predicate: str
    confidence: float
    justification: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class _Pair:
    left: Known
    right: Known
    confidence: float


@dataclass(frozen=True)
class _Whole:
    left: Known
    right: Known
    part: Part


def link(
    left: Sequence[Entry],
    right: Sequence[Entry],
    rejected: Collection[Ids] = frozenset(),
    tell: Progress = lambda _: None,
) -> list[Link]:
    """Return the links from `left` to `right`, by the id of the left.

    A pair in `rejected` (ids of left and right) is never linked. `tell` hears of every entry of
    the left that has been looked at.
    """
    stated = list(_stated(left, right, rejected))
    settled = {id_ for one in stated for id_ in (one.left.id, one.right.id)}
    lefts = [known(one) for one in left if one.id not in settled]
    rights = [known(one) for one in right if one.id not in settled]
    corpus = Corpus(lefts, rights)
    pairs, broader = _pairs(lefts, Candidates(rights, corpus), corpus, rejected, tell)
    chosen = assigned({ids: pair.confidence for ids, pair in pairs.items()})
    weighed = [_weighed(pairs[ids], corpus) for ids in chosen]
    within = _parts(broader, [*stated, *weighed])
    return sorted([*stated, *weighed, *within], key=lambda one: (one.left.id, one.right.id))


def _stated(
    left: Iterable[Entry], right: Iterable[Entry], rejected: Collection[Ids]
) -> Iterable[Link]:
    """Yield the pairs that share an identifier which no other entry of a side has."""
    mine, yours = _by_identifier(left), _by_identifier(right)
    seen: set[str] = set()
    for identifier in sorted(mine.keys() & yours.keys()):
        if len(mine[identifier]) > 1 or len(yours[identifier]) > 1:
            continue
        one, other = mine[identifier][0], yours[identifier][0]
        pair = (one.id, other.id)
        if pair in rejected or not seen.isdisjoint(pair):
            continue
        seen |= {*pair}
        yield Link(one, other, EXACT, 1.0, STATED, (f"both have the identifier {identifier}",))


def _by_identifier(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found = defaultdict(list)
    for entry in entries:
        said = (entry.id, *map(_curie, entry.identifiers), curies.curie(entry.homepage))
        for identifier in {one.lower() for one in said if one}:
            found[identifier].append(entry)
    return found


def _curie(identifier: str) -> str:
    """Return an identifier in one form, however it is written: as a CURIE or an address."""
    return curies.curie(identifier) or identifier


def _pairs(
    lefts: Iterable[Known],
    candidates: Candidates,
    corpus: Corpus,
    rejected: Collection[Ids],
    tell: Progress,
) -> tuple[dict[Ids, _Pair], list[_Whole]]:
    """Return the pairs that are likely the same, and those of a part and its whole."""
    same, broader = {}, []
    for number, one in enumerate(lefts, 1):
        for other in candidates.of(one):
            ids = (one.entry.id, other.entry.id)
            if ids in rejected or not _comparable(one, other):
                continue
            likely = _likely(one, other, corpus)
            if likely >= _LEAST:
                same[ids] = _Pair(one, other, likely)
            elif part := parts.part(one, other, corpus):
                broader.append(_Whole(one, other, part))
        tell(number)
    return same, broader


def _likely(one: Known, other: Known, corpus: Corpus) -> float:
    """Return how probable a pair is; 0 where no description could make it likely."""
    seen = evidence.glimpse(one, other, corpus)
    if judging.at_most(seen) < _LEAST:
        return 0.0
    return judging.confidence(evidence.read(seen, one, other, corpus))


def _comparable(one: Known, other: Known) -> bool:
    """Say whether a pair may be weighed: no organisations, and no identifiers that differ."""
    if one.is_organization or other.is_organization:
        return False
    mine, yours = one.registered, other.registered
    both = (mine.keys() & yours.keys()) - _MANY
    return all(mine[prefix] & yours[prefix] for prefix in both)


def assigned(likely: Mapping[Ids, float]) -> list[Ids]:
    """Return the best of the pairs by how probable each is, one for each entry; of a tie none."""
    taken: set[str] = set()
    chosen = []
    ordered = sorted(likely, key=lambda pair: (-likely[pair], pair))
    rivals: dict[str, list[Ids]] = defaultdict(list)
    for pair in ordered:
        rivals[pair[0]].append(pair)
    for pair in ordered:
        marks = (f"left {pair[0]}", f"right {pair[1]}")
        if likely[pair] < judging.LIKELY or not taken.isdisjoint(marks):
            continue
        others = (
            rival for rival in rivals[pair[0]] if rival != pair and f"right {rival[1]}" not in taken
        )
        taken |= {*marks}
        if not any(likely[pair] - likely[rival] < _TIE for rival in others):
            chosen.append(pair)
    return chosen


def _parts(found: Iterable[_Whole], links: Sequence[Link]) -> Iterator[Link]:
    """Yield the parts that have one whole alone, which is the same as another entry.

    Where nothing else is the whole, a part of it may be what the other registry means.
    """
    mine, yours = {one.left.id for one in links}, {one.right.id for one in links}
    wholes: dict[str, list[_Whole]] = defaultdict(list)
    for one in found:
        if one.left.entry.id not in mine and one.right.entry.id in yours:
            wholes[one.left.entry.id].append(one)
    for only in (some[0] for some in wholes.values() if len(some) == 1):
        left, right, part = only.left.entry, only.right.entry, only.part
        yield Link(left, right, BROAD, part.confidence, WEIGHED, part.reasons)


def _weighed(pair: _Pair, corpus: Corpus) -> Link:
    judged = judging.judge(evidence.compare(pair.left, pair.right, corpus))
    predicate = EXACT if judged.confidence >= judging.SURE else CLOSE
    return Link(
        pair.left.entry,
        pair.right.entry,
        predicate,
        round(judged.confidence, 3),
        WEIGHED,
        judged.reasons,
    )
