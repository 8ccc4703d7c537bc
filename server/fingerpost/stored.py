"""A store that is served: made from the data, brought up to newer data, taken back."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, serialize

from fingerpost import catalogue
from fingerpost.engine import changes
from fingerpost.engine.writer import Writer
from fingerpost.engine.writes import Outcome, Write
from fingerpost.errors import StoreFault, WriteRefused
from fingerpost.files import Folders
from fingerpost.generations import files, layout, lock, recording
from fingerpost.generations.change import Change, Made
from fingerpost.generations.folder import Generations
from fingerpost.generations.provenance import PROVENANCE
from fingerpost.graph.dataset import INFERRED, SNAPSHOTS
from fingerpost.progress import Progress, silent

_SERVING = "serving"
_SECONDS = 600.0
_MOST = 20
"""Conflicts that are listed."""
_Key = tuple[object, object, object]


def exists(place: Path) -> bool:
    """Return whether there is a store in a place."""
    return (place / layout.STORE).is_file()


def prepare(place: Path, folders: Folders | None, plain: tuple[Path, ...], tell: Progress) -> int:
    """Make the store in `place` ready to be served, and return the handle that holds it.

    A new store begins with the data of `folders`, or with the files of a `plain` one. An older
    store takes over what has changed in the data since, as a generation of its own.

    Raises:
        StoreFault: another server uses it, it is damaged, or both it and the data have changed
            the same statements; those are listed.
        DataFault: the data cannot be used.
    """
    with ExitStack() as undone:
        handle = lock.hold(place)
        undone.callback(os.close, handle)
        _prepare(place, folders, plain, tell)
        undone.pop_all()
    return handle


def _prepare(place: Path, folders: Folders | None, plain: tuple[Path, ...], tell: Progress) -> None:
    new = not exists(place)
    if folders is None:
        if new:
            recording.create(place, files.quads(plain), "files", files.digest(plain))
        elif plain:
            raise StoreFault(f"The store {place} holds data already: leave the files out.")
        return
    packaged = catalogue.dataset(folders, tell)
    if not new:
        _merge(place, packaged, tell)
        return
    recording.create(place, files.quads(packaged), "packaged data", files.digest(packaged))
    _keep_packaged(place, files.quads(packaged))


def _merge(place: Path, paths: tuple[Path, ...], tell: Progress) -> None:
    """Bring a store up to other packaged data, three ways: from old to new, onto what there is."""
    generations = Generations(place)
    digest = files.digest(paths)
    if generations.history()[-1].data == digest:
        return
    store, made = generations.load(tell)
    if not made.data:
        raise StoreFault(f"The store {place} was made by `serve --plain`: serve it like that.")
    tell("Merging newer data into the store")
    old = generations.packaged()
    new, now = _stated(files.quads(paths)), _stated(store)
    added, removed = (new - old) - now, (old - new) & now
    _refuse_conflicts(old, new, now)
    for quad in removed:
        store.remove(quad)
    store.extend(added)
    writer = Writer(store, plain=False, folder=place)
    writer.prepare()
    outcome = Outcome(added, removed)
    _append(generations, writer.follow(outcome, made, "packaged data", "fingerpost", digest))
    _keep_packaged(place, files.quads(paths))


def _refuse_conflicts(old: frozenset[Quad], new: frozenset[Quad], now: frozenset[Quad]) -> None:
    """Refuse where data and store have changed the same property of the same thing otherwise."""
    both = _keys(old ^ new) & _keys(old ^ now)
    theirs, ours = _values(new, both), _values(now, both)
    lines = sorted(
        f"{subject} {property_} in {graph}: the data say "
        f"{_listed(theirs[key])}, the store {_listed(ours[key])}"
        for key in both
        if theirs[key] != ours[key]
        for graph, subject, property_ in (key,)
    )
    if lines:
        more = f"\nand {len(lines) - _MOST} more" if len(lines) > _MOST else ""
        raise StoreFault(
            "Newer data and the store have changed the same statements. Make them agree, in the "
            "data (`--data`) or, with the older version, in the store:\n"
            + "\n".join(lines[:_MOST])
            + more
        )


def rollback(place: Path, number: int) -> Made:
    """Go back to a generation, as a new one, whether or not the store is being served.

    Raises:
        StoreFault: the store is damaged.
        WriteFault: there is no such generation, or its graph does not conform any more.
    """
    last = Generations(place).history()[-1]
    made = change(place, Write(kind="rollback", by="operator", to=number))
    if made.id == last.id:
        raise WriteRefused(f"Nothing has changed since generation {number}.")
    return made


def change(place: Path, write: Write, tell: Progress = silent) -> Made:
    """Make a change, whether or not the store is being served; return the last generation then.

    It is the one from before where nothing changes.

    Raises:
        StoreFault: the store is damaged.
        WriteFault: the change is not made.
    """
    try:
        handle = lock.hold(place, seconds=0)
    except StoreFault:
        serving = place / _SERVING
        if not serving.is_file():
            raise
        tell("Asking the server of the store to make the change")
        changes.ask(Path(serving.read_text("utf-8")), write, _SECONDS)
        return Generations(place).history()[-1]
    try:
        generations = Generations(place)
        store, made = generations.load(tell)
        writer = Writer(store, plain=not made.data, folder=place)
        tell("Working out the change")
        changed, _ = writer.work_out(write, made)
        if changed.made.id == made.id:
            return made
        _append(generations, changed)
        return changed.made
    finally:
        os.close(handle)


def say_served(place: Path, keeper: Path | None) -> None:
    """Leave word in a store where its keeper is reached; None when it is no more."""
    if keeper is None:
        (place / _SERVING).unlink(missing_ok=True)
    else:
        (place / _SERVING).write_text(str(keeper), "utf-8")


def _append(generations: Generations, changed: Change) -> None:
    making = generations.folder / f".making-{os.getpid()}"
    recording.write(changed, making)
    generations.commit(making, changed.made.number)


def _keep_packaged(place: Path, packaged: Iterable[Quad]) -> None:
    making = place / f".{layout.PACKAGED}"
    with making.open("wb") as file:
        serialize(_named(packaged), file, RdfFormat.N_QUADS)
        os.fsync(file.fileno())
    making.rename(place / layout.PACKAGED)


def _stated(quads: Iterable[Quad]) -> frozenset[Quad]:
    return frozenset(_named(quads))


def _named(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield what lies in named graphs that are not derived from others."""
    apart = {INFERRED, PROVENANCE}
    return (
        quad
        for quad in quads
        if isinstance(quad.graph_name, NamedNode) and quad.graph_name not in apart
        if not quad.graph_name.value.startswith(SNAPSHOTS)
    )


def _keys(quads: Iterable[Quad]) -> set[_Key]:
    return {(quad.graph_name, quad.subject, quad.predicate) for quad in quads}


def _values(quads: Iterable[Quad], keys: set[_Key]) -> dict[_Key, set[str]]:
    found: dict[_Key, set[str]] = defaultdict(set)
    for quad in quads:
        key = (quad.graph_name, quad.subject, quad.predicate)
        if key in keys:
            found[key].add(str(quad.object))
    return found


def _listed(values: set[str]) -> str:
    return ", ".join(sorted(values)) or "nothing"
