"""Resources that a question names: by all the words of one of their names that tell something."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from fingerpost.engine import Engine, rows
from fingerpost.recommend.words import stem, words

_GENERIC = frozenset(
    "the of for and in a an data database portal repository archive service tool platform unit "
    "facility standard format registry resource centre center network".split()
)
"""Words of names that people leave out."""
_SHORTEST = 3
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


@dataclass(frozen=True)
class Names:
    """The names of resources by their words: word → names that hold it, each with all its words."""

    by_word: Mapping[str, frozenset[tuple[str, frozenset[str]]]]

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
    return Names({word: frozenset(names) for word, names in found.items()})


def _stems(text: str) -> set[str]:
    found = words(_JOINS.sub(" ", text)).words
    return {form for word in found for form in (word.plain, stem(word.plain))}
