"""A folder of generations: every change of a graph, durable, immutable, in order.

A generation is made in a folder beside the others, brought to the disk, and renamed into place:
the rename is the commit, so after a crash it is there as a whole or not at all. A store whose
content was altered is not opened.
"""

import itertools
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from fingerpost.counting import counted
from fingerpost.errors import StoreFault
from fingerpost.generations import change, durable, files, layout
from fingerpost.generations.change import Change, Made
from fingerpost.graph.statement import Statement, statement
from fingerpost.progress import Progress

_COMPACT_AFTER = 200
"""Changes after which opening a store writes down the whole graph again."""


class Generations:
    """The generations in a folder; `recording.create` makes a folder one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            found = json.loads((folder / layout.STORE).read_text("utf-8"))
        except (OSError, ValueError) as fault:
            raise StoreFault(f"{folder} is not a store: it has no readable store.json.") from fault
        if found != layout.LAYOUT:
            raise StoreFault(f"{folder} has layout {found}; this version reads {layout.LAYOUT}.")

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
        added = sum((self._place(made.number) / layout.ADDED).stat().st_size for made in changed)
        return (self._place(start) / layout.WHOLE).stat().st_size + added

    def _since_whole(self) -> tuple[list[Made], int]:
        """Return every generation, and the number of the last whole one."""
        history = self.history()
        if not history:
            raise StoreFault(f"{self.folder} has no generation.")
        whole = [m.number for m in history if (self._place(m.number) / layout.WHOLE).is_file()]
        return history, max(whole)

    def _fill(self, store: Store, history: list[Made], start: int) -> None:
        files.load_into(store, self._place(start) / layout.WHOLE)
        for made in history[start + 1 :]:
            self._change(made).apply(store)

    def commit(self, making: Path, number: int) -> None:
        """Make the generation that `recording.write` wrote into the folder `making` the last one.

        Raises:
            OSError: the disk does not take it; nothing has changed then.
        """
        making.rename(self._place(number))
        durable.settle(self.folder / "generations")

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
        held = _ending(self._place(start) / layout.WHOLE, end)
        for made in history[start + 1 :]:
            place = self._place(made.number)
            held -= _ending(place / layout.REMOVED, end)
            held |= _ending(place / layout.ADDED, end)
        return set(map(statement, held))

    def packaged(self) -> frozenset[Quad]:
        """Return the named graphs of the packaged data that the store was last brought up to."""
        path = self.folder / layout.PACKAGED
        if not path.is_file():
            return frozenset()
        return frozenset(parse(path=str(path), format=RdfFormat.N_QUADS))

    def _change(self, made: Made) -> Change:
        return change.read(change.record(made), *self._parts(made))

    def _parts(self, made: Made) -> tuple[bytes, bytes]:
        """Return what a generation adds and removes, as it was written."""
        place = self._place(made.number)
        try:
            added = (place / layout.ADDED).read_bytes()
            removed = (place / layout.REMOVED).read_bytes()
        except OSError as fault:
            raise StoreFault(f"{fault.filename} cannot be read: {fault.strerror}.") from fault
        if change.identify(made, added, removed) != made.id:
            raise StoreFault(f"{place} was altered: restore the folder from a backup.")
        return added, removed

    def _write_whole(self, store: Store, number: int) -> None:
        place = self._place(number)
        making = place / f".{layout.WHOLE}"
        with making.open("wb") as file:
            store.dump(file, RdfFormat.N_QUADS)
            os.fsync(file.fileno())
        making.rename(place / layout.WHOLE)
        durable.settle(place)

    def _numbers(self) -> list[int]:
        names = sorted(path.name for path in (self.folder / "generations").iterdir())
        numbers = [int(name) for name in names if name.isdigit()]
        if numbers != list(range(len(numbers))):
            missing = next(n for n in range(len(numbers)) if n not in numbers)
            raise StoreFault(f"Generation {missing} is missing in {self.folder}.")
        return numbers

    def _about(self, number: int) -> Made:
        path = self._place(number) / layout.ABOUT
        try:
            return change.made(path.read_text("utf-8"))
        except (OSError, ValueError, TypeError) as fault:
            raise StoreFault(f"{path} cannot be read: {fault}.") from fault

    def _place(self, number: int) -> Path:
        return layout.place(self.folder, number)


def _ending(path: Path, end: bytes) -> set[Quad]:
    """Return the quads of a file whose lines end so."""
    with path.open("rb") as lines:
        found = b"".join(line for line in lines if line.endswith(end))
    return set(parse(found, format=RdfFormat.N_QUADS))
