"""What has a class: all of it where a form offers it, or as much of it as somebody names."""

from collections.abc import Collection
from dataclasses import dataclass, field

from fingerpost.engine import Engine, Query, rows
from fingerpost.engine.results import JSON
from fingerpost.graph.vocabulary import KINDS, term

_THINGS = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing (MIN(?label) AS ?name)
WHERE {{ ?thing a {class_} ; skos:prefLabel ?label . FILTER (LANG(?label) = "en") }}
GROUP BY ?thing
ORDER BY ?name ?thing
"""
_HAVING = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing
WHERE {{
  VALUES ?thing {{ {things} }}
  ?thing a {class_} ;
    skos:prefLabel ?label .
  FILTER (LANG(?label) = "en")
}}
"""
_SOME = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing
WHERE {{
  ?thing a {class_} .
  FILTER EXISTS {{ ?thing skos:prefLabel ?label . FILTER (LANG(?label) = "en") }}
}}
LIMIT {most}
"""
_LARGE = frozenset({"fp:Resource", *(f"fp:{one}" for one in KINDS.values())})
"""Classes of which there may be very many things."""


@dataclass(frozen=True)
class Things:
    """The things of an engine, whose data does not change, by their classes."""

    engine: Engine
    _read: dict[str, dict[str, str]] = field(default_factory=dict, compare=False)

    def all(self, class_: str) -> dict[str, str]:
        """Return what has the class (a prefixed name): IRI → preferred English name."""
        if class_ not in self._read:
            asked = Query(_THINGS.format(class_=term(class_)), sound=True)
            found = rows.read(self.engine.answer(asked, JSON)).rows
            self._read[class_] = {row["thing"]: row["name"] for row in found}
        return self._read[class_]

    def few(self, class_: str, most: int) -> dict[str, str]:
        """Return what has the class, as `all`, or nothing where that is more than `most`."""
        if class_ not in self._read and class_ in _LARGE:
            asked = _SOME.format(class_=term(class_), most=most + 1)
            if len(rows.select(self.engine, asked)) > most:
                return {}
        found = self.all(class_)
        return found if len(found) <= most else {}

    def having(self, class_: str, iris: Collection[str]) -> frozenset[str]:
        """Return those of some IRIs that have the class (a prefixed name), and a name."""
        if not iris:
            return frozenset()
        if class_ in self._read or class_ not in _LARGE:
            return frozenset(self.all(class_).keys() & set(iris))
        named = " ".join(f"<{iri}>" for iri in iris)
        found = rows.select(self.engine, _HAVING.format(things=named, class_=term(class_)))
        return frozenset(row["thing"] for row in found)
