"""A dump in N-Quads as its sources stood on a day, again in N-Quads: a program of its own.

    python -m fingerpost.moments.bygone 2022-06-30 < dump.nq > then.nq

In a large graph it takes a processor for minutes, which a server process has not to spare.
"""

import os
import sys
from collections import defaultdict
from typing import BinaryIO

from pyoxigraph import DefaultGraph, RdfFormat, parse

from fingerpost.engine import fence
from fingerpost.graph import lines
from fingerpost.graph.dataset import Name
from fingerpost.graph.lasting import undisturbed
from fingerpost.graph.statement import Shared, Statement
from fingerpost.moments import here

_BEHIND = 10
"""How far this stands behind who is waited for, see nice(2)."""


def write(dump: BinaryIO, day: str, to: BinaryIO) -> None:
    """Write a dump, an open file in N-Quads, as it stood on `day`."""
    with undisturbed():
        to.writelines(lines.n_quads(here.parts(_named(dump), day)))


def _named(dump: BinaryIO) -> dict[Name, set[Statement]]:
    """Return the named graphs of a dump; each of the merge's statements is in one of them."""
    graphs: dict[Name, set[Statement]] = defaultdict(set)
    shared = Shared()
    for quad in parse(dump, format=RdfFormat.N_QUADS):
        if not isinstance(quad.graph_name, DefaultGraph):
            graphs[quad.graph_name].update(shared.statements((quad,)))
    return graphs


if __name__ == "__main__":
    fence.die_with_parent()
    os.nice(_BEHIND)
    write(sys.stdin.buffer, sys.argv[1], sys.stdout.buffer)
