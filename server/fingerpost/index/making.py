"""Making the index of a generation, once for all processes."""

import fcntl
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from fingerpost.engine import Engine
from fingerpost.engine.waiting import Waiting
from fingerpost.errors import Preparing
from fingerpost.index import former, kept, labels, names, ranking, spelt, texts, things
from fingerpost.index.kept import Index
from fingerpost.index.things import Things

PARTS: tuple[tuple[str, Callable[[sqlite3.Connection, Things], None]], ...] = (
    (texts.TABLES, texts.fill),
    (labels.TABLES, labels.fill),
    (names.TABLES, names.fill),
    (spelt.TABLES, spelt.fill),
    (ranking.TABLES, ranking.fill),
)
"""For each part of an index its CREATE statements, and what fills these tables."""


_KEPT = 6
"""Indexes that stay in a folder, the newest."""
_CACHE = 64 * 1024
"""Kilobytes of what is written that are at hand: tables of a large graph are filled all over."""
_LEFT = 24 * 3600
"""Seconds after which nobody works any more on an index that is not whole."""


class Source(Waiting):
    """An engine of which a file is made, and what is `gathered` of it, where that is wanted."""

    def __init__(self, engine: Engine, gathered: Callable[[], Index]) -> None:
        super().__init__(engine)
        self.gathered = gathered


Write = Callable[[sqlite3.Connection, Source], None]
"""What fills a new file with what an engine holds."""


def write(writing: sqlite3.Connection, source: Source) -> None:
    """Write the index of what an engine holds."""
    every = things.load(source, source.gathered())
    for tables, fill in PARTS:
        writing.executescript(tables)
        fill(writing, every)


def make(source: Source, path: Path, fill: Write = write) -> bool:
    """Make the index of what an engine holds now, whole or not at all.

    Return False where the engine went over to another generation meanwhile.
    """
    before = source.generation
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".making-")
    os.close(handle)
    making = Path(name)
    try:
        with closing(sqlite3.connect(making)) as writing:
            try:
                _write(writing, source, fill)
            except KeyError:
                # What was read at first and what was read later do not fit each other.
                if source.generation == before:
                    raise
            except Preparing:
                return False
        if source.generation != before:
            return False
        making.rename(path)
    finally:
        making.unlink(missing_ok=True)
    _forget(path.parent)
    return True


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Say whether this process alone may make an index now; another may, where it may not."""
    lock = path.with_suffix(".lock")
    handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        mine = _taken(handle, lock)
        try:
            yield mine
        finally:
            if mine:
                # Most generations pass before they have an index, and nobody asks for them again.
                lock.unlink(missing_ok=True)
    finally:
        os.close(handle)


def _taken(handle: int, lock: Path) -> bool:
    """Take a lock; say whether it is taken, and its file still the one that others would open."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return kept.still(handle, lock)
    except (BlockingIOError, FileNotFoundError):
        return False


def _write(writing: sqlite3.Connection, source: Source, fill: Write) -> None:
    # It is thrown away where it does not come to its end.
    writing.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
    writing.execute(f"PRAGMA cache_size = -{_CACHE}")
    fill(writing, source)
    writing.commit()
    writing.execute("PRAGMA optimize")


def _forget(folder: Path) -> None:
    """Delete the oldest indexes of a folder, and what was left by who was ended."""
    for left in (*folder.glob(".making-*"), *folder.glob("*.lock")):
        with suppress(FileNotFoundError):
            if time.time() - left.stat().st_mtime > _LEFT:
                left.unlink()
    found = sorted(folder.glob("*.sqlite"), key=lambda one: one.stat().st_mtime, reverse=True)
    for old in found[_KEPT:]:
        kept.forget(old)
    former.forget(folder)
