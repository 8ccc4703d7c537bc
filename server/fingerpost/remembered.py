"""What was read of files, remembered in the cache until one of them changes.

Git tells in the same way whether a file is as it was (its technical note "racy-git"): by size,
times and inode, and only where so much time has passed since the file's last change that another
one would show in its times.
"""

import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from fingerpost import files

_SETTLED = 2 * 10**9
"""Nanoseconds after which another change of a file shows in its times, on every file system."""
_MOST = 64
"""Notes that are kept, the newest."""


def remembered(what: str, paths: Sequence[Path], read: Callable[[], str]) -> str:
    """Return what `read` finds in files, or found in them when they were as they are now.

    `what` tells apart what is read of the same files. A cache that takes no notes is done without.
    """
    begin = time.time_ns()
    state, changed = _state(what, paths)
    note = files.cache() / "read" / state
    with suppress(OSError):
        return note.read_text("utf-8")
    found = read()
    if changed < begin - _SETTLED and _state(what, paths)[0] == state:
        with suppress(OSError):
            _write(note, found)
    return found


def _state(what: str, paths: Sequence[Path]) -> tuple[str, int]:
    """Return what tells the state of files from any other, and when the last one changed, in ns."""
    whole, changed = hashlib.sha256(what.encode()), 0
    for path in paths:
        found = path.stat()
        times = found.st_mtime_ns, found.st_ctime_ns
        told = (*times, found.st_size, found.st_ino, found.st_dev)
        whole.update(f"\0{path}\0{told}".encode("utf-8", "surrogateescape"))
        changed = max(changed, *times)
    return whole.hexdigest()[:32], changed


def _write(note: Path, found: str) -> None:
    """Write a note that is whole or not there, and drop those that nobody has made for long."""
    note.parent.mkdir(parents=True, exist_ok=True)
    handle, making = tempfile.mkstemp(dir=note.parent, prefix=".")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(found)
    Path(making).rename(note)
    for old in sorted(note.parent.iterdir(), key=lambda path: -path.stat().st_mtime_ns)[_MOST:]:
        old.unlink()
