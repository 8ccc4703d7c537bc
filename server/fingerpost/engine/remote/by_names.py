"""A generation in an engine that knows graphs by their names only, and changes graph by graph."""

from pyoxigraph import DefaultGraph, NamedNode, Store

from fingerpost.engine.remote import held, marks
from fingerpost.engine.remote.exchange import Exchange
from fingerpost.engine.remote.held import Held
from fingerpost.engine.remote.marks import Content, Mark
from fingerpost.progress import Progress

_KEPT = 2
"""Generations that stay in the engine, for questions that are being answered."""


def write(
    engine: Exchange,
    store: Store,
    mark: Mark,
    before: Held,
    graphs: dict[str, Content],
    tell: Progress,
) -> int:
    """Write the graphs of a generation, and make it current; return how many named ones.

    Raises:
        EngineTaken: another generation came meanwhile.
    """
    changed = [
        graph
        for graph, one in graphs.items()
        if graph != mark.default and one != before.graphs.get(graph)
    ]
    for count, graph in enumerate(changed, 1):
        tell(f"Writing graph {count} of {len(changed)}")
        engine.send("PUT", graph, held.lines(store, NamedNode(graph)))
    tell(f"Writing the default graph of generation {mark.number}")
    engine.send("PUT", mark.default, held.lines(store, DefaultGraph()))
    engine.send("PUT", mark.about, held.written(marks.described(graphs)))
    if held.read_marks(engine) != before.marks:
        raise held.taken()
    engine.send("POST", marks.MARKS, held.written([mark.statement]))
    held.make_sure(engine, mark)
    stand = {one.default for one in before.marks}
    for gone in sorted(before.graphs.keys() - graphs.keys() - stand):
        engine.send("DELETE", gone)
    _forget(engine)
    return len(changed)


def _forget(engine: Exchange) -> None:
    """Delete the default graphs of generations that nobody asks any more."""
    found = held.read_marks(engine)
    older, kept = found[:-_KEPT], found[-_KEPT:]
    for one in older:
        engine.send("DELETE", one.place)
        engine.send("DELETE", f"{one.place}/about")
    if older:
        engine.send("PUT", marks.MARKS, held.written([one.statement for one in kept]))
