"""Whether a graph is held in memory or on disk: from its size, and what the machine has."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fingerpost.errors import SettingFault
from fingerpost.generations.folder import Generations

CHOICES = ("auto", "always", "never")
_GIGABYTE = 1024**3
_MEGABYTE = 1024**2
_GROWTH = {".nq": 1.7, ".nt": 2.5}
"""Bytes in memory for a byte in a file: 1.66 to 1.69 measured for our N-Quads, of 145,000 to
8,800,000 statements. Other formats are terser."""
_GROWTH_ELSE = 8.0
_COPIED = 0.87
"""The part of a graph that a process which has read all of it has as a copy: 0.86 measured."""
_LEFT = 0.6
"""The part of the free memory that a graph and its copies may take: queries need some too."""


@dataclass(frozen=True)
class Placed:
    """Where a graph is held, and why, as the end of a sentence."""

    on_disk: bool
    why: str


@dataclass(frozen=True)
class Wanted:
    """What an operator asks for: one of `CHOICES`, or the most bytes a graph may take."""

    choice: str = "auto"
    most: int | None = None


AUTO = Wanted()


def wanted(text: str) -> Wanted:
    """Return what `--in-memory` means: a choice, or a number of megabytes.

    Raises:
        SettingFault: it is neither.
    """
    if text in CHOICES:
        return Wanted(text)
    if text.isascii() and text.isdigit():
        return Wanted(most=int(text) * _MEGABYTE)
    raise SettingFault(
        f'--in-memory is {", ".join(CHOICES)} or a number of megabytes, not "{text}".'
    )


def needed(paths: Iterable[Path], store: Path | None) -> int:
    """Return about how many bytes the graph in files, or in a store, takes in memory."""
    size = sum(path.stat().st_size * _GROWTH.get(path.suffix, _GROWTH_ELSE) for path in paths)
    if store:
        size += Generations(store).size() * _GROWTH[".nq"]
    return int(size)


def place(asked: Wanted, graph: int, copies: int, free: int) -> Placed:
    """Return where a graph of so many bytes belongs, of which there are `copies` besides it.

    A process that reads a graph in memory soon has nearly all of it as a copy of its own, since
    reading counts references. `free` is how much memory there is.
    """
    whole = int(graph * (1 + _COPIED * copies))
    if asked.choice == "always":
        return Placed(on_disk=False, why="in memory, as it was asked for")
    if asked.choice == "never":
        return Placed(on_disk=True, why="on disk, as it was asked for")
    if asked.most is not None:
        most, limit = asked.most, "what it may take"
    else:
        most, limit = int(free * _LEFT), f"{_LEFT:.0%} of the {_told(free)} that are free"
    if whole <= most:
        return Placed(on_disk=False, why="in memory")
    return Placed(
        on_disk=True,
        why=f"on disk, as in memory it and its {copies} copies would take "
        f"{_told(whole)}: more than {limit}",
    )


def _told(size: int) -> str:
    return f"{size / _GIGABYTE:.1f} GB" if size >= _GIGABYTE else f"{size // _MEGABYTE} MB"
