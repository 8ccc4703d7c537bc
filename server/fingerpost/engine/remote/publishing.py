"""A dataset put into an engine at another address, as its next generation.

Graphs are written by the SPARQL 1.1 Graph Store HTTP Protocol, first those that have changed. On
any engine the default graph comes under a name of its own, and last the one statement that makes it
current. An engine that changes in one step, and holds nothing else, gets all of it beside what it
has, and then one update that puts each graph into its place (`flips`).
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store, Triple, serialize

from fingerpost.engine.remote import dialects, flips, marks
from fingerpost.engine.remote.exchange import Address, Exchange
from fingerpost.engine.remote.marks import Content, Mark
from fingerpost.errors import EngineTaken
from fingerpost.progress import Progress, silent

_KEPT = 2
"""Generations that stay in the engine, for questions that are being answered."""
_GRAPHS = "SELECT ?graph WHERE { GRAPH ?graph {} }"
_ANY = "SELECT ?s WHERE { ?s ?p ?o } LIMIT 1"


@dataclass(frozen=True)
class Published:
    """A generation that is in an engine: its mark, and the graphs written and left alone."""

    mark: Mark
    written: int
    unchanged: int


@dataclass(frozen=True)
class _Held:
    """What an engine holds: its marks, the newest last, and the graphs of that generation."""

    marks: Sequence[Mark]
    graphs: dict[str, Content]

    @property
    def newest(self) -> Mark | None:
        return self.marks[-1] if self.marks else None


class Publisher:
    """Writes generations into one engine."""

    def __init__(self, address: Address) -> None:
        self._engine = Exchange(address)

    def publish(self, store: Store, id_: str, tell: Progress = silent) -> Published:
        """Make what a store holds the generation of the engine; `id_` is that of its content.

        Nothing is written where the engine holds it already. Who stops this midway leaves the
        generation from before current.

        Raises:
            EngineBusy: the engine cannot be reached, or is full.
            EngineFault: it refused a graph.
            EngineTaken: a generation came from elsewhere meanwhile.
        """
        held = self._held()
        before = held.newest
        found = {
            name.value: content(store, name)
            for name in store.named_graphs()
            if isinstance(name, NamedNode)
        }
        mark = Mark(before.number + 1 if before else 1, id_, own=self._is_ours(held, found))
        if before and held.graphs and replace(before, number=mark.number) == mark:
            return Published(before, 0, len(held.graphs) - 1)
        whole = {**found, mark.default: content(store, DefaultGraph())}
        written = (self._in_one_step if mark.own else self._by_names)(
            store, mark, held, whole, tell
        )
        return Published(mark, written, len(found) - written)

    def _in_one_step(
        self, store: Store, mark: Mark, held: _Held, whole: dict[str, Content], tell: Progress
    ) -> int:
        """Write a generation whose default graph is the engine's; return how many named graphs."""
        beside = {
            graph: f"{mark.place}/{count}"
            for count, (graph, one) in enumerate(whole.items(), 1)
            if one != held.graphs.get(graph)
        }
        for count, (graph, made) in enumerate(beside.items(), 1):
            tell(f"Writing graph {count} of {len(beside)}")
            name = DefaultGraph() if graph == mark.default else NamedNode(graph)
            self._engine.send("PUT", made, _lines(store, name))
        tell(f"Going over to generation {mark.number}")
        old = [one.statement for one in held.marks]
        if held.newest and held.newest.own:
            old += marks.described(held.graphs)
        new = [mark.statement, *marks.described(whole)]
        steps = [
            *flips.replaced(held.marks, beside, mark.default),
            flips.changed(held.marks, flips.about(old), flips.about(new)),
            *(f"DROP SILENT GRAPH <{made}>" for made in beside.values()),
        ]
        self._engine.update(";\n".join(steps))
        self._is_current(mark)
        before = held.newest.place if held.newest and not held.newest.own else ""
        left = {one for one in self._there() if one.startswith(marks.GENERATIONS)}
        for gone in sorted((held.graphs.keys() - whole.keys()) | left):
            # Questions that are being answered may still be about the one from before.
            if gone != mark.default and not (before and gone.startswith(before)):
                self._engine.send("DELETE", gone)
        return len(beside.keys() - {mark.default})

    def _by_names(
        self, store: Store, mark: Mark, held: _Held, whole: dict[str, Content], tell: Progress
    ) -> int:
        """Write a generation whose default graph has a name; return how many named graphs."""
        changed = [
            graph
            for graph, one in whole.items()
            if graph != mark.default and one != held.graphs.get(graph)
        ]
        for count, graph in enumerate(changed, 1):
            tell(f"Writing graph {count} of {len(changed)}")
            self._engine.send("PUT", graph, _lines(store, NamedNode(graph)))
        tell(f"Writing the default graph of generation {mark.number}")
        self._engine.send("PUT", mark.default, _lines(store, DefaultGraph()))
        self._engine.send("PUT", mark.about, _written(marks.described(whole)))
        if self._marks() != held.marks:
            raise _taken()
        self._engine.send("POST", marks.MARKS, _written([mark.statement]))
        self._is_current(mark)
        stands = {one.default for one in held.marks}
        for gone in sorted(held.graphs.keys() - whole.keys() - stands):
            self._engine.send("DELETE", gone)
        self._forget()
        return len(changed)

    def _forget(self) -> None:
        """Delete the default graphs of generations that nobody asks any more."""
        found = self._marks()
        older, kept = found[:-_KEPT], found[-_KEPT:]
        for one in older:
            self._engine.send("DELETE", one.place)
            self._engine.send("DELETE", f"{one.place}/about")
        if older:
            self._engine.send("PUT", marks.MARKS, _written([one.statement for one in kept]))

    def _is_ours(self, held: _Held, graphs: dict[str, Content]) -> bool:
        """Say whether an engine changes in one step, and holds nothing but generations."""
        if not self._engine.address.update or not dialects.told(self._engine.server).own_default:
            return False
        ours = {*held.graphs, *graphs, marks.MARKS}
        if any(not one.startswith(marks.GENERATIONS) for one in self._there() - ours):
            return False
        own = any(one.own for one in held.marks)
        return own or not self._engine.rows(_ANY)

    def _is_current(self, mark: Mark) -> None:
        """Return if a generation is the newest; EngineTaken if another came before."""
        found = self._marks()
        if [one for one in found if one.number >= mark.number] != [mark]:
            raise _taken()

    def _held(self) -> _Held:
        found = self._marks()
        if not found:
            return _Held(found, {})
        return _Held(found, marks.contents(self._engine.rows(marks.ABOUT, found[-1].about)))

    def _marks(self) -> list[Mark]:
        return marks.read(self._engine.rows(marks.CURRENT, marks.MARKS))

    def _there(self) -> set[str]:
        """Return the named graphs of the engine."""
        return {row["graph"] for row in self._engine.rows(_GRAPHS)}


def content(store: Store, graph: NamedNode | DefaultGraph) -> Content:
    """Return what a graph holds, in short."""
    quads = store.quads_for_pattern(None, None, None, graph)
    lines = sorted(str(quad.triple) for quad in quads)
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
    return Content(digest, len(lines))


def _taken() -> EngineTaken:
    return EngineTaken("Another generation came into the engine meanwhile: try again.")


def _lines(store: Store, graph: NamedNode | DefaultGraph) -> bytes:
    return store.dump(format=RdfFormat.N_TRIPLES, from_graph=graph) or b""


def _written(triples: Iterable[Triple]) -> bytes:
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""
