"""A generation of another engine read into this process: for queries that it gets wrong."""

import threading
from collections.abc import Iterator, Mapping

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)

from fingerpost.engine import Answer, Generation, Query
from fingerpost.engine.local import Local
from fingerpost.engine.remote.remote import WHOLE, Remote
from fingerpost.engine.results import JSON
from fingerpost.errors import EngineFault

_TRIPLES = "application/n-triples"
_NAMED = "SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }"
_BATCH = 40_000
"""Statements that are asked for at once."""


class Copied:
    """Answers as `Local` does, from a copy of what a remote engine holds; it follows it.

    The copy of a generation is made when it is first asked; until it is there, the one before
    answers. It is for queries of our own: nothing bounds their time and memory.
    """

    def __init__(self, remote: Remote) -> None:
        self._remote = remote
        self._lock = threading.Lock()
        self._held = self._copy()

    @property
    def generation(self) -> Generation:
        """The generation of the copy; the engine is asked for a newer one."""
        newest = self._remote.generation
        if newest.number != self._held.generation.number and self._lock.acquire(blocking=False):
            try:
                self._held = self._copy()
            finally:
                self._lock.release()
        return self._held.generation

    def answer(self, query: Query, media_type: str) -> bytes:
        """Return the answer in one piece; see `Engine`."""
        return self._held.answer(query, media_type)

    def fetch(self, query: Query, media_type: str) -> Answer:
        """Return the answer in `media_type`; see `Engine`."""
        return self._held.fetch(query, media_type)

    def _copy(self) -> Local:
        """Return an engine over what the remote one holds.

        Raises:
            EngineFault: it gave less than was published.
        """
        generation, default = self._remote.generation, self._remote.default
        sizes = self._remote.sizes()
        store = Store()
        lines = self._remote.answer(Query(WHOLE, default_graphs=(default,)), _TRIPLES)
        for quad in parse(lines, format=RdfFormat.N_TRIPLES):
            store.add(quad)
        for batch in _batches({iri: size for iri, size in sizes.items() if iri != default}):
            rows = self._remote.answer(Query(_NAMED, named_graphs=batch), JSON)
            store.bulk_extend(_quads(rows))
        for iri, size in sizes.items():
            name = DefaultGraph() if iri == default else NamedNode(iri)
            found = sum(1 for _ in store.quads_for_pattern(None, None, None, name))
            if found != size:
                raise EngineFault(
                    f"The engine gave {found:,} of {size:,} statements of <{iri}>: "
                    "look whether it limits the size of answers."
                )
        return Local(store, generation.id, number=generation.number)


def _batches(sizes: Mapping[str, int]) -> Iterator[tuple[str, ...]]:
    """Yield graphs together, as long as they have not too many statements for one answer."""
    batch: list[str] = []
    held = 0
    for iri, size in sizes.items():
        if batch and held + size > _BATCH:
            yield tuple(batch)
            batch, held = [], 0
        batch.append(iri)
        held += size
    if batch:
        yield tuple(batch)


def _quads(document: bytes) -> Iterator[Quad]:
    found = parse_query_results(document, QueryResultsFormat.JSON)
    if not isinstance(found, QuerySolutions):
        raise TypeError("not a SELECT query")
    for row in found:
        graph, subject, property_, value = (row[name] for name in ("g", "s", "p", "o"))
        yield Quad(subject, property_, value, graph)
