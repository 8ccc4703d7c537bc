"""Resources on their way into an order: in tables that are there only while an index is made.

Nothing has a number before all have points, and a million resources take gigabytes of memory.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from fingerpost.index import standing
from fingerpost.index.standing import Known, Resource
from fingerpost.index.things import Thing

Numbered = Sequence[tuple[int, Resource]]
"""Resources, each with its number in the order."""

_TABLES = (
    "CREATE TEMP TABLE IF NOT EXISTS coming (thing TEXT)",
    "CREATE TEMP TABLE ordered (points, advised, breadth, name TEXT, iri TEXT, thing TEXT)",
)
_IN_ORDER = "SELECT thing FROM ordered ORDER BY points, advised, breadth, name, iri"
_AT_ONCE = 1000


def read(writing: sqlite3.Connection, found: Iterable[Thing]) -> None:
    """Take some resources."""
    writing.execute(_TABLES[0])
    staged = ((json.dumps([*vars(one).values()]),) for one in found)
    writing.executemany("INSERT INTO coming VALUES (?)", staged)


def in_order(writing: sqlite3.Connection, known: Known) -> Iterator[Numbered]:
    """Yield all that were read in their order, numbered from 1, some at a time."""
    for table in _TABLES:
        writing.execute(table)
    writing.executemany(
        "INSERT INTO ordered VALUES (?, ?, ?, ?, ?, ?)",
        (
            (*standing.resource(_thing(text), known).order, text)
            for (text,) in writing.execute("SELECT thing FROM coming")
        ),
    )
    writing.execute("DROP TABLE coming")
    every = (standing.resource(_thing(text), known) for (text,) in writing.execute(_IN_ORDER))
    numbered = enumerate(every, start=1)
    while some := list(islice(numbered, _AT_ONCE)):
        yield some
    writing.execute("DROP TABLE ordered")


def _thing(text: str) -> Thing:
    return Thing(*json.loads(text))
