"""A generation in an engine that takes one whole: its default graph is the engine's own."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store, Triple

from fingerpost.engine.remote import flips, held, marks
from fingerpost.engine.remote.exchange import Exchange
from fingerpost.engine.remote.held import Held
from fingerpost.engine.remote.marks import Content, Mark
from fingerpost.generations.change import Change

_LARGEST = 64 * 1024 * 1024
"""Bytes that one update may bring: Oxigraph takes twice as much."""
_MOST = 10_000
"""Statements that come and go in one operation; where there are more, whole graphs are sent."""


def fits(
    store: Store, graphs: Mapping[str, Content], before: Held, default: str
) -> dict[str, bytes] | None:
    """Return what one update has to bring, graph by graph; None where that is too much for one."""
    lines: dict[str, bytes] = {}
    for graph, one in graphs.items():
        if one != before.graphs.get(graph):
            name = DefaultGraph() if graph == default else NamedNode(graph)
            lines[graph] = held.lines(store, name)
        if sum(map(len, lines.values())) > _LARGEST:
            return None
    return lines


def write(
    engine: Exchange,
    mark: Mark,
    before: Held,
    graphs: dict[str, Content],
    lines: Mapping[str, bytes],
) -> None:
    """Replace graphs by others, and go over to the generation that has them.

    Raises:
        EngineTaken: another generation came meanwhile, and nothing is changed.
    """
    known = before.graphs if before.newest and before.newest.own else {}
    steps = [
        *flips.replaced(before.marks, lines, mark.default),
        flips.changed(before.marks, _about(before.marks, known), _about([mark], graphs)),
    ]
    engine.update(";\n".join(steps))
    held.make_sure(engine, mark)
    _forget(engine, before, graphs)


def change(engine: Exchange, before: Held, changed: Change) -> Held | None:
    """Take an engine on by a change, in one operation; return what it holds then.

    None where the engine does not hold what the change follows from, or where the change is not
    such that an operation says it.

    Raises:
        EngineTaken: another generation came meanwhile, and nothing is changed.
    """
    last = before.newest
    if last is None or not last.own or last.id != changed.made.parent or not _is_short(changed):
        return None
    mark = replace(last, number=last.number + 1, id=changed.made.id)
    graphs = _after(before.graphs, mark.default, changed)
    old = {iri: one for iri, one in before.graphs.items() if graphs.get(iri) != one}
    new = {iri: one for iri, one in graphs.items() if before.graphs.get(iri) != one}
    removed = [*changed.removed, *_about(before.marks, old)]
    engine.update(flips.changed(before.marks, removed, [*changed.added, *_about([mark], new)]))
    held.make_sure(engine, mark)
    for iri in changed.made.dropped:
        engine.send("DELETE", iri)
    return Held((mark,), graphs)


def _is_short(changed: Change) -> bool:
    """Say whether an operation can name what comes and goes: blank nodes it cannot."""
    return changed.size <= _MOST and not any(
        BlankNode in {type(quad.subject), type(quad.object)}
        for quad in (*changed.added, *changed.removed)
    )


def _after(graphs: dict[str, Content], default: str, changed: Change) -> dict[str, Content]:
    """Return the graphs of a generation after a change."""
    found = {**graphs, **{iri: Content() for iri in changed.made.created if iri not in graphs}}
    removed, added = _sorted(changed.removed, default), _sorted(changed.added, default)
    for iri in removed.keys() | added.keys():
        less, more = removed.get(iri, ()), added.get(iri, ())
        found[iri] = found.get(iri, Content()).after(less, more)
    for iri in changed.made.dropped:
        found.pop(iri, None)
    return found


def _sorted(quads: Iterable[Quad], default: str) -> dict[str, list[Triple]]:
    """Return statements by the IRI of their graph."""
    found: dict[str, list[Triple]] = defaultdict(list)
    for quad in quads:
        name = default if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
        found[name].append(quad.triple)
    return found


def _about(found: Sequence[Mark], graphs: dict[str, Content]) -> list[Quad]:
    """Return what is said of generations, where it stands."""
    return flips.about([*(one.statement for one in found), *marks.described(graphs)])


def _forget(engine: Exchange, before: Held, graphs: dict[str, Content]) -> None:
    """Delete what is no part of a generation any more, or never became one.

    A generation from before that has a name stays, for questions that are being answered.
    """
    last = before.newest
    left = {one for one in held.graphs(engine) if one.startswith(marks.GENERATIONS)}
    if last and not last.own:
        left = {one for one in left if not one.startswith(last.place)}
    stand = {one.default for one in before.marks}
    for gone in sorted((before.graphs.keys() - graphs.keys() - stand) | left):
        engine.send("DELETE", gone)
