"""How the linker's weights are fitted, and how well such weights do on pairs that they have not seen.

    pip install bioregistry && python tests/benchmarks/linking_fit.py ../shared/linking

A logistic regression with a penalty, in which no weight may have the sign against its meaning. For
each development set: five folds by its left records, and once without the set at all. Then the
weights that all sets give; `judging.py` has them, rounded.
"""

import argparse
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from linking_elsewhere import LEFT, OTHERS, RIGHT, package, sets
from numpy.typing import NDArray

from fingerpost.registries import reading
from fingerpost.registries.entry import Entry
from fingerpost.registries.linking import evidence, judging, linker, measure
from fingerpost.registries.linking.candidates import Candidates
from fingerpost.registries.linking.corpus import Corpus, known
from fingerpost.registries.linking.measure import Pair

AGAINST = {name for name, weight in judging.WEIGHTS.items() if weight < 0}
BY_HAND = ("other_number", "other_sort", "other_kin")
SIGNS = np.array([-1.0 if name in AGAINST else 1.0 for name in evidence.NAMES])
FIXED = np.array([judging.WEIGHTS[one] if one in BY_HAND else 0.0 for one in evidence.NAMES])
FREE = np.array([one not in BY_HAND for one in evidence.NAMES])
ELSEWHERE = 0.3
"""What a pair of other registries counts, beside one of the development sets."""
PENALTY = 1.0
STEPS = 1500
FOLDS = 5
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Weights:
    base: float
    each: Array


@dataclass(frozen=True)
class Set:
    """Pairs of ids that may be the same, the figures of each, and which are."""

    name: str
    pairs: tuple[Pair, ...]
    figures: Array
    same: Array
    truth: frozenset[Pair]

    def part(self, lefts: frozenset[str], inside: bool) -> "Set":
        """Return what is about some of the left records, or about the others."""
        rows = [n for n, pair in enumerate(self.pairs) if (pair[0] in lefts) == inside]
        pairs = tuple(self.pairs[n] for n in rows)
        truth = frozenset(pair for pair in self.truth if (pair[0] in lefts) == inside)
        return Set(self.name, pairs, self.figures[rows], self.same[rows], truth)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("shared", type=Path, help="the folder of the development sets")
    places = sorted(one.parent for one in parser.parse_args().shared.glob("*/truth.tsv"))
    near = [_development(place) for place in places]
    pairs = (*((one, two) for one in LEFT for two in RIGHT if one != two), *OTHERS)
    far = [_set(name, *sides) for name, *sides in sets(package(), pairs)]
    for one in near:
        others = [other for other in near if other is not one]
        _tell(f"{one.name}, in {FOLDS} folds", _folds(one, others, far))
        _tell(f"{one.name}, without it", [_measured(one, fit(others, far))])
        _tell(f"{one.name}, elsewhere alone", [_measured(one, fit([], far))])
    weights = fit(near, far)
    print(f"BASE {weights.base:.1f}")
    for name, weight in zip(evidence.NAMES, weights.each, strict=True):
        print(f"{name:>16} {weight:5.1f}  {judging.WEIGHTS[name]:5.1f}")


def fit(near: Sequence[Set], far: Sequence[Set]) -> Weights:
    """Return the weights that make the sets likeliest, by accelerated projected gradients."""
    both = [*near, *far]
    figures = np.vstack([one.figures for one in both])
    truth = np.concatenate([one.same for one in both])
    counts = np.concatenate(
        [np.full(len(one.same), 1.0 if one in near else ELSEWHERE) for one in both]
    )
    fixed = figures @ FIXED
    columns = np.hstack([np.ones((len(figures), 1)), figures[:, FREE]])
    signs = np.concatenate([[0.0], SIGNS[FREE]])
    penalty = np.concatenate([[0.0], np.full(int(FREE.sum()), 1 / PENALTY)])
    steep = np.linalg.norm(columns * np.sqrt(counts)[:, None], 2) ** 2 / 4 + 1 / PENALTY
    found = ahead = np.concatenate([[judging.BASE], FIXED[FREE]])
    for step in range(STEPS):
        likely = 1 / (1 + np.exp(-(columns @ ahead + fixed)))
        last, found = (
            found,
            ahead - (columns.T @ (counts * (likely - truth)) + penalty * ahead) / steep,
        )
        found = np.where(found * signs < 0, 0.0, found)
        ahead = found + step / (step + 3) * (found - last)
    each = FIXED.copy()
    each[FREE] = found[1:]
    return Weights(float(found[0]), each)


def _development(place: Path) -> Set:
    left, right = (reading.read(place / f"{side}.jsonl").entries for side in ("left", "right"))
    return _set(place.name, left, right, measure.read(place / "truth.tsv"))


def _set(name: str, left: Iterable[Entry], right: Iterable[Entry], truth: Iterable[Pair]) -> Set:
    lefts, rights = ([known(one) for one in side] for side in (left, right))
    corpus, true = Corpus(lefts, rights), frozenset(truth)
    candidates = Candidates(rights, corpus)
    found = [(one, other) for one in lefts for other in candidates.of(one)]
    pairs = tuple((one.entry.id, other.entry.id) for one, other in found)
    figures = np.array([evidence.compare(one, other, corpus).figures() for one, other in found])
    return Set(name, pairs, figures, np.array([float(pair in true) for pair in pairs]), true)


def _folds(one: Set, others: Sequence[Set], far: Sequence[Set]) -> list[measure.Measure]:
    ids = sorted({pair[0] for pair in (*one.pairs, *one.truth)})
    random.Random(1).shuffle(ids)
    parts = [frozenset(ids[n::FOLDS]) for n in range(FOLDS)]
    return [
        _measured(one.part(part, True), fit([one.part(part, False), *others], far))
        for part in parts
    ]


def _measured(one: Set, weights: Weights) -> measure.Measure:
    """Return how links by these weights do; of two rivals as good as each other, none is made."""
    likely = 1 / (1 + np.exp(-(one.figures @ weights.each + weights.base)))
    made = linker.assigned(dict(zip(one.pairs, map(float, likely), strict=True)))
    return measure.measure(made, one.truth)


def _tell(name: str, found: Sequence[measure.Measure]) -> None:
    right, wrong, missed = (
        frozenset().union(*(getattr(one, side) for one in found))
        for side in ("right", "wrong", "missed")
    )
    whole = measure.Measure(right, wrong, missed)
    print(
        f"{name:>44}: precision {whole.precision:.3f}, recall {whole.recall:.3f}, "
        f"F1 {whole.f1:.3f} ({len(right)} right, {len(wrong)} wrong, {len(missed)} missed)",
        flush=True,
    )


if __name__ == "__main__":
    main()
