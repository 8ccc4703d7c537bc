"""Graphs on disk: folders that the engine reads in place, each whole, and never changed again.

```
lock                  held while folders come and go
<key>/graph/          the engine's own files
<key>/files.json      their sizes, and digests of the small ones
<key>/lock            held, shared, by every process that reads them
.making-…/            one that is being made, its lock held by whoever makes it
```

A change is made on a copy, whose large files are hard links: they are never written to. The kernel
lets go of the locks of processes that have ended, so what nobody needs is told from what is in use.
Everything here can be made again from N-Quads.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

_GRAPH = "graph"
_FILES = "files.json"
_LOCK = "lock"
_MAKING = ".making-"
_LARGE = ".sst"
"""Files that are never changed once they are written; their parts have checksums."""
_OWN = ("LOCK", "LOG")
"""Files that belong to a process that has the graph open."""
_HOW = "compacted"
"""How graphs are made: one that was made in another way is made anew."""
_SPARE = 2
"""Graphs in no use that are kept, the last used ones, for the next start."""


@dataclass(frozen=True)
class Kept:
    """A folder on the shelf, and the handle by which this process, and those it forks, hold it."""

    folder: Path
    handle: int

    @property
    def graph(self) -> Path:
        """The folder that the engine opens."""
        return self.folder / _GRAPH

    def let_go(self) -> None:
        """Hold it no more; forked processes that read it still do."""
        os.close(self.handle)


class Shelf:
    """A folder of graphs; see the head of this module."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, key: str) -> Kept | None:
        """Return a graph, held; None where there is none, or one that is not as it was made."""
        with self._alone():
            return self._take(self.folder / key)

    def make(self, like: Kept | None = None) -> Kept:
        """Return a folder for a graph to be made in: empty, or a copy of another."""
        with self._alone():
            folder = Path(tempfile.mkdtemp(prefix=_MAKING, dir=self.folder))
            making = Kept(folder, _held(folder, os.O_CREAT))
        with contextlib.ExitStack() as undone:
            undone.callback(making.let_go)
            if like:
                _copy(like.graph, making.graph)
            undone.pop_all()
        return making

    def keep(self, making: Kept, key: str) -> Kept:
        """Put a graph that was made in its place, and return it, held.

        No process may have it open any more. One that is there already stays.
        """
        (making.folder / _FILES).write_text(json.dumps(_files(making.graph)), "utf-8")
        with self._alone():
            kept = self._take(self.folder / key)
            if kept is None:
                making.folder.rename(self.folder / key)
                kept = Kept(self.folder / key, making.handle)
            else:
                making.let_go()
        return kept

    def whole(self, kept: Kept) -> bool:
        """Say whether a graph is there, and its files are as they were made, by their sizes."""
        return _sound(kept.folder)

    def spoil(self, kept: Kept) -> None:
        """Let a graph be made anew when it is next taken, and those that share files with it."""
        with self._alone():
            files = _large(kept.folder)
            for folder in self._folders():
                if files & _large(folder):
                    (folder / _FILES).unlink(missing_ok=True)

    def tidy(self) -> None:
        """Remove what nobody uses, but for a few graphs for the next start."""
        with self._alone():
            free = [folder for folder in self._folders() if _free(folder)]
            spare = [one for one in free if not one.name.startswith(".")]
            spare.sort(key=lambda one: (one / _LOCK).stat().st_mtime_ns, reverse=True)
            for folder in set(free) - set(spare[:_SPARE]):
                shutil.rmtree(folder)

    def _take(self, folder: Path) -> Kept | None:
        if not folder.is_dir():
            return None
        if not _sound(folder):
            shutil.rmtree(folder)
            return None
        os.utime(folder / _LOCK)
        return Kept(folder, _held(folder))

    def _folders(self) -> list[Path]:
        return [path for path in self.folder.iterdir() if path.is_dir()]

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        handle = _held(self.folder, os.O_CREAT, fcntl.LOCK_EX)
        try:
            yield
        finally:
            os.close(handle)


def key(identifier: str, *more: str) -> str:
    """Return the name of the folder of a graph: `more` is what else its content depends on.

    Another version of the engine may write other files.
    """
    rest = "\n".join((pyoxigraph.__version__, _HOW, *more))
    return f"{identifier}-{hashlib.sha256(rest.encode()).hexdigest()[:8]}"


def _copy(graph: Path, to: Path) -> None:
    to.mkdir()
    for path in graph.iterdir():
        if not path.name.startswith(_OWN):
            copy = os.link if path.suffix == _LARGE else shutil.copyfile
            copy(path, to / path.name)


def _held(folder: Path, flags: int = 0, how: int = fcntl.LOCK_SH) -> int:
    handle = os.open(folder / _LOCK, os.O_RDWR | flags, 0o600)
    fcntl.flock(handle, how)
    return handle


def _free(folder: Path) -> bool:
    """Say whether nobody holds a folder."""
    try:
        handle = os.open(folder / _LOCK, os.O_RDWR)
    except FileNotFoundError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(handle)
    return True


def _files(graph: Path) -> dict[str, list[int | str]]:
    """Return the size of each file, and the digest of each that is not large."""
    return {
        path.name: [
            path.stat().st_size,
            "" if path.suffix == _LARGE else hashlib.sha256(path.read_bytes()).hexdigest(),
        ]
        for path in sorted(graph.iterdir())
        if not path.name.startswith(_OWN)
    }


def _large(folder: Path) -> set[int]:
    """Return the large files of a graph, whatever their names."""
    return {path.stat().st_ino for path in (folder / _GRAPH).glob(f"*{_LARGE}")}


def _sound(folder: Path) -> bool:
    try:
        return bool(json.loads((folder / _FILES).read_text("utf-8")) == _files(folder / _GRAPH))
    except (OSError, ValueError):
        return False
