"""The names of resources, found by their words, and the words that few resources have.

A name stands by one of its words alone, the one that the fewest names have: what all the words of
a name must be in is found by that word, and there are few to look at.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from fingerpost.engine import Engine, rows
from fingerpost.graph.vocabulary import term
from fingerpost.index.kept import Index, Value
from fingerpost.index.spelling import forms, spoken
from fingerpost.index.things import Things

TABLES = """
CREATE TABLE named (
  word TEXT, thing INTEGER, parts TEXT, PRIMARY KEY (word, thing, parts)
) WITHOUT ROWID;
CREATE TABLE rare (word TEXT PRIMARY KEY) WITHOUT ROWID;
"""
NAMES = ("skos:prefLabel", "skos:altLabel", "fp:formerName")
"""The properties that name a resource."""

_GENERIC = frozenset(
    "the of for and in a an data database portal repository archive service tool platform unit "
    "facility standard format registry resource centre center network".split()
)
"""Words of names that people leave out."""
_SHORTEST = 3
_FEW = 6
"""Resources that may have a word for it to be rare."""
# One pattern a query: joined, they take minutes where a large graph is on disk.
_RESOURCES = f"SELECT ?resource WHERE {{ ?resource a {term('fp:Resource')} }}"
_ACTIVE = f"SELECT ?resource WHERE {{ ?resource {term('fp:status')} {term('status:active')} }}"
_RESOURCE, _IN_USE = term("fp:Resource").value, term("status:active").value
_NAMES = "SELECT thing, text FROM text WHERE naming IN ('prefLabel', 'altLabel', 'formerName')"
_TEXTS = "SELECT thing, text FROM text ORDER BY thing"


def resources(engine: Engine) -> tuple[frozenset[str], frozenset[str]]:
    """Return the IRIs of all resources, and of those that are active."""
    every, active = (
        frozenset(row["resource"] for row in rows.each(engine, text))
        for text in (_RESOURCES, _ACTIVE)
    )
    return every, every & active


def telling(name: str) -> frozenset[str]:
    """Return the words by which a name is known, if any of them tells enough."""
    words = forms(name) - _GENERIC
    told = len(words) > 1 or any(len(word) >= _SHORTEST for word in words)
    return words if told else frozenset()


def few(resources: int) -> bool:
    """Say whether a word is rare that so many active resources have."""
    return 0 < resources <= _FEW


def fill(writing: sqlite3.Connection, things: Things) -> None:
    """Write the names and the rare words; `texts` has written what they are read from."""
    every, active = _resources(things)
    writing.executemany("INSERT OR IGNORE INTO named VALUES (?, ?, ?)", _named(writing, every))
    writing.executemany("INSERT INTO rare VALUES (?)", _rare(writing, active))


def _resources(things: Things) -> tuple[bytearray, bytearray]:
    """Return by their numbers which things are resources, and which of these are active."""
    every, active = bytearray(1), bytearray(1)
    for some in things.batches(("rdf:type", "fp:status")):
        for one in some:
            every.append(_RESOURCE in one.of("rdf:type"))
            active.append(every[one.id] and _IN_USE in one.of("fp:status"))
    return every, active


def _named(writing: sqlite3.Connection, resources: bytearray) -> Iterator[tuple[str, int, str]]:
    """Yield each name of each resource: by which word it stands, and all its words."""
    times: Counter[str] = Counter()
    for _, words in _told(writing, resources):
        times.update(words)
    for thing, words in _told(writing, resources):
        if words:
            rarest = min(words, key=lambda word: (times[word], word))
            yield rarest, thing, " ".join(sorted(words))


def _told(
    writing: sqlite3.Connection, resources: bytearray
) -> Iterator[tuple[int, frozenset[str]]]:
    """Yield the telling words of each name of each resource."""
    for thing, text in writing.execute(_NAMES):
        if resources[thing]:
            yield thing, telling(text)


def _rare(writing: sqlite3.Connection, active: bytearray) -> Iterator[tuple[str]]:
    times: Counter[str] = Counter()
    for thing, texts in groupby(writing.execute(_TEXTS), lambda row: row[0]):
        if active[thing]:
            times.update(frozenset().union(*(spoken(text) for _, text in texts)))
    yield from ((word,) for word, resources in times.items() if few(resources))


def within(index: Index, words: Iterable[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield IRI and words of each name that has all its words among some, and perhaps of others."""
    asked: list[Value] = [*words]
    sql = "SELECT iri, parts FROM named JOIN thing ON id = thing WHERE word IN ({})"
    for iri, parts in index.select(sql.format(", ".join("?" * len(asked))), *asked):
        yield str(iri), frozenset(str(parts).split())


def rare(index: Index, words: Iterable[str]) -> frozenset[str]:
    """Return those of some words that some active resources have, and only a few."""
    asked: list[Value] = [*words]
    sql = "SELECT word FROM rare WHERE word IN ({})"
    found = index.select(sql.format(", ".join("?" * len(asked))), *asked)
    return frozenset(str(word) for (word,) in found)
