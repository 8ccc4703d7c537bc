"""What belongs to a generation before: it answers until what belongs to this one is made.

Who is answered from it is told how old that is, so each use is noted for the answer in the making.
"""

import os
import time
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from fingerpost.index.kept import Index

_What = TypeVar("_What")
_noted: ContextVar[tuple[float, ...]] = ContextVar("noted", default=())
_SUFFIX = ".before"


@dataclass(frozen=True)
class Former(Generic[_What]):
    """What was made of an earlier generation, and until when (seconds of the clock) that stood.

    `number` is that of the generation, where it is known.
    """

    what: _What
    until: float
    number: int | None = None

    def used(self) -> _What:
        """Return it, for an answer that is as old as that."""
        _noted.set((*_noted.get(), self.until))
        return self.what


def oldest() -> float | None:
    """Return until when the oldest stood of what was used since this was last asked."""
    found = min(_noted.get(), default=None)
    _noted.set(())
    return found


def keep(path: Path, former: Former[Index]) -> None:
    """Write down for other processes, and later ones, which file comes before the one at a path."""
    if former.what.path.parent != path.parent:
        return
    note = path.with_suffix(_SUFFIX)
    with suppress(OSError):  # then others do without
        making = note.with_name(f".making-{os.getpid()}-{time.monotonic_ns()}")
        making.write_text(former.what.path.name, "utf-8")
        os.utime(making, (former.until, former.until))
        making.rename(note)


def kept(path: Path) -> Former[Index] | None:
    """Return what comes before the file at a path, if that is written down and still there."""
    note = path.with_suffix(_SUFFIX)
    with suppress(OSError):
        return Former(Index(path.parent / note.read_text("utf-8")), note.stat().st_mtime)
    return None


def forget(folder: Path) -> None:
    """Delete the notes of a folder that name a file which is not there any more."""
    for note in folder.glob(f"*{_SUFFIX}"):
        with suppress(OSError):
            if not (folder / note.read_text("utf-8")).is_file():
                note.unlink()
