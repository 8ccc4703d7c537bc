"""The answers to saved queries that nobody gave a value: whole, row by row, read by pages.

A saved query that is asked without a value has one answer a generation. Where it is a SELECT that
says the same each time, and has no LIMIT of its own, its rows are kept beside the index; so are
those that it has whatever the clock says, where that only leaves out rows (see `answered`). What is
not there, as the engine would not answer, is asked of the engine.

Those that others begin with (see `queries.leading`) are in a file of their own, made beside the
index and not after it: many are slow until it is there. Of the generation before those answers are
taken over that look at nothing that has changed since (see `queries.looking`). Until they are made,
who would rather not wait may have those of before, of queries that take long.
"""

import sqlite3
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from fingerpost import files
from fingerpost.engine import Engine, Generation, Query, rows
from fingerpost.engine.results import JSON, Part
from fingerpost.engine.trail import Touched
from fingerpost.errors import QueryFault, StoreFault
from fingerpost.index import answered, picked
from fingerpost.index.answered import Kept, Wanted
from fingerpost.index.former import Former
from fingerpost.index.indexes import Indexes, Trail
from fingerpost.index.kept import Index
from fingerpost.queries import ordering, picking
from fingerpost.queries.picking import Columns
from fingerpost.queries.saved import SavedQuery
from fingerpost.queries.service import SavedQueries

_LONG = 0.02
"""Seconds from which on an answer is worth to be shown out of date: others are asked at once.

Right after a change workers are new, and take many times as long."""


class _Reading(ABC):
    """Finds kept answers; see `queries.kept`."""

    @abstractmethod
    def _kept(self, name: str) -> Kept | None:
        """Return where the answer to a saved query is."""

    def part(self, name: str, start: int, size: int) -> Part | None:
        """Return rows of the answer to a saved query; None where it is not kept, or not yet."""
        kept = self._kept(name)
        return kept.part(start, size) if kept else None

    def told(self, name: str, columns: Columns) -> list[str] | None:
        """Return the different values that rows have in columns; None where they are not kept."""
        kept = self._kept(name)
        return kept.told(columns) if kept else None

    def picked(
        self, name: str, chosen: Sequence[tuple[Columns, Sequence[int]]], start: int, size: int
    ) -> Part | None:
        """Return rows, as `part` does, of those whose columns have values by number, as `told`."""
        kept = self._kept(name)
        return kept.picked(chosen, start, size) if kept else None


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

    def _kept(self, name: str) -> Kept | None:
        """Return where the answer to a saved query is, of the generation that the engine holds."""
        if self._engine.generation != self._generation:
            return None
        found = (answered.find(one.found, name) for one in (self.lists, self.others) if one.found)
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
        wanted: "Sequence[Wanted]",
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

    def _kept(self, name: str) -> Kept | None:
        found = (answered.find(one.what, name, _LONG) for one in self.files)
        return next(filter(None, found), None)


@dataclass(frozen=True)
class _Asked:
    """The answers of a file, for a generation."""

    queries: SavedQueries
    wanted: Sequence[Wanted]
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
        writing.executescript(answered.TABLES)
        asking = replace(self.queries, queries={one.name: one.query for one in self.wanted})
        for one in self.wanted:
            if engine.generation != self.generation:
                return
            asked = replace(asking.query(one.name, {}), patience=rows.PATIENCE)
            if before and stands(asked) and answered.copied(writing, before, one.name):
                continue
            begin = time.monotonic()
            with suppress(QueryFault, StoreFault):
                answer = engine.fetch(asked, JSON)
                answered.keep(writing, one, answer, time.monotonic() - begin)


def _each(queries: Mapping[str, SavedQuery]) -> Iterator[Wanted]:
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
            yield Wanted(whole, columns, frozenset(hidden))
