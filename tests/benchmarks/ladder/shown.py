"""Figures as a table and a plot, with how each grows."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field

WIDTH, _COLUMN = 48, 12


@dataclass
class Rung:
    """What was measured at one size, and what others took for the same in the same run."""

    resources: int
    statements: int = 0
    quads: int = 0
    measured: dict[str, float] = field(default_factory=dict)
    peers: dict[str, dict[str, float]] = field(default_factory=dict)


def table(rungs: Sequence[Rung]) -> Iterator[str]:
    """Yield a line a figure: its value on each rung, its growth, and ratios to the peers."""
    heads = "".join(f"{rung.resources:>{_COLUMN},}" for rung in rungs)
    yield f"{'resources':{WIDTH}}{heads}{'growth':>{_COLUMN}}  peers, ours = 1, on the last rung"
    yield f"{'statements':{WIDTH}}" + "".join(f"{r.statements:>{_COLUMN},}" for r in rungs)
    for name in rungs[-1].measured:
        values = "".join(_cell(rung.measured.get(name)) for rung in rungs)
        grown = growth([(r.resources, r.measured[name]) for r in rungs if name in r.measured])
        exponent = "" if grown is None else f"{grown:.2f}"
        yield f"{name:{WIDTH}}{values}{exponent:>{_COLUMN}}  {_ratios(rungs, name)}".rstrip()


def growth(points: Sequence[tuple[float, float]]) -> float | None:
    """Return the exponent with which values grow: the slope of the line through their logarithms."""
    logs = [(math.log(x), math.log(y)) for x, y in points if x > 0 and y > 0]
    if len(logs) < 2:
        return None
    across, up = (sum(column) / len(logs) for column in zip(*logs, strict=True))
    spread = sum((x - across) ** 2 for x, _ in logs)
    return sum((x - across) * (y - up) for x, y in logs) / spread


def figures(rungs: Sequence[Rung]) -> list[dict[str, object]]:
    """Return everything that was measured, for others to read."""
    return [asdict(rung) for rung in rungs]


def plot(rungs: Sequence[Rung]) -> str:
    """Return a drawing in SVG: each figure by resources, both as powers of ten."""
    names = [name for name in rungs[-1].measured if any(n.measured.get(name) for n in rungs)]
    lines = [
        (name, [(r.resources, r.measured[name]) for r in rungs if r.measured.get(name, 0) > 0])
        for name in names
    ]
    across = _Scale([x for _, points in lines for x, _ in points], 60, 480)
    up = _Scale([y for _, points in lines for _, y in points], 20 + 16 * len(lines), 20)
    drawn = [
        *(_tick(across.place(10**n), up.first + 18, f"{10**n:,}") for n in across.powers),
        *(_tick(30, up.place(10.0**n), f"{10.0**n:g}") for n in up.powers),
        *(_line(number, name, points, across, up) for number, (name, points) in enumerate(lines)),
    ]
    height = up.first + 40
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="800" height="{height}" '
        f'font-family="sans-serif" font-size="11">\n' + "\n".join(drawn) + "\n</svg>\n"
    )


class _Scale:
    """Where on the paper a value lies, by its logarithm."""

    def __init__(self, values: Sequence[float], first: float, last: float) -> None:
        low, high = math.log10(min(values)), math.log10(max(values))
        self.first, self._last = first, last
        self._low, self._span = low, (high - low) or 1.0
        self.powers = range(math.ceil(low), math.floor(high) + 1)

    def place(self, value: float) -> float:
        part = (math.log10(value) - self._low) / self._span
        return round(self.first + part * (self._last - self.first), 1)


def _tick(x: float, y: float, text: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="middle" fill="#555">{text}</text>'


def _line(
    number: int, name: str, points: Sequence[tuple[float, float]], across: _Scale, up: _Scale
) -> str:
    colour = f"hsl({number * 47 % 360} 65% 38%)"
    path = " ".join(f"{across.place(x)},{up.place(y)}" for x, y in points)
    grown = growth(points)
    label = name if grown is None else f"{name}: exponent {grown:.2f}"
    return (
        f'<polyline points="{path}" fill="none" stroke="{colour}"/>'
        f'<text x="500" y="{24 + 16 * number}" fill="{colour}">{label}</text>'
    )


def _ratios(rungs: Sequence[Rung], name: str) -> str:
    """Return each peer's value relative to ours, on the largest rung that it was measured on."""
    for rung in reversed(rungs):
        if name in rung.peers and name in rung.measured:
            found = rung.peers[name].items()
            at = "" if rung is rungs[-1] else f" (at {rung.resources:,})"
            return ", ".join(f"{who} {v / rung.measured[name]:.2f}" for who, v in found) + at
    return ""


def _cell(value: float | None) -> str:
    if value is None:
        return f"{'':>{_COLUMN}}"
    return f"{f'{value:.3g}' if value < 100 else f'{value:,.0f}':>{_COLUMN}}"
