"""An earlier day of a large graph, made by a process apart and answered by an engine of its own.

```
days/<digest>.nq    the graph of a day, in the cache: the newest, for all processes of this user
```
"""

import shutil
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import fingerpost
from fingerpost import files, memory
from fingerpost.engine import Answer, Generation, Query, home
from fingerpost.engine.cached import Cached
from fingerpost.engine.dumping import Wanted
from fingerpost.engine.fences import Fences
from fingerpost.engine.guarded import Guarded
from fingerpost.engine.process import Keeping
from fingerpost.errors import EngineBusy, FingerpostError, Preparing, StoreFault
from fingerpost.graph.dataset import SNAPSHOTS
from fingerpost.graph.vocabulary import GRAPHS
from fingerpost.moments import then
from fingerpost.moments.then import Then

_STATED = Wanted(GRAPHS, (SNAPSHOTS,))
"""A snapshot tells how its registry is today, and of no day before."""
_WAIT = 8.0
"""Seconds for which somebody waits for a day."""
_WORKERS = 2
_KEPT = 2
"""Files that stay in the cache."""
_MAKING = ".making-"
_MEGABYTE = 1024 * 1024
_GROWTH = 1.2
"""Bytes of memory that making a day takes for a byte of the dump: 1.03 measured."""


class Source(Protocol):
    """An engine that writes what it holds to a file, within its `fences`."""

    fences: Fences

    @property
    def generation(self) -> Generation:
        """See `Engine`."""

    def dump(self, wanted: Wanted, path: Path) -> Generation:
        """See `Guarded.dump`."""


class Making:
    """The graph of `source` as it stood on `day`, which is being made from now on."""

    def __init__(self, source: Source, day: str) -> None:
        self._source = source
        self._day = day
        self._end = time.monotonic() + _WAIT
        self._then: Then | None = None
        self._fault: FingerpostError | None = None
        self.over = False
        """Whether it came to nothing, and somebody was told so."""
        self._thread = threading.Thread(target=self._make, daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether it is still being made."""
        return self._thread.is_alive()

    def then(self) -> Then:
        """Return the graph of the day.

        Raises:
            Preparing: it is still being made.
            EngineBusy, StoreFault: it cannot be made now.
        """
        self._thread.join(max(0.0, self._end - time.monotonic()))
        if self._fault:
            self.over = True
            raise self._fault
        if self._then is None:
            raise Preparing(
                f"The graph as of {self._day or 'that day'} is being made. Ask again soon."
            )
        return self._then

    def _make(self) -> None:
        try:
            self._then = then.of(Cached(self._engine()))
        except FingerpostError as fault:
            self._fault = fault
        except OSError as fault:
            self._fault = StoreFault(f"Earlier days cannot be kept: {fault.strerror or fault}.")

    def _engine(self) -> "_Own":
        """Return an engine that holds the day, on disk."""
        fences = self._source.fences
        graphs = files.cache() / "graphs"
        with _alone() as folder:
            path = folder / f"{self._name()}.nq"
            if not path.is_file():
                _write(self._source, self._day, path)
            path.touch()
            keeping = Keeping(files=(path,), plain=True, disk=graphs, limits=fences.limits)
        with ExitStack() as undone:
            undone.callback(keeping.close)
            guarded = Guarded(keeping.folder, replace(fences, workers=_WORKERS))
            undone.pop_all()
        return _Own(guarded, keeping)

    def _name(self) -> str:
        """Return what tells the day of a generation, and the code that makes it, from others."""
        package = Path(fingerpost.__file__).parent
        modules = [package / "reason.py", package / "rules.py", *(package / "graph").glob("*.py")]
        code = sorted([*modules, *Path(__file__).parent.glob("*.py")])
        return files.digest(iter(code), f"{self._source.generation.id} {self._day}")


class _Own:
    """Workers and their keeper, which end when nobody asks them any more."""

    def __init__(self, guarded: Guarded, keeping: Keeping) -> None:
        self._guarded = guarded
        weakref.finalize(self, _end, guarded, keeping)

    @property
    def generation(self) -> Generation:
        """See `Engine`."""
        return self._guarded.generation

    def answer(self, query: Query, media_type: str) -> bytes:
        """See `Engine`."""
        return self._guarded.answer(query, media_type)

    def fetch(self, query: Query, media_type: str) -> Answer:
        """See `Engine`."""
        return self._guarded.fetch(query, media_type)


def _end(guarded: Guarded, keeping: Keeping) -> None:
    guarded.close()
    keeping.close()


@contextmanager
def _alone() -> Iterator[Path]:
    """Hold the folder of days alone among all processes, with the newest in it and nothing else."""
    folder = files.cache() / "days"
    folder.mkdir(parents=True, exist_ok=True)
    with home.alone(folder / ".lock"):
        for left in folder.glob(f"{_MAKING}*"):
            shutil.rmtree(left)
        yield folder
        days = sorted(folder.glob("*.nq"), key=lambda path: -path.stat().st_mtime_ns)
        for old in days[_KEPT:]:
            old.unlink()


def _write(source: Source, day: str, path: Path) -> None:
    """Write the graph of a day to a file, whole or not at all."""
    before = source.generation
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=_MAKING) as place:
        dump, made = Path(place) / "dump.nq", Path(place) / "then.nq"
        if source.dump(_STATED, dump) != before:
            raise Preparing("The graph has just changed. Ask again soon.")
        _check_memory(dump.stat().st_size)
        command = [sys.executable, "-P", "-m", "fingerpost.moments.bygone", day]
        with dump.open("rb") as lines, made.open("wb") as to:
            done = subprocess.run(  # noqa: S603 - our own module
                command, stdin=lines, stdout=to, stderr=subprocess.PIPE, text=True, check=False
            )
        if done.returncode:
            told = done.stderr.strip().splitlines() or ["it was ended"]
            raise StoreFault(f"The graph of an earlier day cannot be made: {told[-1]}.")
        made.rename(path)


def _check_memory(dump: int) -> None:
    needed, free = int(dump * _GROWTH), memory.free()
    if 0 < free < needed:
        raise EngineBusy(
            f"The graph of an earlier day takes some {needed // _MEGABYTE} MB of memory to make, "
            f"and {free // _MEGABYTE} MB are free. Ask again later."
        )
