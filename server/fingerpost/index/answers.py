"""The answers to saved queries that nobody gave a value: whole, row by row, read by pages.

A saved query that is asked without a value has one answer a generation. Where it is a SELECT that
says the same each time, and has no LIMIT of its own, its rows are kept beside the index; so are
those that it has whatever the clock says, where that only leaves out rows:

    answer (id, name, frame, total, took)
                                        the saved query, its answer in JSON without the rows, how
                                        many these are, and the seconds that the engine took
    block (answer, number, rows)        so many of them, in JSON, a line each, compressed
    told                                see `picked`

What is not there, as the engine would not answer, is asked of the engine.

Those that others begin with (see `queries.leading`) are in a file of their own, made beside the
index and not after it: many are slow until it is there. Of the generation before those answers are
taken over that look at nothing that has changed since (see `queries.looking`). Until they are made,
who would rather not wait may have those of before, of queries that take long.
"""

import json
import sqlite3
import time
import zlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from io import TextIOWrapper
from itertools import islice
from typing import TextIO

from fingerpost import files
from fingerpost.engine import Answer, Engine, Generation, Query, rows
from fingerpost.engine.results import JSON, Part
from fingerpost.engine.trail import Touched
from fingerpost.errors import QueryFault, StoreFault
from fingerpost.index import picked
from fingerpost.index.former import Former
from fingerpost.index.indexes import Indexes, Trail
from fingerpost.index.kept import Index
from fingerpost.queries import ordering, picking
from fingerpost.queries.picking import Columns, Terms
from fingerpost.queries.saved import SavedQuery
from fingerpost.queries.service import SavedQueries

_TABLES = """
CREATE TABLE answer
  (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, frame TEXT NOT NULL, total INTEGER NOT NULL,
   took REAL NOT NULL);
CREATE TABLE block
  (answer INTEGER NOT NULL, number INTEGER NOT NULL, rows BLOB NOT NULL,
   PRIMARY KEY (answer, number));
"""
_FIND = "SELECT id, frame, total, took FROM answer WHERE name = ? AND took >= ?"
_SOME = """
SELECT number, rows FROM block
WHERE answer = ? AND number IN (SELECT value FROM json_each(?))
"""
_ADD = "INSERT INTO answer (name, frame, total, took) VALUES (?, ?, ?, ?)"
_BLOCK = 250
"""Rows that are compressed together."""
_LONG = 0.02
"""Seconds from which on an answer is worth to be shown out of date: others are asked at once.

Right after a change workers are new, and take many times as long."""
_READ = 1024 * 1024
"""Letters of an answer that are read at once: one of a large graph takes hundreds of megabytes."""
_FIRST = '"bindings":['
_decoder = json.JSONDecoder()


class _Reading(ABC):
    """Reads kept answers; see `queries.kept`."""

    @abstractmethod
    def _kept(self, name: str) -> "_Kept | None":
        """Return where the answer to a saved query is."""

    def part(self, name: str, start: int, size: int) -> Part | None:
        """Return rows of the answer to a saved query; None where it is not kept, or not yet."""
        kept = self._kept(name)
        return (
            kept.part(range(min(start, kept.total), min(start + size, kept.total)))
            if kept
            else None
        )

    def told(self, name: str, columns: Columns) -> list[str] | None:
        """Return the different values that rows have in columns; None where they are not kept."""
        kept = self._kept(name)
        found = picked.values(kept.index, kept.id, columns) if kept else []
        return found if found or (kept and not kept.total) else None

    def picked(
        self, name: str, chosen: Sequence[tuple[Columns, Sequence[int]]], start: int, size: int
    ) -> Part | None:
        """Return rows, as `part` does, of those whose columns have values by number, as `told`."""
        kept = self._kept(name)
        if kept is None:
            return None
        places = picked.places(kept.index, kept.id, chosen)
        return replace(kept.part(places[start : start + size]), total=len(places))


