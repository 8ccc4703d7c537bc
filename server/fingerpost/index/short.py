"""What one or two letters may be the beginning of: the first of each kind, in their order.

Very many labels have two letters somewhere, so what they bring is found once, and kept: of each
kind as many as anybody is offered at once.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from operator import itemgetter

from fingerpost.index.kept import Index

TABLES = """
CREATE TABLE short (
  letters TEXT, kind TEXT, fit INTEGER, place INTEGER, thing INTEGER,
  PRIMARY KEY (letters, kind, fit, place)
) WITHOUT ROWID;
"""
LONGEST = 2
"""Letters of a text that is found here."""
MOST = 100
"""Things of a kind that are kept for a text."""

_IN_ORDER = """
SELECT called.thing, kind, small, text
FROM label JOIN called ON called.thing = label.thing JOIN thing ON thing.id = label.thing
ORDER BY length(called.name), small, iri
"""
_FOUND = """
SELECT iri, called.name FROM (
  SELECT thing, fit, place FROM short WHERE letters = ? AND kind IN ({kinds})
  ORDER BY fit, place LIMIT ?
) AS found JOIN thing ON id = found.thing JOIN called ON called.thing = id
ORDER BY fit, place
"""
_OWN, _LABEL, _WORD, _ANYWHERE = range(4)
"""How well a thing fits: its name begins so, or another label, or a word of one, or one has it."""


def fill(writing: sqlite3.Connection) -> None:
    """Write what short texts bring; labels and names are there."""
    writing.executemany("INSERT INTO short VALUES (?, ?, ?, ?, ?)", _rows(writing))


def beginning(index: Index, typed: str, kinds: str, most: int) -> list[tuple[str, str]]:
    """Return IRIs and names, as `labels.beginning`, where `kinds` are written as SQL has them."""
    found = index.select(_FOUND.format(kinds=kinds), typed, most)
    return [(str(iri), str(name)) for iri, name in found]


def _rows(writing: sqlite3.Connection) -> Iterator[tuple[str, str, int, int, int]]:
    """Yield each text with what it brings: so much for each kind that no other goes before."""
    before: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * (_ANYWHERE + 1))
    things = groupby(writing.execute(_IN_ORDER), itemgetter(0, 1, 2))
    for place, ((thing, kind, small), labels) in enumerate(things):
        for letters, fit in _fits(small, [text for *_, text in labels]).items():
            counts = before[letters, kind]
            if sum(counts[: fit + 1]) < MOST:
                counts[fit] += 1
                yield letters, kind, fit, place, thing


def _fits(small: str, labels: Sequence[str]) -> dict[str, int]:
    """Return every short text that a thing's labels have, with how well it fits."""
    spaced = [text.replace("-", " ") for text in labels]
    found = dict.fromkeys(_pieces(labels), _ANYWHERE)
    found |= dict.fromkeys(_starts(word for text in spaced for word in text.split(" ")), _WORD)
    found |= dict.fromkeys(_starts(labels), _LABEL)
    return found | dict.fromkeys(_starts([small]), _OWN)


def _pieces(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from text
        yield from map("".join, pairwise(text))


def _starts(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from (text[:size] for size in range(1, LONGEST + 1) if len(text) >= size)
