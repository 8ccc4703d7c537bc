"""What can be matched: resources, organisations, types of data, techniques and phases."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from fingerpost.graph.vocabulary import IDS, KINDS, RESOURCE_KINDS, kind_and_slug
from fingerpost.reconcile.properties import Value

CONCEPTS = {"data-type": "DataType", "technique": "Technique", "phase": "Phase"}
"""Kinds of concept that can be matched → the local name of their class."""
CLASSES = {kind: KINDS[kind] for kind in (*RESOURCE_KINDS, "organization")} | CONCEPTS
"""Kinds of what can be matched → the local name of their class."""
ACTIVE = "Active"


@dataclass(frozen=True)
class Entity:
    """A thing that can be matched; `told` is what is said of it, in JSON, by property."""

    iri: str
    kind: str
    name: str
    status: str
    told: str = field(repr=False)

    @property
    def id(self) -> str:
        """Its identifier within the identifier space: kind and slug."""
        return self.iri.removeprefix(IDS)

    @property
    def slug(self) -> str:
        """The last part of its IRI."""
        return self.iri.rpartition("/")[2]

    @cached_property
    def values(self) -> Mapping[str, tuple[Value, ...]]:
        """What is said of it, by property."""
        said: dict[str, list[Sequence[str]]] = json.loads(self.told)
        return {name: tuple(Value(*one) for one in found) for name, found in said.items()}

    def of(self, property_: str) -> tuple[Value, ...]:
        """Return the values of a property, as far as they are known."""
        if property_ == "kind":
            return (Value(self.kind.replace("-", " "), self.kind),)
        return self.values.get(property_, ())

    def texts(self, property_: str) -> tuple[str, ...]:
        """Return the values of a property as texts."""
        return tuple(one.text for one in self.values.get(property_, ()))

    @property
    def names(self) -> tuple[str, ...]:
        """The names that it has."""
        return (self.name, *self.texts("alternativeName"))

    @cached_property
    def description(self) -> str:
        """What it is, in a sentence; what is not there any more says so first."""
        told = " ".join(self.texts("description")[:1])
        return " ".join(filter(None, ("" if self.active else f"{self.status}.", told)))

    @property
    def active(self) -> bool:
        """Whether it can be used; what has no status can."""
        return self.status in {"", ACTIVE}


def entity(iri: str, name: str, values: Mapping[str, Sequence[Value]]) -> Entity:
    """Return a thing of which that is said."""
    kind, _ = kind_and_slug(iri) or ("", "")
    status = "".join(one.text for one in values.get("status", ())[:1])
    said = {
        column: [[one.text, one.key] if one.key else [one.text] for one in found]
        for column, found in values.items()
    }
    return Entity(iri, kind, name, status, json.dumps(said, ensure_ascii=False))


def classes(kind: str) -> tuple[str, ...]:
    """Return the classes of a kind by their local names, the narrowest first."""
    own = CLASSES[kind]
    if kind in CONCEPTS:
        return (own, "Concept")
    return (own,) if kind == "organization" else (own, "Resource")
