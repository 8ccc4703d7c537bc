"""Resources as an index knows them, and where they are read from, the most promising first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, cast

from fingerpost.index.kept import Index, Value

Key = tuple[int | str, ...]
"""What resources are ordered by, the first first: points, advice, breadth, name, IRI."""

_FIRST = 8
"""Resources of a place that are read first; twice as many each time after that."""
_LONGEST = 256
_AT_ONCE = 500
_COLUMNS = (
    "resource.id, iri, name, points, advised, breadth, home, scope, kinds, resource.personal, "
    "types, phases, countries, spoken"
)
_Read = tuple[int, str, str, int, int, int, int, str, str, int, str, str, str, int | None]


class Row(NamedTuple):
    """A resource, as the index knows it."""

    id: int
    iri: str
    name: str
    points: int
    advised: int
    breadth: int
    home: int
    scope: str
    kinds: tuple[str, ...]
    personal: int
    types: tuple[int, ...]
    phases: tuple[int, ...]
    countries: tuple[str, ...]
    spoken: int | None

    @property
    def ties(self) -> Key:
        """What decides between resources with the same points."""
        return (-self.advised, -self.breadth, self.name, self.iri)


@dataclass(frozen=True)
class Cell:
    """Where resources are read from in order: a kind, for a type of data, perhaps in a country."""

    where: str
    values: tuple[Value, ...]
    above: int
    """Points that each has at most above those that it always has."""
    read: int = _FIRST

    def rows(self, index: Index) -> list[Row]:
        """Return the next resources."""
        sql = f"SELECT {_COLUMNS} FROM {self.where} LIMIT ?"  # noqa: S608 - no text of others
        return [_row(one) for one in index.select(sql, *self.values, self.read)]

    def after(self, rows: Sequence[Row]) -> "tuple[int, Cell] | None":
        """Return what comes after some rows, with the points that none there goes above."""
        if len(rows) < self.read:
            return None
        values = (*self.values[:-1], rows[-1].id)
        longer = replace(self, values=values, read=min(2 * self.read, _LONGEST))
        return rows[-1].points + self.above, longer


@dataclass(frozen=True)
class Holders:
    """Who has what a question asks for besides: pairs of points at most and number, in order."""

    bounds: Sequence[tuple[int, int]]
    start: int = 0
    read: int = _FIRST

    @property
    def first(self) -> int:
        """The points that none of them goes above."""
        return self.bounds[self.start][0]

    def ids(self) -> list[int]:
        """Return the numbers of the next."""
        return [id_ for _, id_ in self.bounds[self.start : self.start + self.read]]

    def after(self) -> "Holders | None":
        """Return those that come after the next."""
        start = self.start + self.read
        if start >= len(self.bounds):
            return None
        return replace(self, start=start, read=min(2 * self.read, _LONGEST))


def numbered(index: Index, ids: Sequence[int], personal: Sequence[int]) -> list[Row]:
    """Return the resources that have some numbers, and do one of some things with personal data."""
    found: list[Row] = []
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        marks, doing = (", ".join("?" * len(values)) for values in (some, personal))
        which = f"id IN ({marks}) AND personal IN ({doing})"
        sql = f"SELECT {_COLUMNS} FROM resource WHERE {which}"  # noqa: S608 - no text of others
        found += (_row(one) for one in index.select(sql, *some, *personal))
    return found


def having(
    index: Index, table: str, values: Sequence[Value], ids: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Yield those of some numbers that stand in a table of `id` and `times`, and how many times."""
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        sql = f"SELECT id, times FROM ({table}) WHERE id IN ({marks})"  # noqa: S608 - no text of others
        yield from cast(list[tuple[int, int]], index.select(sql, *values, *some))


def called(index: Index, iri: str) -> Row | None:
    """Return the resource that has an IRI."""
    sql = f"SELECT {_COLUMNS} FROM resource WHERE iri = ?"  # noqa: S608 - no text of others
    return next((_row(one) for one in index.select(sql, iri)), None)


def _row(values: tuple[Value, ...]) -> Row:
    read = cast(_Read, values)
    return Row(
        *read[:8],
        kinds=tuple(read[8].split()),
        personal=read[9],
        types=tuple(map(int, read[10].split())),
        phases=tuple(map(int, read[11].split())),
        countries=tuple(read[12].split()),
        spoken=read[13],
    )
