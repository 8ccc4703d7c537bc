"""Evidence weighed: how sure a pair is the same thing, and why, in words."""

import math
from dataclasses import dataclass

from fingerpost.registries.linking.evidence import NAMES, Evidence

BASE = -7.0
"""The weight against any pair of candidates: most are not the same."""
WEIGHTS = {
    "same_name": 2.2,
    "same_main": 2.3,
    "same_piece": 0.6,
    "two_names": 0.8,
    "initials": 0.6,
    "similar": 1.9,
    "contained": 1.4,
    "same_place": 1.8,
    "near_place": 0.8,
    "same_host": 0.9,
    "same_domain": 0.4,
    "same_label": -0.6,
    "other_place": -1.1,
    "name_and_place": 1.5,
    "named_in_text": 1.7,
    "told_alike": 1.5,
    "left_over": -0.7,
    "other_number": -1.5,
    "other_sort": -1.5,
    "other_kin": -1.5,
}
"""What each piece of evidence adds, in log odds. A logistic regression over the two development
sets gave them (L2, C = 1), rounded; the three conflicts are too rare there and are set by hand."""
LIKELY = 0.35
"""The probability from which on a pair is linked at all."""
SURE = 0.8
"""The probability from which on it is `exactMatch`."""

_WORDS = {
    "same_name": "a name of both is equal",
    "same_main": "the first name of each is a name of the other",
    "same_piece": "a part of a name is equal",
    "two_names": "a second name is equal",
    "initials": "one has the initials of the other",
    "similar": "the names are alike",
    "contained": "the rare words of one name are in the other",
    "same_place": "the addresses are equal",
    "near_place": "one address is below the other",
    "same_host": "the host is the same",
    "same_domain": "the domain is the same",
    "same_label": "only the word in the domain is the same",
    "other_place": "the addresses differ",
    "name_and_place": "name and address agree",
    "named_in_text": "a description names the other",
    "told_alike": "the descriptions are alike",
    "left_over": "each name has a rare word that the other lacks",
    "other_number": "the names have different numbers",
    "other_sort": "one is a standard, the other holds data",
    "other_kin": "the names have different species or countries",
}
_TOLD = 0.15
"""The log odds from which on a piece of evidence is told."""


@dataclass(frozen=True)
class Judgement:
    """How probable a pair is, from 0 to 1, and the reasons, the heaviest first."""

    confidence: float
    reasons: tuple[str, ...]


def confidence(evidence: Evidence) -> float:
    """Return how probable it is that a pair is the same thing, from 0 to 1."""
    return _probability(_parts(evidence))


def judge(evidence: Evidence) -> Judgement:
    """Return how probable a pair is, and why."""
    parts = _parts(evidence)
    told = sorted(
        (name for name in parts if abs(parts[name]) >= _TOLD), key=lambda n: -abs(parts[n])
    )
    reasons = tuple(f"{_WORDS[name]} ({parts[name]:+.1f})" for name in told)
    return Judgement(_probability(parts), reasons)


def _probability(parts: dict[str, float]) -> float:
    return 1 / (1 + math.exp(-BASE - sum(parts.values())))


def _parts(evidence: Evidence) -> dict[str, float]:
    figures = zip(NAMES, evidence.figures(), strict=True)
    return {name: figure * WEIGHTS[name] for name, figure in figures if figure}
