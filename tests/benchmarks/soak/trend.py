"""Whether a figure grows: a line through its second half, with the error of its slope."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Slope:
    """How much a figure grows in a second, and the standard error of that."""

    value: float
    error: float

    def over(self, bound: float, errors: float) -> bool:
        """Say whether it grows faster than the bound, by so many errors more."""
        return self.value - errors * self.error > bound


def slope(seconds: Sequence[float], values: Sequence[float]) -> Slope:
    """Fit a line by least squares; the error allows for neighbours that are alike.

    Samples of a process follow each other closely, so they count for fewer than they are: by
    the correlation r of neighbouring residuals, n (1 - r) / (1 + r) of n (Santer and others,
    Journal of Geophysical Research 105, 2000, p. 7337).
    """
    count = len(seconds)
    if count < 3:
        return Slope(0.0, math.inf)
    middle, mean = sum(seconds) / count, sum(values) / count
    spread = sum((second - middle) ** 2 for second in seconds)
    pairs = list(zip(seconds, values, strict=True))
    value = sum((second - middle) * (one - mean) for second, one in pairs) / spread
    left = [one - mean - value * (second - middle) for second, one in pairs]
    squares = sum(one * one for one in left)
    alike = sum(a * b for a, b in itertools.pairwise(left)) / squares if squares else 0.0
    alike = min(max(alike, 0.0), 0.99)
    counted = max(count * (1 - alike) / (1 + alike), 3.0)
    return Slope(value, math.sqrt(squares / (counted - 2) / spread))


def second_half(values: Sequence[float]) -> Sequence[float]:
    """Return the later half of the samples, when caches are warm."""
    return values[len(values) // 2 :]
