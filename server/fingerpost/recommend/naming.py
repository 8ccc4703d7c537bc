"""Resources that a question names: by all the words of one of their names that tell something."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from fingerpost.engine import Engine, rows
from fingerpost.graph.vocabulary import term
from fingerpost.recommend.words import stem, words

_GENERIC = frozenset(
    "the of for and in a an data database portal repository archive service tool platform unit "
    "facility standard format registry resource centre center network".split()
)
"""Words of names that people leave out."""
_SHORTEST = 3
_LONG = 4
_PLURAL = re.compile(r"[^siu]s$")
_WORD = re.compile(r"[a-z0-9]+")
_JOINS = re.compile(r"[-‐‑/]")
_NAMES = ("skos:prefLabel", "skos:altLabel", "fp:formerName")
_DESCRIPTION = "dct:description"
# One pattern a query: joined, they take minutes where a large graph is on disk.
_RESOURCES = f"SELECT ?resource WHERE {{ ?resource a {term('fp:Resource')} }}"
_ACTIVE = f"SELECT ?resource WHERE {{ ?resource {term('fp:status')} {term('status:active')} }}"
_TEXTS = "SELECT ?resource ?text WHERE {{ ?resource {property_} ?text }}"
_FEW = 6
"""Resources that may have a word for it to be rare."""


@dataclass(frozen=True)
class Names:
    """The names of resources by their words: word → names that hold it, each with all its words.

    `speakers` are the resources that have a word, in the singular, in a name or description.
    """

    by_word: Mapping[str, frozenset[tuple[str, frozenset[str]]]]
    speakers: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def rare(self, telling: Iterable[str]) -> tuple[str, ...]:
        """Return those of some words that some resources have, and only a few."""
        return tuple(one for one in telling if 0 < len(self.speakers.get(one, ())) <= _FEW)

    def found(self, text: str, known: frozenset[str]) -> tuple[str, ...]:
        """Return the IRIs of the resources that `text` names.

        A name of one word counts as it is written there, and not if it is of `known`, the
        words that stand for something else.
        """
        stems = _stems(text)
        met: set[str] = set()
        for word in stems:
            for iri, parts in self.by_word.get(word, ()):
                if parts <= stems and (len(parts) > 1 or word not in known):
                    met.add(iri)
        return tuple(sorted(met))


def load(engine: Engine) -> Names:
    """Return the names in the graph that `engine` answers from."""
    found: dict[str, set[tuple[str, frozenset[str]]]] = defaultdict(set)
    speakers: dict[str, set[str]] = defaultdict(set)
    resources = {row["resource"] for row in rows.select(engine, _RESOURCES)}
    active = resources & {row["resource"] for row in rows.select(engine, _ACTIVE)}
    for property_ in (*_NAMES, _DESCRIPTION):
        for row in rows.select(engine, _TEXTS.format(property_=term(property_))):
            iri, text = row["resource"], row["text"]
            if property_ in _NAMES and iri in resources:
                parts = _parts(text)
                for word in parts:
                    found[word].add((iri, parts))
            if iri in active:
                for word in set(_WORD.findall(text.lower())):
                    speakers[singular(word)].add(iri)
    return Names(
        {word: frozenset(names) for word, names in found.items()},
        {word: frozenset(iris) for word, iris in speakers.items()},
    )


def singular(word: str) -> str:
    """Return a plain word without the ending of a plural, in the spelling that it has."""
    return word[:-1] if len(word) > _LONG and _PLURAL.search(word) else word


def _parts(name: str) -> frozenset[str]:
    """Return the words of a name by which it is known, if any of them tells enough."""
    parts = frozenset(_stems(name) - _GENERIC)
    told = len(parts) > 1 or any(len(word) >= _SHORTEST for word in parts)
    return parts if told else frozenset()


def _stems(text: str) -> set[str]:
    found = words(_JOINS.sub(" ", text)).words
    return {form for word in found for form in (word.plain, stem(word.plain))}
