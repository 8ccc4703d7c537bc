"""Where an answer is written: memory at first, a file once it is long, never beyond its limit."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, cast

from fingerpost.engine import Answer
from fingerpost.errors import AnswerTooLarge, StoreFault

IN_MEMORY = 1024 * 1024
"""Bytes up to which an answer stays in memory."""


class Sink:
    """A writable that takes at most `limit` bytes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._pieces: list[bytes] = []
        self._file: BinaryIO | None = None

    def write(self, data: bytes, /) -> int:
        """Take `data`.

        Raises:
            AnswerTooLarge: it goes beyond the limit.
            StoreFault: it is long, and the disk does not take it.
        """
        self._size += len(data)
        if self._size > self._limit:
            raise AnswerTooLarge(
                f"The answer is too long: it may have at most {self._limit:,} bytes. "
                "Add a LIMIT, or choose a terser format such as CSV."
            )
        if self._size <= IN_MEMORY:
            self._pieces.append(data)
            return len(data)
        with self._on_disk():
            if self._file is None:
                self._file = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 - see `Answer`
                self._file.writelines(self._pieces)
                self._pieces.clear()
            return self._file.write(data)

    def flush(self) -> None:
        """Do nothing: what was written is there."""

    def answer(self) -> Answer:
        """Return what was written; the sink takes no more.

        Raises:
            StoreFault: as for `write`.
        """
        if self._file is None:
            return Answer(self._size, b"".join(self._pieces))
        with self._on_disk():
            self._file.seek(0)
        return Answer(self._size, file=self._file)

    @contextmanager
    def _on_disk(self) -> Iterator[None]:
        """Say what the disk does not take of a long answer, whose file is of no use then."""
        try:
            yield
        except OSError as fault:
            with suppress(OSError):
                if self._file:
                    self._file.close()
            raise StoreFault(f"The answer cannot be written: {fault.strerror}.") from fault
