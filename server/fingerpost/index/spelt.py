"""What has a name, found by that name in whatever case."""

import sqlite3
from collections.abc import Iterable

from fingerpost.graph.vocabulary import record_iri
from fingerpost.index.kept import Index
from fingerpost.index.things import Things

TABLES = "CREATE TABLE spelt (key TEXT, thing INTEGER, PRIMARY KEY (key, thing)) WITHOUT ROWID;"

_NAMES = "SELECT text, thing FROM text WHERE naming IN ('prefLabel', 'altLabel')"
_IN_ANY_CASE = """
SELECT iri FROM spelt JOIN thing ON thing.id = spelt.thing WHERE key = ? AND kind = ?
"""
_AS_WRITTEN = """
SELECT DISTINCT iri FROM spelt
JOIN thing ON thing.id = spelt.thing
JOIN text ON text.thing = spelt.thing
WHERE key = ? AND kind = ? AND naming IN ('prefLabel', 'altLabel') AND text.text = ?
"""
_KNOWN = "SELECT 1 FROM thing WHERE iri = ?"
_OF_KINDS = "SELECT iri FROM thing WHERE kind IN ({kinds}) ORDER BY iri LIMIT ?"


def fill(writing: sqlite3.Connection, _things: Things) -> None:
    """Write every name in small letters; `texts` has written them as they are."""
    writing.executemany(
        "INSERT OR IGNORE INTO spelt VALUES (?, ?)",
        ((text.casefold(), thing) for text, thing in writing.execute(_NAMES)),
    )


def called(index: Index, kind: str, text: str) -> frozenset[str]:
    """Return the IRIs of a kind that have a text as slug or name, or in small letters as name."""
    small = text.casefold()
    found = (
        index.select(_IN_ANY_CASE, small, kind)
        if text == small
        else index.select(_AS_WRITTEN, small, kind, text)
    )
    own = {record_iri(kind, text)} if knows(index, kind, text) else set[str]()
    return frozenset(own | {str(iri) for (iri,) in found})


def knows(index: Index, kind: str, slug: str) -> bool:
    """Say whether something of a kind has a slug."""
    return bool(index.select(_KNOWN, record_iri(kind, slug)))


def some(index: Index, kinds: Iterable[str], most: int) -> list[str]:
    """Return the IRIs of things of some kinds, at most so many."""
    listed = ", ".join(f"'{kind}'" for kind in kinds if kind.replace("-", "").isalpha())
    return [str(iri) for (iri,) in index.select(_OF_KINDS.format(kinds=listed), most)]
