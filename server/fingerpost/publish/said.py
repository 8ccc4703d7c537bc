"""What the graph says of everything of some classes, read at once: for lists and indexes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fingerpost.engine import Engine, rows
from fingerpost.graph.vocabulary import curie, term

_NAMES = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?name
WHERE { ?thing skos:prefLabel ?name . FILTER (LANG(?name) = "en") }
ORDER BY ?thing ?name
"""
_THINGS = """
SELECT DISTINCT ?thing
WHERE {{ VALUES ?class {{ {classes} }} ?thing a ?class . }}
ORDER BY ?thing
"""
_VALUES = """
SELECT DISTINCT ?thing ?property ?value
WHERE {{
  VALUES ?class {{ {classes} }}
  VALUES ?property {{ {properties} }}
  ?thing a ?class ; ?property ?value .
}}
ORDER BY ?thing ?property ?value
"""


@dataclass(frozen=True)
class Said:
    """Things with their values by property (a prefixed name); `names` has those of all values."""

    things: tuple[str, ...]
    names: Mapping[str, str]
    values: Mapping[str, Mapping[str, tuple[str, ...]]]

    def of(self, thing: str, *properties: str) -> tuple[str, ...]:
        """Return the values of properties of a thing, each once."""
        found = self.values.get(thing, {})
        return tuple(dict.fromkeys(one for name in properties for one in found.get(name, ())))

    def named(self, thing: str, *properties: str) -> tuple[str, ...]:
        """Return the names of the values of properties of a thing."""
        return tuple(self.names.get(one, one) for one in self.of(thing, *properties))


def read(engine: Engine, classes: Iterable[str], properties: Iterable[str]) -> Said:
    """Return what is said of everything that has an English name, by prefixed names."""
    asked = " ".join(str(term(one)) for one in classes)
    wanted = " ".join(str(term(one)) for one in properties)
    names = {row["thing"]: row["name"] for row in rows.select(engine, _NAMES)}
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows.select(engine, _VALUES.format(classes=asked, properties=wanted)):
        found[row["thing"]][curie(row["property"])].append(row["value"])
    things = (row["thing"] for row in rows.select(engine, _THINGS.format(classes=asked)))
    return Said(
        things=tuple(one for one in things if one in names),
        names=names,
        values={
            thing: {name: tuple(values) for name, values in said.items()}
            for thing, said in found.items()
        },
    )
