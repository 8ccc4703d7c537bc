"""The index of what an engine holds, or another file about it: found, or made in the background."""

import os
import shutil
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property, partial
from pathlib import Path

from fingerpost import clock, files, memory
from fingerpost.engine import Engine, rows
from fingerpost.engine.cached import Cached
from fingerpost.engine.trail import Touched
from fingerpost.errors import EngineEnded, Preparing, QueryFault, QueryOutOfTime, StoreFault
from fingerpost.graph.vocabulary import term
from fingerpost.index import former, gathered, making
from fingerpost.index.former import Former
from fingerpost.index.kept import Index
from fingerpost.index.making import Source

Mend = Callable[[Index, Touched, sqlite3.Connection, Source], None]
"""What fills a new file by one of a generation before, and by what was touched since."""
Trail = Callable[[int, int], Touched | None]
"""What was touched after one generation up to another, by their numbers, where that is known."""
_LOOKING = 0.2
"""Seconds after which it is looked again whether another process has made an index."""
_WAIT = 8.0
"""Seconds for which somebody waits for the index of a small graph."""
_SOON = 0.5
"""Seconds for which somebody waits where there is the index of the generation before."""
_LARGE = f"SELECT ?one WHERE {{ ?one a {term('fp:Resource')} }} OFFSET 20000 LIMIT 1"
_MANY = f"SELECT ?one WHERE {{ ?one a {term('fp:Resource')} }} OFFSET 5000 LIMIT 1"
_LATER = "What finds things in this graph is still being made. Ask again soon."
_PATIENCE = 5.0
"""Seconds after which an engine that did not answer is asked again."""
_FULL = 300.0
"""Seconds after which what the disk did not take is made again: it costs as much each time."""


