"""A whole graph as sorted lines: the same bytes whatever the order, the parts and the place."""

import random
from pathlib import Path

import pytest
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    Triple,
    parse,
)

from fingerpost.engine import dumping, results
from fingerpost.engine.apart import apart
from fingerpost.engine.dumping import Wanted
from fingerpost.errors import StoreFault

A, B, C = (NamedNode(f"http://x/{name}") for name in "abc")
ALL = Wanted("http://x/", ("http://x/c",))
HARD = [
    Literal("a"),
    Literal("a", language="en"),
    Literal("a", language="en-GB"),
    Literal('a .\n<b> <c> <d> .\r\n\t"\\ é 𝄞 \u2028 \x85'),
    Literal(1),
    Literal("a", datatype=A),
    BlankNode("a"),
    BlankNode("a1"),
    A,
    NamedNode("http://x/a/b"),
]


def hard() -> list[Quad]:
    """Statements whose lines are easily put in a wrong order, in several graphs."""
    subjects = [A, B, BlankNode("a"), BlankNode("a1"), NamedNode("http://x/é")]
    quads = [
        Quad(subject, A, value, graph)
        for subject in subjects
        for value in HARD
        for graph in (DefaultGraph(), A, B, C)
    ]
    random.Random(1).shuffle(quads)
    return quads


def filled(store: Store) -> Store:
    store.extend(hard())
    return store


def reference(store: Store, wanted: Wanted) -> bytes:
    """The dump, written in memory from each graph in order."""
    found = b""
    for graph in (DefaultGraph(), *wanted.names(store)):
        end = "." if isinstance(graph, DefaultGraph) else f"{graph} ."
        triples = [quad.triple for quad in store.quads_for_pattern(None, None, None, graph)]
        found += "".join(f"{text} {end}\n" for text in sorted(map(str, triples))).encode()
    return found


def dumped(store: Store, wanted: Wanted, folder: Path) -> bytes:
    dumping.write(store, wanted, folder / "dump.nq")
    return (folder / "dump.nq").read_bytes()


@pytest.mark.parametrize("at_once", [1, 100, 5_000, 1 << 20])
def test_lines_are_in_order_in_however_many_parts_they_are_sorted(
    at_once: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = filled(Store())
    whole = reference(store, ALL)
    monkeypatch.setattr(dumping, "_AT_ONCE", at_once)
    monkeypatch.setattr(dumping, "_BLOCK", 7)
    monkeypatch.setattr(dumping, "_LINES", 3)
    assert dumped(store, ALL, tmp_path) == whole
    assert b"http://x/c> .\n" not in whole
    assert {quad.graph_name for quad in parse(whole, format=RdfFormat.N_QUADS)} == {
        DefaultGraph(),
        A,
        B,
    }


def test_the_merge_alone_is_what_a_graph_is_in_n_triples(tmp_path: Path) -> None:
    store = filled(Store())
    triples: list[Triple] = [
        quad.triple for quad in store.quads_for_pattern(None, None, None, DefaultGraph())
    ]
    assert dumped(store, Wanted(), tmp_path) == results.graph(triples, "application/n-triples")


def test_a_graph_on_disk_gives_the_same_bytes(tmp_path: Path) -> None:
    # A process that has opened a graph on disk could not be forked by the tests that follow.
    on_disk = apart(lambda: dumped(filled(Store(str(tmp_path / "graph"))), ALL, tmp_path))
    assert on_disk == dumped(filled(Store()), ALL, tmp_path)


def test_a_store_that_holds_nothing_gives_nothing(tmp_path: Path) -> None:
    assert dumped(Store(), ALL, tmp_path) == b""


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    (tmp_path / "full").symlink_to("/dev/full")
    with pytest.raises(StoreFault, match="No space left"):
        dumping.write(filled(Store()), ALL, tmp_path / "full")
