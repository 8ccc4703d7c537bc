"""Evidence weighed: how sure a pair is the same thing, and why, in words."""

import math
from dataclasses import dataclass

from fingerpost.registries.linking.evidence import NAMES, Evidence, Figures

BASE = -6.5
"""The weight against any pair of candidates: most are not the same."""
WEIGHTS = {
    "same_name": 1.0,
    "same_core": 1.7,
    "same_head": 1.1,
    "same_piece": 1.4,
    "similar": 2.3,
    "contained": 1.6,
    "main_apart": -0.7,
    "extra": -0.3,
    "same_place": 1.3,
    "near_place": 0.3,
    "same_host": 0.7,
    "same_domain": 0.6,
    "called": 0.5,
    "named_in_text": 0.5,
    "begins": 0.6,
    "untold": 0.6,
    "told_alike": 3.5,
    "other_number": -1.5,
    "other_sort": -1.5,
    "other_kin": -1.5,
    "other_land": -1.0,
    "one_land": -0.9,
    "other_owner": -0.8,
}
"""What each piece of evidence adds, in log odds. A logistic regression gave them (L2, C = 1, no
sign against its meaning), rounded: over the two development sets, and with a weight of 0.3 over
mappings between other registries, so that they fit no two sets alone
(`tests/benchmarks/linking_fit.py`). Number, sort and species are too rare there and are set by
hand."""
_TOLD_WHOLLY = {name: WEIGHTS[name] for name in ("named_in_text", "begins", "untold", "told_alike")}
LIKELY = 0.45
"""The probability from which on a pair is linked at all."""
SURE = 0.8
"""The probability from which on it is `exactMatch`."""

_WORDS = {
    "same_name": "a name of both is equal",
    "same_core": "a name of both is equal but for words such as database",
    "same_head": "the name before a colon is equal",
    "same_piece": "a part of a name is equal",
    "similar": "the names are alike",
    "contained": "the rare words of one name are in the other",
    "main_apart": "each first name has rare words that the other lacks",
    "extra": "one name has rare words that the other lacks",
    "same_place": "the addresses are equal",
    "near_place": "one address is below the other",
    "same_host": "the host is the same",
    "same_domain": "the domain is the same",
    "called": "an address has the name of the other",
    "named_in_text": "a description names the other",
    "begins": "a description begins with the name of the other",
    "untold": "one has no description",
    "told_alike": "the descriptions are alike",
    "other_number": "the names have different numbers",
    "other_sort": "one is a standard, the other holds data",
    "other_kin": "the names have different species",
    "other_land": "the countries differ",
    "one_land": "only one is of a country",
    "other_owner": "a word in name and host of one is in neither of the other",
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


def at_most(glimpsed: Figures) -> float:
    """Return how probable a pair is at most, whatever its descriptions say."""
    found = {name: figure * WEIGHTS[name] for name, figure in glimpsed.items()}
    return _probability(found | _TOLD_WHOLLY)


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
