"""How a keeper has its graph, for the processes that it forks: in memory, or on disk."""

import gc
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Protocol

from pyoxigraph import RdfFormat, Store, parse, serialize

from fingerpost.engine.apart import apart
from fingerpost.errors import StoreFault
from fingerpost.generations import files, shelf
from fingerpost.generations.change import Change, Made
from fingerpost.generations.folder import Generations
from fingerpost.generations.shelf import Kept, Shelf
from fingerpost.graph.dataset import ONTOLOGY, SHAPES


class Held(Protocol):
    """A graph that a keeper holds; `terms` has its ontology and shapes at least."""

    @property
    def terms(self) -> Store:
        """What rules and shapes are made of."""

    def read(self) -> Store:
        """Return the graph, in a process that was forked to read it."""

    def write(self) -> Store:
        """Return the graph, in a process that was forked to change it, which nobody else sees."""

    def prepare(self, changed: Change) -> None:
        """Do of a change whatever may fail.

        Raises:
            StoreFault: the disk does not take it.
        """

    def advance(self, changed: Change) -> None:
        """Go on to the graph that a change makes, which was prepared."""

    def tidy(self) -> None:
        """Remove what no process needs any more."""

    def whole(self) -> bool:
        """Say whether the graph is there, as far as that is told quickly."""

    def spoil(self) -> None:
        """Note that it cannot be read: it is not whole from now on."""


