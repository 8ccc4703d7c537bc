"""What an engine holds, as somebody finds it who is about to write there."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store, Triple, serialize

from fingerpost.engine.remote import dialects, marks
from fingerpost.engine.remote.exchange import Exchange
from fingerpost.engine.remote.marks import Content, Mark
from fingerpost.errors import EngineTaken

_GRAPHS = "SELECT ?graph WHERE { GRAPH ?graph {} }"
_ANY = "SELECT ?s WHERE { ?s ?p ?o } LIMIT 1"


@dataclass(frozen=True)
class Held:
    """The marks of an engine, the newest last, and the graphs of the newest generation."""

    marks: tuple[Mark, ...] = ()
    graphs: dict[str, Content] = field(default_factory=dict)

    @property
    def newest(self) -> Mark | None:
        """The generation that is current."""
        return self.marks[-1] if self.marks else None


def read(engine: Exchange) -> Held:
    """Return what an engine holds."""
    found = read_marks(engine)
    if not found:
        return Held()
    return Held(found, marks.contents(engine.rows(marks.ABOUT, found[-1].about)))


def read_marks(engine: Exchange) -> tuple[Mark, ...]:
    """Return the marks of an engine, the newest last."""
    return tuple(marks.read(engine.rows(marks.CURRENT, marks.MARKS)))


def graphs(engine: Exchange) -> set[str]:
    """Return the named graphs of an engine, whosever they are."""
    return {row["graph"] for row in engine.rows(_GRAPHS)}


def changes_whole(engine: Exchange, held: Held, names: Iterable[str]) -> bool:
    """Say whether an engine changes in one step, and holds nothing but generations.

    `names` are the named graphs of the one that is to come.
    """
    if not engine.address.update or not dialects.told(engine.server).own_default:
        return False
    ours = {*held.graphs, *names, marks.MARKS}
    if any(not one.startswith(marks.GENERATIONS) for one in graphs(engine) - ours):
        return False
    return any(one.own for one in held.marks) or not engine.rows(_ANY)


def make_sure(engine: Exchange, mark: Mark) -> None:
    """Return if a generation is the newest, and the only one of its number.

    Raises:
        EngineTaken: another one came before it.
    """
    if tuple(one for one in read_marks(engine) if one.number >= mark.number) != (mark,):
        raise taken()


def taken() -> EngineTaken:
    """Return what is raised where another generation came in between."""
    return EngineTaken("Another generation came into the engine meanwhile: try again.")


def lines(store: Store, graph: NamedNode | DefaultGraph) -> bytes:
    """Return a graph of a store as it is sent, in N-Triples."""
    return store.dump(format=RdfFormat.N_TRIPLES, from_graph=graph) or b""


def written(triples: Iterable[Triple]) -> bytes:
    """Return statements as they are sent, in N-Triples."""
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""
