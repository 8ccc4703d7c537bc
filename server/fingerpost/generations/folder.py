"""A folder of generations: every change of a graph, durable, immutable, in order.

```
store.json                  the version of this layout
lock                        held by the process that may write
generations/00000000/       about.json, dataset.nq: a whole graph
generations/00000001/       about.json, added.nq, removed.nq: what changed
```

A generation is made in a folder beside the others, brought to the disk, and renamed into place:
the rename is the commit, so after a crash it is there as a whole or not at all. A store whose
content was altered is not opened.
"""

import itertools
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse, serialize

from fingerpost.counting import counted
from fingerpost.errors import StoreFault
from fingerpost.generations import change, files
from fingerpost.generations.change import Change, Made
from fingerpost.graph.statement import Statement, statement
from fingerpost.progress import Progress

_LAYOUT = {"layout": 1}
_ABOUT = "about.json"
PACKAGED = "packaged.nq"
"""The file of the data that came with the package, as far as it lies in named graphs."""

_WHOLE = "dataset.nq"
_ADDED = "added.nq"
_REMOVED = "removed.nq"
_COMPACT_AFTER = 200
"""Changes after which opening a store writes down the whole graph again."""


class Generations:
    """The generations in a folder; see `create` for a folder that is none yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            layout = json.loads((folder / "store.json").read_text("utf-8"))
        except (OSError, ValueError) as fault:
            raise StoreFault(f"{folder} is not a store: it has no readable store.json.") from fault
        if layout != _LAYOUT:
            raise StoreFault(f"{folder} has layout {layout}; this version reads {_LAYOUT}.")

    def history(self) -> list[Made]:
        """Return what is on record of every generation, the first one first.

        Raises:
            StoreFault: a number is missing, or a record cannot be read.
        """
        found = [self._about(number) for number in self._numbers()]
        for before, made in itertools.pairwise(found):
            if made.parent != before.id:
                raise StoreFault(
                    f"Generation {made.number} in {self.folder} does not follow from "
                    f"{before.number}: restore the folder from a backup."
                )
        return found

    def load(self, tell: Progress) -> tuple[Store, Made]:
        """Return the graph of the last generation, every change since the last whole one checked.

        Raises:
            StoreFault: the folder is damaged; the message says where.
        """
        self.clear()
        store, last, start = self._read(tell)
        if last.number - start > _COMPACT_AFTER:
            self._write_whole(store, last.number)
        return store, last

    def read(self, tell: Progress) -> tuple[Store, Made]:
        """Return the graph of the last generation of a store that may be in use; as `load`."""
        store, last, _ = self._read(tell)
        return store, last

    def _read(self, tell: Progress) -> tuple[Store, Made, int]:
        """Return the graph, what made it, and the number of the last whole generation."""
        history, start = self._since_whole()
        tell(f"Loading generation {start} and {counted(len(history) - 1 - start, 'change')}")
        store = Store()
        self._fill(store, history, start)
        return store, history[-1], start

    def checked(self) -> Made:
        """Return the last generation, every change since the last whole one checked.

        Raises:
            StoreFault: the folder is damaged; the message says where.
        """
        history, start = self._since_whole()
        for made in history[start + 1 :]:
            self._parts(made)
        return history[-1]

    def bring(self, store: Store, since: Made | None) -> None:
        """Bring a store from a generation to the last one; without one it is empty.

        Raises:
            StoreFault: the folder is damaged; the message says where.
        """
        if since is None:
            self._fill(store, *self._since_whole())
            return
        for changed in self.changes(since.number):
            changed.apply(store)

    def clear(self) -> None:
        """Remove what writers that were killed have left; for who holds the store."""
        for left in self.folder.glob(".making-*"):
            shutil.rmtree(left)

    def size(self) -> int:
        """Return about how many bytes of N-Quads the last generation has."""
        history, start = self._since_whole()
        changed = history[start + 1 :]
        added = sum((self._place(made.number) / _ADDED).stat().st_size for made in changed)
        return (self._place(start) / _WHOLE).stat().st_size + added

    def _since_whole(self) -> tuple[list[Made], int]:
        """Return every generation, and the number of the last whole one."""
        history = self.history()
        if not history:
            raise StoreFault(f"{self.folder} has no generation.")
        whole = [m.number for m in history if (self._place(m.number) / _WHOLE).is_file()]
        return history, max(whole)

    def _fill(self, store: Store, history: list[Made], start: int) -> None:
        files.load_into(store, self._place(start) / _WHOLE)
        for made in history[start + 1 :]:
            self._change(made).apply(store)

    def commit(self, making: Path, number: int) -> None:
        """Make the generation that `write` wrote into the folder `making` the last one.

        Raises:
            OSError: the disk does not take it; nothing has changed then.
        """
        making.rename(self._place(number))
        _sync_folder(self.folder / "generations")

    def discard(self, process: int) -> None:
        """Remove what a writer process has left that was not committed."""
        shutil.rmtree(self.folder / f".making-{process}", ignore_errors=True)

    def changes(self, after: int) -> Iterator[Change]:
        """Yield the changes that lead from generation `after` to the last one."""
        for made in self.history()[after + 1 :]:
            yield self._change(made)

    def has(self, number: int) -> bool:
        """Say whether there is a generation of that number."""
        return self._place(number).is_dir()

    def change(self, parent: Made) -> Change:
        """Return the change that leads on from a generation.

        Raises:
            StoreFault: it was altered, or follows from another.
        """
        made = self._about(parent.number + 1)
        if made.parent != parent.id:
            raise StoreFault(
                f"Generation {made.number} in {self.folder} does not follow from the one that is "
                "served: the folder was put in another's place. Start anew."
            )
        return self._change(made)

    def graph(self, name: NamedNode) -> set[Statement]:
        """Return what a named graph holds in the last generation; the store may be in use.

        Raises:
            StoreFault: the folder is damaged.
        """
        history, start = self._since_whole()
        end = f" {name} .\n".encode()
        with (self._place(start) / _WHOLE).open("rb") as lines:
            held = set(_quads(line for line in lines if line.endswith(end)))
        for made in history[start + 1 :]:
            place = self._place(made.number)
            for part, change_ in ((_REMOVED, held.difference_update), (_ADDED, held.update)):
                with (place / part).open("rb") as lines:
                    change_(_quads(line for line in lines if line.endswith(end)))
        return set(map(statement, held))

    def packaged(self) -> frozenset[Quad]:
        """Return the named graphs of the packaged data that the store was last brought up to."""
        path = self.folder / PACKAGED
        if not path.is_file():
            return frozenset()
        return frozenset(parse(path=str(path), format=RdfFormat.N_QUADS))

    def _change(self, made: Made) -> Change:
        return change.read(change.record(made), *self._parts(made))

    def _parts(self, made: Made) -> tuple[bytes, bytes]:
        """Return what a generation adds and removes, as it was written."""
        place = self._place(made.number)
        try:
            added = (place / _ADDED).read_bytes()
            removed = (place / _REMOVED).read_bytes()
        except OSError as fault:
            raise StoreFault(f"{fault.filename} cannot be read: {fault.strerror}.") from fault
        if change.identify(made, added, removed) != made.id:
            raise StoreFault(f"{place} was altered: restore the folder from a backup.")
        return added, removed

    def _write_whole(self, store: Store, number: int) -> None:
        place = self._place(number)
        making = place / f".{_WHOLE}"
        with making.open("wb") as file:
            store.dump(file, RdfFormat.N_QUADS)
            os.fsync(file.fileno())
        making.rename(place / _WHOLE)
        _sync_folder(place)

    def _numbers(self) -> list[int]:
        names = sorted(path.name for path in (self.folder / "generations").iterdir())
        numbers = [int(name) for name in names if name.isdigit()]
        if numbers != list(range(len(numbers))):
            missing = next(n for n in range(len(numbers)) if n not in numbers)
            raise StoreFault(f"Generation {missing} is missing in {self.folder}.")
        return numbers

    def _about(self, number: int) -> Made:
        path = self._place(number) / _ABOUT
        try:
            return change.made(path.read_text("utf-8"))
        except (OSError, ValueError, TypeError) as fault:
            raise StoreFault(f"{path} cannot be read: {fault}.") from fault

    def _place(self, number: int) -> Path:
        return self.folder / "generations" / f"{number:08}"


def create(folder: Path, quads: Iterable[Quad], what: str, data: str) -> Generations:
    """Return a new store in `folder` whose first generation is the graph of `quads`.

    `data` is the digest of the packaged data that the graph was built from.

    Raises:
        StoreFault: the folder holds something else.
    """
    _clear(folder)
    making = folder / ".generations"
    place = making / f"{0:08}"
    place.mkdir(parents=True)
    with (place / _WHOLE).open("wb") as file:
        serialize(quads, file, RdfFormat.N_QUADS)
        file.flush()
        os.fsync(file.fileno())
    made = Made(
        number=0,
        id=files.digest([place / _WHOLE]),
        time=datetime.now(UTC).isoformat(timespec="milliseconds"),
        by="fingerpost",
        what=what,
        data=data,
    )
    _write(place / _ABOUT, change.record(made).encode())
    _sync_folder(place)
    making.rename(folder / "generations")
    _write(folder / ".store.json", json.dumps(_LAYOUT).encode())
    (folder / ".store.json").rename(folder / "store.json")
    _sync_folder(folder)
    return Generations(folder)


def _clear(folder: Path) -> None:
    """Remove what a process that was ended while it created the store has left."""
    folder.mkdir(parents=True, exist_ok=True)
    names = {path.name for path in folder.iterdir()} - {"lock"}
    if names - {".generations", "generations", ".store.json"}:
        raise StoreFault(f"{folder} is neither a store nor empty.")
    for name in names - {".store.json"}:
        shutil.rmtree(folder / name)


def write(changed: Change, making: Path) -> None:
    """Bring a generation to the disk, in a folder that `Generations.commit` puts into place."""
    making.mkdir()
    added, removed = changed.bytes()
    _write(making / _ADDED, added)
    _write(making / _REMOVED, removed)
    _write(making / _ABOUT, change.record(changed.made).encode())
    _sync_folder(making)


def backup(folder: Path, target: Path) -> Made:
    """Copy a store, in use or not, up to its last generation, which is returned.

    Raises:
        StoreFault: `target` exists, or the store is damaged.
    """
    if target.exists() and any(target.iterdir()):
        raise StoreFault(f"{target} is not empty: a backup goes into a folder of its own.")
    history = Generations(folder).history()
    (target / "generations").mkdir(parents=True, exist_ok=True)
    for made in history:
        name = f"{made.number:08}"
        source = folder / "generations" / name
        shutil.copytree(source, target / "generations" / name, ignore=shutil.ignore_patterns(".*"))
    if (folder / PACKAGED).is_file():
        shutil.copyfile(folder / PACKAGED, target / PACKAGED)
    shutil.copyfile(folder / "store.json", target / "store.json")
    Generations(target).history()
    return history[-1]


def _quads(lines: Iterable[bytes]) -> Iterator[Quad]:
    return parse(b"".join(lines), format=RdfFormat.N_QUADS)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
