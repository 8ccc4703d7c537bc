"""What an engine holds, as its sources stood on earlier days; the last days asked for are kept."""

import datetime
import threading
from bisect import bisect_right
from collections import OrderedDict

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store, parse

from fingerpost import clock
from fingerpost.engine import Engine, Query, rows
from fingerpost.engine.cached import Cached
from fingerpost.engine.local import Local
from fingerpost.graph import dataset, moment
from fingerpost.graph.dataset import INFERRED, ONTOLOGY, Name
from fingerpost.graph.statement import Statement, statement
from fingerpost.rules import learned

_KEPT = 6
_GRAPHS = "SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?subject ?property ?value } }"
_GRAPH = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"
_DATES = """
SELECT DISTINCT ?date
WHERE {{ VALUES ?property {{ {properties} }} ?subject ?property ?date }}
ORDER BY STR(?date)
"""


class Moments:
    """The days of one generation; two days between which no date lies are the same."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._dates: list[str] | None = None
        self._kept: OrderedDict[str, Engine] = OrderedDict()
        self._lock = threading.Lock()

    def at(self, day: datetime.date) -> Engine:
        """Return an engine that holds the graph as of `day`; the very one as of today.

        Raises:
            QueryFault: as `Engine.fetch`, where the graph is too large to be read.
        """
        dates = self._dates = self._dates or self._found()
        last = bisect_right(dates, day.isoformat())
        if last == bisect_right(dates, clock.today().isoformat()):
            return self._engine
        return self._then(dates[last - 1] if last else "")

    def _found(self) -> list[str]:
        """Return every date that decides how the graph stood, in order."""
        properties = " ".join(sorted(map(str, moment.DATED)))
        found = rows.whole(self._engine, _DATES.format(properties=properties))
        return [row["date"] for row in found]

    def _then(self, day: str) -> Engine:
        with self._lock:
            if day not in self._kept:
                self._kept[day] = self._made(day)
            self._kept.move_to_end(day)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return self._kept[day]

    def _made(self, day: str) -> Engine:
        # rdflib and owlrl are slow to import, and today needs neither.
        from fingerpost import reason

        # A snapshot tells how its registry is today, and of no day before.
        every = (row["graph"] for row in rows.whole(self._engine, _GRAPHS))
        names = [name for name in every if not name.startswith(dataset.SNAPSHOTS)]
        graphs: dict[Name, set[Statement]] = {NamedNode(one): self._graph(one) for one in names}
        inferred = graphs.pop(INFERRED, set())
        by = learned(graphs[ONTOLOGY] | inferred)
        then = moment.as_of(graphs, day)
        store = Store()
        store.bulk_extend(then.quads())
        follows = reason.inferred(then.merge, by)
        for name in (DefaultGraph(), INFERRED):
            store.bulk_extend(dataset.quad(triple, name) for triple in follows)
        return Cached(Local(store, f"{self._engine.generation.id}@{day}"))

    def _graph(self, name: str) -> set[Statement]:
        lines = self._engine.answer(Query(_GRAPH.format(name=name)), "application/n-triples")
        return set(map(statement, parse(lines, format=RdfFormat.N_TRIPLES)))
