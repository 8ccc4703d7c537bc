"""The things that an answer can begin with, out of a kept list of all that it can be about.

A saved query that takes many things, and puts them in an order that no value changes, names under
`first` the saved query that lists them all in that order:

    #+ values:
    #+   - tools: tool
    #+ first:
    #+   - tools: explore/tools

Rows about things of the list must come in the order of the list. So where the first things of it
fill a page, that is the page, and the others are never looked at. A thing may stand in the list
more than once: columns that both have tell for which place of it a row is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile

from fingerpost.engine import guard, rows
from fingerpost.engine.results import Part
from fingerpost.engine.rows import Row

MOST = 600
"""Rows of a list that are looked at first; with more the engine tries each thing with all else."""
_MANY = 1000
"""Rows of a list from which it is worth to look at the first alone."""
_PART = 8
"""One in so many is looked at first, at most."""
_ROOM = guard.LENGTH // 2
"""Characters of a query that name things."""
_AROUND = len("<> ")


@dataclass(frozen=True)
class Beginning:
    """The first rows of a list: a thing in the first column, and what tells its place."""

    columns: Sequence[str]
    rows: Sequence[Row]

    @property
    def things(self) -> list[str]:
        """The things that are looked at first, each once."""
        return list(dict.fromkeys(row[self.columns[0]] for row in self.rows))

    def has(self, answer: bytes) -> bool:
        """Say whether all rows of an answer, written in `results.JSON`, are for these places."""
        found = rows.read(answer)
        both = [one for one in self.columns if one in found.columns]
        places = {tuple(row.get(one) for one in both) for row in self.rows}
        return all(tuple(row.get(one) for one in both) in places for row in found.rows)


def beginning(part: Part, times: int = 1) -> Beginning | None:
    """Return the first rows of a list, out of `MOST` of it; None where the list is short.

    The query that they are for names each thing so many times, and must not become too long.
    Where there is a second column, rows alike in it may come in any order: the last ones that are
    alike are left out, as there may be more of them.
    """
    if part.total < _MANY:
        return None
    table = rows.read(part.json.encode())
    found = _within(table.rows[: part.total // _PART], table.columns[0], _ROOM // times)
    if not found:
        return None
    place = table.columns[1] if len(table.columns) > 1 else None
    last = found[-1].get(place) if place else None
    while place and found and found[-1].get(place) == last:
        found.pop()
    return Beginning(table.columns, found) if found else None


def _within(found: Sequence[Row], thing: str, room: int) -> list[Row]:
    """Return the first rows whose things can be named, as a blank node cannot, in so much room."""
    named = list(takewhile(lambda row: ":" in row[thing], found))
    sizes = accumulate(len(row[thing]) + _AROUND for row in named)
    return [row for row, size in zip(named, sizes, strict=True) if size <= room]
