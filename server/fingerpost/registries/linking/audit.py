"""Links that are there already, held against the evidence: which do not agree with it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fingerpost.registries.entry import Entry
from fingerpost.registries.linking import evidence, judging
from fingerpost.registries.linking.candidates import Candidates
from fingerpost.registries.linking.corpus import Corpus, Known, known

_BETTER = 0.15
"""How much likelier another entry must be for a link to be doubted for it."""


@dataclass(frozen=True)
class Doubt:
    """A link that the evidence does not bear: how likely it is, and who is likelier, if anybody.

    `right` is None where there is no such entry.
    """

    left: Entry
    right_id: str
    right: Entry | None
    confidence: float
    reasons: tuple[str, ...]
    better: Entry | None = None
    better_confidence: float = 0.0


def audit(
    links: Iterable[tuple[str, str]], left: Sequence[Entry], right: Sequence[Entry]
) -> list[Doubt]:
    """Return the links, pairs of ids, that are unlikely or not the likeliest, the worst first.

    A link whose left side is not among the entries is passed over.
    """
    lefts = {one.id: known(one) for one in left}
    rights = {one.id.lower(): known(one) for one in right}
    corpus = Corpus(lefts.values(), rights.values())
    candidates = Candidates(rights.values(), corpus)
    found = [
        doubt
        for left_id, right_id in links
        if left_id in lefts
        for doubt in _doubts(lefts[left_id], right_id, rights, candidates, corpus)
    ]
    return sorted(found, key=lambda doubt: (doubt.confidence, doubt.left.id, doubt.right_id))


def _doubts(
    one: Known, right_id: str, rights: dict[str, Known], candidates: Candidates, corpus: Corpus
) -> Iterator[Doubt]:
    other = rights.get(right_id.lower())
    if other is None:
        yield Doubt(one.entry, right_id, None, 0.0, ("there is no such entry",))
        return
    judged = judging.judge(evidence.compare(one, other, corpus))
    likely, better = max(
        (
            (judging.confidence(evidence.compare(one, rival, corpus)), rival.entry)
            for rival in candidates.of(one)
            if rival is not other
        ),
        key=lambda pair: (pair[0], pair[1].id),
        default=(0.0, None),
    )
    if likely < max(judging.LIKELY, judged.confidence + _BETTER):
        likely, better = 0.0, None
    if better or judged.confidence < judging.LIKELY:
        yield Doubt(
            one.entry, right_id, other.entry, judged.confidence, judged.reasons, better, likely
        )