class Indexes:
    """The index of one generation, which an engine holds.

    Or another file about it: it is called by its `kind` and what tells the `code` that makes it,
    which is `write`, and made `after` another. What brings that of a generation before up to date
    is `mend`, where there is such; `of` has what is gathered of the generation, see `gathered`.
    """

    def __init__(
        self,
        engine: Engine,
        kind: str = "index",
        write: making.Write = making.write,
        code: str = "",
        after: "Indexes | None" = None,
        mend: Mend | None = None,
        of: "Indexes | None" = None,
    ) -> None:
        # Its answers are read once, and would only drive others out of the cache.
        self._engine = engine.engine if isinstance(engine, Cached) else engine
        self._generation = engine.generation
        self._kind = kind
        self._write = write
        self._code = _code(code)
        self._after = after
        self._mend = mend
        self._of = of
        self._touched: Trail | None = None
        self._lock = threading.Lock()
        self._made: Index | None = None
        self._former: Former[Index] | None = None
        self._maker: threading.Thread | None = None
        self._own: Path | None = None
        self._began = 0.0

    @property
    def found(self) -> Index | None:
        """The index, where it is made; nobody begins to make it."""
        return self._made

    def ready(self) -> Index | None:
        """Return the index, or None while it is being made; never one of another generation."""
        if self._made is None:
            self._begin()
        return self._made

    def made(self) -> Index | None:
        """Return the index once it is made; None where the engine holds another generation."""
        self._begin().join()
        return self._made

    def soon(self, seconds: float) -> Index | None:
        """Return the index, or None if it is not made so soon after somebody began to make it."""
        maker = self._begin()
        if self._made is None:
            maker.join(max(0.0, self._began + seconds - time.monotonic()))
        return self._made

    def follow(self, before: "Indexes", until: float, touched: Trail | None = None) -> None:
        """Let what is made of the generation before, which stood until then, answer meanwhile.

        What was `touched` since may tell how to bring it up to date.
        """
        self._former = before.last(until)
        self._touched = touched

    def last(self, until: float) -> Former[Index] | None:
        """Return what whoever comes after this generation, which stood until then, may use."""
        number = self._generation.number
        return Former(self._made, until, number) if self._made else self._former

    def aged(self) -> Index | None:
        """Return the index of a generation before, where there is one and this is not made."""
        before = self.before
        return before.used() if before else None

    @property
    def before(self) -> Former[Index] | None:
        """The index of a generation before, where there is one and this is not made."""
        return None if self._made else self._former

    def at_hand(self) -> Index | None:
        """Return the index; while it is being made, one from before, or None."""
        return self.ready() or self.aged()

    def needed(self) -> Index | None:
        """Return the index; where the graph is so small that one can do without, perhaps None.

        While it is being made it is one from before, where there is any.

        Raises:
            Preparing: it is still being made, and there is none from before.
        """
        found = self.at_hand()
        if found is None and self.large:
            raise Preparing(_LATER)
        return found

    def awaited(self) -> Index:
        """Return the index, or one from before; where the graph is small, once it is made.

        Raises:
            Preparing: it is still being made, or another generation is there.
        """
        found = self.ready() or (self.soon(_SOON) if self._former else None) or self.aged()
        if found is None and not self.large:
            found = self.soon(_WAIT)
        if found is None:
            raise Preparing(_LATER)
        return found

    @contextmanager
    def meanwhile(self) -> Iterator[None]:
        """Do without the index while it is being made.

        Raises:
            Preparing: without it, it takes longer than a query may.
        """
        try:
            yield
        except QueryOutOfTime as fault:
            if self._made:
                raise
            raise Preparing(_LATER) from fault

    @cached_property
    def large(self) -> bool:
        """Whether the graph has so many resources that nobody waits until they are read."""
        return bool(rows.select(self._engine, _LARGE))

    @cached_property
    def many(self) -> bool:
        """Whether there are so many that what is made of them is made before it is wanted."""
        return self.large or bool(rows.select(self._engine, _MANY))

    def _begin(self) -> threading.Thread:
        with self._lock:
            if self._maker is None:
                self._began = time.monotonic()
                path = self._path()
                with suppress(FileNotFoundError):
                    self._made = Index(path)
                if self._made:
                    self._former = None
                elif self._former:
                    former.keep(path, self._former)
                else:
                    self._former = former.kept(path)
                self._maker = threading.Thread(target=self._make, args=(path,), daemon=True)
                self._maker.start()
            return self._maker

    def _path(self) -> Path:
        """Return where the index lies: in the cache, or where it cannot be kept, apart."""
        if self._generation.id:
            name = f"{self._generation.id}-{self._code}-{clock.today().year}.sqlite"
            with suppress(OSError):
                folder = files.cache() / self._kind
                folder.mkdir(parents=True, exist_ok=True)
                if os.access(folder, os.W_OK):
                    return folder / name
        self._own = Path(tempfile.mkdtemp(prefix=f"fingerpost-{self._kind}-"))
        return self._own / "index.sqlite"

    def _make(self, path: Path) -> None:
        if self._after and self._made is None:
            self._after.made()
        # Where the engine ends, so does the process, and nobody wants it any more.
        with suppress(EngineEnded):
            self._until_made(path)
        if self._made is None and self._own:
            shutil.rmtree(self._own, ignore_errors=True)
        # The generation before went meanwhile, and what making this took is free again.
        memory.give_back()

    def _until_made(self, path: Path) -> None:
        while self._made is None and self._engine.generation == self._generation:
            with making.alone(path) as mine:
                if mine:
                    self._made = self._found_or_made(path)
            if not mine:
                time.sleep(_LOOKING)
        if self._made:
            self._former = None

    def _found_or_made(self, path: Path) -> Index | None:
        with suppress(FileNotFoundError):
            return Index(path, self._own)
        try:
            whole = making.make(Source(self._engine, self._gathered), path, self._filling())
            return Index(path, self._own) if whole else None
        except (FileNotFoundError, QueryFault, StoreFault):
            time.sleep(_PATIENCE)
        except (OSError, sqlite3.OperationalError) as fault:
            sys.stderr.write(f"fingerpost: without {path}, answers take longer: {fault}\n")
            time.sleep(_FULL)
        return None

    def _gathered(self) -> Index:
        """Return what is gathered of the generation.

        Raises:
            Preparing: the generation has passed.
        """
        found = (self._of or of_engine(self._engine)).made()
        if found is None:
            raise Preparing("The graph has just changed. Ask again soon.")
        return found

    def _filling(self) -> making.Write:
        """Return what fills the file: by what came before and was touched since, if one can."""
        before = self._former
        if self._mend and self._touched and before and before.number is not None:
            touched = self._touched(before.number, self._generation.number)
            if touched is not None:
                return partial(self._mend, before.what, touched)
        return self._write


def of_engine(engine: Engine, files: gathered.Files = gathered.nowhere) -> Indexes:
    """Return what is gathered of what an engine holds; see `gathered` for these `files`."""
    return Indexes(engine, "gathered", partial(gathered.write, files), mend=gathered.mend)


def _code(own: str) -> str:
    """Return what tells the code that makes an index from any other."""
    return files.digest(iter(sorted(Path(__file__).parent.glob("*.py"))), own)
