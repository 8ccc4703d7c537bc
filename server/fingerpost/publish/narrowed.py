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
from fingerpost.index import asking, gathered, lists, mended, things
from fingerpost.index.indexes import Indexes
from fingerpost.index.kept import Index
from fingerpost.index.lists import Entry, Listing, Places
from fingerpost.index.making import Source
from fingerpost.index.told import Told
from fingerpost.publish import resembling
from fingerpost.publish.resembling import Json
from fingerpost.publish.said import Said

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

_RESOURCES = things.kinds(RESOURCE_KINDS)


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


def listed(engine: Engine, of: Indexes | None = None) -> Indexes:
    """Return the list of all records, found, or made of what is gathered once it is asked for."""
    code = files.digest(iter(sorted(Path(__file__).parent.glob("*.py"))), "")
    return Indexes(engine, "records", _write, code, mend=_mend, of=of)


def _write(writing: sqlite3.Connection, source: Source) -> None:
    lists.write(writing, _entries(source, source.gathered()))


def _mend(before: Index, touched: Touched, writing: sqlite3.Connection, source: Source) -> None:
    """Write the same; records are listed by the names of what is no resource, too."""
    if LABEL.value in mended.others(touched):
        _write(writing, source)
        return
    some = mended.resources(touched)
    kept = lists.kept(before, {iri.removeprefix(IDS) for iri in some})
    there = filter(_RESOURCES.has, asking.each(source, sorted(some)))
    ids = [one.iri.removeprefix(IDS) for one in there]
    records = resembling.read(source, ids).items()
    lists.write(writing, chain(kept, (_entry(id_, record) for id_, record in records)))


def _entries(engine: Engine, kept: Index) -> Iterator[Entry]:
    """Yield the entries of all records; raises as `asking.batches` does."""
    for some in asking.batches(engine, filter(_RESOURCES.has, gathered.each(kept))):
        for id_, record in resembling.records(_said(kept, some)).items():
            yield _entry(id_, record)


def _said(kept: Index, some: Sequence[Told]) -> Said:
    """Return what is gathered of some things, and of those that they refer to."""
    values = [value for one in some for each in one.said.values() for value in each]
    own = {value for value in values if value.startswith(IDS)}
    others = gathered.some(kept, {value for one in some for value in resembling.linked(one)})
    return Said(
        tuple(one.iri for one in some if one.name),
        gathered.names(kept, {*own, *(one.iri for one in some)}),
        {one.iri: one.said for one in (*others, *some)},
    )


def _entry(id_: str, record: Json) -> Entry:
    filed = {
        name: sorted({one.casefold() for one in resembling.values(record, name)})
        for name in FILTERS
        if name != "q"
    }
    return Entry(thing=id_, first="", row=id_, note="", filed=filed, told=resembling.told(record))
