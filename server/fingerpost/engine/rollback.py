"""The changes after a generation undone, in the graphs that can be written."""

from pyoxigraph import NamedNode, Quad, Store

from fingerpost.engine import writes
from fingerpost.engine.writes import DERIVED, Outcome
from fingerpost.generations.folder import Generations


def back(store: Store, generations: Generations, number: int) -> Outcome:
    """Undo every change after generation `number` in `store`, and return what that comes to."""
    added: set[Quad] = set()
    removed: set[Quad] = set()
    there = writes.names(store)
    for one in reversed(list(generations.changes(number))):
        for quad in filter(_writable, one.added):
            added.discard(quad)
            removed.add(quad)
        for quad in filter(_writable, one.removed):
            removed.discard(quad)
            added.add(quad)
        there = (there - set(one.made.created)) | set(one.made.dropped)
    new = frozenset(quad for quad in added if quad not in store)
    gone = frozenset(quad for quad in removed if quad in store)
    for quad in gone:
        store.remove(quad)
    store.extend(new)
    return _named(store, there, new, gone)


def _named(
    store: Store, there: set[str], added: frozenset[Quad], removed: frozenset[Quad]
) -> Outcome:
    now = writes.names(store)
    there |= DERIVED & now
    dropped, created = now - there, there - now
    return Outcome(added, removed, tuple(sorted(created)), tuple(sorted(dropped)))


def _writable(quad: Quad) -> bool:
    return isinstance(quad.graph_name, NamedNode) and quad.graph_name.value not in DERIVED
