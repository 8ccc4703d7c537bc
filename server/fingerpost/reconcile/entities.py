"""What can be matched: resources, organisations, types of data, techniques and phases."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from fingerpost.engine import Engine
from fingerpost.graph.vocabulary import IDS, KINDS, RESOURCE_KINDS, kind_and_slug
from fingerpost.publish import said
from fingerpost.publish.said import Said
from fingerpost.recommend.places import name_of
from fingerpost.reconcile.properties import SAID, Value

CONCEPTS = {"data-type": "DataType", "technique": "Technique", "phase": "Phase"}
"""Kinds of concept that can be matched → the local name of their class."""
CLASSES = {kind: KINDS[kind] for kind in (*RESOURCE_KINDS, "organization")} | CONCEPTS
"""Kinds of what can be matched → the local name of their class."""
ACTIVE = "Active"

_READ = ("fp:Resource", *(f"fp:{CLASSES[kind]}" for kind in ("organization", *CONCEPTS)))


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
    found = said.read(engine, _READ, SAID)
    return tuple(
        _entity(iri, found) for iri in found.things if (kind_and_slug(iri) or ("",))[0] in CLASSES
    )


def _entity(iri: str, found: Said) -> Entity:
    kind, _ = kind_and_slug(iri) or ("", "")
    values: dict[str, list[Value]] = defaultdict(list)
    for property_ in SAID:
        for text in found.of(iri, property_):
            value = _value(text, property_, found.names)
            column = SAID[property_] or text.partition(":")[0].lower()
            if value not in values[column] and value.text != found.names[iri]:
                values[column].append(value)
    return Entity(iri, kind, found.names[iri], {name: tuple(all_) for name, all_ in values.items()})


def _value(text: str, property_: str, names: Mapping[str, str]) -> Value:
    if property_ == "fp:country":
        return Value(name_of(text), text)
    return Value(names[text], text) if text in names else Value(text)
