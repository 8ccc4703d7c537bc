"""What a few letters may be the beginning of, out of all labels in small letters."""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from fingerpost.index import short
from fingerpost.index.kept import Index, Value
from fingerpost.index.things import Things

TABLES = f"""
{short.TABLES}
CREATE TABLE called (thing INTEGER PRIMARY KEY, name TEXT NOT NULL, small TEXT NOT NULL);
CREATE TABLE label (id INTEGER PRIMARY KEY, thing INTEGER NOT NULL, text TEXT NOT NULL);
CREATE VIRTUAL TABLE letters USING fts5
  (text, content = '', columnsize = 0, detail = 'none', tokenize = 'trigram');
"""
INDEXES = "CREATE INDEX called_small ON called (small);"

_LABELS = """
SELECT thing, text FROM text WHERE naming IN ('prefLabel', 'altLabel') ORDER BY thing
"""
_NAMED = """
SELECT thing, MAX(iri), MAX(text), COUNT(*) FROM text JOIN thing ON id = thing
WHERE naming = 'prefLabel' GROUP BY thing
"""
_BEGINNING = """
SELECT iri, called.name FROM called JOIN thing ON thing.id = called.thing
WHERE small >= :text AND small < :behind AND kind IN ({kinds})
ORDER BY length(called.name), small, iri LIMIT :most
"""
_ANYWHERE = """
SELECT iri, found.name FROM (
  SELECT called.thing AS id, name, small, MIN(CASE
    WHEN substr(small, 1, length(:text)) = :text THEN 0
    WHEN substr(text, 1, length(:text)) = :text THEN 1
    WHEN instr(' ' || replace(text, '-', ' '), ' ' || :text) THEN 2
    WHEN instr(text, :text) THEN 3
  END) AS fit
  FROM label JOIN called ON called.thing = label.thing
  WHERE {among}
  GROUP BY called.thing
) AS found JOIN thing ON thing.id = found.id
WHERE fit IS NOT NULL AND kind IN ({kinds})
ORDER BY fit, length(found.name), small, iri LIMIT :most
"""
_HAVING = "label.id IN (SELECT rowid FROM letters WHERE letters MATCH :letters)"
_LAST = "\U0010ffff"
_AT_ONCE = 1000
_GRAM = 3
"""Letters of the pieces that `letters` knows."""


def fill(writing: sqlite3.Connection, things: Things) -> None:
    """Write the labels of what has an English name; `texts` has written them as they are."""
    writing.executemany(
        "INSERT INTO called VALUES (?, ?, ?)",
        ((thing, name, name.lower()) for thing, name in _called(writing, things)),
    )
    writing.executemany("INSERT INTO label (thing, text) VALUES (?, ?)", _labels(writing))
    finish(writing)


def finish(writing: sqlite3.Connection) -> None:
    """Write what finds the labels that are there."""
    writing.execute(
        "INSERT INTO letters (rowid, text) SELECT id, replace(text, '-', ' ') FROM label"
    )
    writing.executescript(INDEXES)
    short.fill(writing)


def _labels(writing: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """Yield each label of each thing, in small letters."""
    for thing, found in groupby(writing.execute(_LABELS), itemgetter(0)):
        yield from ((thing, text) for text in dict.fromkeys(text.lower() for _, text in found))


def _called(writing: sqlite3.Connection, things: Things) -> Iterator[tuple[int, str]]:
    """Yield the things that have one name, with it, or several, with the English one."""
    found = writing.execute(_NAMED)
    while some := found.fetchmany(_AT_ONCE):
        english = things.names(iri for _, iri, _, several in some if several > 1)
        for thing, iri, name, several in some:
            called = name if several == 1 else english.get(iri)
            if called:
                yield thing, called


def beginning(index: Index, text: str, kinds: Sequence[str], most: int) -> list[tuple[str, str]]:
    """Return IRIs and names of things of some kinds whose labels go on from a text.

    First those whose name begins so, then any label, then any word of one, then what has it
    anywhere; of these the shortest name first.
    """
    typed = " ".join(text.lower().split())
    if not typed or "\0" in typed:
        return []
    listed = ", ".join(f"'{kind}'" for kind in kinds if kind.replace("-", "").isalpha())
    if len(typed) <= short.LONGEST and most <= short.MOST:
        return short.beginning(index, typed, listed, most)
    letters = _letters(typed)
    given: dict[str, Value] = {
        "text": typed,
        "behind": typed + _LAST,
        "most": most,
        "letters": letters,
    }
    found = index.named_select(_BEGINNING.format(kinds=listed), given)
    if len(found) < most:
        among = _HAVING if letters else "1"
        found = index.named_select(_ANYWHERE.format(kinds=listed, among=among), given)
    return [(str(iri), str(name)) for iri, name in found]


def _letters(text: str) -> str:
    """Return what FTS5 is asked for labels that may have a text; nothing for the shortest."""
    plain = text.replace("-", " ")
    pieces = dict.fromkeys(plain[start : start + _GRAM] for start in range(len(plain) - _GRAM + 1))
    return " AND ".join('"' + one.replace('"', '""') + '"' for one in pieces)
