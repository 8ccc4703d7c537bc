"""Bringing generations to the disk: the first one of a store, one more, a copy of all."""

import json
import os
import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, serialize

from fingerpost.errors import StoreFault
from fingerpost.generations import change, durable, files, layout
from fingerpost.generations.change import Change, Made
from fingerpost.generations.folder import Generations

_MAKING = f".{layout.STORE}"


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
    with (place / layout.WHOLE).open("wb") as file:
        serialize(quads, file, RdfFormat.N_QUADS)
        file.flush()
        os.fsync(file.fileno())
    made = Made(
        number=0,
        id=files.digest([place / layout.WHOLE]),
        time=datetime.now(UTC).isoformat(timespec="milliseconds"),
        by="fingerpost",
        what=what,
        data=data,
    )
    durable.write(place / layout.ABOUT, change.record(made).encode())
    durable.settle(place)
    making.rename(folder / "generations")
    durable.write(folder / _MAKING, json.dumps(layout.LAYOUT).encode())
    (folder / _MAKING).rename(folder / layout.STORE)
    durable.settle(folder)
    return Generations(folder)


def _clear(folder: Path) -> None:
    """Remove what a process that was ended while it created the store has left."""
    folder.mkdir(parents=True, exist_ok=True)
    names = {path.name for path in folder.iterdir()} - {"lock"}
    if names - {".generations", "generations", _MAKING}:
        raise StoreFault(f"{folder} is neither a store nor empty.")
    for name in names - {_MAKING}:
        shutil.rmtree(folder / name)


def write(changed: Change, making: Path) -> None:
    """Bring a generation to the disk, in a folder that `Generations.commit` puts into place."""
    making.mkdir()
    added, removed = changed.bytes()
    durable.write(making / layout.ADDED, added)
    durable.write(making / layout.REMOVED, removed)
    durable.write(making / layout.ABOUT, change.record(changed.made).encode())
    durable.settle(making)


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
        source, copy = (layout.place(one, made.number) for one in (folder, target))
        shutil.copytree(source, copy, ignore=shutil.ignore_patterns(".*"))
    if (folder / layout.PACKAGED).is_file():
        shutil.copyfile(folder / layout.PACKAGED, target / layout.PACKAGED)
    shutil.copyfile(folder / layout.STORE, target / layout.STORE)
    Generations(target).history()
    return history[-1]