class Answers(_Reading):
    """The kept answers of the generation that an engine holds.

    Those that others begin with are `lists`, which need nothing else; `others` are made after the
    index.
    """

    def __init__(self, queries: SavedQueries, index: Indexes) -> None:
        self._engine = queries.engine
        self._generation = queries.engine.generation
        begun = {listed for one in queries.queries.values() for listed in one.first.values()}
        every = list(_each(queries.queries))
        self.lists = self._file("lists", queries, [one for one in every if one.name in begun])
        others = [one for one in every if one.name not in begun]
        self.others = self._file("answers", queries, others, index)

    def ready(self) -> bool:
        """Say whether all are made; this begins it."""
        return all([self.lists.ready(), self.others.ready()])

    def made(self) -> bool:
        """Say, once that is known, whether they are made; not where there is another generation."""
        return all([self.lists.made(), self.others.made()])

    def follow(self, before: "Answers", until: float, touched: Trail | None = None) -> None:
        """Take over what stands of the generation before; see `Indexes.follow`."""
        self.lists.follow(before.lists, until, touched)
        self.others.follow(before.others, until, touched)

    def _kept(self, name: str) -> "_Kept | None":
        """Return where the answer to a saved query is, of the generation that the engine holds."""
        if self._engine.generation != self._generation:
            return None
        found = (_kept(one.found, name) for one in (self.lists, self.others) if one.found)
        return next(filter(None, found), None)

    @property
    def before(self) -> "_Before":
        """Those of a generation before, of queries that take long, as far as these are not made."""
        current = self._engine.generation == self._generation
        files = [one.before for one in (self.lists, self.others)] if current else []
        return _Before(tuple(filter(None, files)))

    def _file(
        self,
        kind: str,
        queries: SavedQueries,
        wanted: "Sequence[_Wanted]",
        after: Indexes | None = None,
    ) -> Indexes:
        asked = _Asked(queries, wanted, self._generation)
        code = files.digest(iter(()), "\0".join(f"{one.query.text}{one.picked}" for one in wanted))
        return Indexes(self._engine, kind, asked.write, code, after, asked.mend)


@dataclass(frozen=True)
class _Before(_Reading):
    """Kept answers of a generation before, in these files; see `queries.kept.Former`."""

    files: tuple[Former[Index], ...]

    def age(self) -> float | None:
        until = min((one.until for one in self.files), default=None)
        return None if until is None else time.time() - until

    def used(self) -> None:
        for one in self.files:
            one.used()

    def _kept(self, name: str) -> "_Kept | None":
        found = (_kept(one.what, name, _LONG) for one in self.files)
        return next(filter(None, found), None)


