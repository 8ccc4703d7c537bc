"""Files of registries read: which registry's it is, its entries, and what of it is broken."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fingerpost.errors import NotOfRegistry
from fingerpost.registries import (
    biotools,
    fairsharing,
    json_lines,
    rdf,
    rdmkit,
    re3data,
    recognising,
    ror,
    tables,
)
from fingerpost.registries.entry import Broken, Entry, Found

Reader = Callable[[bytes], Iterator[Found]]
READERS: dict[str, Reader] = {
    "biotools": biotools.entries,
    "csv": tables.entries,
    "fairsharing": fairsharing.entries,
    "lines": json_lines.entries,
    "rdf": rdf.entries,
    "rdmkit": rdmkit.entries,
    "re3data": re3data.entries,
    "ror": ror.entries,
    "sssom": tables.mapped,
}
"""A registry → what reads its bytes."""
_STREAMS: dict[str, Callable[[Path], Iterator[Found]]] = {"ror": ror.stream}
"""A registry whose files are long → what reads one, holding one record at a time."""
_LONGEST = 2**30


@dataclass(frozen=True)
class Read:
    """The entries of a file, each id once, and the records that could not be taken."""

    entries: tuple[Entry, ...]
    broken: tuple[Broken, ...]


def read(path: Path, registry: str | None = None) -> Read:
    """Return what a file says; without its registry, by what it looks like.

    Raises:
        NotOfRegistry: it is not what that registry gives.
    """
    return gathered(each(path, registry))


def each(path: Path, registry: str | None = None) -> Iterator[Found]:
    """Yield what a file says, record by record; an id may come twice.

    Raises:
        NotOfRegistry: it is not what that registry gives; told before the first record, unless
            the file is long, or ends too early.
    """
    known = registry or recognised(path)
    try:
        if known in _STREAMS:
            yield from _STREAMS[known](path)
            return
        yield from READERS[known](_whole(path))
    except NotOfRegistry as fault:
        raise NotOfRegistry(f"{path}: {fault}") from fault


def _whole(path: Path) -> bytes:
    if path.stat().st_size > _LONGEST:
        raise NotOfRegistry(f"It is longer than {_LONGEST} bytes, the most that is held at once.")
    return path.read_bytes()


def gathered(found: Iterable[Found]) -> Read:
    """Return entries and broken records apart; the last of those with the same id holds."""
    entries: dict[str, Entry] = {}
    broken: list[Broken] = []
    for one in found:
        if isinstance(one, Entry):
            entries[one.id] = one
        else:
            broken.append(one)
    return Read(tuple(entries.values()), tuple(broken))


def recognised(path: Path) -> str:
    """Return the registry that gives files like this one."""
    with path.open("rb") as file:
        return recognising.registry(path.name, file.read(recognising.HEAD))
