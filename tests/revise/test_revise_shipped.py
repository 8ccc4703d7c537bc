"""A part of the shipped graph, changed again and again, stays what a full build would be."""

import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from fingerpost import store as stores
from fingerpost.files import Folders
from fingerpost.graph.dataset import INFERRED, ONTOLOGY, SHAPES, quad
from fingerpost.graph.statement import statement
from fingerpost.graph.vocabulary import IDS
from fingerpost.revise import Delta, Reviser
from revise.worlds import account_is_right, built, change, filled
from test_checking import FAULTS

APART = {DefaultGraph(), INFERRED, ONTOLOGY, SHAPES}


@pytest.fixture(scope="module")
def shipped(cache: Path, folders: Folders, part: Path) -> list[Quad]:
    assert cache
    some = Folders(folders.ontology, folders.shapes, part, folders.queries)
    return list(stores.current(some).load())


@pytest.fixture(scope="module")
def reviser(shipped: list[Quad]) -> Reviser:
    return Reviser(filled(shipped))


def put_back(store: Store, delta: Delta) -> None:
    for one in delta.added:
        store.remove(one)
    store.extend(delta.removed)


def changes(store: Store, chance: random.Random) -> Iterator[tuple[set[Quad], set[Quad]]]:
    """Inserts and deletes of every size: of a statement, of a node, of what refers to it."""
    quads = sorted((one for one in store if one.graph_name not in APART), key=str)
    by_node = defaultdict(list)
    for one in quads:
        by_node[one.subject].append(one)
    nodes = sorted(by_node, key=str)
    for _ in range(2):
        some = chance.sample(quads, 2)
        yield set(), set(some)
        yield {replaced(some[0], chance.choice(quads))}, {some[0]}
        node = chance.choice(nodes)
        yield set(), set(by_node[node])
        other = chance.choice(nodes)
        yield {replaced(one, one, subject=other) for one in by_node[node]}, set()
        yield set(), {one for one in quads if one.object == node}
        moved = {quad(statement(one), chance.choice(quads).graph_name) for one in by_node[node]}
        yield moved, set(by_node[node])


def replaced(one: Quad, by: Quad, subject: NamedNode | None = None) -> Quad:
    return Quad(subject or one.subject, one.predicate, by.object, one.graph_name)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_after_any_change_it_is_as_built_and_the_report_is_that_of_the_whole(
    seed: int, shipped: list[Quad], reviser: Reviser
) -> None:
    store = filled(shipped)
    for put, take in changes(store, random.Random(seed)):
        before = set(store)
        revision = reviser.revise(store, change(store, put, take))
        account_is_right(before, revision, store)
        quads, derived = built(store)
        assert set(store) == quads
        # The generation before conformed without a warning, so what is found is all there is.
        assert set(revision.report.results) == set(derived.report.results)
        if derived.report.results:
            put_back(store, revision.delta)


def record(text: str) -> set[Quad]:
    return set(parse(text, format=RdfFormat.TURTLE))


PLANTED = {name: fault for name, fault in FAULTS.items() if name != "no Turtle"}
FOUND_BY_SHAPES = {
    "no preferred name", "two preferred names", "no description", "homepage that is no address",
    "no source", "no date", "status that is none", "superseded without a date or successor",
    "active and replaced", "data type that does not exist", "phase where a data type belongs",
    "country spelt out", "identifier that does not match its registry",
    "source that does not exist", "guidance without a phase", "guidance without strength",
    "guidance without a source", "size limit without a unit", "size limit below nothing",
    "repository without a scope", "email with a scheme", "recommends what does not exist",
    "a resource that is guidance too",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found_as_the_whole_validation_finds_it(
    name: str, shipped: list[Quad], reviser: Reviser, folders: Folders
) -> None:
    path, alter, _ = PLANTED[name]
    text = (folders.instances / f"{path}.ttl").read_text("utf-8")
    old, new = record(text), record(alter(text))
    store = filled(shipped)
    subject = NamedNode(IDS + path)
    graphs = {one.graph_name for one in store.quads_for_pattern(subject, None, None)} - APART
    assert graphs
    put = {quad(statement(one), name) for one in new - old for name in graphs}
    take = {quad(statement(one), name) for one in old - new for name in graphs}
    revision = reviser.revise(store, change(store, put, take))
    quads, derived = built(store)
    assert set(store) == quads
    assert set(revision.report.results) == set(derived.report.results)
    assert revision.report.violations or name not in FOUND_BY_SHAPES
    put_back(store, revision.delta)
    assert set(store) == set(shipped)
