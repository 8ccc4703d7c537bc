"""Small worlds to change: stores made of named graphs, and what a full build makes of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from fingerpost import build, shapes
from fingerpost.build import Derived
from fingerpost.graph import dataset
from fingerpost.graph.dataset import INFERRED, SHAPES, Dataset, quad
from fingerpost.graph.statement import Statement, statement
from fingerpost.graph.vocabulary import PREFIXES
from fingerpost.revise import Delta, Reviser, Revision
from fingerpost.shapes import Report

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
HEAD += "@prefix : <http://x/> .\n"


def quads(text: str) -> set[Quad]:
    """TriG, with every prefix of the repository and `:` for things of the test."""
    return set(parse(HEAD + text, format=RdfFormat.TRIG))


def triples(text: str) -> set[Statement]:
    return {statement(one) for one in quads(text)}


def node(name: str) -> NamedNode:
    return NamedNode("http://x/" + name)


def assembled(store: Store) -> Dataset:
    """What a build puts together from the named graphs of a store."""
    graphs = defaultdict(set)
    for one in store:
        if one.graph_name not in (DefaultGraph(), INFERRED):
            graphs[one.graph_name].add(statement(one))
    return dataset.together(graphs)


def built(store: Store) -> tuple[set[Quad], Derived]:
    """Every quad that a full build of the named graphs has, and what it derived."""
    together = assembled(store)
    derived = build.derive(together)
    found = set(together.quads())
    for triple in derived.inferred:
        found |= {quad(triple, DefaultGraph()), quad(triple, INFERRED)}
    return found, derived


def checked(store: Store) -> Report:
    """What the shapes find when they are held against the whole merge."""
    together = assembled(store)
    return shapes.validate(together.merge, together.graphs[SHAPES])


def filled(held: Iterable[Quad]) -> Store:
    store = Store()
    store.extend(held)
    return store


def world(named: Iterable[Quad]) -> Store:
    """The store that a full build makes of named graphs."""
    store = filled(named)
    store.extend(built(store)[0])
    return store


def change(store: Store, put: Iterable[Quad] = (), take: Iterable[Quad] = ()) -> Delta:
    """Change the named graphs of a store as an update does: first out, then in."""
    put, take = set(put), set(take)
    delta = Delta(
        added=frozenset(one for one in put if one not in store),
        removed=frozenset(one for one in take - put if one in store),
    )
    for one in delta.removed:
        store.remove(one)
    store.extend(delta.added)
    return delta


def revised(store: Store, put: Iterable[Quad] = (), take: Iterable[Quad] = ()) -> Revision:
    """Change a store, revise it, and hold the account of it against what has happened."""
    before = set(store)
    delta = change(store, put, take)
    revision = Reviser(store).revise(store, delta)
    account_is_right(before, revision, store)
    return revision


def account_is_right(before: set[Quad], revision: Revision, store: Store) -> None:
    assert revision.delta.added.isdisjoint(before)
    assert revision.delta.removed <= before
    assert before - revision.delta.removed | revision.delta.added == set(store)


def is_as_built(store: Store) -> None:
    """The store holds just what a full build of its named graphs does."""
    expected = built(store)[0]
    assert set(store) - expected == set()
    assert expected - set(store) == set()


def chain(property_: str, names: str) -> str:
    """Statements of a property from each name to the next."""
    return " ".join(f":{one} {property_} :{other} ." for one, other in pairwise(names))


def statements(properties: Iterable[str], names: str, classes: str = "") -> Iterator[Statement]:
    """A pool to draw from: all statements of properties among names, types, and a text each."""
    for one in names:
        for property_ in properties:
            yield Statement(node(one), node(property_), Literal("text"))
            for other in names:
                yield Statement(node(one), node(property_), node(other))
        for class_ in classes:
            yield Statement(node(one), NamedNode(PREFIXES["rdf"] + "type"), node(class_))
