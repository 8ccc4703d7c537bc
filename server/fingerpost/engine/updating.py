"""SPARQL Update carried out on a copy of the store: which statements come and go."""

from collections.abc import Iterator, Sequence

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from fingerpost.engine import evaluate, guard, tokens, updates
from fingerpost.engine.updates import Operation, Targets
from fingerpost.engine.writes import Write, refuse_derived
from fingerpost.errors import QueryFault, QueryRefused
from fingerpost.graph.vocabulary import PREFIXES


def update(
    store: Store, write: Write, services: tuple[str, ...], *, plain: bool
) -> tuple[frozenset[Quad], frozenset[Quad]]:
    """Make an update in `store`, and return what it added and removed.

    Raises:
        QueryFault: it is not SPARQL, or does what is not done here.
        DerivedGraph: unless `plain`, it addresses a graph that is derived from others.
    """
    guard.check(write.text, services, update=True)
    found = updates.operations(write.text, write.base, dict(PREFIXES))
    text = _without_load(write.text, found, services)
    if text != write.text:
        found = updates.operations(text, write.base, dict(PREFIXES))
    text = updates.using(text, found, write.default_graphs, write.named_graphs)
    aimed = updates.targets(found)
    if not plain:
        refuse_derived(aimed)
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
        refuse_derived(Targets({_name(quad) for quad in new ^ old}))
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


def _name(quad: Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
