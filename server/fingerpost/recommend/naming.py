"""Resources that a question names: by all the words of one of their names that tell something."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from fingerpost.engine import Engine, rows
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
_NAMES = """
PREFIX fp: <https://w3id.org/fingerpost/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?resource ?name
WHERE {
  VALUES ?naming { skos:prefLabel skos:altLabel fp:formerName }
  ?resource a fp:Resource ; ?naming ?name .
}
ORDER BY ?resource ?name
"""
_TEXTS = """
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX fp: <https://w3id.org/fingerpost/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX status: <https://w3id.org/fingerpost/id/status/>
SELECT ?resource ?text
WHERE {
  VALUES ?naming { skos:prefLabel skos:altLabel fp:formerName dct:description }
  ?resource a fp:Resource ; fp:status status:active ; ?naming ?text .
}
ORDER BY ?resource ?text
"""
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
    for row in rows.select(engine, _NAMES):
        parts = frozenset(_stems(row["name"]) - _GENERIC)
        if len(parts) > 1 or any(len(word) >= _SHORTEST for word in parts):
            for word in parts:
                found[word].add((row["resource"], parts))
    return Names({word: frozenset(names) for word, names in found.items()}, _speakers(engine))


def singular(word: str) -> str:
    """Return a plain word without the ending of a plural, in the spelling that it has."""
    return word[:-1] if len(word) > _LONG and _PLURAL.search(word) else word


def _speakers(engine: Engine) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows.select(engine, _TEXTS):
        for word in set(_WORD.findall(row["text"].lower())):
            found[singular(word)].add(row["resource"])
    return {word: frozenset(resources) for word, resources in found.items()}


def _stems(text: str) -> set[str]:
    found = words(_JOINS.sub(" ", text)).words
    return {form for word in found for form in (word.plain, stem(word.plain))}
