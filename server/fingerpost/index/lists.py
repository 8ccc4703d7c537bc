"""Lists that are narrowed by what their entries are filed under and by words, and read by pages.

    entry (place, thing, first,     the entries in their order, numbered from 0: what they are
      row, note, filed)             about and ordered by, what is shown, what they are filed under
    filed (facet, value, places)    which entries stand under a value: bit n is for place n
    told (block, texts)             what words are looked for in: a line an entry, so many together,
                                    in blocks that are numbered from 1

To narrow is to work on bits, of which a hundred thousand are 12 kB; of the entries themselves only
those are read that are shown.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import compress, count, islice

from fingerpost.index.kept import Index

Places = int
"""Some entries of a list: bit n stands for place n."""

_TABLES = """
CREATE TABLE entry (
  place INTEGER PRIMARY KEY, thing TEXT NOT NULL, first TEXT NOT NULL, row TEXT NOT NULL,
  note TEXT NOT NULL, filed TEXT NOT NULL
);
CREATE TABLE filed (
  facet TEXT, value TEXT, places BLOB NOT NULL, PRIMARY KEY (facet, value)
) WITHOUT ROWID;
CREATE TABLE told (block INTEGER PRIMARY KEY, texts TEXT NOT NULL);
CREATE TEMP TABLE coming (thing TEXT, first TEXT, row TEXT, note TEXT, filed TEXT, told TEXT);
"""
_IN_ORDER = "SELECT thing, first, row, note, filed, told FROM coming ORDER BY first, thing"
_WRITTEN = """
SELECT thing, first, row, note, filed FROM entry WHERE place >= ? AND place < ? ORDER BY place
"""
_ROWS = """
SELECT row, note FROM entry WHERE place IN (SELECT value FROM json_each(?)) ORDER BY place
"""
_BYTES = 128
"""Bytes of bits that stand for the entries whose texts stand together."""
_TOGETHER = 8 * _BYTES


@dataclass(frozen=True)
class Entry:
    """One entry: what it is about, what is shown, the values it has by facet, its texts.

    It is ordered by what comes `first`, then by what it is about.
    """

    thing: str
    first: str
    row: str
    note: str
    filed: Mapping[str, Sequence[str]]
    told: str


@dataclass(frozen=True)
class Listing:
    """A list that was written."""

    index: Index

    @property
    def every(self) -> Places:
        """All entries."""
        ((size,),) = self.index.select("SELECT COALESCE(MAX(place) + 1, 0) FROM entry")
        return (1 << int(str(size))) - 1

    def values(self, facet: str) -> tuple[str, ...]:
        """Return the values of a facet that some entry has."""
        found = self.index.select("SELECT value FROM filed WHERE facet = ?", facet)
        return tuple(str(value) for (value,) in found)

    def under(self, facet: str, value: str) -> Places:
        """Return the entries that have a value."""
        sql = "SELECT places FROM filed WHERE facet = ? AND value = ?"
        return sum(_places(blob) for (blob,) in self.index.select(sql, facet, value))

    def counts(self, facet: str, among: Places) -> dict[str, int]:
        """Return how many of some entries have each value of a facet that one of them has."""
        sql = "SELECT value, places FROM filed WHERE facet = ?"
        found = (
            (str(value), (_places(blob) & among).bit_count())
            for value, blob in self.index.select(sql, facet)
        )
        return {value: number for value, number in found if number}

    def having(self, words: Sequence[str]) -> Places:
        """Return the entries whose texts have all words somewhere, in the same letters."""
        if not words:
            return self.every
        ((blocks,),) = self.index.select("SELECT COALESCE(MAX(block), 0) FROM told")
        found = (
            _found(str(texts), words).to_bytes(_BYTES, "little")
            for block in range(1, int(str(blocks)) + 1)
            for (texts,) in self.index.select("SELECT texts FROM told WHERE block = ?", block)
        )
        return int.from_bytes(b"".join(found), "little")

    def rows(self, among: Places, start: int = 0, stop: int | None = None) -> list[tuple[str, str]]:
        """Return row and note of some entries in their order, from one on and up to another."""
        bits = map(int, reversed(f"{among:b}"))
        places = json.dumps(list(islice(compress(count(), bits), start, stop)))
        return [(str(row), str(note)) for row, note in self.index.select(_ROWS, places)]


def write(writing: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    """Write a list of entries that come in any order."""
    writing.executescript(_TABLES)
    writing.executemany(
        "INSERT INTO coming VALUES (?, ?, ?, ?, ?, ?)",
        (
            (one.thing, one.first, one.row, one.note, _filed(one), " ".join(one.told.split()))
            for one in entries
        ),
    )
    ((size,),) = writing.execute("SELECT COUNT(*) FROM coming")
    filed: dict[tuple[str, str], bytearray] = defaultdict(lambda: bytearray(size // 8 + 1))
    lines: list[str] = []
    for place, (*shown, values, told) in enumerate(writing.execute(_IN_ORDER)):
        writing.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)", (place, *shown, values))
        for facet, some in json.loads(values).items():
            for value in some:
                filed[facet, value][place // 8] |= 1 << place % 8
        lines.append(told)
        if len(lines) == _TOGETHER or place == size - 1:
            writing.execute("INSERT INTO told (texts) VALUES (?)", ("\n".join(lines),))
            lines.clear()
    writing.executemany(
        "INSERT INTO filed VALUES (?, ?, ?)", ((*under, bits) for under, bits in filed.items())
    )
    writing.execute("DROP TABLE coming")


def kept(index: Index, without: Set[str]) -> Iterator[Entry]:
    """Yield the entries of a list that was written, but for those about some things."""
    for (block,) in index.select("SELECT block FROM told ORDER BY block"):
        ((texts,),) = index.select("SELECT texts FROM told WHERE block = ?", block)
        end = int(str(block)) * _TOGETHER
        written = index.select(_WRITTEN, end - _TOGETHER, end)
        for row, told in zip(written, str(texts).split("\n"), strict=True):
            thing, first, shown, note, filed = map(str, row)
            if thing not in without:
                yield Entry(thing, first, shown, note, json.loads(filed), told)


def _filed(one: Entry) -> str:
    return json.dumps({facet: sorted(values) for facet, values in sorted(one.filed.items())})


def _places(blob: object) -> Places:
    return int.from_bytes(blob, "little") if isinstance(blob, bytes) else 0


def _found(texts: str, words: Sequence[str]) -> Places:
    """Return which lines have all words; most texts have none that does."""
    if not all(word in texts for word in words):
        return 0
    lines = texts.split("\n")[::-1]
    found = (1 << len(lines)) - 1
    for word in words:
        found &= int("".join(["01"[word in line] for line in lines]), 2)
    return found
