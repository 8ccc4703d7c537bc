"""A change asked for, worked out on a copy of the store: which statements come and go."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse

from fingerpost.engine import evaluate, graphs, guard, results, tokens, updates
from fingerpost.engine.updates import Operation, Targets
from fingerpost.errors import (
    DerivedGraph,
    NotAsExpected,
    QueryFault,
    QueryRefused,
    UnknownGraph,
    UnreadableGraph,
    UnsupportedMediaType,
)
from fingerpost.generations.provenance import PROVENANCE
from fingerpost.graph import dataset
from fingerpost.graph.dataset import INFERRED, SERVICE
from fingerpost.graph.vocabulary import BASE, GRAPHS, PREFIXES

READ = {
    "text/turtle": RdfFormat.TURTLE,
    "application/x-turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}
"""Media type → format in which a graph may be sent."""

DERIVED = frozenset({INFERRED.value, PROVENANCE.value, SERVICE.value})
"""Graphs that the service makes itself."""


@dataclass(frozen=True)
class Part:
    """A graph as it was sent: bytes in one of the formats of `READ`."""

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


def carry_out(
    store: Store, write: Write, services: tuple[str, ...] = (), *, plain: bool
) -> Outcome:
    """Make a change in `store`, and return what it comes to.

    Unless `plain`, the default graph and those that the service derives are not written.
    SERVICE and LOAD may name what `services` allows.

    Raises:
        QueryFault: the update is not SPARQL, or does what is not done here.
        DerivedGraph, NotAsExpected, UnknownGraph, UnreadableGraph: as their names say.
    """
    before = _names(store)
    restated = frozenset() if plain or write.kind != "put" else _restated(store, write)
    if write.kind == "update":
        added, removed = _update(store, write, services, plain=plain)
    else:
        added, removed = _graph(store, write, plain=plain)
    after = _names(store)
    return Outcome(
        added,
        removed,
        created=tuple(sorted(after - before)),
        dropped=tuple(sorted(before - after)),
        existed=write.graph is None or write.graph in before,
        restated=frozenset(quad for quad in restated if quad in store),
    )


def _names(store: Store) -> set[str]:
    return {name.value for name in store.named_graphs() if isinstance(name, NamedNode)}


def _update(
    store: Store, write: Write, services: tuple[str, ...], *, plain: bool
) -> tuple[frozenset[Quad], frozenset[Quad]]:
    guard.check(write.text, services, update=True)
    found = updates.operations(write.text, write.base, dict(PREFIXES))
    text = _without_load(write.text, found, services)
    if text != write.text:
        found = updates.operations(text, write.base, dict(PREFIXES))
    text = updates.using(text, found, write.default_graphs, write.named_graphs)
    aimed = updates.targets(found)
    if not plain:
        _refuse_derived(aimed)
    if len(found) == 1 and found[0].data and not aimed.unnamed:
        return _data(store, found[0], text, write.base)
    size = len(store)
    old = frozenset(_quads(store, aimed))
    _run(store, text, write.base)
    new = frozenset(_quads(store, aimed))
    if len(store) - size != len(new) - len(old):
        raise QueryRefused(
            "It cannot be told which graphs this update changes. Write every graph as <IRI>, "
            "and a space after < where it means less than."
        )
    if not plain and aimed.unnamed:
        _refuse_derived(Targets({_name(quad) for quad in new ^ old}))
    return new - old, old - new


def _without_load(text: str, found: Sequence[Operation], services: tuple[str, ...]) -> str:
    """Return an update without LOAD SILENT, whose failure is none (Update, 3.1.4).

    Raises:
        QueryRefused: it has LOAD without SILENT.
    """
    loads = [operation for operation in found if "LOAD" in operation.name]
    if not loads:
        return text
    text = tokens.unescape(text)
    for operation in reversed(loads):
        first, *rest = operation.words
        last = operation.words[-1]
        iris = [word.text[1:-1] for word in rest if word.kind == "iri"]
        if iris and guard.allowed(iris[0], services) and operation.name == "LOAD":
            continue
        if operation.name != "LOAD" or [word.text.upper() for word in rest[:1]] != ["SILENT"]:
            raise QueryRefused(
                "LOAD is not available: this service reads nothing from there. "
                "Send the graph itself, by PUT or POST to /graphs."
            )
        text = text[: first.start] + "DELETE DATA {}" + text[last.start + len(last.text) :]
    return text


def _data(
    store: Store, operation: Operation, text: str, base: str
) -> tuple[frozenset[Quad], frozenset[Quad]]:
    """Make INSERT DATA or DELETE DATA, which need no look at the rest of a graph."""
    alone = Store()
    start = operation.words[0].start
    deletes = operation.name == "DELETE"
    # The data of both have one grammar; as an insertion the engine reads them out for us.
    _run(alone, text[:start] + "INSERT" + text[start + 6 :] if deletes else text, base)
    named = frozenset(alone)
    if deletes:
        held = frozenset(quad for quad in named if quad in store)
        _run(store, text, base)
        return frozenset(), held
    fresh = frozenset(quad for quad in named if quad not in store)
    store.extend(fresh)
    return fresh, frozenset()


def _run(store: Store, text: str, base: str) -> None:
    try:
        store.update(text, base_iri=base, prefixes=PREFIXES)
    except SyntaxError as fault:
        raise evaluate.syntax(str(fault), text) from fault
    except (ValueError, RuntimeError, OSError) as fault:
        raise QueryFault(str(fault)) from fault


def _quads(store: Store, aimed: Targets) -> Iterator[Quad]:
    if aimed.unnamed:
        for quad in store:
            if aimed.default or not isinstance(quad.graph_name, DefaultGraph):
                yield quad
        return
    for iri in aimed.graphs:
        yield from store.quads_for_pattern(None, None, None, NamedNode(iri))
    if aimed.default:
        yield from store.quads_for_pattern(None, None, None, DefaultGraph())


def _refuse_derived(aimed: Targets) -> None:
    where = f"Write to a named graph, such as GRAPH <{GRAPHS}NAME> {{ … }}: it is their merge."
    if aimed.default:
        raise DerivedGraph(f"The default graph is derived from the others. {where}")
    for iri in sorted(aimed.graphs & DERIVED):
        raise DerivedGraph(f"<{iri}> is made by the service itself. {where}")


def _graph(store: Store, write: Write, *, plain: bool) -> tuple[frozenset[Quad], frozenset[Quad]]:
    """Make a change of the Graph Store HTTP Protocol (W3C, 2013), 5."""
    if not plain:
        graphs_ = {write.graph} if write.graph else set()
        _refuse_derived(Targets(graphs_, default=write.graph is None))
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


def _restated(store: Store, write: Write) -> frozenset[Quad]:
    """Return what the claims in a graph have put there."""
    graph = graphs.name(write.graph)
    return frozenset(
        Quad(t.subject, t.predicate, t.object, graph)
        for t in dataset.about(set(graphs.triples(store, graph)))
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


def _name(quad: Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
