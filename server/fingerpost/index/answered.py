"""A file of answers to saved queries: whole, row by row, read some rows at a time.

answer (id, name, frame, total, took)
                                    the saved query, its answer in JSON without the rows, how
                                    many these are, and the seconds that the engine took
block (answer, number, rows)        so many of them, in JSON, a line each, compressed
told                                see `picked`
"""

import json
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import TextIOWrapper
from itertools import islice
from typing import TextIO

from fingerpost.engine import Answer
from fingerpost.engine.results import Part
from fingerpost.index import picked
from fingerpost.index.kept import Index
from fingerpost.queries.picking import Columns, Terms
from fingerpost.queries.saved import SavedQuery

TABLES = (
    """
CREATE TABLE answer
  (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, frame TEXT NOT NULL, total INTEGER NOT NULL,
   took REAL NOT NULL);
CREATE TABLE block
  (answer INTEGER NOT NULL, number INTEGER NOT NULL, rows BLOB NOT NULL,
   PRIMARY KEY (answer, number));
"""
    + picked.TABLES
)
_FIND = "SELECT id, frame, total, took FROM answer WHERE name = ? AND took >= ?"
_SOME = """
SELECT number, rows FROM block
WHERE answer = ? AND number IN (SELECT value FROM json_each(?))
"""
_ADD = "INSERT INTO answer (name, frame, total, took) VALUES (?, ?, ?, ?)"
_BLOCK = 250
"""Rows that are compressed together."""
_READ = 1024 * 1024
"""Letters of an answer that are read at once: one of a large graph takes hundreds of megabytes."""
_FIRST = '"bindings":['
_decoder = json.JSONDecoder()


@dataclass(frozen=True)
class Wanted:
    """What is asked for to be kept, and the columns of it by which rows are picked.

    Those of them that only tell which row is picked are `hidden` in the answer.
    """

    query: SavedQuery
    picked: Sequence[Columns]
    hidden: frozenset[str]

    @property
    def name(self) -> str:
        """The name of the saved query."""
        return self.query.name

    def shown(self, row: Terms) -> Terms:
        """Return a row as the answer has it."""
        if not self.hidden:
            return row
        return {name: term for name, term in row.items() if name not in self.hidden}


@dataclass(frozen=True)
class Kept:
    """A kept answer: where it is, its number there, its frame, how many rows it has.

    The engine `took` so many seconds for it.
    """

    index: Index
    id: int
    frame: str
    total: int
    took: float

    def part(self, start: int, size: int) -> Part:
        """Return so many rows from a place on, or those that there are."""
        return self._at(range(min(start, self.total), min(start + size, self.total)))

    def told(self, columns: Columns) -> list[str] | None:
        """Return the different values that rows have in columns; None where they are not told."""
        found = picked.values(self.index, self.id, columns)
        return found if found or not self.total else None

    def picked(
        self, chosen: Sequence[tuple[Columns, Sequence[int]]], start: int, size: int
    ) -> Part:
        """Return rows, as `part` does, of those whose columns have values by number, as `told`."""
        places = picked.places(self.index, self.id, chosen)
        return replace(self._at(places[start : start + size]), total=len(places))

    def _at(self, places: Sequence[int]) -> Part:
        numbers = sorted({place // _BLOCK for place in places})
        found = self.index.select(_SOME, self.id, json.dumps(numbers))
        blocks = {int(str(number)): _lines(block) for number, block in found}
        lines = (blocks[place // _BLOCK][place % _BLOCK] for place in places)
        return Part(self.frame, tuple(lines), self.total)


def find(index: Index, name: str, least: float = 0.0) -> Kept | None:
    """Return where an answer is for which the engine took that long at least."""
    for id_, frame, total, took in index.select(_FIND, name, least):
        return Kept(index, int(str(id_)), str(frame), int(str(total)), float(str(took)))
    return None


def copied(writing: sqlite3.Connection, before: Index, name: str) -> bool:
    """Copy an answer; say whether it is there."""
    kept = find(before, name)
    if kept is None:
        return False
    values = (name, kept.frame, kept.total, kept.took)
    id_ = writing.execute(_ADD, values).lastrowid
    for table in ("block", "told"):
        for _, *row in before.select(f"SELECT * FROM {table} WHERE answer = ?", kept.id):  # noqa: S608
            marks = ", ".join("?" * len(row))
            writing.execute(f"INSERT INTO {table} VALUES (?, {marks})", (id_, *row))  # noqa: S608
    return True


def keep(writing: sqlite3.Connection, wanted: Wanted, answer: Answer, took: float) -> None:
    """Write the rows that an engine has answered with, in JSON, and took so long for."""
    with TextIOWrapper(answer.opened(), "utf-8") as text:
        opening, begin, beginning = text.read(_READ).partition(_FIRST)
        if begin:
            frame = json.loads(f"{opening}{begin}]}}}}")
            every = frame["head"]["vars"]
            frame["head"]["vars"] = [one for one in every if one not in wanted.hidden]
            id_ = writing.execute(_ADD, (wanted.name, json.dumps(frame), 0, took)).lastrowid
            _write_rows(writing, wanted, id_ or 0, _rows(beginning, text))


def _write_rows(
    writing: sqlite3.Connection, wanted: Wanted, id_: int, found: Iterator[Terms]
) -> None:
    total, told = 0, [picked.Told(some, wanted.hidden) for some in wanted.picked]
    for number, some in enumerate(_blocks(found)):
        lines = "\n".join(json.dumps(wanted.shown(row)) for row in some)
        block = zlib.compress(lines.encode(), 1)
        writing.execute("INSERT INTO block VALUES (?, ?, ?)", (id_, number, block))
        for one in told:
            one.add(some, total)
        total += len(some)
    writing.execute("UPDATE answer SET total = ? WHERE id = ?", (total, id_))
    for one in told:
        one.write(writing, id_)


def _blocks(found: Iterator[Terms]) -> Iterator[Sequence[Terms]]:
    """Yield rows, some at a time."""
    while some := list(islice(found, _BLOCK)):
        yield some


def _rows(text: str, more: TextIO) -> Iterator[Terms]:
    """Yield the rows of which a text has the first: read one by one, they let others work."""
    place = 0
    while not text.startswith("]", place):
        try:
            row, place = _decoder.raw_decode(text, place + text.startswith(",", place))
        except json.JSONDecodeError:
            part = more.read(_READ)
            if not part:
                raise
            text, place = text[place:] + part, 0
        else:
            yield row


def _lines(block: object) -> list[str]:
    return zlib.decompress(block).decode().split("\n") if isinstance(block, bytes) else []
