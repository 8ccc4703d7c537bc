"""What there is in the default graph, counted by property, by class and by what values are.

`Asked` puts a query for each, within the limits of a query: what is too much to count within
them has no rows. `tally` reads a file.
"""

from dataclasses import dataclass, field
from typing import Protocol

from fingerpost.engine import Engine, rows
from fingerpost.engine.rows import Row
from fingerpost.errors import AnswerTooLarge, QueryOutOfMemory, QueryOutOfTime

MOST = 20_000
"""Rows of an answer; of more, the largest come first."""
LINKING = (
    *("owl:sameAs", "schema:sameAs"),
    *(f"skos:{how}Match" for how in ("exact", "close", "broad", "narrow", "related")),
)
"""The properties that say which things of others are the same or alike."""
_NUMBERS = """(COUNT(*) AS ?triples) (COUNT(DISTINCT ?subject) AS ?distinctSubjects)
  (COUNT(DISTINCT ?value) AS ?distinctObjects)"""
_TOTALS = """
SELECT {numbers} (COUNT(DISTINCT ?property) AS ?properties)
  (COUNT(DISTINCT IF(isIRI(?subject) && STRSTARTS(STR(?subject), "{space}"), ?subject, ?none))
    AS ?entities)
WHERE {{ ?subject ?property ?value }}
"""
_DISTINCT_CLASSES = """
SELECT (COUNT(DISTINCT ?class) AS ?classes)
WHERE {{ ?subject a ?class }}
"""
_PROPERTIES = """
SELECT ?property {numbers}
WHERE {{ ?subject ?property ?value }}
GROUP BY ?property
ORDER BY DESC(?triples) ?property
LIMIT {most}
"""
_CLASSES = """
SELECT ?class (COUNT(*) AS ?triples) (COUNT(DISTINCT ?property) AS ?properties)
  (COUNT(DISTINCT IF(isIRI(?subject), ?subject, ?none)) AS ?entities)
WHERE {{ ?subject a ?class ; ?property ?value . FILTER (isIRI(?class)) }}
GROUP BY ?class
ORDER BY DESC(?triples) ?class
LIMIT {most}
"""
_CLASS_PROPERTIES = """
SELECT ?class ?property {numbers}
WHERE {{ ?subject a ?class ; ?property ?value . FILTER (isIRI(?class)) }}
GROUP BY ?class ?property
ORDER BY DESC(?triples) ?class ?property
LIMIT {most}
"""
_VALUE_CLASSES = """
SELECT ?class ?property ?of (COUNT(*) AS ?triples)
WHERE {{
  ?subject a ?class ; ?property ?value .
  ?value a ?of .
  FILTER (isIRI(?class) && isIRI(?of))
}}
GROUP BY ?class ?property ?of
ORDER BY DESC(?triples) ?class ?property ?of
LIMIT {most}
"""
_VALUE_DATATYPES = """
SELECT ?class ?property ?of (COUNT(*) AS ?triples)
WHERE {{
  ?subject a ?class ; ?property ?value .
  FILTER (isIRI(?class) && isLiteral(?value))
  BIND (DATATYPE(?value) AS ?of)
}}
GROUP BY ?class ?property ?of
ORDER BY DESC(?triples) ?class ?property ?of
LIMIT {most}
"""
_LINKS = """
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX schema: <http://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?property ?space (COUNT(*) AS ?triples)
WHERE {{
  VALUES ?property {{ {linking} }}
  ?subject ?property ?value .
  FILTER (STRSTARTS(STR(?subject), "{space}"))
  FILTER (isIRI(?value) && !STRSTARTS(STR(?value), "{space}"))
  BIND (REPLACE(STR(?value), "[^/#]*$", "") AS ?space)
}}
GROUP BY ?property ?space
ORDER BY DESC(?triples) ?property ?space
LIMIT {most}
"""
_ABOUT = """
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX fp: <https://w3id.org/fingerpost/ontology#>
SELECT (MAX(COALESCE(STR(?repository), "")) AS ?example)
  (MAX(COALESCE(STR(?day), "")) AS ?modified)
WHERE { { ?repository a fp:Repository } UNION { ?record dct:modified ?day } }
"""


class Counts(Protocol):
    """The numbers of a default graph."""

    def totals(self, space: str) -> tuple[Row, ...]:
        """Return one row for the graph; its entities are subjects whose IRIs begin with `space`."""

    def distinct_classes(self) -> tuple[Row, ...]:
        """Return one row with the number of classes that something has."""

    def properties(self) -> tuple[Row, ...]:
        """Return a row a property."""

    def classes(self) -> tuple[Row, ...]:
        """Return a row a class: what its instances are the subjects of."""

    def class_properties(self) -> tuple[Row, ...]:
        """Return a row a class and property of its instances."""

    def value_classes(self) -> tuple[Row, ...]:
        """Return a row a class, property of its instances, and class of the values."""

    def value_datatypes(self) -> tuple[Row, ...]:
        """Return a row a class, property of its instances, and datatype of the values."""

    def links(self, space: str) -> tuple[Row, ...]:
        """Return a row a mapping property and namespace outside `space` to which it leads."""

    def about(self) -> Row:
        """Return one of the records as `example`, and when any was last `modified`, if anything."""


@dataclass(frozen=True)
class Asked:
    """The numbers that an engine gives, which is asked for each once; see `Counts`."""

    engine: Engine
    _found: dict[str, tuple[Row, ...]] = field(default_factory=dict, compare=False)

    def totals(self, space: str) -> tuple[Row, ...]:
        """Return one row for the graph; its entities are subjects whose IRIs begin with `space`."""
        return self._ask(_TOTALS, space)

    def distinct_classes(self) -> tuple[Row, ...]:
        """Return one row with the number of classes that something has."""
        return self._ask(_DISTINCT_CLASSES)

    def properties(self) -> tuple[Row, ...]:
        """Return a row a property."""
        return self._ask(_PROPERTIES)

    def classes(self) -> tuple[Row, ...]:
        """Return a row a class: what its instances are the subjects of."""
        return self._ask(_CLASSES)

    def class_properties(self) -> tuple[Row, ...]:
        """Return a row a class and property of its instances."""
        return self._ask(_CLASS_PROPERTIES)

    def value_classes(self) -> tuple[Row, ...]:
        """Return a row a class, property of its instances, and class of the values."""
        return self._ask(_VALUE_CLASSES)

    def value_datatypes(self) -> tuple[Row, ...]:
        """Return a row a class, property of its instances, and datatype of the values."""
        return self._ask(_VALUE_DATATYPES)

    def links(self, space: str) -> tuple[Row, ...]:
        """Return a row a mapping property and namespace outside `space` to which it leads."""
        return self._ask(_LINKS, space)

    def about(self) -> Row:
        """Return one of the records as `example`, and when any was last `modified`, if anything."""
        found = self._once(_ABOUT)
        return {key: value for row in found for key, value in row.items() if value}

    def _ask(self, text: str, space: str = "") -> tuple[Row, ...]:
        linking = " ".join(LINKING)
        query = text.format(numbers=_NUMBERS, most=MOST, space=space, linking=linking)
        try:
            return self._once(query)
        except (QueryOutOfTime, QueryOutOfMemory, AnswerTooLarge):
            return ()

    def _once(self, query: str) -> tuple[Row, ...]:
        if query not in self._found:
            self._found[query] = rows.whole(self.engine, query)
        return self._found[query]
