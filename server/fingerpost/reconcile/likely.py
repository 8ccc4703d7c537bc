"""Which of very many names may be like one that is asked for, misspelt though it may be.

The names lie in a table: numbered, and those of concepts apart, as they are most of all. Where
there are many, `piece` has the numbers of the first names with each three letters, and how many
have them; short names are under no letters at all.
"""

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Sequence

from fingerpost.index.kept import Index

TABLES = """
CREATE TABLE word (
  id INTEGER PRIMARY KEY, concepts INTEGER NOT NULL, text TEXT NOT NULL, UNIQUE (concepts, text)
);
CREATE TABLE piece (
  concepts INTEGER, piece TEXT, found INTEGER NOT NULL, numbers BLOB NOT NULL,
  PRIMARY KEY (concepts, piece)
) WITHOUT ROWID;
"""
ALL = 10_000
"""Up to so many names each is held against what is asked."""
_ENOUGH = 3_000
"""Names that are held against it where there are more."""
_LETTERS = 3
_SHORT = 6
"""Letters of a text that a slip of the pen may leave without any of its pieces."""
_NONE = ""
"""The letters of short names."""


def fill(writing: sqlite3.Connection) -> None:
    """Write the letters of all names that are there, where these are many."""
    for concepts in (0, 1):
        (size,) = writing.execute(
            "SELECT COUNT(*) FROM word WHERE concepts = ?", (concepts,)
        ).fetchone()
        if size > ALL:
            _fill(writing, concepts)


def _fill(writing: sqlite3.Connection, concepts: int) -> None:
    having: dict[str, array[int]] = {}
    times = Counter[str]()
    names = "SELECT id, text FROM word WHERE concepts = ? ORDER BY id"
    for number, name in writing.execute(names, (concepts,)):
        for piece in (*_pieces(name), *((_NONE,) if len(name) <= _SHORT + 1 else ())):
            times[piece] += 1
            if times[piece] <= _ENOUGH:
                having.setdefault(piece, array("I")).append(number)
    writing.executemany(
        "INSERT INTO piece VALUES (?, ?, ?, ?)",
        ((concepts, piece, times[piece], found.tobytes()) for piece, found in having.items()),
    )


def to(index: Index, text: str, *, concepts: bool) -> Sequence[str]:
    """Return the names that may be like a text: all, or those with its rarest letters.

    A slip of the pen spoils three pieces at most, and all others still lead there.
    """
    few = index.once(_few)[concepts]
    if few is not None:
        return few
    chosen = dict.fromkeys(_numbers(index, concepts, _NONE) if len(text) <= _SHORT else ())
    short, most = len(chosen), len(chosen) + _ENOUGH
    for piece, found in _known(index, text, concepts):
        if len(chosen) + found > most and len(chosen) > short:
            break
        chosen |= dict.fromkeys(_numbers(index, concepts, piece))
    rows = index.select(
        "SELECT word.id, text FROM json_each(?) AS one JOIN word ON word.id = one.value",
        json.dumps([*chosen]),
    )
    texts = {number: str(name) for number, name in rows}
    return [texts[number] for number in chosen]


def _few(index: Index) -> tuple[tuple[str, ...] | None, ...]:
    """Return the names of all but concepts, and those of concepts; None where they are many."""
    return tuple(_whole(index, concepts) for concepts in (0, 1))


def _whole(index: Index, concepts: int) -> tuple[str, ...] | None:
    if index.select("SELECT 1 FROM piece WHERE concepts = ? LIMIT 1", concepts):
        return None
    rows = index.select("SELECT text FROM word WHERE concepts = ? ORDER BY id", concepts)
    return tuple(str(text) for (text,) in rows)


def _known(index: Index, text: str, concepts: bool) -> list[tuple[str, int]]:
    """Return the pieces of a text that names have, and how many have each, the rarest first."""
    rows = index.select(
        "SELECT piece, found FROM piece WHERE concepts = ? "
        "AND piece IN (SELECT value FROM json_each(?)) ORDER BY found, piece",
        *(concepts, json.dumps(sorted(_pieces(text)))),
    )
    return [(str(piece), int(str(found))) for piece, found in rows]


def _numbers(index: Index, concepts: bool, piece: str) -> Sequence[int]:
    sql = "SELECT numbers FROM piece WHERE concepts = ? AND piece = ?"
    numbers = array("I")
    for (found,) in index.select(sql, concepts, piece):
        numbers.frombytes(found if isinstance(found, bytes) else b"")
    return numbers


def _pieces(text: str) -> set[str]:
    """Return the threes of letters of a text, words apart, their beginnings marked."""
    return {
        marked[start : start + _LETTERS]
        for word in text.split()
        for marked in (f" {word} ",)
        for start in range(max(len(marked) - _LETTERS + 1, 1))
    }
