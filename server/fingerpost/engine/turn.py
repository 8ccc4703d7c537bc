"""The number of the current generation, in memory that several processes share."""

import mmap
import struct
from pathlib import Path

_NUMBER = struct.Struct("!Q")


class Turn:
    """A counter in a file that one process writes and any process reads, without asking it."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        if create:
            path.write_bytes(bytes(_NUMBER.size))
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), _NUMBER.size)

    @property
    def number(self) -> int:
        """The number of the current generation."""
        return int(_NUMBER.unpack_from(self._memory)[0])

    @number.setter
    def number(self, number: int) -> None:
        self._memory[:] = _NUMBER.pack(number)
