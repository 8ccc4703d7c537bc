"""The answers to saved queries that nobody gave a value: whole, row by row, read by pages.

A saved query that is asked without a value has one answer a generation. Where it is a SELECT that
says the same each time, and has no LIMIT of its own, its rows are kept beside the index:

    answer (id, name, frame, total)     the saved query, its answer in JSON without the rows,
                                        and how many these are
    block (answer, number, rows)        so many of them, in JSON, a line each, compressed

What is not there, as the engine would not answer, is asked of the engine.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from io import TextIOWrapper
from itertools import islice
from typing import TextIO

from fingerpost import files
from fingerpost.engine import Answer, Engine, Generation, rows
from fingerpost.engine.results import JSON, Part
from fingerpost.errors import QueryFault, StoreFault
from fingerpost.index.indexes import Indexes
from fingerpost.index.kept import Index
from fingerpost.queries.saved import SavedQuery
from fingerpost.queries.service import SavedQueries

_TABLES = """
CREATE TABLE answer
  (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, frame TEXT NOT NULL, total INTEGER NOT NULL);
CREATE TABLE block
  (answer INTEGER NOT NULL, number INTEGER NOT NULL, rows BLOB NOT NULL,
   PRIMARY KEY (answer, number));
"""
_BLOCK = 250
"""Rows that are compressed together."""
_READ = 1024 * 1024
"""Letters of an answer that are read at once: one of a large graph takes hundreds of megabytes."""
_FIRST = '"bindings":['
_decoder = json.JSONDecoder()


class Answers:
    """The kept answers of the generation that an engine holds, made after its index."""

    def __init__(self, queries: SavedQueries, index: Indexes) -> None:
        self._queries = queries
        self._engine = queries.engine
        self._generation = queries.engine.generation
        write = partial(_write, queries, self._generation)
        self._indexes = Indexes(self._engine, "answers", write, self._code(), index)

    def ready(self) -> Index | None:
        """Return where they are, or None while they are being made, which this begins."""
        return self._indexes.ready()

    def made(self) -> Index | None:
        """Return where they are once they are made; None where there is another generation."""
        return self._indexes.made()

    def part(self, name: str, start: int, size: int) -> Part | None:
        """Return rows of the answer to a saved query; None where it is not kept, or not yet."""
        found = self._indexes.found
        if found is None or self._engine.generation != self._generation:
            return None
        kept = found.select("SELECT id, frame, total FROM answer WHERE name = ?", name)
        if not kept:
            return None
        ((id_, frame, total),) = kept
        start = min(start, int(str(total)))
        end = min(start + size, int(str(total)))
        blocks = found.select(
            "SELECT rows FROM block WHERE answer = ? AND number BETWEEN ? AND ? ORDER BY number",
            *(id_, start // _BLOCK, (end - 1) // _BLOCK if end > start else -1),
        )
        lines = [line for (block,) in blocks for line in _lines(block)]
        before = start // _BLOCK * _BLOCK
        return Part(str(frame), tuple(lines[start - before : end - before]), int(str(total)))

    def _code(self) -> str:
        return files.digest(
            iter(()), "\0".join(one.name + one.text for one in _whole(self._queries.queries))
        )


def _write(
    queries: SavedQueries, generation: Generation, writing: sqlite3.Connection, engine: Engine
) -> None:
    writing.executescript(_TABLES)
    for one in _whole(queries.queries):
        if engine.generation != generation:
            return
        try:
            asked = replace(queries.query(one.name, {}), patience=rows.PATIENCE)
            _keep(writing, one.name, engine.fetch(asked, JSON))
        except (QueryFault, StoreFault):
            continue


def _whole(queries: Mapping[str, SavedQuery]) -> Iterator[SavedQuery]:
    """Yield the queries whose answer without a value is one a generation."""
    for one in queries.values():
        needed = any(parameter.required for parameter in one.parameters)
        if one.form == "SELECT" and one.sound and not (needed or one.limited):
            yield one


def _keep(writing: sqlite3.Connection, name: str, answer: Answer) -> None:
    with TextIOWrapper(answer.opened(), "utf-8") as text:
        opening, begin, beginning = text.read(_READ).partition(_FIRST)
        if begin:
            document = json.loads(f"{opening}{begin}]}}}}")
            _write_rows(writing, name, document, _rows(beginning, text))


def _write_rows(
    writing: sqlite3.Connection, name: str, frame: object, found: Iterator[object]
) -> None:
    asked = (name, json.dumps(frame), 0)
    id_ = writing.execute(
        "INSERT INTO answer (name, frame, total) VALUES (?, ?, ?)", asked
    ).lastrowid
    total = 0
    for number, lines in enumerate(_blocks(found)):
        block = zlib.compress("\n".join(lines).encode(), 1)
        writing.execute("INSERT INTO block VALUES (?, ?, ?)", (id_, number, block))
        total += len(lines)
    writing.execute("UPDATE answer SET total = ? WHERE id = ?", (total, id_))


def _blocks(found: Iterator[object]) -> Iterator[Sequence[str]]:
    """Yield rows as lines of JSON, some at a time."""
    while lines := [json.dumps(row) for row in islice(found, _BLOCK)]:
        yield lines


def _rows(text: str, more: TextIO) -> Iterator[object]:
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
