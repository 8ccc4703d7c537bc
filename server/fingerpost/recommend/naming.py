"""Resources that a question names: by all the words of one of their names that tell something."""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from fingerpost.engine import Engine, rows
from fingerpost.graph.vocabulary import term
from fingerpost.index import names
from fingerpost.index.kept import Index
from fingerpost.index.spelling import forms, spoken

_DESCRIPTION = "dct:description"
_TEXTS = "SELECT ?resource ?text WHERE {{ ?resource {property_} ?text }}"
_Name = tuple[str, frozenset[str]]
"""The IRI of a resource, and the words of one of its names."""


class Names(Protocol):
    """What is known of the names of resources, and of the words that they have."""

    def within(self, words: Iterable[str]) -> Iterator[_Name]:
        """Yield each name that has all its words among some, and perhaps others."""

    def rare(self, words: Iterable[str]) -> frozenset[str]:
        """Return those of some words that some active resources have, and only a few."""


def named(among: Names, text: str, known: frozenset[str]) -> tuple[str, ...]:
    """Return the IRIs of the resources that `text` names.

    A name of one word counts as it is written there, and not if it is of `known`, the words that
    stand for something else.
    """
    words = forms(text)
    return tuple(
        sorted(
            {
                iri
                for iri, parts in among.within(words)
                if parts <= words and (len(parts) > 1 or not parts <= known)
            }
        )
    )


@dataclass(frozen=True)
class Read:
    """The names that were read of a whole graph: word → names that hold it.

    `speakers` are the active resources that have a word, in the singular, in a name or description.
    """

    by_word: Mapping[str, frozenset[_Name]] = field(default_factory=dict)
    speakers: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def within(self, words: Iterable[str]) -> Iterator[_Name]:
        """See `Names`."""
        for word in words:
            yield from self.by_word.get(word, ())

    def rare(self, words: Iterable[str]) -> frozenset[str]:
        """See `Names`."""
        return frozenset(one for one in words if names.few(len(self.speakers.get(one, ()))))


@dataclass(frozen=True)
class Indexed:
    """The names that an index knows, looked up as they are asked for."""

    index: Index

    def within(self, words: Iterable[str]) -> Iterator[_Name]:
        """See `Names`."""
        return names.within(self.index, words)

    def rare(self, words: Iterable[str]) -> frozenset[str]:
        """See `Names`."""
        return names.rare(self.index, words)


class Source:
    """Where names come from: the index, once it is made, and until then a reading of the graph."""

    def __init__(self, engine: Engine, index: Callable[[], Index | None]) -> None:
        self._engine = engine
        self._index = index
        self._lock = threading.Lock()
        self._read: Read | None = None

    def __call__(self) -> Names:
        """Return the names; what was read is let go of once there is an index."""
        index = self._index()
        if index:
            self._read = None
            return Indexed(index)
        with self._lock:
            # Another thread may let go of it at any moment.
            read = self._read
            if read is None:
                read = self._read = load(self._engine)
            return read


def load(engine: Engine) -> Read:
    """Return the names in the graph that `engine` answers from."""
    found: dict[str, set[_Name]] = defaultdict(set)
    speakers: dict[str, set[str]] = defaultdict(set)
    resources, active = names.resources(engine)
    for property_ in (*names.NAMES, _DESCRIPTION):
        for row in rows.select(engine, _TEXTS.format(property_=term(property_))):
            iri, text = row["resource"], row["text"]
            if property_ in names.NAMES and iri in resources:
                parts = names.telling(text)
                for word in parts:
                    found[word].add((iri, parts))
            if iri in active:
                for word in spoken(text):
                    speakers[word].add(iri)
    return Read(
        {word: frozenset(every) for word, every in found.items()},
        {word: frozenset(iris) for word, iris in speakers.items()},
    )
