"""What can be matched: resources, organisations, types of data, techniques and phases."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from fingerpost.engine import Engine, rows
from fingerpost.graph.vocabulary import IDS, KINDS, RESOURCE_KINDS, curie, kind_and_slug
from fingerpost.recommend.places import name_of
from fingerpost.reconcile.properties import IDENTIFIER, SAID, Value

CONCEPTS = {"data-type": "DataType", "technique": "Technique", "phase": "Phase"}
"""Kinds of concept that can be matched → the local name of their class."""
CLASSES = {kind: KINDS[kind] for kind in (*RESOURCE_KINDS, "organization")} | CONCEPTS
"""Kinds of what can be matched → the local name of their class."""
ACTIVE = "Active"

_HEAD = """
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX fp: <https://w3id.org/fingerpost/ontology#>
PREFIX schema: <http://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_THINGS = """
SELECT DISTINCT ?thing
WHERE {
  VALUES ?class { fp:Resource fp:Organization fp:DataType fp:Technique fp:Phase }
  ?thing a ?class .
}
ORDER BY ?thing
"""
_NAMES = """
SELECT ?thing ?name
WHERE { ?thing skos:prefLabel ?name . FILTER (LANG(?name) = "en") }
ORDER BY ?thing ?name
"""
_VALUES = """
SELECT DISTINCT ?thing ?property ?value
WHERE {{
  VALUES ?class {{ fp:Resource fp:Organization fp:DataType fp:Technique fp:Phase }}
  VALUES ?property {{ {properties} }}
  ?thing a ?class ; ?property ?value .
}}
ORDER BY ?thing ?property ?value
"""


@dataclass(frozen=True)
class Entity:
    """A thing that can be matched; `values` has what is said of it, by property."""

    iri: str
    kind: str
    name: str
    values: Mapping[str, tuple[Value, ...]]

    @property
    def id(self) -> str:
        """Its identifier within the identifier space: kind and slug."""
        return self.iri.removeprefix(IDS)

    @property
    def slug(self) -> str:
        """The last part of its IRI."""
        return self.iri.rpartition("/")[2]

    def of(self, property_: str) -> tuple[Value, ...]:
        """Return the values of a property, as far as they are known."""
        if property_ == "kind":
            return (Value(self.kind.replace("-", " "), self.kind),)
        return self.values.get(property_, ())

    def texts(self, property_: str) -> tuple[str, ...]:
        """Return the values of a property as texts."""
        return tuple(one.text for one in self.values.get(property_, ()))

    @cached_property
    def description(self) -> str:
        """What it is, in a sentence; what is not there any more says so first."""
        told = " ".join(self.texts("description")[:1])
        return " ".join(filter(None, ("" if self.active else f"{self._status}.", told)))

    @property
    def active(self) -> bool:
        """Whether it can be used; what has no status can."""
        return self._status in {"", ACTIVE}

    @property
    def _status(self) -> str:
        return "".join(self.texts("status")[:1])


def load(engine: Engine) -> tuple[Entity, ...]:
    """Return everything in the graph that can be matched."""
    names = {row["thing"]: row["name"] for row in rows.select(engine, _HEAD + _NAMES)}
    said: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for row in rows.select(engine, _HEAD + _VALUES.format(properties=" ".join(SAID))):
        found = _value(row["value"], curie(row["property"]), names)
        for property_ in _properties(curie(row["property"]), found):
            if found not in said[row["thing"]][property_]:
                said[row["thing"]][property_].append(found)
    things = (row["thing"] for row in rows.select(engine, _HEAD + _THINGS))
    return tuple(
        _entity(iri, names[iri], said[iri])
        for iri in things
        if iri in names and (kind_and_slug(iri) or ("",))[0] in CLASSES
    )


def _entity(iri: str, name: str, said: Mapping[str, list[Value]]) -> Entity:
    kind, _ = kind_and_slug(iri) or ("", "")
    values = {property_: tuple(found) for property_, found in said.items()}
    others = tuple(one for one in values.get("alternativeName", ()) if one.text != name)
    return Entity(iri, kind, name, {**values, "alternativeName": others})


def _value(text: str, property_: str, names: Mapping[str, str]) -> Value:
    if property_ == "fp:country":
        return Value(name_of(text), text)
    return Value(names[text], text) if text in names else Value(text)


def _properties(property_: str, found: Value) -> tuple[str, ...]:
    """Return the ids of the properties that a statement fills."""
    if property_ == IDENTIFIER:
        return (found.text.partition(":")[0].lower(),)
    return (SAID[property_],)
