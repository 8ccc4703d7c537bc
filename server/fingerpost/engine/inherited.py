"""The memory that a forked process has of its parent, made its own before it is wanted.

It is shared until one of both writes to it, and to read a graph is to write: references are
counted. So what is touched first is copied first, a page of 4 kB and a fault at a time: the first
looks at a large graph take several times as long as those that follow. Copied at large, while
nothing else is to be done, it takes a fifth of a second a gigabyte, and is in large pages again.

Linux copies so from 6.1 (MADV_COLLAPSE) and does the same in small pages from 5.14
(MADV_POPULATE_WRITE); elsewhere everything stays as it is. See madvise(2) and proc_pid_maps(5).
"""

import ctypes
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fingerpost import memory

_POPULATE_WRITE = 23
_COLLAPSE = 25
_LARGE = 2 * 1024**2
"""Bytes of a large page, on most machines."""
_ROOM = 2
"""There is to be so many times the memory free that the copy takes: others copy as well."""
_MAPS = Path("/proc/self/maps")
_LINE = re.compile(r"([0-9a-f]+)-([0-9a-f]+) rw.p [0-9a-f]+ [0-9a-f:]+ 0\b", re.ASCII)
"""From where to where there is memory to be written that is of no file, and private."""


@dataclass(frozen=True)
class Inherited:
    """Stretches of memory, from an address to an address, that are this process's to write."""

    stretches: tuple[tuple[int, int], ...]

    @classmethod
    def now(cls, maps: Path = _MAPS) -> "Inherited":
        """Return what this process has by now that is private, and of no file."""
        if not maps.is_file():
            return cls(())
        found = map(_LINE.match, maps.read_text("utf-8", "replace").splitlines())
        return cls(tuple((int(one[1], 16), int(one[2], 16)) for one in found if one))

    @property
    def size(self) -> int:
        """How many bytes that is."""
        return sum(end - begin for begin, end in self.stretches)

    def copied(self) -> Iterator[int]:
        """Copy it, and yield how many bytes after each large page.

        Where little memory is free, nothing is copied.
        """
        if self.size * _ROOM > memory.free():
            return
        advise = ctypes.CDLL(None).madvise
        advise.argtypes = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int
        small = os.sysconf("SC_PAGE_SIZE")
        for begin, end in self.stretches:
            for page in range(begin & -_LARGE, end, _LARGE):
                first = max(begin, page)
                size = min(end, page + _LARGE) - first
                # One that is shared as a whole is taken for large until some of it is copied.
                advise(first, small, _POPULATE_WRITE)
                advise(first, size, _COLLAPSE)
                advise(first, size, _POPULATE_WRITE)
                yield size
