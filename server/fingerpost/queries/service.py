"""The saved queries of a graph, ready to be asked: what the web and the command line share."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fingerpost.engine import Engine, Query, rows
from fingerpost.engine.results import JSON
from fingerpost.engine.rows import Row, Table
from fingerpost.graph.vocabulary import term
from fingerpost.queries import bind, saved
from fingerpost.queries.saved import SavedQuery

_THINGS = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing (MIN(?label) AS ?name)
WHERE {{ ?thing a {class_} ; skos:prefLabel ?label . FILTER (LANG(?label) = "en") }}
GROUP BY ?thing
ORDER BY ?name ?thing
"""


@dataclass(frozen=True)
class SavedQueries:
    """Saved queries over one engine, whose data does not change."""

    engine: Engine
    queries: Mapping[str, SavedQuery]
    _things: dict[str, dict[str, str]] = field(default_factory=dict, compare=False)

    def things(self, class_: str) -> dict[str, str]:
        """Return what has the class (a prefixed name): IRI → preferred English name."""
        if class_ not in self._things:
            text = _THINGS.format(class_=term(class_))
            found = rows.select(self.engine, text)
            self._things[class_] = {row["thing"]: row["name"] for row in found}
        return self._things[class_]

    def text(self, name: str, given: Mapping[str, str]) -> str:
        """Return the SPARQL of a saved query with its parameters in place.

        Raises:
            UnknownQuery: there is no query of that name.
            BadParameter: a parameter is unknown, missing, or has a value it does not take.
        """
        return bind.bind(saved.find(self.queries, name), given, self.things)

    def answer(self, name: str, given: Mapping[str, str], media_type: str = JSON) -> bytes:
        """Return the answer to a saved query in `media_type`; raises as `text` does."""
        return self.engine.answer(Query(self.text(name, given)), media_type)

    def table(self, name: str, given: Mapping[str, str]) -> Table:
        """Return columns and rows of a saved SELECT; raises as `text` does."""
        return rows.table(self.engine, self.text(name, given))

    def rows(self, name: str, given: Mapping[str, str]) -> tuple[Row, ...]:
        """Return the rows of a saved SELECT; raises as `text` does."""
        return self.table(name, given).rows