@dataclass(frozen=True)
class _Kept:
    """A kept answer: where it is, its number there, its frame, how many rows it has.

    The engine `took` so many seconds for it.
    """

    index: Index
    id: int
    frame: str
    total: int
    took: float

    def part(self, places: Sequence[int]) -> Part:
        """Return the rows at some places."""
        numbers = sorted({place // _BLOCK for place in places})
        found = self.index.select(_SOME, self.id, json.dumps(numbers))
        blocks = {int(str(number)): _lines(block) for number, block in found}
        lines = (blocks[place // _BLOCK][place % _BLOCK] for place in places)
        return Part(self.frame, tuple(lines), self.total)


@dataclass(frozen=True)
class _Wanted:
    """What is asked for to be kept, and the columns of it by which rows are picked.

    Those of them that only tell which row is picked are `hidden` in the answer.
    """

    query: SavedQuery
    picked: Sequence[Columns]
    hidden: frozenset[str]

    @property
    def name(self) -> str:
        """The name of the saved query."""
        return self.query.name

    def shown(self, row: Terms) -> Terms:
        """Return a row as the answer has it."""
        if not self.hidden:
            return row
        return {name: term for name, term in row.items() if name not in self.hidden}


def _kept(index: Index, name: str, least: float = 0.0) -> _Kept | None:
    """Return where an answer is for which the engine took that long at least."""
    for id_, frame, total, took in index.select(_FIND, name, least):
        return _Kept(index, int(str(id_)), str(frame), int(str(total)), float(str(took)))
    return None


@dataclass(frozen=True)
class _Asked:
    """The answers of a file, for a generation."""

    queries: SavedQueries
    wanted: Sequence[_Wanted]
    generation: Generation

    def write(self, writing: sqlite3.Connection, engine: Engine) -> None:
        """Write them as the engine gives them."""
        self._write(writing, engine, lambda _: False)

    def mend(
        self, before: Index, touched: Touched, writing: sqlite3.Connection, engine: Engine
    ) -> None:
        """Write the same, as far as it stands from the file of a generation before."""
        # It takes rdflib, which is read in a third of a second.
        from fingerpost.queries import looking

        def stands(asked: Query) -> bool:
            looked_at = looking.statements(asked.text)
            return looked_at is not None and touched.isdisjoint(looked_at)

        self._write(writing, engine, stands, before)

    def _write(
        self,
        writing: sqlite3.Connection,
        engine: Engine,
        stands: Callable[[Query], bool],
        before: Index | None = None,
    ) -> None:
        writing.executescript(_TABLES + picked.TABLES)
        asking = replace(self.queries, queries={one.name: one.query for one in self.wanted})
        for one in self.wanted:
            if engine.generation != self.generation:
                return
            asked = replace(asking.query(one.name, {}), patience=rows.PATIENCE)
            if before and stands(asked) and _copied(writing, before, one.name):
                continue
            begin = time.monotonic()
            with suppress(QueryFault, StoreFault):
                answer = engine.fetch(asked, JSON)
                _keep(writing, one, answer, time.monotonic() - begin)


def _copied(writing: sqlite3.Connection, before: Index, name: str) -> bool:
    """Copy an answer; say whether it is there."""
    kept = _kept(before, name)
    if kept is None:
        return False
    values = (name, kept.frame, kept.total, kept.took)
    id_ = writing.execute(_ADD, values).lastrowid
    for table in ("block", "told"):
        for _, *row in before.select(f"SELECT * FROM {table} WHERE answer = ?", kept.id):  # noqa: S608
            marks = ", ".join("?" * len(row))
            writing.execute(f"INSERT INTO {table} VALUES (?, {marks})", (id_, *row))  # noqa: S608
    return True


def _each(queries: Mapping[str, SavedQuery]) -> Iterator[_Wanted]:
    """Yield the queries whose answer without a value is one a generation, as far as it is kept."""
    for one in queries.values():
        if one.form != "SELECT" or any(parameter.required for parameter in one.parameters):
            continue
        columns = picked.columns(queries, one.name)
        selected = ordering.selected(one.words)
        every = dict.fromkeys(column for some in columns for column in some)
        hidden = [column for column in every if f"?{column}" not in selected]
        whole = picking.whole(one, hidden) if hidden or picking.timed(one) else one
        if whole.sound and not one.limited:
            yield _Wanted(whole, columns, frozenset(hidden))


def _keep(writing: sqlite3.Connection, wanted: _Wanted, answer: Answer, took: float) -> None:
    with TextIOWrapper(answer.opened(), "utf-8") as text:
        opening, begin, beginning = text.read(_READ).partition(_FIRST)
        if begin:
            frame = json.loads(f"{opening}{begin}]}}}}")
            every = frame["head"]["vars"]
            frame["head"]["vars"] = [one for one in every if one not in wanted.hidden]
            id_ = writing.execute(_ADD, (wanted.name, json.dumps(frame), 0, took)).lastrowid
            _write_rows(writing, wanted, id_ or 0, _rows(beginning, text))


def _write_rows(
    writing: sqlite3.Connection, wanted: _Wanted, id_: int, found: Iterator[Terms]
) -> None:
    total, told = 0, [picked.Told(some, wanted.hidden) for some in wanted.picked]
    for number, some in enumerate(_blocks(found)):
        lines = "\n".join(json.dumps(wanted.shown(row)) for row in some)
        block = zlib.compress(lines.encode(), 1)
        writing.execute("INSERT INTO block VALUES (?, ?, ?)", (id_, number, block))
        for one in told:
            one.add(some, total)
        total += len(some)
    writing.execute("UPDATE answer SET total = ? WHERE id = ?", (total, id_))
    for one in told:
        one.write(writing, id_)


def _blocks(found: Iterator[Terms]) -> Iterator[Sequence[Terms]]:
    """Yield rows, some at a time."""
    while some := list(islice(found, _BLOCK)):
        yield some


def _rows(text: str, more: TextIO) -> Iterator[Terms]:
    """Yield the rows of which a text has the first: read one by one, they let others work."""
    place = 0
    while not text.startswith("]", place):
        try:
            row, place = _decoder.raw_decode(text, place + text.startswith(",", place))
        except json.JSONDecodeError:
            part = more.read(_READ)
            if not part:
                raise
            text, place = text[place:] + part, 0
        else:
            yield row


def _lines(block: object) -> list[str]:
    return zlib.decompress(block).decode().split("\n") if isinstance(block, bytes) else []