class InMemory:
    """A graph in the memory of the keeper; a forked process has it as a copy of its own."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def terms(self) -> Store:
        """See `Held`."""
        return self._store

    def read(self) -> Store:
        """See `Held`."""
        return self._store

    def write(self) -> Store:
        """See `Held`."""
        return self._store

    def prepare(self, changed: Change) -> None:
        """See `Held`: nothing can fail."""

    def advance(self, changed: Change) -> None:
        """See `Held`."""
        changed.apply(self._store)

    def tidy(self) -> None:
        """See `Held`: there is nothing."""

    def whole(self) -> bool:
        """See `Held`: it always is."""
        return True

    def spoil(self) -> None:
        """See `Held`: memory does not fail."""


class OnDisk:
    """A graph on a shelf: each forked process opens it for itself, and changes are made on copies.

    Only ontology and shapes are in memory.
    """

    def __init__(self, place: Shelf, kept: Kept) -> None:
        self._shelf = place
        self._kept = kept
        self._ready: Kept | None = None
        self.terms = Store()
        self.terms.extend(parse(apart(partial(_terms, kept)), format=RdfFormat.N_QUADS))

    def read(self) -> Store:
        """See `Held`."""
        return Store.read_only(str(self._kept.graph))

    def write(self) -> Store:
        """See `Held`: the copy goes when the process that made it has ended."""
        return Store(str(self._shelf.make(self._kept).graph))

    def prepare(self, changed: Change) -> None:
        """See `Held`."""
        self._drop()
        self._ready = self._changed(changed)

    def advance(self, changed: Change) -> None:
        """See `Held`."""
        ready = self._ready or self._changed(changed)
        kept = self._shelf.keep(ready, shelf.key(changed.made.id))
        self._kept.let_go()
        self._kept, self._ready = kept, None
        for quad in changed.removed:
            self.terms.remove(quad)
        self.terms.extend(q for q in changed.added if q.graph_name in {ONTOLOGY, SHAPES})
        self.tidy()

    def tidy(self) -> None:
        """See `Held`."""
        self._shelf.tidy()

    def whole(self) -> bool:
        """See `Held`."""
        return self._shelf.whole(self._kept)

    def spoil(self) -> None:
        """See `Held`."""
        self._shelf.spoil(self._kept)

    def _changed(self, changed: Change) -> Kept:
        """Return the graph that a change makes, which has no place yet."""
        try:
            return _filled(self._shelf, self._kept, changed.apply)
        except OSError as fault:
            raise StoreFault(f"{fault.strerror}: {fault.filename}") from fault

    def _drop(self) -> None:
        """Forget what was prepared and never came."""
        if self._ready:
            self._ready.let_go()
            self._ready = None


def files_on_disk(
    place: Path, paths: tuple[Path, ...], *, built: bool = False
) -> tuple[OnDisk, Made]:
    """Return the dataset of RDF files as they are, on a shelf; as `files.load`.

    Raises:
        StoreFault: it cannot be put there.
    """
    made = Made(0, files.digest(paths), what="files")
    names = (str(path.resolve()) for path in paths if path.suffix != ".nq")
    on = _shelf(place)
    key = shelf.key(made.id, *names)
    anew = partial(_made, on, None, partial(_load, paths, built), key)
    return _opened(on, on.take(key) or anew(), anew), made


def store_on_disk(place: Path, generations: Generations) -> tuple[OnDisk, Made]:
    """Return the graph of the last generation of a store, on a shelf.

    It begins with the last one that is there already.

    Raises:
        StoreFault: it cannot be put there, or the store is damaged.
    """
    on = _shelf(place)
    last = generations.checked()
    key = shelf.key(last.id)
    anew = partial(_made, on, None, partial(generations.bring, since=None), key)
    kept = on.take(key) or _from_earlier(on, generations, key) or anew()
    return _opened(on, kept, anew), last


def _from_earlier(on: Shelf, generations: Generations, key: str) -> Kept | None:
    """Return the graph `key`, made of the last generation on the shelf, if there is one."""
    for made in reversed(generations.history()):
        if kept := on.take(shelf.key(made.id)):
            try:
                return _made(on, kept, partial(generations.bring, since=made), key)
            finally:
                kept.let_go()
    return None


def _shelf(place: Path) -> Shelf:
    try:
        return Shelf(place)
    except OSError as fault:
        raise _unwritten(place, fault.strerror or str(fault)) from fault


def _opened(on: Shelf, kept: Kept, anew: Callable[[], Kept]) -> OnDisk:
    """Return a graph as it is kept; where it cannot be read, it is made `anew`."""
    try:
        opened = OnDisk(on, kept)
    except StoreFault:
        on.spoil(kept)
        kept.let_go()
        opened = OnDisk(on, anew())
    on.tidy()
    return opened


def _made(on: Shelf, like: Kept | None, fill: Callable[[Store], None], key: str) -> Kept:
    try:
        return on.keep(_filled(on, like, fill), key)
    except OSError as fault:
        raise _unwritten(on.folder, fault.strerror or str(fault)) from fault
    except StoreFault as fault:
        raise _unwritten(on.folder, str(fault)) from fault


def _unwritten(place: Path, why: str) -> StoreFault:
    return StoreFault(
        f"The graph cannot be put on disk in {place} ({why}). Make room there, or set "
        "FINGERPOST_CACHE to another folder, or FINGERPOST_IN_MEMORY to always."
    )


def _filled(on: Shelf, like: Kept | None, fill: Callable[[Store], None]) -> Kept:
    """Return a graph that was filled, like another at first, and has no place yet."""
    making = on.make(like)
    with ExitStack() as undone:
        undone.callback(making.let_go)
        apart(partial(_fill, making, fill, compact=like is None))
        undone.pop_all()
    return making


def _fill(making: Kept, fill: Callable[[Store], None], *, compact: bool) -> bytes:
    """Fill a graph and close it, in a process that has no other use.

    A load writes a file for each million of statements, and every lookup has to look into each
    until it is made `compact`. That takes a fifth of the load: a change does without.
    """
    store = Store(str(making.graph))
    fill(store)
    store.flush()
    if compact:
        store.optimize()
    del store
    gc.collect()
    return b""


def _load(paths: tuple[Path, ...], built: bool, store: Store) -> None:
    for path in paths:
        files.load_into(store, path, built=built)


def _terms(kept: Kept) -> bytes:
    store = Store.read_only(str(kept.graph))
    found = (store.quads_for_pattern(None, None, None, name) for name in (ONTOLOGY, SHAPES))
    return serialize((quad for quads in found for quad in quads), format=RdfFormat.N_QUADS) or b""
