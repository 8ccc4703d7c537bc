"""Our own records as entries: what they are called, where they are, what they are elsewhere."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from fingerpost.graph import records
from fingerpost.graph.records import Record
from fingerpost.graph.vocabulary import PROPERTY, VALUE, term
from fingerpost.registries.entry import Entry

PREFIX = "fingerpost"
_NOTHING_OF_A_REGISTRY = frozenset({"guidance", "source"})
_NAME, _OTHER, _FORMER = term("skos:prefLabel"), term("skos:altLabel"), term("fp:formerName")
_HOME, _TOLD, _COUNTRY = term("schema:url"), term("dct:description"), term("fp:country")
_IDENTIFIER = term("fp:registryIdentifier")


def entries(instances: Path) -> list[Entry]:
    """Return the records of a folder that a registry may have, too, by their ids.

    Raises:
        Unreadable: a file is no record.
    """
    found = records.records(instances)
    return [_entry(one) for one in found if one.kind not in _NOTHING_OF_A_REGISTRY]


def _entry(record: Record) -> Entry:
    said = _said(record)
    former = (f"formerly: {name}" for name in said[_FORMER])
    name, *others = (*said[_NAME], *said[_OTHER], *former)
    return Entry(
        id=f"{PREFIX}:{record.kind}/{record.slug}",
        name=name,
        alt_names=tuple(dict.fromkeys(one for one in others if one != name)),
        homepage=next(iter(said[_HOME]), ""),
        description=next(iter(said[_TOLD]), ""),
        kind=record.kind,
        countries=said[_COUNTRY],
        identifiers=said[_IDENTIFIER],
    )


def _said(record: Record) -> Mapping[NamedNode, tuple[str, ...]]:
    """Return property → values of a record, those of its claims too, in a fixed order."""
    found: dict[NamedNode, set[str]] = defaultdict(set)
    for subject, property_, value in _statements(record):
        if subject == record.node:
            found[property_].add(value)
    return defaultdict(tuple, {one: tuple(sorted(values)) for one, values in found.items()})


def _statements(record: Record) -> Iterator[tuple[object, NamedNode, str]]:
    claimed: dict[object, dict[NamedNode, object]] = defaultdict(dict)
    for triple in record.triples:
        if triple.predicate in (PROPERTY, VALUE):
            claimed[triple.subject][triple.predicate] = triple.object
        yield triple.subject, triple.predicate, _text(triple.object)
    for claim in claimed.values():
        property_ = claim.get(PROPERTY)
        if isinstance(property_, NamedNode) and VALUE in claim:
            yield record.node, property_, _text(claim[VALUE])


def _text(value: object) -> str:
    return value.value if isinstance(value, Literal | NamedNode) else ""
