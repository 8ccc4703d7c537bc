"""Everything in a graph that can be matched, read in batches, and what identifies it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fingerpost.engine import Engine, rows
from fingerpost.engine.rows import Row
from fingerpost.graph.dataset import SNAPSHOTS
from fingerpost.graph.vocabulary import RESOURCE_KINDS, curie, kind_and_slug, term
from fingerpost.index import things
from fingerpost.recommend.places import name_of
from fingerpost.reconcile.entities import CLASSES, CONCEPTS, Entity, entity
from fingerpost.reconcile.properties import CONCERNING, IDENTIFIER, PROPERTIES, SAID, Value
from fingerpost.registries import resolving
from fingerpost.registries.resolving import Key

_AT_ONCE = 500
"""Things that are asked about in one query, which is short enough for every engine."""
_CLASSES = ("fp:Resource", *(f"fp:{CLASSES[kind]}" for kind in ("organization", *CONCEPTS)))
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

_THINGS = "SELECT ?thing WHERE {{ ?thing a {class_} }}"
_STATED = """
SELECT DISTINCT ?thing ?property ?value
WHERE {{
  VALUES ?thing {{ {things} }}
  ?thing ?property ?value .
  FILTER (?property IN ({properties}))
}}
ORDER BY ?thing ?property ?value
"""
_ELSEWHERE = """
SELECT DISTINCT ?thing ?value
WHERE {{
  VALUES ?thing {{ {things} }}
  GRAPH ?graph {{ ?thing <https://w3id.org/fingerpost/ontology#registryIdentifier> ?value }}
  FILTER (STRSTARTS(STR(?graph), "{snapshots}"))
}}
ORDER BY ?value
"""
_Stated = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Read:
    """An entity, and what identifies it."""

    entity: Entity
    keys: tuple[Key, ...]


def batches(engine: Engine) -> Iterator[list[Read]]:
    """Yield everything that can be matched, in order, as long as its generation is there."""
    before = engine.generation
    every = _every(engine)
    for start in range(0, len(every), _AT_ONCE):
        if engine.generation != before:
            return
        yield list(_batch(engine, every[start : start + _AT_ONCE]))


def names(engine: Engine, iris: Iterable[str]) -> dict[str, str]:
    """Return the English names of those of some things that have one."""
    return things.names(engine, _askable(iris))


def _every(engine: Engine) -> list[str]:
    found: set[str] = set()
    for class_ in _CLASSES:
        asked = _THINGS.format(class_=term(class_))
        found.update(row["thing"] for row in rows.each(engine, asked))
    return sorted(iri for iri in found if (kind_and_slug(iri) or ("",))[0] in CLASSES)


def _batch(engine: Engine, iris: Sequence[str]) -> Iterator[Read]:
    stated: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    asked = ", ".join(str(term(one)) for one in (*SAID, _EXACT))
    for row in _about(engine, _STATED, iris, properties=asked):
        stated[row["thing"]][curie(row["property"])].append(row["value"])
    known = names(engine, {*iris, *_named(stated.values())})
    there = {one for iri in iris for one in stated[iri].get(_EXACT, ())}
    elsewhere = defaultdict[str, list[str]](list)
    for row in _about(engine, _ELSEWHERE, there, snapshots=SNAPSHOTS):
        elsewhere[row["thing"]].append(row["value"])
    for iri in iris:
        if iri in known:
            made = entity(iri, known[iri], _values(stated[iri], known, known[iri]))
            yield Read(made, tuple(_keys(made, stated[iri], elsewhere)))


def _about(engine: Engine, query: str, iris: Iterable[str], **more: str) -> Iterator[Row]:
    """Yield the rows of a query about some things."""
    return rows.about(engine, query, _askable(iris), **more)


def _askable(iris: Iterable[str]) -> list[str]:
    """Return what of some values is an IRI, in order."""
    return sorted(one for one in iris if _IRI.fullmatch(one))


def _named(stated: Iterable[_Stated]) -> Iterator[str]:
    """Yield the values that may have a name."""
    for each in stated:
        yield from (one for name, found in each.items() if name not in _UNNAMED for one in found)


def _values(stated: _Stated, known: Mapping[str, str], own: str) -> dict[str, tuple[Value, ...]]:
    """Return what is said of a thing by column, each value once, and its own name nowhere."""
    values: dict[str, list[Value]] = defaultdict(list)
    for property_ in SAID:
        for text in dict.fromkeys(stated.get(property_, ())):
            value = _value(text, property_, known)
            column = SAID[property_] or text.partition(":")[0].lower()
            if value not in values[column] and value.text != own:
                values[column].append(value)
    return {name: tuple(found) for name, found in values.items() if found}


def _value(text: str, property_: str, known: Mapping[str, str]) -> Value:
    if property_ == "fp:country":
        return Value(name_of(text), text)
    return Value(known[text], text) if text in known else Value(text)


def _keys(entity: Entity, stated: _Stated, elsewhere: Mapping[str, Sequence[str]]) -> Iterator[Key]:
    """Yield what identifies an entity: by itself, and in the registries that know it too."""
    if entity.kind in _IDENTIFIED:
        for property_ in _IDENTIFYING:
            yield from (resolving.key(property_, one) for one in stated.get(property_, ()))
    if IDENTIFIER in stated:
        yield from (
            resolving.key("", one) for there in stated.get(_EXACT, ()) for one in elsewhere[there]
        )
