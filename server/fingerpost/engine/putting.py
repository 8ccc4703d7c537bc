"""The Graph Store HTTP Protocol (W3C, 2013), 5, carried out on a copy of the store."""

from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse

from fingerpost.engine import graphs, results
from fingerpost.engine.updates import Targets
from fingerpost.engine.writes import Part, Write, refuse_derived
from fingerpost.errors import NotAsExpected, UnknownGraph, UnreadableGraph, UnsupportedMediaType
from fingerpost.graph import dataset
from fingerpost.graph.statement import statement

READ = {
    "text/turtle": RdfFormat.TURTLE,
    "application/x-turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}
"""Media type → format in which a graph may be sent."""


def put(store: Store, write: Write, *, plain: bool) -> tuple[frozenset[Quad], frozenset[Quad]]:
    """Make a change of one graph in `store`, and return what it added and removed.

    Raises:
        DerivedGraph: unless `plain`, the graph is derived from others.
        NotAsExpected, UnknownGraph, UnreadableGraph, UnsupportedMediaType: as their names say.
    """
    if not plain:
        graphs_ = {write.graph} if write.graph else set()
        refuse_derived(Targets(graphs_, default=write.graph is None))
    graph = graphs.name(write.graph)
    old = frozenset(store.quads_for_pattern(None, None, None, graph))
    exists = graphs.exists(store, graph)
    _expect(write, (quad.triple for quad in old), exists=exists)
    if write.kind == "delete":
        if not exists:
            raise UnknownGraph(f"There is no graph <{write.graph}>.")
        new: frozenset[Quad] = frozenset()
    else:
        new = frozenset(_read(write.parts, graph, write.base))
    if write.kind == "post":
        new |= old
    for quad in old - new:
        store.remove(quad)
    store.extend(new - old)
    if isinstance(graph, NamedNode):
        if write.kind == "delete":
            store.remove_graph(graph)
        else:
            store.add_graph(graph)
    return new - old, old - new


def restated(store: Store, write: Write) -> frozenset[Quad]:
    """Return what the claims in a graph have put there."""
    graph = graphs.name(write.graph)
    return frozenset(
        dataset.quad(triple, graph)
        for triple in dataset.about(set(map(statement, graphs.triples(store, graph))))
    )


def _expect(write: Write, triples: Iterable[Triple], *, exists: bool) -> None:
    """Hold the preconditions of a request against the graph (RFC 9110, 13.2.2)."""
    if not write.if_match and not write.if_none_match:
        return
    tag = results.tag(triples) if exists else ""
    held = {"*", *(entity_tag(tag, media_type) for media_type in results.GRAPHS)}
    if write.if_match and not (exists and held & set(write.if_match)):
        raise NotAsExpected(
            "The graph is not in the state that If-Match names: read it again, and decide anew."
        )
    if write.if_none_match and exists and held & set(write.if_none_match):
        raise NotAsExpected("There is already such a graph, which If-None-Match rules out.")


def entity_tag(tag: str, media_type: str) -> str:
    """Return the entity tag of a graph written in `media_type`; `tag` is its `results.tag`."""
    return f"{tag}-{list(results.GRAPHS).index(media_type)}"


def _read(parts: Sequence[Part], graph: graphs.Name, base: str) -> Iterator[Quad]:
    for part in parts:
        format_ = READ.get(part.media_type)
        if format_ is None:
            raise UnsupportedMediaType(
                f'A graph is not read as "{part.media_type}". Send one of: {", ".join(READ)}.'
            )
        try:
            for quad in parse(part.content, format=format_, base_iri=base, rename_blank_nodes=True):
                if not isinstance(quad.graph_name, DefaultGraph):
                    raise UnreadableGraph("The body has named graphs: send one graph at a time.")
                yield Quad(quad.subject, quad.predicate, quad.object, graph)
        except SyntaxError as fault:
            raise UnreadableGraph(f"This is not {part.media_type}: {fault.msg}") from fault
        except ValueError as fault:
            raise UnreadableGraph(f"This is not {part.media_type}: {fault}") from fault
