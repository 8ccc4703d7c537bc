"""The whole graph as files: the merge as Turtle and JSON-LD, with its named graphs as N-Quads.

Snapshots of registries are others' data under others' licences, and who wrote what when is the
operator's: neither is in a download. As a program, `python -m fingerpost.publish.dumps SUFFIX`
writes the lines of its input in another form to its output, with little in memory: it takes a
processor for long in a large graph, which a server process has not to spare.
"""

import itertools
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from typing import BinaryIO

from pyoxigraph import RdfFormat, Triple, parse, serialize

from fingerpost import errors
from fingerpost.engine import fence, results
from fingerpost.engine.dumping import Wanted
from fingerpost.graph.dataset import SNAPSHOTS
from fingerpost.graph.vocabulary import GRAPHS
from fingerpost.publish import context

MERGE = Wanted()
"""Nothing but the merge."""
ALL = Wanted(GRAPHS, (SNAPSHOTS, GRAPHS + "provenance"))
"""The merge, and the named graphs that are ours to give away."""

_BLOCK = 1024 * 1024


def write(lines: BinaryIO, suffix: str, to: BinaryIO) -> None:
    """Write a dump in N-Quads, an open file, as the file of a suffix, in a process of its own.

    Raises:
        StoreFault: it is not written, as where the disk is full.
    """
    command = [sys.executable, "-P", "-m", "fingerpost.publish.dumps", suffix]
    done = subprocess.run(  # noqa: S603 - our own module
        command, stdin=lines, stdout=to, stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        told = done.stderr.strip().splitlines() or ["it was ended"]
        raise errors.StoreFault(f"The download cannot be written: {told[-1]}.")


def turtle(lines: BinaryIO, to: BinaryIO) -> None:
    """Write sorted statements, an open file of N-Triples, as Turtle with the prefixes it needs."""
    spaces: set[bytes] = set()
    while block := lines.readlines(_BLOCK):
        spaces |= results.spaces(b"".join(block))
    serialize(_triples(lines), to, RdfFormat.TURTLE, prefixes=results.prefixes(spaces))


def json_ld(lines: BinaryIO, to: BinaryIO) -> None:
    """Write sorted statements, an open file of N-Triples, as compact JSON-LD."""
    with tempfile.TemporaryFile() as nodes:
        used: set[str] = set()
        for _, about in itertools.groupby(_triples(lines), lambda triple: triple.subject):
            nodes.writelines(context.nodes(about, used))
        context.document(nodes, used, to)


def _triples(lines: BinaryIO) -> Iterator[Triple]:
    lines.seek(0)
    return (quad.triple for quad in parse(lines, format=RdfFormat.N_TRIPLES))


def main() -> None:
    """Write standard input, a file, in the form that the first argument names."""
    fence.die_with_parent()
    forms = {"ttl": turtle, "jsonld": json_ld}
    with open(sys.stdout.fileno(), "wb", closefd=False) as to:
        forms[sys.argv[1]](sys.stdin.buffer, to)


if __name__ == "__main__":
    main()
