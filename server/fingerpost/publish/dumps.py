"""The whole graph as files: the merge as Turtle and JSON-LD, with its named graphs as N-Quads.

Snapshots of registries are others' data under others' licences, and who wrote what when is the
operator's: neither is in a download.
"""

from collections.abc import Iterable

from pyoxigraph import RdfFormat, parse

from fingerpost.engine import Engine, results, rows
from fingerpost.graph.dataset import SNAPSHOTS
from fingerpost.graph.vocabulary import GRAPHS
from fingerpost.publish import context

_NAMES = "SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?subject ?property ?value } }"
_APART = (SNAPSHOTS, GRAPHS + "provenance")


def graphs(engine: Engine) -> list[str]:
    """Return the IRIs of the named graphs that are ours to give away, in order."""
    found = (row["graph"] for row in rows.select(engine, _NAMES))
    return sorted(iri for iri in found if iri.startswith(GRAPHS) and not iri.startswith(_APART))


def merge(n_triples: bytes, suffix: str) -> bytes:
    """Return the merge, given as N-Triples, as the file of a suffix: `ttl` or `jsonld`."""
    triples = [quad.triple for quad in parse(n_triples, format=RdfFormat.N_TRIPLES)]
    if suffix == "jsonld":
        return context.written(triples)
    return results.graph(triples, "text/turtle")


def quads(n_triples: bytes, graph: str | None) -> Iterable[bytes]:
    """Yield the statements of a graph, given as N-Triples, as lines of N-Quads."""
    end = b"." if graph is None else f"<{graph}> .".encode()
    for line in n_triples.splitlines():
        yield line.rstrip().removesuffix(b".") + end + b"\n"
