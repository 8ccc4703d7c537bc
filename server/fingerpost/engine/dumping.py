"""A whole graph as N-Quads in order, written by a worker to a file, with little in memory.

The merge comes first, then named graphs by their IRIs; the lines of each are sorted, so the same
graph gives the same bytes. They are sorted in parts, which are merged where they need it.
"""

import heapq
import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store

from fingerpost.engine import evaluate
from fingerpost.errors import StoreFault

_AT_ONCE = 16 * 1024 * 1024
"""Bytes that are sorted at once."""
_BLOCK = 64 * 1024
_LINES = 10_000
_END = b" ."


@dataclass(frozen=True)
class Wanted:
    """What of a store is dumped besides the merge: named graphs, told by how their IRIs begin.

    Those that begin with one of `apart` are left out; without `within` there are none.
    """

    within: str = ""
    apart: tuple[str, ...] = ()

    def names(self, store: Store) -> list[NamedNode]:
        """Return the graphs of a store that are wanted, in order."""
        names = [one for one in store.named_graphs() if isinstance(one, NamedNode)]
        return sorted((one for one in names if self.has(one.value)), key=lambda one: one.value)

    def has(self, iri: str) -> bool:
        """Say whether a named graph is wanted."""
        return bool(self.within) and iri.startswith(self.within) and not iri.startswith(self.apart)


def write(store: Store, wanted: Wanted, path: Path) -> None:
    """Write the dump of a store.

    Raises:
        StoreFault: the disk does not take it.
        EngineFault: the graph is on a disk that fails.
    """
    try:
        with path.open("w+b") as to:
            _write(store, DefaultGraph(), to, path.parent)
            for name in wanted.names(store):
                _write(store, name, to, path.parent)
    except (OSError, RuntimeError) as fault:
        if evaluate.broken(fault):
            raise evaluate.unreadable() from fault
        if not isinstance(fault, OSError):
            raise
        raise StoreFault(f"The download cannot be written: {fault.strerror or fault}.") from fault


def _write(store: Store, graph: NamedNode | DefaultGraph, to: BinaryIO, beside: Path) -> None:
    """Write the lines of one graph, in order."""
    end = _END if isinstance(graph, DefaultGraph) else f" {graph} .".encode()
    starts, last, in_order = [], b"", True
    with tempfile.TemporaryFile(dir=beside) as raw:
        store.dump(raw, RdfFormat.N_TRIPLES, from_graph=graph)
        raw.seek(0)
        while lines := raw.readlines(_AT_ONCE):
            lines.sort()
            in_order, last = in_order and last <= lines[0], lines[-1]
            starts.append(to.tell())
            # A line break ends a line, and stands nowhere else: texts have it escaped.
            to.write(b"".join(lines).replace(_END + b"\n", end + b"\n"))
    if not in_order:
        _merge(to, starts, beside)


def _merge(to: BinaryIO, starts: list[int], beside: Path) -> None:
    """Put parts at the end of a file, which are in order each, all in order."""
    bounds = itertools.pairwise((*starts, to.tell()))
    to.flush()
    merged = heapq.merge(*(_lines(to.fileno(), *each) for each in bounds))
    with tempfile.TemporaryFile(dir=beside) as whole:
        while some := list(itertools.islice(merged, _LINES)):
            whole.write(b"\n".join(some) + b"\n")
        whole.seek(0)
        to.seek(starts[0])
        shutil.copyfileobj(whole, to, _AT_ONCE)


def _lines(handle: int, start: int, end: int) -> Iterator[bytes]:
    """Yield the lines of a part of a file, without their ends."""
    rest = b""
    while start < end:
        block = os.pread(handle, min(_BLOCK, end - start), start)
        start += len(block)
        *lines, rest = (rest + block).split(b"\n")
        yield from lines
