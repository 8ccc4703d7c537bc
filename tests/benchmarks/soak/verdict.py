"""What a soak found: a table, and whether something leaks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from endpoint.servers import PROCESSES, WORKERS

from attack.tree import Size
from soak.samples import MEGABYTE, Samples
from soak.trend import Slope, second_half, slope

MINUTE = 60.0
LEAST = 2 * MINUTE
"""Seconds that the later half must have before growth in it is judged: caches fill first."""
BOUNDS = {"memory": 4.0 * MEGABYTE, "lasting": 1.0 * MEGABYTE, "handles": 2.0, "threads": 2.0, "processes": 0.2}  # fmt: skip
"""What each may grow in a minute, beyond chance: less than that is warmth, not a leak.

The memory of all goes up and down with queries that run; that of the processes that last does not.
"""
SURE = {"memory": 4.0, "lasting": 2.0, "handles": 3.0, "threads": 3.0, "processes": 3.0}
"""Errors of the slope that are allowed for: more where workers come and go."""
_SIZES = ("memory", "lasting")
SPARE = {"processes": WORKERS * PROCESSES, "threads": 16, "handles": 32}
"""What may be held at rest beyond what was held at rest before: idle workers and threads."""


@dataclass(frozen=True)
class Growth:
    """How a figure of a server went: its values, and its slope a second in the later half."""

    server: str
    what: str
    values: Sequence[float]
    slope: Slope
    seconds: float
    """How long the later half took."""

    @property
    def judged(self) -> bool:
        return self.seconds >= LEAST

    @property
    def leaks(self) -> bool:
        return self.judged and self.slope.over(BOUNDS[self.what] / MINUTE, SURE[self.what])


def growths(samples: Samples) -> Iterator[Growth]:
    """Yield every figure of every server."""
    late = second_half(samples.seconds)
    for server, sizes in samples.sizes.items():
        for what in BOUNDS:
            values = [float(getattr(size, what)) for size in sizes]
            fitted = slope(late, second_half(values))
            yield Growth(server, what, values, fitted, late[-1] - late[0] if late else 0.0)


def table(found: Sequence[Growth]) -> Iterator[str]:
    """Yield the lines of a table: each figure at first, in the middle, at last, and its slope."""
    columns = f"{'first':>9}{'middle':>9}{'last':>9}{'most':>9}"
    yield f"{'server':<9}{'figure':<14}{columns}{'a minute, later half':>24}{'bound':>8}"
    for one in found:
        unit, name = (MEGABYTE, f"{one.what}, MB") if one.what in _SIZES else (1, one.what)
        shown = (one.values[0], one.values[len(one.values) // 2], one.values[-1], max(one.values))
        cells = "".join(f"{value / unit:>9.0f}" for value in shown)
        rate, error = (part * MINUTE / unit for part in (one.slope.value, one.slope.error))
        bound = BOUNDS[one.what] / unit
        verdict = ("LEAKS" if one.leaks else "flat") if one.judged else "too short to judge"
        yield (
            f"{one.server:<9}{name:<14}{cells}{f'{rate:+.2f} ± {error:.2f}':>24}"
            f"{bound:>8.1f}  {verdict}"
        )


def left(before: Mapping[str, Size], after: Mapping[str, Size]) -> Iterator[str]:
    """Yield what is held at rest that was not held at rest before the load."""
    for server, size in after.items():
        for what, spare in SPARE.items():
            held, was = getattr(size, what), getattr(before[server], what)
            if held > was + spare:
                yield f"{server}: {held} {what} at rest, {was} before the load"
