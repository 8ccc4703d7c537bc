"""One graph of a store, as the Graph Store HTTP Protocol names it: by IRI, or the default one."""

from collections.abc import Iterator

from pyoxigraph import DefaultGraph, NamedNode, Store, Triple

from fingerpost.engine import results
from fingerpost.engine.sink import Sink
from fingerpost.errors import UnknownGraph

Name = NamedNode | DefaultGraph


def name(iri: object) -> Name:
    """Return the name of a graph; None is the default graph."""
    return DefaultGraph() if iri is None else NamedNode(str(iri))


def triples(store: Store, graph: Name) -> Iterator[Triple]:
    """Yield the statements of a graph."""
    return (quad.triple for quad in store.quads_for_pattern(None, None, None, graph))


def exists(store: Store, graph: Name) -> bool:
    """Say whether a store has the graph; it always has the default graph."""
    return isinstance(graph, DefaultGraph) or store.contains_named_graph(graph)


def write(store: Store, iri: object, media_type: str, to: Sink) -> str:
    """Write a graph in `media_type`, one of `results.GRAPHS`; return its `results.tag`.

    Raises:
        UnknownGraph: the store has no such graph.
        AnswerTooLarge: it is larger than the sink takes.
    """
    graph = name(iri)
    if not exists(store, graph):
        raise UnknownGraph(f"There is no graph <{iri}>.")
    found = list(triples(store, graph))
    to.write(results.graph(found, media_type))
    return results.tag(found)
