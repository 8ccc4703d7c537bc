"""Where an answer is written: memory at first, a file once it is long, never beyond its limit."""

import io
import tempfile
from typing import BinaryIO, cast

from fingerpost.engine import Answer
from fingerpost.errors import AnswerTooLarge

IN_MEMORY = 1024 * 1024
"""Bytes up to which an answer stays in memory."""


class Sink(io.RawIOBase):
    """A writable that takes at most `limit` bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit
        self._size = 0
        self._file: BinaryIO = io.BytesIO()

    def writable(self) -> bool:
        """Say that it may be written to."""
        return True

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        """Take `data`.

        Raises:
            AnswerTooLarge: it goes beyond the limit.
        """
        if self._size <= IN_MEMORY < self._size + len(data):
            self._roll()
        self._size += len(data)
        if self._size > self._limit:
            raise AnswerTooLarge(
                f"The answer is too long: it may have at most {self._limit:,} bytes. "
                "Add a LIMIT, or choose a terser format such as CSV."
            )
        return self._file.write(data)

    def answer(self) -> Answer:
        """Return what was written; the sink takes no more."""
        self._file.seek(0)
        if self._size <= IN_MEMORY:
            return Answer(self._size, self._file.read())
        return Answer(self._size, file=self._file)

    def _roll(self) -> None:
        file = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 - whoever reads it closes it
        file.write(cast(io.BytesIO, self._file).getvalue())
        self._file = file
