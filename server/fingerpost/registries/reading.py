"""Files of registries read: which registry's it is, its entries, and what of it is broken."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fingerpost.errors import NotOfRegistry
from fingerpost.registries import fairsharing, json_lines, rdmkit, re3data
from fingerpost.registries.entry import Broken, Entry, Found

Reader = Callable[[bytes], Iterator[Found]]
READERS: dict[str, Reader] = {
    "fairsharing": fairsharing.entries,
    "re3data": re3data.entries,
    "rdmkit": rdmkit.entries,
    "lines": json_lines.entries,
}
"""A registry → what reads its bytes."""


@dataclass(frozen=True)
class Read:
    """The entries of a file, each id once, and the records that could not be taken."""

    entries: tuple[Entry, ...]
    broken: tuple[Broken, ...]


def read(path: Path, registry: str | None = None) -> Read:
    """Return what a file says; without its registry, by what it looks like.

    The last of those with the same id holds.

    Raises:
        NotOfRegistry: it is not what that registry gives.
    """
    data = path.read_bytes()
    try:
        found = list(READERS[registry or _registry(path, data)](data))
    except NotOfRegistry as fault:
        raise NotOfRegistry(f"{path}: {fault}") from fault
    entries = {one.id: one for one in found if isinstance(one, Entry)}
    broken = tuple(one for one in found if isinstance(one, Broken))
    return Read(tuple(entries.values()), broken)


def _registry(path: Path, data: bytes) -> str:
    """Return the registry that gives files like this one."""
    begin = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if begin == b"<":
        return "re3data"
    if path.suffix in {".yml", ".yaml"}:
        return "rdmkit"
    first = data.lstrip().partition(b"\n")[0].strip()
    if begin == b"[" or path.suffix == ".json" or first == b"{":
        return "fairsharing"
    return "lines"
