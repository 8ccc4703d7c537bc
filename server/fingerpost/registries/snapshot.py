"""The graph that a snapshot of a registry is: its records, and what is said of the whole.

It is a named graph of its own, outside the default graph. A record has the registry's own IRI
and words; beside them stands what they plainly say in our terms.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode

from fingerpost.graph import identifiers
from fingerpost.graph.statement import Statement, statement
from fingerpost.graph.vocabulary import DATE, LABEL, TYPE, Term, term
from fingerpost.publish.terms import english, name, number, say
from fingerpost.registries import countries, plainly
from fingerpost.registries.entry import Broken, Entry
from fingerpost.registries.known import Registry
from fingerpost.registries.plainly import Words
from fingerpost.registries.values import day

IDENTIFIER = term("dct:identifier")
REFERENCE = term("fp:registryIdentifier")
RETRIEVED = term("fp:retrievedOn")
_DIGEST = term("fp:digest")


@dataclass(frozen=True)
class Snapshot:
    """The records of a registry, by IRI, and what is said of them all."""

    records: Mapping[str, frozenset[Statement]]
    about: frozenset[Statement]

    @cached_property
    def references(self) -> frozenset[tuple[str, str]]:
        """Which record has which identifier elsewhere."""
        return frozenset(
            (iri, _text(one))
            for iri, its in self.records.items()
            for one in its
            if one.predicate == REFERENCE
        )

    @property
    def digest(self) -> str:
        """What tells these records from any others; empty where nothing is held."""
        return next((_text(one) for one in self.about if one.predicate == _DIGEST), "")

    @property
    def retrieved(self) -> str:
        """The day on which they were retrieved; empty where nothing is held."""
        return next((_text(one) for one in self.about if one.predicate == RETRIEVED), "")

    def name(self, iri: str) -> str:
        """Return the name and identifier of a record."""
        its = self.records[iri]
        names = sorted(_text(one) for one in its if one.predicate == LABEL)
        ids = sorted(_text(one) for one in its if one.predicate == IDENTIFIER)
        return f"{' '.join(ids)} ({'; '.join(names)})"

    def bytes(self) -> bytes:
        """Return the whole as N-Triples."""
        return _lines([*self.about, *_all(self.records)])


def held(registry: Registry, triples: Iterable[Statement]) -> Snapshot:
    """Return the snapshot that a graph holds; an empty one for an empty graph."""
    records: dict[str, set[Statement]] = defaultdict(set)
    for triple in triples:
        if isinstance(triple.subject, NamedNode):
            records[triple.subject.value].add(triple)
    about = records.pop(registry.graph, set())
    return Snapshot({iri: frozenset(its) for iri, its in records.items()}, frozenset(about))


def made(
    registry: Registry, entries: Iterable[Entry], words: Words, retrieved: str, source: str
) -> tuple[Snapshot, tuple[Broken, ...]]:
    """Return the snapshot of entries that were retrieved on a day, and those that it cannot hold.

    `source` is the address that they came from.
    """
    records: dict[str, frozenset[Statement]] = {}
    broken: list[Broken] = []
    for entry in entries:
        node = _node(registry, entry)
        if node is None:
            wrong = f'this is no identifier of the registry: it begins with "{registry.prefix}:".'
            broken.append(Broken(entry.id, "id", wrong))
        else:
            plain = plainly.statements(node, entry, registry.kind, words)
            records[node.value] = frozenset((*_record(node, entry), *plain))
    about = frozenset(_about(registry, records, retrieved, source))
    return Snapshot(records, about), tuple(broken)


def _node(registry: Registry, entry: Entry) -> NamedNode | None:
    prefix, _, local = entry.id.partition(":")
    if entry.id.startswith(("http://", "https://")):
        return _address(entry.id)
    return _address(identifiers.iri(entry.id)) if prefix == registry.prefix and local else None


def _record(node: NamedNode, entry: Entry) -> Iterator[Statement]:
    yield Statement(node, TYPE, term("fp:RegistryRecord"))
    for property_, texts in (
        (IDENTIFIER, (entry.id,)),
        (LABEL, (entry.name,)),
        (term("skos:altLabel"), entry.alt_names),
        (term("dct:description"), (entry.description,)),
        (REFERENCE, (one for one in entry.identifiers if one != entry.id)),
        (term("dct:type"), (entry.kind,)),
        (term("fp:registryStatus"), (entry.status,)),
        (term("dct:accessRights"), entry.access),
        (term("dct:subject"), entry.subjects),
    ):
        yield from (Statement(node, property_, Literal(text)) for text in texts if text)
    for country in entry.countries:
        code = countries.code(country)
        place = term("fp:country") if code else term("schema:addressCountry")
        yield Statement(node, place, Literal(code or country))
    if page := _address(entry.homepage):
        yield Statement(node, term("schema:url"), page)
    if modified := day(entry.modified):
        yield Statement(node, term("dct:modified"), Literal(modified, datatype=DATE))


def _about(
    registry: Registry, records: Mapping[str, frozenset[Statement]], retrieved: str, source: str
) -> Iterator[Statement]:
    node = NamedNode(registry.graph)
    always: list[tuple[str, Term]] = [
        ("rdf:type", name("dcat:Dataset")),
        ("dct:title", english(registry.title)),
        (
            "dct:description",
            english(
                f"Snapshot: the records of {registry.title} in its own words, and what these "
                "plainly say in the terms of Fingerpost. Contacts are left out."
            ),
        ),
        ("dct:license", NamedNode(registry.licence)),
        ("dct:rightsHolder", Literal(registry.holder)),
        ("dct:rights", english(registry.attribution)),
        ("dcat:landingPage", NamedNode(registry.homepage)),
    ]
    references = sum(one.predicate == REFERENCE for one in _all(records))
    fixed = list(map(statement, say(node, *always)))
    now: list[tuple[str, Term]] = [
        ("fp:retrievedOn", Literal(retrieved, datatype=DATE)),
        ("dct:source", _address(source) or Literal(source)),
        ("fp:digest", Literal(hashlib.sha256(_lines([*fixed, *_all(records)])).hexdigest())),
        ("void:entities", number(str(len(records)))),
        ("fp:crossReferences", number(str(references))),
    ]
    size = len(fixed) + len(now) + 1 + sum(map(len, records.values()))
    yield from fixed
    yield from map(statement, say(node, *now, ("void:triples", number(str(size)))))


def _all(records: Mapping[str, frozenset[Statement]]) -> Iterator[Statement]:
    return (one for its in records.values() for one in its)


def _lines(triples: Iterable[Statement]) -> bytes:
    return "".join(sorted(f"{triple} .\n" for triple in triples)).encode()


def _address(text: str) -> NamedNode | None:
    """Return an address on the web as an IRI; None where it is none."""
    try:
        parts = urlsplit(text)
        return NamedNode(text) if parts.scheme in {"http", "https"} and parts.hostname else None
    except ValueError:
        return None


def _text(triple: Statement) -> str:
    return triple.object.value if isinstance(triple.object, Literal | NamedNode) else ""
