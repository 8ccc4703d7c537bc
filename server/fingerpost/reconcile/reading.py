"""Everything in a graph that can be matched, read in batches, and what identifies it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fingerpost.engine import Engine, rows
from fingerpost.engine.rows import Row
from fingerpost.graph.dataset import SNAPSHOTS
from fingerpost.graph.vocabulary import RESOURCE_KINDS, term
from fingerpost.index import asking, gathered, things
from fingerpost.index.kept import Index
from fingerpost.index.told import Told, Values
from fingerpost.recommend.places import name_of
from fingerpost.reconcile.entities import CLASSES, CONCEPTS, Entity, entity
from fingerpost.reconcile.properties import CONCERNING, IDENTIFIER, PROPERTIES, SAID, Value
from fingerpost.registries import resolving
from fingerpost.registries.resolving import Key

_CLASSES = frozenset(
    term(f"fp:{name}").value
    for name in ("Resource", *(CLASSES[kind] for kind in ("organization", *CONCEPTS)))
)
_EXACT = "skos:exactMatch"
_IDENTIFYING = ("schema:url", _EXACT, IDENTIFIER)
_IDENTIFIED = frozenset({*RESOURCE_KINDS, "organization"})
_UNNAMED = {
    _EXACT,
    IDENTIFIER,
    *(said for one in PROPERTIES if one.form in CONCERNING for said in one.said),
}
"""Properties whose values are addresses and identifiers, and not things with a name."""
_IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.IGNORECASE)

_ELSEWHERE = """
SELECT DISTINCT ?thing ?value
WHERE {{
  VALUES ?thing {{ {things} }}
  GRAPH ?graph {{ ?thing <https://w3id.org/fingerpost/ontology#registryIdentifier> ?value }}
  FILTER (STRSTARTS(STR(?graph), "{snapshots}"))
}}
ORDER BY ?value
"""


@dataclass(frozen=True)
class Read:
    """An entity, and what identifies it."""

    entity: Entity
    keys: tuple[Key, ...]


def batches(engine: Engine, kept: Index) -> Iterator[list[Read]]:
    """Yield everything that can be matched, in order; raises as `asking.batches` does.

    It is read of what is gathered, and `kept`.
    """
    for some in asking.batches(engine, filter(_can_be_matched, gathered.each(kept))):
        yield list(_batch(engine, kept, some))


def names(engine: Engine, iris: Iterable[str]) -> dict[str, str]:
    """Return the English names of those of some things that have one."""
    return asking.names(engine, _askable(iris))


def _can_be_matched(one: Told) -> bool:
    return bool(one.name) and one.kind in CLASSES and things.of_classes(one, _CLASSES)


def _batch(engine: Engine, kept: Index, some: Sequence[Told]) -> Iterator[Read]:
    known = gathered.names(kept, {value for one in some for value in _named(one)})
    there = {value for one in some for value in one.of(_EXACT)}
    elsewhere = defaultdict[str, list[str]](list)
    for row in _about(engine, _ELSEWHERE, there, snapshots=SNAPSHOTS):
        elsewhere[row["thing"]].append(row["value"])
    for one in some:
        made = entity(one.iri, one.name, _values(one, known))
        yield Read(made, tuple(_keys(made, one.said, elsewhere)))


def _about(engine: Engine, query: str, iris: Iterable[str], **more: str) -> Iterator[Row]:
    """Yield the rows of a query about some things."""
    return rows.about(engine, query, _askable(iris), **more)


def _askable(iris: Iterable[str]) -> list[str]:
    """Return what of some values is an IRI, in order."""
    return sorted(one for one in iris if _IRI.fullmatch(one))


def _named(one: Told) -> Iterator[str]:
    """Yield the values that may have a name."""
    yield from (value for name in SAID if name not in _UNNAMED for value in one.of(name))


def _values(one: Told, known: Mapping[str, str]) -> dict[str, tuple[Value, ...]]:
    """Return what is said of a thing by column, each value once, and its own name nowhere."""
    values: dict[str, list[Value]] = defaultdict(list)
    for property_ in SAID:
        for text in dict.fromkeys(one.of(property_)):
            value = _value(text, property_, known)
            column = SAID[property_] or text.partition(":")[0].lower()
            if value not in values[column] and value.text != one.name:
                values[column].append(value)
    return {name: tuple(found) for name, found in values.items() if found}


def _value(text: str, property_: str, known: Mapping[str, str]) -> Value:
    if property_ == "fp:country":
        return Value(name_of(text), text)
    return Value(known[text], text) if text in known else Value(text)


def _keys(entity: Entity, stated: Values, elsewhere: Mapping[str, Sequence[str]]) -> Iterator[Key]:
    """Yield what identifies an entity: by itself, and in the registries that know it too."""
    if entity.kind in _IDENTIFIED:
        for property_ in _IDENTIFYING:
            yield from (resolving.key(property_, one) for one in stated.get(property_, ()))
    if IDENTIFIER in stated:
        yield from (
            resolving.key("", one) for there in stated.get(_EXACT, ()) for one in elsewhere[there]
        )
