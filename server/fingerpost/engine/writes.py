"""What a client asks to be changed, and what that comes to."""

from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, Store

from fingerpost.engine.updates import Targets
from fingerpost.errors import DerivedGraph
from fingerpost.generations.provenance import PROVENANCE
from fingerpost.graph.dataset import INFERRED, SERVICE
from fingerpost.graph.vocabulary import BASE, GRAPHS

DERIVED = frozenset({INFERRED.value, PROVENANCE.value, SERVICE.value})
"""Graphs that the service makes itself."""


@dataclass(frozen=True)
class Part:
    """A graph as it was sent: bytes in one of the formats of `putting.READ`."""

    media_type: str
    content: bytes


@dataclass(frozen=True)
class Write:
    """What a client asks for.

    `kind` is update, put, post, delete or rollback. An update has `text` and the graphs of the
    request; the others `graph` (None: the default graph) and `parts`, whose relative IRIs are
    resolved against `base`. `if_match` and `if_none_match` are entity tags as in
    RFC 9110, 13.1: the change is made only if one, or none, is that of the graph.
    """

    kind: str
    by: str
    text: str = ""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    graph: str | None = None
    parts: tuple[Part, ...] = ()
    base: str = BASE
    if_match: tuple[str, ...] = ()
    if_none_match: tuple[str, ...] = ()
    to: int = 0

    def describe(self) -> str:
        """Return in a line what is done, as it stays on record."""
        if self.kind == "update":
            return "SPARQL Update"
        if self.kind == "rollback":
            return f"back to generation {self.to}"
        return f"{self.kind.upper()} {self.graph or 'the default graph'}"


@dataclass
class Outcome:
    """What a change comes to; `existed` says whether its graph was there before.

    `restated` is what a graph that was put states by itself, and only a claim had put there before.
    """

    added: frozenset[Quad]
    removed: frozenset[Quad]
    created: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    existed: bool = True
    restated: frozenset[Quad] = frozenset()


def refuse_derived(aimed: Targets) -> None:
    """Return if what is aimed at may be written; DerivedGraph otherwise."""
    where = f"Write to a named graph, such as GRAPH <{GRAPHS}NAME> {{ … }}: it is their merge."
    if aimed.default:
        raise DerivedGraph(f"The default graph is derived from the others. {where}")
    for iri in sorted(aimed.graphs & DERIVED):
        raise DerivedGraph(f"<{iri}> is made by the service itself. {where}")


def names(store: Store) -> set[str]:
    """Return the IRIs of the named graphs of a store, empty ones included."""
    return {name.value for name in store.named_graphs() if isinstance(name, NamedNode)}
