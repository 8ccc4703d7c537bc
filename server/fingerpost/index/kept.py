"""An index that is made: its file, read by any number of threads."""

import fcntl
import os
import shutil
import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TypeVar, cast

from fingerpost.index import words as wording

_MEGABYTE = 1024 * 1024
_MAPPED = 256 * _MEGABYTE
Value = str | int | float | bytes | None
Row = tuple[Value, ...]
_Read = TypeVar("_Read")


class Index:
    """The tables of a generation, which do not change; see the package for what they hold.

    `own` is the folder that the file lies in, where it is to go with the index.

    Raises:
        FileNotFoundError: there is none, or not any more.
    """

    def __init__(self, path: Path, own: Path | None = None) -> None:
        self.path = path
        weakref.finalize(self, os.close, _held(path))
        if own:
            weakref.finalize(self, shutil.rmtree, own, ignore_errors=True)
        self._own = threading.local()
        self._read: dict[object, object] = {}

    def once(self, read: Callable[["Index"], _Read]) -> _Read:
        """Return what a function reads of the index, read once and let go of with the index."""
        if read not in self._read:
            self._read[read] = read(self)
        return cast(_Read, self._read[read])

    def select(self, sql: str, *values: Value) -> list[Row]:
        """Return the rows of a SELECT."""
        return self._rows(sql, values)

    def each(self, sql: str, *values: Value) -> Iterator[Row]:
        """Yield the rows of a SELECT as they are found."""
        yield from self._connection.execute(sql, values)

    def named_select(self, sql: str, values: Mapping[str, Value]) -> list[Row]:
        """Return the rows of a SELECT whose parameters have names."""
        return self._rows(sql, values)

    def having(self, words: Iterable[str]) -> tuple[str, ...]:
        """Return the IRIs of what has one of the words in a name or its description.

        A word means itself and its plural; what matters is letters of ASCII and digits. Of a word
        with a hyphen all parts must be there.
        """
        asked = wording.expression(words)
        if not asked:
            return ()
        rows = self.select(
            "SELECT iri FROM words JOIN thing ON id = words.rowid WHERE words MATCH ?", asked
        )
        return tuple(str(iri) for (iri,) in rows)

    def _rows(self, sql: str, values: Sequence[Value] | Mapping[str, Value]) -> list[Row]:
        try:
            return self._connection.execute(sql, values).fetchall()
        except UnicodeEncodeError:
            # Half a surrogate pair is in no text of a graph (RDF 1.1, 3.3), so nothing is like it.
            return []

    @property
    def _connection(self) -> sqlite3.Connection:
        """The connection of this thread."""
        kept: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if kept is None:
            # The file is whole and never written again.
            kept = sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
            kept.execute(f"PRAGMA mmap_size = {_MAPPED}")
            self._own.connection = kept
        return kept


def still(handle: int, path: Path) -> bool:
    """Return whether an open file is the one that others find at its path; raises if none is."""
    return os.path.samestat(os.fstat(handle), path.stat())


def forget(path: Path) -> None:
    """Delete the file of an index that nobody holds."""
    with suppress(FileNotFoundError, BlockingIOError), path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        path.unlink()


def _held(path: Path) -> int:
    """Return a handle with which the file of an index is not forgotten: each thread opens it."""
    handle = os.open(path, os.O_RDONLY)
    with ExitStack() as undone:
        undone.callback(os.close, handle)
        fcntl.flock(handle, fcntl.LOCK_SH)
        if not still(handle, path):
            raise FileNotFoundError(path)
        undone.pop_all()
    return handle
