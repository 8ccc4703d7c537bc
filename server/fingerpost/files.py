"""Where files lie: the data folders in a wheel or a checkout, and the cache."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fingerpost.errors import SettingFault

_PACKAGE = Path(__file__).resolve().parent
_FOLDERS = ("ontology", "shapes", "instances", "queries")


@dataclass(frozen=True)
class Folders:
    """The four data folders that one graph is made of."""

    ontology: Path
    shapes: Path
    instances: Path
    queries: Path

    def inputs(self) -> Iterator[Path]:
        """Yield every file that the graph is built from, in a fixed order."""
        for folder in (self.ontology, self.shapes, self.instances):
            yield from turtle(folder)
        yield from tables(self.instances)


def turtle(folder: Path) -> list[Path]:
    """Return the Turtle files below `folder`, in a fixed order."""
    return sorted(folder.rglob("*.ttl"))


def tables(instances: Path) -> list[Path]:
    """Return the tables of mappings beside the records of a folder, in a fixed order."""
    return sorted((instances / "mappings").glob("*.sssom.tsv"))


def tables_below(instances: Path) -> list[Path]:
    """Return every table of mappings of a folder, reviews of audits too, in a fixed order.

    `mappings/audit/<registry>.sssom.tsv` holds links that the evidence does not bear, reviewed.
    """
    return sorted((instances / "mappings").rglob("*.sssom.tsv"))


def is_data(path: Path) -> bool:
    """Return whether `path` is a folder with at least one of the data folders."""
    return any((path / name).is_dir() for name in _FOLDERS)


def folders(data: Path | None = None) -> Folders:
    """Return the data folders below `data`, or those that came with the package.

    A folder that `data` does not have is taken from the package.

    Raises:
        SettingFault: `data` is not a folder, or has none of the data folders.
    """
    shipped = _PACKAGE / "data" if (_PACKAGE / "data").is_dir() else _PACKAGE.parents[1]
    if data is None:
        return Folders(**{name: shipped / name for name in _FOLDERS})
    if not is_data(data):
        raise SettingFault(f"{data} has none of the folders {', '.join(_FOLDERS)}.")
    found = {name: data / name if (data / name).is_dir() else shipped / name for name in _FOLDERS}
    return Folders(**found)


def cache() -> Path:
    """Return the folder for what can be made again: FINGERPOST_CACHE, else the user's cache."""
    chosen = os.environ.get("FINGERPOST_CACHE")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "fingerpost"


@contextmanager
def writing_cache() -> Iterator[None]:
    """Say where else the cache may be, where the disk does not take what is written to it.

    Raises:
        SettingFault: the disk is full, or the folder read-only.
    """
    try:
        yield
    except OSError as fault:
        raise SettingFault(
            f"The cache {cache()} cannot be written ({fault.strerror}): "
            "set FINGERPOST_CACHE to a folder that can."
        ) from fault


def digest(paths: Iterator[Path], salt: str) -> str:
    """Return a SHA-256 over the names and bytes of `paths`, and `salt`, as 16 hexadecimals."""
    whole = hashlib.sha256(salt.encode())
    for path in paths:
        whole.update(f"\0{path.parent.name}/{path.name}\0".encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:16]
