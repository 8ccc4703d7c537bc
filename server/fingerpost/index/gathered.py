"""What is said of everything that has a name, read once a generation for all that is made of it.

thing (iri, told)       what has an identifier of ours and a name: what is said of it, in JSON,
                        compressed
named (iri, name)       the English name of everything that has one; of several the last

To ask an engine about each thing is to read all over its disk, and takes hours of a million of
them. So what finds things is made of this file, from one end to the other; and the file is made of
those that the graph was built into, where there are such, or of that of the generation before.
"""

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import cast

from fingerpost.engine import Engine
from fingerpost.engine.trail import GRAPHS, Touched
from fingerpost.graph.vocabulary import kind_and_slug
from fingerpost.index import asking, lines
from fingerpost.index.kept import Index
from fingerpost.index.told import Told

_TABLES = """
CREATE TABLE thing (iri TEXT PRIMARY KEY, told BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE named (iri TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
"""
_ADD = "INSERT INTO thing VALUES (?, ?)"
_NAME = """
INSERT INTO named VALUES (?, ?) ON CONFLICT (iri) DO UPDATE SET name = MAX(name, excluded.name)
"""
_SOME = "SELECT iri, told FROM thing WHERE iri > ? ORDER BY iri LIMIT ?"
_AMONG = "SELECT iri, told FROM json_each(?) AS one JOIN thing ON iri = one.value"
_NAMES = "SELECT iri, name FROM json_each(?) AS one JOIN named ON iri = one.value"
_AT_ONCE = 2000

Files = Callable[[], Sequence[Path]]
"""Returns the files that hold just what the engine does, as they were built; none else."""


def nowhere() -> Sequence[Path]:
    """Return no files."""
    return ()


def write(files: Files, writing: sqlite3.Connection, engine: Engine) -> None:
    """Write what is said of everything, from files where the engine holds just these."""
    writing.executescript(_TABLES)
    found = files()
    # A build that nobody begins with any more may be deleted.
    if found and all(path.is_file() for path in found):
        writing.executemany(_NAME, lines.names(found))
        _add(writing, lines.each(found))
    else:
        _add(writing, asking.each(engine, _named(writing, engine)))


def mend(before: Index, touched: Touched, writing: sqlite3.Connection, engine: Engine) -> None:
    """Write the same, from the file of a generation before and what has been touched since."""
    if not before.path.is_file():  # what is in the cache may be deleted at any time
        write(nowhere, writing, engine)
        return
    some = sorted({subject for subject, _ in touched}.difference(GRAPHS))
    writing.execute("ATTACH DATABASE ? AS former", (f"{before.path.absolute()}",))
    writing.executescript(f"{_TABLES} CREATE TEMP TABLE touched (iri TEXT PRIMARY KEY);")
    writing.executemany("INSERT INTO touched VALUES (?)", ((iri,) for iri in some))
    for table in ("thing", "named"):
        writing.execute(
            f"INSERT INTO {table} SELECT * FROM former.{table} "  # noqa: S608 - no text of others
            "WHERE iri NOT IN (SELECT iri FROM touched) ORDER BY iri"
        )
    writing.executemany(_NAME, asking.names(engine, some).items())
    _add(writing, asking.each(engine, asking.ours(some)))
    writing.commit()
    writing.execute("DETACH DATABASE former")


def each(index: Index) -> Iterator[Told]:
    """Yield everything in the order of its IRI."""
    last = ""
    while some := index.select(_SOME, last, _AT_ONCE):
        for iri, told in some:
            yield _told(str(iri), told)
        last = str(some[-1][0])


def some(index: Index, iris: Iterable[str]) -> list[Told]:
    """Return what is said of those of some things that it is gathered of."""
    return [_told(str(iri), told) for iri, told in index.select(_AMONG, json.dumps([*iris]))]


def names(index: Index, iris: Iterable[str]) -> dict[str, str]:
    """Return the English names of those of some things that have one."""
    return {str(iri): str(name) for iri, name in index.select(_NAMES, json.dumps([*iris]))}


def _named(writing: sqlite3.Connection, engine: Engine) -> Iterator[str]:
    """Write all English names; yield what is ours and has a name in any language, in order."""
    writing.execute("CREATE TEMP TABLE coming (iri TEXT PRIMARY KEY) WITHOUT ROWID")
    for iri, name, language in asking.labels(engine):
        if language == "en":
            writing.execute(_NAME, (iri, name))
        if kind_and_slug(iri):
            writing.execute("INSERT OR IGNORE INTO coming VALUES (?)", (iri,))
    for (iri,) in writing.execute("SELECT iri FROM coming ORDER BY iri"):
        yield iri
    writing.execute("DROP TABLE coming")


def _add(writing: sqlite3.Connection, every: Iterable[Told]) -> None:
    writing.executemany(_ADD, ((one.iri, _packed(one)) for one in every))


def _packed(one: Told) -> bytes:
    told = [one.name, one.description, one.said, one.stated]
    return zlib.compress(json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass"), 1)


def _told(iri: str, packed: object) -> Told:
    name, description, said, stated = json.loads(zlib.decompress(cast(bytes, packed)))
    return Told(iri, name, description, said, stated)
