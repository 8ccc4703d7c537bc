"""An earlier day of a small graph, made and answered in this process."""

from collections.abc import Iterator, MutableMapping

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store, parse

from fingerpost.engine import Engine, Query, rows
from fingerpost.engine.cached import Cached
from fingerpost.engine.local import Local
from fingerpost.graph import dataset, moment
from fingerpost.graph.dataset import INFERRED, ONTOLOGY, Name
from fingerpost.graph.lines import Part
from fingerpost.graph.statement import Statement, statement
from fingerpost.rules import learned

_GRAPHS = "SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?subject ?property ?value } }"
_GRAPH = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"


def made(engine: Engine, day: str) -> Engine:
    """Return an engine that holds what another holds, as it stood on `day`.

    Raises:
        QueryFault: as `Engine.fetch`, where the graph is too large to be read.
    """
    # A snapshot tells how its registry is today, and of no day before.
    every = (row["graph"] for row in rows.whole(engine, _GRAPHS))
    names = [name for name in every if not name.startswith(dataset.SNAPSHOTS)]
    graphs: dict[Name, set[Statement]] = {NamedNode(one): _graph(engine, one) for one in names}
    store = Store()
    for name, triples in parts(graphs, day):
        store.bulk_extend(dataset.quad(triple, name) for triple in triples)
    return Cached(Local(store, f"{engine.generation.id}@{day}"))


def parts(graphs: MutableMapping[Name, set[Statement]], day: str) -> Iterator[Part]:
    """Yield what is served of named graphs as they stood on `day`, with what follows from it.

    That takes the inferred statements of today out of `graphs`: they tell the rules.
    """
    # rdflib and owlrl are slow to import, and today needs neither.
    from fingerpost import reason

    by = learned(graphs[ONTOLOGY] | graphs.pop(INFERRED, set()))
    then = moment.as_of(graphs, day)
    yield DefaultGraph(), then.merge
    yield from then.graphs.items()
    follows = reason.inferred(then.merge, by)
    yield DefaultGraph(), follows
    yield INFERRED, follows


def _graph(engine: Engine, name: str) -> set[Statement]:
    lines = engine.answer(Query(_GRAPH.format(name=name)), "application/n-triples")
    return set(map(statement, parse(lines, format=RdfFormat.N_TRIPLES)))
