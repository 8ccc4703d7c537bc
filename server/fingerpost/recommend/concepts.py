"""Free text → concept, through the labels and synonyms of the graph, misspellings forgiven."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from fingerpost.engine import Engine, rows
from fingerpost.errors import AmbiguousConcept, UnknownConcept
from fingerpost.graph.vocabulary import IDS, PREFIXES, curie

_CERTAIN = 86.0
"""The score, of 100, from which a misspelt label counts as meant."""
_CLEAR = 4.0
"""By how much the best must beat the next, or the text is ambiguous."""
_WORTH_SHOWING = 60.0
_MOST_OF_IT = 0.6
"""The share of the words from which a label inside a text is what the text means."""
_NO_HINT = "Its data types are listed by `explore/data-types`."

_LABELS = """
PREFIX fp: <https://w3id.org/fingerpost/ontology#>
PREFIX scheme: <https://w3id.org/fingerpost/id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?concept ?class ?name ?label ?personal
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
  VALUES ?naming { skos:prefLabel skos:altLabel }
  ?concept skos:prefLabel ?name ; ?naming ?label .
  OPTIONAL { ?concept fp:personalByNature ?personal }
  FILTER (LANG(?name) = "en")
}
ORDER BY ?concept ?label
"""
_SPELLINGS = (
    (re.compile(r"colour"), "color"),
    (re.compile(r"isation\b"), "ization"),
    (re.compile(r"ise(d?)\b"), r"ize\1"),
    (re.compile(r"yse(d?)\b"), r"yze\1"),
    (re.compile(r"aemi"), "emi"),
    (re.compile(r"tumour"), "tumor"),
)
_FILLERS = frozenset("a an and from for in my of our some the with".split())
_EMPTY = frozenset("data dataset set file sample result".split())
"""Words that people add to the name of what they have, and that tell nothing."""
_PLURAL = re.compile(r"(?<=[a-z]{3})(?<!s)s$")


@dataclass(frozen=True)
class Concept:
    """What a question may name: IRI, class (or scheme) as a prefixed name, preferred name.

    It is a data type, technique, phase, condition, audience or organization.

    `personal` says that such data are personal data as a rule.
    """

    iri: str
    class_: str
    name: str
    personal: bool = False

    @property
    def slug(self) -> str:
        """The last part of the IRI."""
        return self.iri.rpartition("/")[2]


@dataclass(frozen=True)
class Concepts:
    """Every concept that text may mean, and the labels that it goes by."""

    by_iri: Mapping[str, Concept]
    by_label: Mapping[str, tuple[Concept, ...]]

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
        words = normal(text)
        bare = " ".join(word for word in words.split() if word not in _EMPTY)
        candidates = self._exact(words, wanted) or self._exact(bare, wanted)
        if not candidates:
            candidates = self._within(words, wanted, _MOST_OF_IT)
        if not candidates:
            candidates = self._alike(words, wanted) or self._within(words, wanted, 0)
        if not candidates:
            raise UnknownConcept(self._unknown(text, words, wanted))
        return _only(text, candidates, wanted)

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

    def _within(self, words: str, wanted: tuple[str, ...], share: float) -> list[Concept]:
        """Return what the longest label means that is at least that share of the words."""
        parts = words.split()
        for length in range(len(parts) - 1, 0, -1):
            if length < share * len(parts):
                break
            runs = (" ".join(parts[i : i + length]) for i in range(len(parts) - length + 1))
            found = [one for run in runs if len(run) > 2 for one in self._exact(run, wanted)]
            if found:
                return found
        return []

    def _alike(self, words: str, wanted: tuple[str, ...]) -> list[Concept]:
        """Return what the labels mean that are spelt most like the words."""
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


def load(engine: Engine) -> Concepts:
    """Return the concepts of the graph that `engine` answers from."""
    by_iri: dict[str, Concept] = {}
    by_label: dict[str, dict[str, Concept]] = defaultdict(dict)
    for row in rows.select(engine, _LABELS):
        concept = Concept(
            iri=row["concept"],
            class_=curie(row["class"]),
            name=row["name"],
            personal=row.get("personal") == "true",
        )
        by_iri[concept.iri] = concept
        for label in {normal(row["label"]), normal(row["name"])}:
            by_label[label][concept.iri] = concept
    return Concepts(by_iri, {label: tuple(found.values()) for label, found in by_label.items()})


def normal(text: str) -> str:
    """Return `text` as labels are compared: no case, accents, hyphens, plurals or fillers."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    for pattern, spelling in _SPELLINGS:
        plain = pattern.sub(spelling, plain)
    words = re.findall(r"[^\W_]+", plain)
    return " ".join(_PLURAL.sub("", word) for word in words if word not in _FILLERS)


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
