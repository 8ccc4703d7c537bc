"""What a running service is: its engine, who may change its graph, and how it answers."""

import threading
import time
from collections.abc import Callable, Mapping, Set
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
from fingerpost.errors import FingerpostError, Preparing
from fingerpost.files import Folders
from fingerpost.index.former import Former
from fingerpost.index.gathered import Files, nowhere
from fingerpost.index.indexes import Indexes, Trail
from fingerpost.policy import Policy
from fingerpost.web.dumped import Dumped
from fingerpost.web.tally import Tally

_Made = TypeVar("_Made")
_LOOKING = 1.0
"""Seconds after which it is looked again whether a graph of many resources has changed."""
_OPENING = 10.0
"""Seconds that a visitor waits while a graph is opened, which takes minutes on a slow disk."""


@dataclass
class _Opened:
    """The catalogue of a generation, what was made of it by name, and of generations before.

    `seen` is when it was last seen to be the current one.
    """

    number: int
    catalogue: Catalogue
    made: dict[str, object] = field(default_factory=dict)
    making: dict[str, threading.Lock] = field(default_factory=dict)
    former: dict[str, Former[object]] = field(default_factory=dict)
    tried: set[str] = field(default_factory=set)
    seen: float = 0.0

    def held(self, name: str, make: Callable[[Catalogue], _Made]) -> _Made:
        """Return what is made by a name; who wants it while somebody makes it waits."""
        if name not in self.made:
            with self.making.setdefault(name, threading.Lock()):
                if name not in self.made:
                    self.made[name] = make(self.catalogue)
        return cast(_Made, self.made[name])

    def follow(self, before: "_Opened", names: Set[str], touched: Trail | None) -> None:
        """Let what was made of a generation before answer until it is made of this one."""
        self.catalogue.follow(before.catalogue, before.seen, touched)
        self.former = {name: one for name, one in before.former.items() if name in names}
        stood = {
            name: Former(before.made[name], before.seen) for name in names if name in before.made
        }
        self.former |= stood


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
        self._touched: Trail | None = None
        self._built: Files = nowhere
        if isinstance(guarded, Guarded) and own is None:
            self._touched, self._built = guarded.touched, guarded.built
        self.engine = Cached(guarded, files=files)
        self._own = Cached(own) if own else self.engine
        self.folders = folders
        self.policy = policy or Policy()
        self.dumps = Dumped(guarded, folder and folder / "dumps")
        self.tally = Tally(folder and folder / "counts")
        self.lasting: Mapping[str, Callable[[Catalogue], object]] = {}
        """What pages say of the whole graph: of a large one it is made before somebody asks."""
        self.later: Mapping[str, Callable[[Catalogue], object]] = {}
        """The same, made once the answers to saved queries are kept."""
        self._standing: set[str] = set()
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
            Preparing: a graph that is very large is still being opened.
        """
        return self._current().catalogue

    def begin(self) -> None:
        """Open the catalogue of a graph of many resources, and after each change, unasked."""
        if self.folders is not None:
            threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        many = False
        while True:
            with suppress(FingerpostError):  # who comes is told what is wrong
                many = many or Indexes(self._own).many
                if not many:
                    return
                self._current()
            time.sleep(_LOOKING)

    def held(self, name: str, make: Callable[[Catalogue], _Made]) -> _Made:
        """Return what is made of the current generation, made once for each and let go of with it.

        Raises:
            TypeError: as for `catalogue`.
        """
        return self._current().held(name, make)

    def standing(self, name: str, make: Callable[[Catalogue], _Made]) -> _Made:
        """Return what is made of the current generation, or until it is, of one before.

        Raises:
            TypeError: as for `catalogue`.
            Preparing: the graph is large, and it is still to be made.
        """
        self._standing.add(name)
        opened = self._current()
        former = None if name in opened.made else opened.former.get(name)
        if former:
            return cast(_Made, former.used())
        coming = {*self.lasting, *self.later} - {*opened.made, *opened.tried}
        if name in coming and opened.catalogue.shelf.large:
            raise Preparing("What this page says of the whole graph is still being found out.")
        return opened.held(name, make)

    def _current(self) -> _Opened:
        if self.folders is None:
            raise TypeError("a plain service has no catalogue")
        number = self._own.generation.number
        opened = self._opened
        if opened is None or opened.number < number:
            if not self._lock.acquire(timeout=_OPENING):
                raise Preparing("The graph is still being opened. Ask again soon.")
            try:
                # Others may have gone further while this one waited: nobody goes back.
                opened = self._opened
                if opened is None or opened.number < number:
                    opened = self._opened = self._open(opened)
            finally:
                self._lock.release()
        opened.seen = time.time()
        return opened

    def _open(self, before: _Opened | None) -> _Opened:
        if self.folders is None:
            raise TypeError("a plain service has no catalogue")
        number = self._own.generation.number
        known = before.catalogue.queries.queries if before else None
        made = catalogue.over(
            self._own, self.folders, source=self.guarded, known=known, built=self._built
        )
        opened = _Opened(number, made)
        now = opened.catalogue
        if before and now.shelf.many:
            names = {*self.lasting, *self.later, *self._standing}
            opened.follow(before, names, self._touched)
            # To bring these up to date takes less than to wait for others.
            now.listed.ready()
            now.answers.ready()
        # So that they are there when somebody asks what they are for.
        now.shelf.ready()
        now.indexes.ready()
        threading.Thread(target=self._prepare, args=(opened,), daemon=True).start()
        return opened

    def _prepare(self, opened: _Opened) -> None:
        """Make in the background what takes long, what people meet first before the rest."""
        now, many = opened.catalogue, False
        with suppress(FingerpostError):  # it is begun once somebody asks
            many = now.shelf.many
        if many:
            now.answers.lists.ready()
        if many and not all(one.made() for one in (now.indexes, now.matching, now.listed)):
            return
        now.answers.ready()
        if many:
            self._hold(opened, self.lasting)
            now.answers.made()
            self._hold(opened, self.later)

    def _hold(self, opened: _Opened, making: Mapping[str, Callable[[Catalogue], object]]) -> None:
        for name, make in making.items():
            if self._opened is opened:
                with suppress(FingerpostError):  # who asks for it is told what is wrong
                    opened.held(name, make)
                opened.tried.add(name)
                opened.former.pop(name, None)
