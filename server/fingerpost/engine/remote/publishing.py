"""A dataset put into an engine at another address, as its next generation.

Only graphs that have changed are written. On any engine that is done by the SPARQL 1.1 Graph Store
HTTP Protocol; the default graph comes under a name of its own, last the one statement that makes it
current (`by_names`). An engine that changes in one step, and holds nothing else, gets one update
with all that has changed, if that is not too long (`in_one_step`).
"""

import time
from dataclasses import dataclass, replace

from pyoxigraph import DefaultGraph, NamedNode, Store

from fingerpost.engine.remote import by_names, held, in_one_step
from fingerpost.engine.remote.exchange import Address, Exchange
from fingerpost.engine.remote.held import Held
from fingerpost.engine.remote.marks import Content, Mark
from fingerpost.generations.change import Change
from fingerpost.progress import Progress, silent


@dataclass(frozen=True)
class Published:
    """A generation that is in an engine: its mark, and the graphs written and left alone."""

    mark: Mark
    written: int
    unchanged: int


class Publisher:
    """Writes generations into one engine."""

    def __init__(self, address: Address) -> None:
        self._engine = Exchange(address)
        self._known: Held | None = None

    def publish(
        self, store: Store, id_: str, tell: Progress = silent, after: Mark | None = None
    ) -> Published:
        """Make what a store holds the generation of the engine; `id_` is that of its content.

        Nothing is written where the engine holds it already. Who stops this midway leaves the
        generation from before current. With `after`, nothing is written but after that one, or
        where nothing is.

        Raises:
            EngineBusy: the engine cannot be reached, or is full.
            EngineFault: it refused a graph.
            EngineTaken: a generation came from elsewhere meanwhile.
        """
        before = held.read(self._engine)
        last = before.newest
        found = {
            name.value: content(store, name)
            for name in store.named_graphs()
            if isinstance(name, NamedNode)
        }
        whole = content(store, DefaultGraph())
        mark = Mark(_next(last, after), id_, held.changes_whole(self._engine, before, found))
        lines = None
        if mark.own:
            tell("Comparing with what the engine holds")
            graphs = {**found, mark.default: whole}
            lines = in_one_step.fits(store, graphs, before, mark.default)
        if lines is None:
            mark = replace(mark, own=False)
            graphs = {**found, mark.default: whole}
        if last and before.graphs and (last.id, last.own) == (mark.id, mark.own):
            return Published(last, 0, len(found))
        if after and last and last != after:
            raise held.taken()
        if lines is None:
            written = by_names.write(self._engine, store, mark, before, graphs, tell)
        else:
            tell(f"Going over to generation {mark.number}")
            in_one_step.write(self._engine, mark, before, graphs, lines)
            written = len(lines.keys() - {mark.default})
        return Published(mark, written, len(found) - written)

    def advance(self, changed: Change, after: Mark) -> Mark | None:
        """Take the engine on from the generation `after` by a change; return that one's mark.

        None where it takes whole graphs only, or the change is too large: then `publish`.

        Raises:
            EngineBusy, EngineFault, EngineTaken: as for `publish`; nothing is changed, unless the
                engine broke off as it said so.
        """
        before, self._known = self._known or held.read(self._engine), None
        if before.newest and before.newest.id == changed.made.id:
            return before.newest
        if before.newest and before.newest != after:
            raise held.taken()
        if (now := in_one_step.change(self._engine, before, changed)) is None:
            return None
        self._known = now
        return now.newest

    def is_empty(self) -> bool:
        """Say whether the engine holds no generation."""
        return not held.read_marks(self._engine)


def _next(*before: Mark | None) -> int:
    """Return the number of a generation that follows on others.

    An engine that has lost everything begins with the time, in seconds: readers that have seen what
    it held go over to what is newer only.
    """
    return max((one.number + 1 for one in before if one), default=int(time.time()))


def content(store: Store, graph: NamedNode | DefaultGraph) -> Content:
    """Return what a graph holds, in short."""
    quads = store.quads_for_pattern(None, None, None, graph)
    return Content().after((), (quad.triple for quad in quads))
