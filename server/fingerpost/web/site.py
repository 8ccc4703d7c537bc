"""What a running service is: its engine, who may change its graph, and how it answers."""

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from fingerpost import catalogue
from fingerpost.catalogue import Catalogue
from fingerpost.engine import Engine
from fingerpost.engine.cached import Cached
from fingerpost.engine.filed import Filed
from fingerpost.engine.guarded import Guarded
from fingerpost.engine.remote.remote import Remote
from fingerpost.errors import FingerpostError
from fingerpost.files import Folders
from fingerpost.index.indexes import Indexes
from fingerpost.policy import Policy
from fingerpost.web.dumped import Dumped
from fingerpost.web.tally import Tally

_Made = TypeVar("_Made")


@dataclass(frozen=True)
class _Opened:
    """The catalogue of a generation, and what was made of it by name."""

    number: int
    catalogue: Catalogue
    made: dict[str, object] = field(default_factory=dict)
    making: dict[str, threading.Lock] = field(default_factory=dict)

    def held(self, name: str, make: Callable[[Catalogue], _Made]) -> _Made:
        """Return what is made by a name; who wants it while somebody makes it waits."""
        if name not in self.made:
            with self.making.setdefault(name, threading.Lock()):
                if name not in self.made:
                    self.made[name] = make(self.catalogue)
        return cast(_Made, self.made[name])


class Site:
    """A service over an engine; without `folders` its dataset is served just as it stands.

    `folder` is the service's own, where its processes count together, and keep answers that are
    long: of so many bytes altogether. `own` answers the service's own queries, where that is not
    the engine that answers everybody's.
    """

    def __init__(
        self,
        guarded: Guarded | Remote,
        folders: Folders | None,
        policy: Policy | None = None,
        folder: Path | None = None,
        own: Engine | None = None,
        kept: int = 0,
    ) -> None:
        self.guarded = guarded
        files = Filed(folder / "answers", kept) if folder and kept else None
        self.engine = Cached(guarded, files=files)
        self._own = Cached(own) if own else self.engine
        self.folders = folders
        self.policy = policy or Policy()
        self.dumps = Dumped(guarded, folder and folder / "dumps")
        self.tally = Tally(folder and folder / "counts")
        self.standing: Mapping[str, Callable[[Catalogue], object]] = {}
        """What pages say of the whole graph: of a large one it is `held` before somebody asks."""
        self._lock = threading.Lock()
        self._opened: _Opened | None = None

    @property
    def plain(self) -> bool:
        """Whether the dataset is served just as it stands."""
        return self.folders is None

    @property
    def catalogue(self) -> Catalogue:
        """What the current generation holds, found out once for each.

        Raises:
            TypeError: the site is plain, and has no catalogue.
        """
        return self._current().catalogue

    def begin(self) -> None:
        """Open the catalogue of a large graph in the background, before somebody comes."""
        if self.folders is not None:
            threading.Thread(target=self._begin, daemon=True).start()

    def _begin(self) -> None:
        with suppress(FingerpostError):  # who comes is told what is wrong
            if Indexes(self._own).large:
                self._current()

    def held(self, name: str, make: Callable[[Catalogue], _Made]) -> _Made:
        """Return what is made of the current generation, made once for each and let go of with it.

        Raises:
            TypeError: as for `catalogue`.
        """
        return self._current().held(name, make)

    def _current(self) -> _Opened:
        if self.folders is None:
            raise TypeError("a plain service has no catalogue")
        number = self._own.generation.number
        opened = self._opened
        if opened is None or opened.number < number:
            with self._lock:
                # Others may have gone further while this one waited: nobody goes back.
                opened = self._opened
                if opened is None or opened.number < number:
                    number = self._own.generation.number
                    opened = _Opened(
                        number, catalogue.over(self._own, self.folders, source=self.guarded)
                    )
                    self._opened = opened
                    # So that they are there when somebody asks what they are for.
                    opened.catalogue.shelf.ready()
                    opened.catalogue.indexes.ready()
                    opened.catalogue.answers.ready()
                    threading.Thread(target=self._prepare, args=(opened,), daemon=True).start()
        return opened

    def _prepare(self, opened: _Opened) -> None:
        """Hold in the background what takes long of a large graph."""
        now, large = opened.catalogue, False
        with suppress(FingerpostError):  # it is begun once somebody asks
            large = now.matching.large
        if not large:
            return
        now.matching.ready()
        if now.answers.made() is None:
            return
        for name, make in self.standing.items():
            if self._opened is opened:
                with suppress(FingerpostError):  # who asks for it is told what is wrong
                    opened.held(name, make)
