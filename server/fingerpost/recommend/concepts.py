"""Free text → concept, through the labels and synonyms of the graph, misspellings forgiven."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from rapidfuzz import fuzz, process

from fingerpost.engine import Engine, rows
from fingerpost.errors import AmbiguousConcept, UnknownConcept
from fingerpost.graph.vocabulary import IDS, PREFIXES, curie
from fingerpost.recommend.concept import Concept
from fingerpost.recommend.labels import Labels, Match, longest
from fingerpost.recommend.naming import Names, Read
from fingerpost.recommend.words import EMPTY, Word, stems, words

__all__ = ["Concept", "Concepts", "load", "normal"]

_CERTAIN = 86.0
"""The score, of 100, from which a misspelt label counts as meant."""
_SPELT = 5
"""Letters of a word from which another spelling of it may be meant."""
_CLEAR = 4.0
"""By how much the best must beat the next, or the text is ambiguous."""
_WORTH_SHOWING = 60.0
_MOST_OF_IT = 0.6
"""The share of the words from which a label inside a text is what the text means."""
_READ = 200
"""Characters of a text that a name is looked for in."""
_LABELS_KNOWN = 50_000
"""Labels of which it is remembered how they are compared: most are those of each generation."""
_NO_HINT = "Its data types are listed by `explore/data-types`."

_LABELS = """
PREFIX fp: <https://w3id.org/fingerpost/ontology#>
PREFIX scheme: <https://w3id.org/fingerpost/id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?concept ?class ?name ?label ?personal
WHERE {
  {
    # By itself, or in a large graph the labels of everything are read.
    SELECT DISTINCT ?concept ?class
    WHERE {
      {
        VALUES ?class { fp:DataType fp:Technique fp:Phase fp:Condition fp:Organization }
        ?concept a ?class .
      }
      UNION
      {
        BIND (scheme:audience AS ?class)
        ?concept skos:inScheme ?class .
      }
    }
  }
  ?concept skos:prefLabel ?name .
  FILTER (LANG(?name) = "en")
  { ?concept skos:prefLabel ?label } UNION { ?concept skos:altLabel ?label }
  OPTIONAL { ?concept fp:personalByNature ?personal }
}
ORDER BY ?concept ?label
"""
_ANCESTORS = """
PREFIX fp: <https://w3id.org/fingerpost/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?concept ?above
WHERE { ?concept a fp:DataType ; skos:broader+ ?above . }
"""


@dataclass(frozen=True)
class Concepts:
    """Every concept that text may mean, the labels that it goes by, and what is above it."""

    by_iri: Mapping[str, Concept]
    by_label: Mapping[str, tuple[Concept, ...]]
    above: Mapping[str, frozenset[str]] = field(default_factory=dict)
    names: Callable[[], Names] = field(default=Read, compare=False)
    """What gives the names of resources, once they are wanted: there may be very many."""

    @cached_property
    def labels(self) -> Labels:
        """The labels, as they are found in a text."""
        return Labels(self.by_label)

    def lineage(self, concept: Concept) -> frozenset[str]:
        """Return the IRIs of a type of data and of all that are above it."""
        return self.above.get(concept.iri, frozenset()) | {concept.iri}

    def find(self, text: str, classes: Iterable[str]) -> Concept:
        """Return the concept, of one of `classes`, that `text` means.

        `text` is an IRI, a prefixed name, a slug, a label, a label with words around it, or
        a label misspelt. Of `classes`, the earlier goes first where a label means several.

        Raises:
            AmbiguousConcept: several are meant equally well.
            UnknownConcept: none is; the message suggests the nearest.
        """
        wanted = tuple(classes)
        named = self._named(text, wanted)
        if named:
            return named
        plain = normal(text)
        candidates = (
            self._exact(plain, wanted)
            or self._labelled(text, wanted, 1)
            or self._labelled(text, wanted, _MOST_OF_IT)
            or self._alike(plain, wanted)
            or self._labelled(text, wanted, 0)
        )
        if not candidates:
            raise UnknownConcept(self._unknown(text, plain, wanted))
        return _only(text, self._widest(candidates), wanted)

    def _labelled(self, text: str, wanted: tuple[str, ...], share: float) -> list[Concept]:
        """Return what the longest label means that has that share of the words that tell.

        Of two that are as long the last is meant, as in "sequence variants", but for those
        with a word such as "of" between them.
        """
        typed = self.labels.corrected(words(text[:_READ]), frozenset())
        found = longest(self._of(self.labels.matches(typed), wanted))
        if not found:
            return []
        last = not any(word.filler for word in typed.words)
        best = max(found, key=lambda one: (one.length, one.span.start if last else 0))
        telling = [at for at, word in enumerate(typed.words) if _tells(word)]
        covered = [at for at in telling if at in best.span]
        return list(best.concepts) if len(covered) >= share * len(telling) else []

    def _widest(self, candidates: list[Concept]) -> list[Concept]:
        """Return the candidate that all the others are kinds of; without one, all."""
        for one in candidates:
            others = [other for other in candidates if other != one]
            if all(one.iri in self.above.get(other.iri, frozenset()) for other in others):
                return [one]
        return candidates

    def _of(self, matches: Iterable[Match], wanted: tuple[str, ...]) -> list[Match]:
        """Return the matches that mean something of the wanted classes."""
        kept = ((one, [each for each in one.concepts if each.class_ in wanted]) for one in matches)
        return [replace(one, concepts=tuple(concepts)) for one, concepts in kept if concepts]

    def _named(self, text: str, wanted: tuple[str, ...]) -> Concept | None:
        prefix, colon, local = text.partition(":")
        iri = PREFIXES[prefix] + local if colon and prefix in PREFIXES else text
        kinds = [f"{IDS}{_kind(class_)}/{text}" for class_ in wanted]
        for candidate in (iri, *kinds):
            found = self.by_iri.get(candidate)
            if found and found.class_ in wanted:
                return found
        return None

    def _exact(self, words: str, wanted: tuple[str, ...]) -> list[Concept]:
        return [one for one in self.by_label.get(words, ()) if one.class_ in wanted]

    def _alike(self, words: str, wanted: tuple[str, ...]) -> list[Concept]:
        """Return what the labels mean that are spelt most like the words; none like "IMC"."""
        if not any(len(word) >= _SPELT and word not in EMPTY for word in words.split()):
            return []
        scored = process.extract(words, self._labels(wanted), scorer=fuzz.token_sort_ratio, limit=8)
        best = max((score for _, score, _ in scored), default=0.0)
        if best < _CERTAIN:
            return []
        near = [label for label, score, _ in scored if score > best - _CLEAR]
        return [one for label in near for one in self._exact(label, wanted)]

    def _labels(self, wanted: tuple[str, ...]) -> list[str]:
        return [label for label in self.by_label if self._exact(label, wanted)]

    def _unknown(self, text: str, words: str, wanted: tuple[str, ...]) -> str:
        """Return a sentence that suggests the concepts whose labels are nearest."""
        scored = process.extract(words, self._labels(wanted), scorer=fuzz.WRatio, limit=8)
        near = [label for label, score, _ in scored if score >= _WORTH_SHOWING]
        names = list(
            dict.fromkeys(one.name for label in near for one in self._exact(label, wanted))
        )[:5]
        listed = _NO_HINT if "fp:DataType" in wanted else ""
        hint = f"Did you mean: {', '.join(names)}?" if names else listed
        return f'No {_called(wanted)} is called "{text}". {hint}'.rstrip()


def load(engine: Engine, names: Callable[[], Names]) -> Concepts:
    """Return the concepts of the graph that `engine` answers from, and the `names` of resources."""
    by_iri: dict[str, Concept] = {}
    by_label: dict[str, dict[str, Concept]] = defaultdict(dict)
    for row in rows.soon(engine, _LABELS):
        concept = Concept(
            iri=row["concept"],
            class_=curie(row["class"]),
            name=row["name"],
            personal=row.get("personal") == "true",
        )
        by_iri[concept.iri] = concept
        for label in {_normal_label(row["label"]), _normal_label(row["name"])}:
            by_label[label][concept.iri] = concept
    above: dict[str, set[str]] = defaultdict(set)
    for row in rows.soon(engine, _ANCESTORS):
        above[row["concept"]].add(row["above"])
    return Concepts(
        by_iri,
        {label: tuple(found.values()) for label, found in by_label.items()},
        {concept: frozenset(iris) for concept, iris in above.items()},
        names,
    )


def normal(text: str) -> str:
    """Return `text` as labels are compared: no case, accents, hyphens, plurals or fillers."""
    return " ".join(stems(text))


# Of labels alone: what visitors write would stay in memory as well.
_normal_label = lru_cache(_LABELS_KNOWN)(normal)


def _tells(word: Word) -> bool:
    return not word.filler and not EMPTY.issuperset(word.stems)


def _kind(class_: str) -> str:
    return "data-type" if class_ == "fp:DataType" else class_.partition(":")[2].lower()


def _called(wanted: tuple[str, ...]) -> str:
    return " or ".join(_kind(class_).replace("-", " ") for class_ in wanted)


def _only(text: str, candidates: list[Concept], wanted: tuple[str, ...]) -> Concept:
    """Return the one concept of the earliest class that has any."""
    for class_ in wanted:
        found = list(dict.fromkeys(one for one in candidates if one.class_ == class_))
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousConcept(text, [f"{one.name} ({one.slug})" for one in found])
    raise TypeError("candidates are of the wanted classes")
