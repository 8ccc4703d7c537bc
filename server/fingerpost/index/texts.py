"""Names and descriptions of everything, found by their words."""

import sqlite3

from fingerpost.index.things import Things
from fingerpost.index.words import plain

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
_TEXTS = (*_NAMES, _DESCRIPTION)


def fill(writing: sqlite3.Connection, things: Things) -> None:
    """Write the things, their texts and the words of these."""
    for some in things.batches(_TEXTS):
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
