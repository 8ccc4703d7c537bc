"""The processes of a server: who lives, what they hold open, what memory they take."""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_GONE = (FileNotFoundError, ProcessLookupError)


@dataclass(frozen=True)
class Process:
    number: int
    state: str
    command: str
    parent: int


@dataclass(frozen=True)
class Size:
    """What a tree takes: processes, threads, open file handles, bytes of memory.

    `memory` is that of all, with what they share counted once; `lasting` is what those hold, each
    for itself, that no query may end.
    """

    processes: int
    threads: int
    handles: int
    memory: int
    lasting: int


def walk(root: int) -> Iterator[Process]:
    """Yield a process and all below it that are there at the moment."""
    waiting = [(root, 0)]
    while waiting:
        number, parent = waiting.pop()
        try:
            state = (_PROC / str(number) / "stat").read_text("utf-8").rpartition(")")[2].split()[0]
            command = (_PROC / str(number) / "cmdline").read_text("utf-8")
        except _GONE:
            continue
        waiting += [(child, number) for child in _children(number)]
        yield Process(number, state, command, parent)


def lasting(root: int) -> frozenset[int]:
    """Return the processes that no query may end: all but those that the engine forked."""
    return _lasting(list(walk(root)))


def _lasting(found: Sequence[Process]) -> frozenset[int]:
    engines = {one.number for one in found if "fingerpost.engine" in one.command}
    return frozenset(one.number for one in found if one.parent not in engines)


def zombies(root: int) -> list[int]:
    return [one.number for one in walk(root) if one.state == "Z"]


def size(root: int) -> Size:
    found = list(walk(root))
    return Size(
        processes=len(found),
        threads=sum(_entries(one.number, "task") for one in found),
        handles=sum(_entries(one.number, "fd") for one in found),
        memory=sum(_memory(one.number, "Pss:") for one in found),
        lasting=sum(_memory(number, "Rss:") for number in _lasting(found)),
    )


def _children(number: int) -> Iterator[int]:
    """Yield the children of every thread; a thread may end in between."""
    try:
        threads = list((_PROC / str(number) / "task").iterdir())
    except _GONE:
        return
    for thread in threads:
        with contextlib.suppress(*_GONE):
            yield from (int(child) for child in (thread / "children").read_text("ascii").split())


def _entries(number: int, folder: str) -> int:
    try:
        return len(list((_PROC / str(number) / folder).iterdir()))
    except _GONE:
        return 0


def _memory(number: int, what: str) -> int:
    """Return a size of a process; of the proportional one, all together count what is shared once."""
    try:
        lines = (_PROC / str(number) / "smaps_rollup").read_text("ascii").splitlines()
    except _GONE:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(what))
