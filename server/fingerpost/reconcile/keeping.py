"""Everything that a text may mean, written into a file: by identifier, by name, by value.

thing (id, iri, kind, …)          the entities in order; `iri` is kind and slug alone
meant (how, key, thing)           names, former names and slugs, as they are compared
identified (key, thing, …)        identifiers and home pages
word, worded (word, thing)        the words of names, and who has that name; see `likely`
value, valued (value, thing)      what values are found by
told (class, property, things)    how many things of a class have a property
called, label, letters, short     as in the index: what a few letters may be the beginning of
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from fingerpost import files
from fingerpost.engine import Engine
from fingerpost.index import labels
from fingerpost.index.indexes import Indexes
from fingerpost.index.making import Source
from fingerpost.reconcile import comparing, likely, reading
from fingerpost.reconcile.comparing import written
from fingerpost.reconcile.entities import CONCEPTS, Entity, classes
from fingerpost.reconcile.properties import PROPERTIES, REGISTRIES, Property, identifier
from fingerpost.reconcile.reading import Read
from fingerpost.registries.linking.names import words

_TABLES = """
CREATE TABLE thing (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT NOT NULL,
  status TEXT NOT NULL, told TEXT NOT NULL
);
CREATE TABLE meant (how TEXT, key TEXT, thing INTEGER, PRIMARY KEY (how, key, thing)) WITHOUT ROWID;
CREATE TABLE identified (
  key TEXT, thing INTEGER, elsewhere INTEGER NOT NULL, how TEXT NOT NULL, known TEXT NOT NULL,
  PRIMARY KEY (key, thing)
) WITHOUT ROWID;
CREATE TABLE worded (word INTEGER, thing INTEGER, PRIMARY KEY (word, thing)) WITHOUT ROWID;
CREATE TABLE value (
  id INTEGER PRIMARY KEY, property TEXT NOT NULL, key TEXT NOT NULL, UNIQUE (property, key)
);
CREATE TABLE valued (value INTEGER, thing INTEGER, PRIMARY KEY (value, thing)) WITHOUT ROWID;
CREATE TABLE told (class TEXT, property TEXT, things INTEGER, PRIMARY KEY (class, property));
"""
_COLUMNS = {one.id: one for one in PROPERTIES} | {one: identifier(one) for one in REGISTRIES}
"""Every column that there may be."""
NAME, FORMER, SLUG = "name", "former", "slug"
_HERE = Path(__file__).parent
_CODE = (
    *_HERE.glob("*.py"),
    *_HERE.parent.glob("registries/*.py"),
    *_HERE.parent.glob("registries/linking/*.py"),
    *_HERE.parent.glob("graph/*.py"),
    _HERE.parent / "recommend" / "places.py",
)
"""What decides what is written."""


def indexes(engine: Engine, of: Indexes | None = None) -> Indexes:
    """Return the file about what an engine holds, found, or made once it is asked for.

    It is made of what is gathered of the generation.
    """
    return Indexes(engine, "matching", _write, files.digest(iter(sorted(_CODE)), ""), of=of)


def _write(writing: sqlite3.Connection, source: Source) -> None:
    writing.executescript(_TABLES + likely.TABLES + labels.TABLES)
    counts = Counter[tuple[str, str]]()
    for id_, one in enumerate(
        chain.from_iterable(reading.batches(source, source.gathered())), start=1
    ):
        _keep(writing, id_, one)
        counts.update(_counted(one.entity))
    writing.executemany(
        "INSERT INTO told VALUES (?, ?, ?)",
        ((class_, property_, things) for (class_, property_), things in counts.items()),
    )
    labels.finish(writing)
    likely.fill(writing)


def _keep(writing: sqlite3.Connection, id_: int, one: Read) -> None:
    entity = one.entity
    writing.execute(
        "INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?)",
        (id_, entity.id, entity.kind, entity.name, entity.status, entity.told),
    )
    writing.executemany(
        "INSERT OR IGNORE INTO meant VALUES (?, ?, ?)",
        ((how, key, id_) for how, key in _meant(entity) if key),
    )
    writing.executemany(
        "INSERT OR IGNORE INTO identified VALUES (?, ?, ?, ?, ?)",
        ((key.text, id_, key.by == "registry", key.by, key.known) for key in one.keys),
    )
    _label(writing, id_, entity)
    _word(writing, id_, entity)
    _value(writing, id_, entity)


def _meant(entity: Entity) -> Iterator[tuple[str, str]]:
    yield SLUG, entity.slug
    yield from ((NAME, written(name)) for name in entity.names)
    yield from ((FORMER, written(name)) for name in entity.texts("formerName"))


def _label(writing: sqlite3.Connection, id_: int, entity: Entity) -> None:
    small = dict.fromkeys(text.lower() for text in (*entity.names, entity.slug))
    writing.execute("INSERT INTO called VALUES (?, ?, ?)", (id_, entity.name, entity.name.lower()))
    writing.executemany(
        "INSERT INTO label (thing, text) VALUES (?, ?)", ((id_, text) for text in small)
    )


def _word(writing: sqlite3.Connection, id_: int, entity: Entity) -> None:
    concepts = entity.kind in CONCEPTS
    every = (" ".join(words(name)) for name in (*entity.names, *entity.texts("formerName")))
    own = [(concepts, text) for text in dict.fromkeys(every) if text]
    writing.executemany("INSERT OR IGNORE INTO word (concepts, text) VALUES (?, ?)", own)
    writing.executemany(
        "INSERT INTO worded SELECT id, ? FROM word WHERE concepts = ? AND text = ?",
        ((id_, *one) for one in own),
    )


def _value(writing: sqlite3.Connection, id_: int, entity: Entity) -> None:
    own = [*dict.fromkeys(_values(entity))]
    writing.executemany("INSERT OR IGNORE INTO value (property, key) VALUES (?, ?)", own)
    writing.executemany(
        "INSERT INTO valued SELECT id, ? FROM value WHERE property = ? AND key = ?",
        ((id_, *one) for one in own),
    )


def _values(entity: Entity) -> Iterator[tuple[str, str]]:
    """Yield what an entity is found by in each column."""
    for property_ in _said(entity):
        for value in entity.of(property_.id):
            yield from ((property_.id, key) for key in comparing.of(value, property_.form) if key)


def _counted(entity: Entity) -> Iterable[tuple[str, str]]:
    """Yield each class that an entity has, and all of them together, with each of its columns."""
    for property_ in _said(entity):
        yield from ((class_, property_.id) for class_ in ("", *classes(entity.kind)))


def _said(entity: Entity) -> Iterator[Property]:
    return (_COLUMNS[one] for one in ("kind", *entity.values) if one in _COLUMNS)
