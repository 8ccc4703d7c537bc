"""Resources as records of FAIRsharing, in a list that is narrowed by attributes and by words."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from fingerpost import files
from fingerpost.engine import Engine
from fingerpost.engine.trail import Touched
from fingerpost.graph.vocabulary import IDS, LABEL, RESOURCE_KINDS
from fingerpost.index import lists, mended, things
from fingerpost.index.indexes import Indexes
from fingerpost.index.kept import Index
from fingerpost.index.lists import Entry, Listing, Places
from fingerpost.publish import resembling
from fingerpost.publish.resembling import Json

FILTERS = (
    "q",
    "fairsharing_registry",
    "record_type",
    "status",
    "countries",
    "domains",
    "kind",
    "phases",
)
"""What a list may be narrowed by: words of a name, or the value of an attribute."""

_AT_ONCE = 500
"""Records that are read at once."""


@dataclass(frozen=True)
class Records:
    """The ids of all records (kind and slug), in their order."""

    listing: Listing

    def find(self, wanted: Mapping[str, str]) -> Places:
        """Return the records that are as wanted."""
        found = self.listing.every
        for name, value in wanted.items():
            plain = value.strip().casefold()
            if name == "q":
                found &= self.listing.having(plain.split())
            else:
                found &= self.listing.under(name, plain)
        return found

    def ids(self, found: Places, start: int = 0, stop: int | None = None) -> list[str]:
        """Return the ids of those found, from one on and up to another."""
        return [id_ for id_, _ in self.listing.rows(found, start, stop)]


def listed(engine: Engine) -> Indexes:
    """Return the list of all records, found, or made once it is asked for."""
    code = files.digest(iter(sorted(Path(__file__).parent.glob("*.py"))), "")
    return Indexes(engine, "records", _write, code, mend=_mend)


def _write(writing: sqlite3.Connection, engine: Engine) -> None:
    lists.write(writing, _entries(engine))


def _mend(before: Index, touched: Touched, writing: sqlite3.Connection, engine: Engine) -> None:
    """Write the same; records are listed by the names of what is no resource, too."""
    if LABEL.value in mended.others(touched):
        _write(writing, engine)
        return
    some = mended.resources(touched)
    kept = lists.kept(before, {iri.removeprefix(IDS) for iri in some})
    lists.write(writing, chain(kept, _entries(engine, sorted(some))))


def _entries(engine: Engine, among: Sequence[str] | None = None) -> Iterator[Entry]:
    before = engine.generation
    listed = things.of_kinds(engine, RESOURCE_KINDS, among)
    every = [iri.removeprefix(IDS) for iri in listed.iris]
    for start in range(0, len(every), _AT_ONCE):
        if engine.generation != before:
            return
        for id_, record in resembling.read(engine, every[start : start + _AT_ONCE]).items():
            yield _entry(id_, record)


def _entry(id_: str, record: Json) -> Entry:
    filed = {
        name: sorted({one.casefold() for one in resembling.values(record, name)})
        for name in FILTERS
        if name != "q"
    }
    return Entry(thing=id_, first="", row=id_, note="", filed=filed, told=resembling.told(record))
