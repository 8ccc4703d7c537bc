"""A picture of a table where its columns suggest one: bars, or a heat map, as plain geometry."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from fingerpost.engine.rows import Row, Table

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_DATES = frozenset({"date", "dated", "stated"})
_BARS = 25
_SIDE = 40
"""The most rows and columns of a heat map."""
_STEPS = 4
_LABEL = 34
"""Characters of a label before it is cut."""

BAR = 26
"""Height that a bar takes."""
MARGIN = 260
"""Width kept for the names at the left."""
WIDE = 440
"""Length of the longest bar."""
CELL = (46, 28)
"""Width and height of a square of a heat map."""
HEAD = 96
"""Height kept for the names at the top."""


@dataclass(frozen=True)
class Bar:
    """One bar: its name, what it stands for, and its length."""

    name: str
    value: str
    length: float


@dataclass(frozen=True)
class Bars:
    """Bars from the table's top; `left` are how many more there would be."""

    what: str
    bars: tuple[Bar, ...]
    left: int

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture."""
        return MARGIN + WIDE + 70, len(self.bars) * BAR + 8


@dataclass(frozen=True)
class Heat:
    """A square for each pair of names: its value and, from 0 to 4, how dark it is."""

    what: str
    columns: tuple[str, ...]
    lines: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture."""
        wide, high = CELL
        return MARGIN + len(self.columns) * wide + 40, HEAD + len(self.lines) * high + 8


def chart(table: Table) -> Bars | Heat | None:
    """Return the picture that a table suggests, if any.

    Its first measure, a column of numbers at the end, is shown by the one or two columns of
    names before it; over a third column of names it is added up. Rows that say otherwise of the
    same names make no picture. Without a measure, rows are counted by the year of their date.
    """
    if len(table.rows) < 2:
        return None
    measures = _measures(table)
    if not measures:
        return _years(table)
    names = [one for one in table.columns if one not in measures and _named(table.rows, one)]
    values = _values(table, names, measures[0])
    if len(names) == 1 and values:
        return _bars(f"{measures[0]} by {_said(names[0])}", values)
    if len(names) in {2, 3} and values:
        return _heat(names, values, measures[0])
    return None


def _measures(table: Table) -> list[str]:
    """Return the columns of numbers at the end of a table."""
    found: list[str] = []
    for column in reversed(table.columns):
        if not all(_NUMBER.fullmatch(row.get(column, "")) for row in table.rows):
            break
        found.insert(0, column)
    return found


def _named(rows: Iterable[Row], column: str) -> bool:
    """Say whether a column holds names: neither addresses nor numbers."""
    values = {row[column] for row in rows if column in row}
    return bool(values) and not any("://" in one or _NUMBER.fullmatch(one) for one in values)


def _values(table: Table, names: list[str], measure: str) -> dict[tuple[str, ...], float]:
    """Return the measure by names; nothing where rows say otherwise of the same names."""
    found: dict[tuple[str, ...], float] = {}
    for row in table.rows:
        value = float(row[measure])
        if found.setdefault(tuple(row.get(one, "none given") for one in names), value) != value:
            return {}
    return found


def _years(table: Table) -> Bars | None:
    column = next((one for one in table.columns if one in _DATES), None)
    if column is None:
        return None
    found: dict[tuple[str, ...], float] = defaultdict(float)
    for row in table.rows:
        found[(row.get(column, "")[:4] or "no date",)] += 1
    ordered = dict(sorted(found.items()))
    return _bars("rows by year", ordered, ranked=False) if len(found) > 1 else None


def _bars(what: str, sums: dict[tuple[str, ...], float], *, ranked: bool = True) -> Bars | None:
    pairs = list(sums.items())
    if ranked:
        pairs.sort(key=lambda pair: -pair[1])
    largest = max(sums.values())
    if largest <= 0 or min(sums.values()) < 0:
        return None
    bars = [
        Bar(_cut(name), f"{value:g}", round(WIDE * value / largest, 1))
        for (name,), value in pairs[:_BARS]
    ]
    return Bars(what, tuple(bars), max(len(pairs) - _BARS, 0))


def _heat(names: list[str], values: dict[tuple[str, ...], float], measure: str) -> Heat | None:
    sums: dict[tuple[str, ...], float] = defaultdict(float)
    for key, value in values.items():
        sums[key[:2]] += value
    lines = list(dict.fromkeys(line for line, _ in sums))
    columns = list(dict.fromkeys(column for _, column in sums))
    if not (2 <= len(lines) <= _SIDE and 2 <= len(columns) <= _SIDE):
        return None
    largest = max(sums.values())
    added = f", added up over {_said(names[2])}" if len(names) > 2 else ""
    return Heat(
        f"{measure} by {_said(names[0])} and {_said(names[1])}{added}",
        tuple(columns),
        tuple(
            (_cut(line), tuple(_square(sums.get((line, one), 0), largest) for one in columns))
            for line in lines
        ),
    )


def _square(value: float, largest: float) -> tuple[str, int]:
    if value <= 0 or largest <= 0:
        return "0", 0
    return f"{value:g}", min(1 + int(_STEPS * (value / largest) ** 0.5 * 0.999), _STEPS)


def _said(column: str) -> str:
    """Return the name of a column in words: `dataName` is data."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column).lower()
    return words.removesuffix(" name")


def _cut(name: str) -> str:
    return name if len(name) <= _LABEL else name[: _LABEL - 1].rstrip() + "…"
