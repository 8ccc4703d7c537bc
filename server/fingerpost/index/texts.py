"""Names and descriptions of everything, found by their words."""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from fingerpost.index.things import Things

TABLES = """
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT NOT NULL, kind TEXT NOT NULL);
CREATE TABLE text (thing INTEGER NOT NULL, naming TEXT NOT NULL, text TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5
  (name, description, content = '', detail = 'column', tokenize = 'ascii');
"""
INDEXES = """
CREATE UNIQUE INDEX thing_iri ON thing (iri);
CREATE INDEX text_thing ON text (thing);
"""

_NAMES = ("skos:prefLabel", "skos:altLabel", "fp:formerName")
_DESCRIPTION = "dct:description"
_WORD = re.compile(r"[A-Za-z0-9]+")
_ALIKE = {0x17F: "s", 0x212A: "k"}
"""The two characters beyond ASCII that a search without case takes for letters of it."""


def plain(text: str) -> str:
    """Return the words of a text: runs of letters of ASCII and digits, in small letters."""
    return " ".join(_WORD.findall(text.translate(_ALIKE))).lower()


def expression(words: Iterable[str], column: str = "") -> str:
    """Return what FTS5 is asked for any of some words, or nothing; `column` narrows it."""
    each = [" AND ".join(_parts(plain(word).split())) for word in words]
    asked = " OR ".join(f"({one})" for one in each if one)
    return f"{column} : ({asked})" if column and asked else asked


def _parts(word: Sequence[str]) -> Iterator[str]:
    """Yield what must be there of a word: all its parts, the last perhaps in the plural."""
    yield from (f'"{part}"' for part in word[:-1])
    yield from (f'("{part}" OR "{part}s" OR "{part}es")' for part in word[-1:])


def fill(writing: sqlite3.Connection, things: Things) -> None:
    """Write the things, their texts and the words of these."""
    for some in things.batches((*_NAMES, _DESCRIPTION)):
        writing.executemany(
            "INSERT INTO thing VALUES (?, ?, ?)", ((one.id, one.iri, one.kind) for one in some)
        )
        writing.executemany(
            "INSERT INTO text VALUES (?, ?, ?)",
            (
                (one.id, property_.partition(":")[2], text)
                for one in some
                for property_, texts in one.said.items()
                for text in dict.fromkeys(texts)
            ),
        )
        writing.executemany(
            "INSERT INTO words (rowid, name, description) VALUES (?, ?, ?)",
            (
                (
                    one.id,
                    " ".join(plain(text) for name in _NAMES for text in one.ever(name)),
                    " ".join(map(plain, one.ever(_DESCRIPTION))),
                )
                for one in some
            ),
        )
    writing.executescript(INDEXES)
