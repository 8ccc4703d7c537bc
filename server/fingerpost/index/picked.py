"""Which rows of a kept answer have which values, for columns by which saved queries pick rows.

    told (answer, columns, number, terms, rows)
                                        the different values of columns, as SPARQL has them, from 0
                                        on, and the places of the rows that have them

Columns are told only where their values are few enough to be named in queries.
"""

import json
import sqlite3
from array import array
from collections.abc import Collection, Mapping, Sequence

from fingerpost.index.kept import Index
from fingerpost.queries import picking
from fingerpost.queries.picking import Columns, Terms
from fingerpost.queries.saved import SavedQuery

TABLES = """
CREATE TABLE told
  (answer INTEGER NOT NULL, columns TEXT NOT NULL, number INTEGER NOT NULL, terms TEXT NOT NULL,
   rows BLOB NOT NULL, PRIMARY KEY (answer, columns, number));
"""
_TERMS = "SELECT terms FROM told WHERE answer = ? AND columns = ? ORDER BY number"
_ROWS = """
SELECT rows FROM told
WHERE answer = ? AND columns = ? AND number IN (SELECT value FROM json_each(?))
"""


def columns(queries: Mapping[str, SavedQuery], name: str) -> tuple[Columns, ...]:
    """Return the columns of an answer by which saved queries pick rows of it."""
    picks = (pick for one in queries.values() for pick in picking.every(one))
    return tuple(dict.fromkeys(pick.columns for pick in picks if pick.of == name))


class Told:
    """The values of some columns of an answer, and where they are, while it is read.

    Those of them that the answer does not show, as they are `hidden`, must have a value in each
    row: where a condition looks at what is no column at all, nothing is told.
    """

    def __init__(self, some: Columns, hidden: Collection[str] = ()) -> None:
        self._columns = some
        self._needed = frozenset(some).intersection(hidden)
        self._places: dict[str, array[int]] = {}
        self._room = picking.ROOM

    def add(self, some: Sequence[Terms], first: int) -> None:
        """Take in rows that follow each other, by the place of the first."""
        for place, row in enumerate(some, first):
            if self._room >= 0:
                self._add(row, place)

    def _add(self, row: Terms, place: int) -> None:
        terms = picking.written(row, self._columns)
        if terms is None or len(terms) > picking.LONGEST or not self._needed <= row.keys():
            self._room = -1
        elif terms in self._places:
            self._places[terms].append(place)
        else:
            self._room -= len(terms)
            self._places[terms] = array("Q", [place])

    def write(self, writing: sqlite3.Connection, answer: int) -> None:
        """Write them, unless they are too many or cannot be named."""
        if self._room >= 0:
            writing.executemany(
                "INSERT INTO told VALUES (?, ?, ?, ?, ?)",
                (
                    (answer, " ".join(self._columns), number, terms, places.tobytes())
                    for number, (terms, places) in enumerate(self._places.items())
                ),
            )


def values(index: Index, answer: int, some: Columns) -> list[str]:
    """Return the values of columns of an answer by their numbers; none where they are not told."""
    return [str(terms) for (terms,) in index.select(_TERMS, answer, " ".join(some))]


def places(index: Index, answer: int, chosen: Sequence[tuple[Columns, Sequence[int]]]) -> list[int]:
    """Return in order the places of the rows whose columns have one of the numbered values each."""
    first, *others = [_places(index, answer, some, numbers) for some, numbers in chosen]
    return sorted(set(first).intersection(*others) if others else first)


def _places(index: Index, answer: int, some: Columns, numbers: Sequence[int]) -> "array[int]":
    found = array("Q")
    for (rows,) in index.select(_ROWS, answer, " ".join(some), json.dumps(numbers)):
        found += _unpacked(rows)
    return found


def _unpacked(rows: object) -> "array[int]":
    found = array("Q")
    found.frombytes(rows if isinstance(rows, bytes) else b"")
    return found
