"""RDF files loaded as they are."""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Store, parse

from fingerpost.errors import Unreadable
from fingerpost.generations.change import Made
from fingerpost.remembered import remembered

_PART = 1024 * 1024
_AT_A_TIME = 10_000


def load(paths: Iterable[Path], *, built: bool = False) -> tuple[Store, Made]:
    """Return the dataset of RDF files as they are, named graphs included; see `load_into`.

    Raises:
        Unreadable: a file is not in the format that its suffix says.
    """
    paths = tuple(paths)
    store = Store()
    for path in paths:
        load_into(store, path, built=built)
    return store, Made(0, digest(paths), what="files")


def digest(paths: Iterable[Path]) -> str:
    """Return what tells the content of files from any other, as 16 hexadecimals.

    What is unchanged is not read again.
    """
    paths = tuple(paths)
    return remembered("content", paths, lambda: _digest(paths))


def _digest(paths: Iterable[Path]) -> str:
    whole = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            while part := file.read(_PART):
                whole.update(part)
    return whole.hexdigest()[:16]


def quads(paths: Iterable[Path]) -> Iterator[Quad]:
    """Yield the dataset of RDF files as a store holds it; few of its statements at a time.

    Raises:
        Unreadable: as `load_into`.
    """
    parsed = chain.from_iterable(_parsed(path) for path in paths)
    while part := tuple(islice(parsed, _AT_A_TIME)):
        # A store takes two spellings of a number for one value, and so must whoever compares.
        store = Store()
        store.extend(part)
        yield from store


def _parsed(path: Path) -> Iterator[Quad]:
    """Yield the statements of an RDF file as they are spelt there."""
    format_ = _format(path)
    named = format_ == RdfFormat.N_QUADS
    base = None if named else path.resolve().as_uri()
    try:
        # Other formats have blank nodes of their own, that mean nothing in the next file.
        yield from parse(
            path=str(path), format=format_, base_iri=base, rename_blank_nodes=not named
        )
    except SyntaxError as fault:
        raise Unreadable([f"{path}:{fault.lineno or 1}: {fault.msg}"]) from fault
    except OSError as fault:
        raise Unreadable([f"{path}: {fault.strerror}"]) from fault


def load_into(store: Store, path: Path, *, built: bool = False) -> None:
    """Load an RDF file, its format told by its suffix, into `store`.

    What we have `built` has valid terms, which are not validated again: that takes a sixth of
    the time.

    Raises:
        Unreadable: there is no such format or file, or the file is not in that format.
    """
    format_ = _format(path)
    try:
        if format_ == RdfFormat.N_QUADS:
            # A load would give blank nodes other names than changes know them by.
            store.bulk_extend(parse(path=str(path), format=format_, lenient=built))
        else:
            store.bulk_load(path=str(path), format=format_, base_iri=path.resolve().as_uri())
    except SyntaxError as fault:
        raise Unreadable([f"{path}:{fault.lineno or 1}: {fault.msg}"]) from fault
    except OSError as fault:
        raise Unreadable([f"{path}: {fault.strerror}"]) from fault


def _format(path: Path) -> RdfFormat:
    format_ = RdfFormat.from_extension(path.suffix.lstrip("."))
    if format_ is None:
        raise Unreadable([f"{path}: no RDF format has the suffix {path.suffix or '(none)'}."])
    return format_
