"""Data types and techniques in the words of a question."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fingerpost.graph.vocabulary import IDS
from fingerpost.recommend.common import KNOWN
from fingerpost.recommend.concept import Concept
from fingerpost.recommend.concepts import Concepts
from fingerpost.recommend.finding import Scan
from fingerpost.recommend.labels import Match, longest
from fingerpost.recommend.phases import WANTED
from fingerpost.recommend.words import words

_CLASSES = ("fp:DataType", "fp:Technique")
_ACRONYMS = frozenset(
    "pet if palm storm spa smiles comet cage opal gems sim star hi chip sem stem spim cite dip "
    "maps met mass prism wes is it mix fish cars time who sift rad cat act ecog".split()
)
"""Acronyms that are words too: meant where they stand in capitals."""
_VERBS = frozenset("sequence image model map profile screen sample stain scan".split())
"""Words that are labels, or what one does to get such data."""
_BESIDE = frozenset({"related-non-image-data"})
"""What a technique makes beside what one takes to it."""
_ORIGINS = frozenset("plant plants marine microbial crop crops".split())
"""Labels that say where data come from, where others say what they are."""
_WEAK = ("any-data", "raw-data", "essential-data", "sensitive-human-data", "metadata")
"""Data types that tell nothing where another one is named."""
_LONG = 5
"""Letters from which a common word that is a label is meant as one."""
_SAMPLES = "biological-samples"


@dataclass(frozen=True)
class Subjects:
    """What the question is about, what it is not about, and the words that say so.

    `also` are the techniques that go by the same words as data.
    """

    data: Mapping[Concept, range]
    technique: Mapping[Concept, range]
    also: Mapping[Concept, range]
    excluded: Mapping[Concept, range]
    used: frozenset[int]
    claimed: frozenset[int]


def subjects(
    scan: Scan, concepts: Concepts, yields: Mapping[str, str], taken: frozenset[int]
) -> Subjects:
    """Return the subjects in the words that are not taken; the longest labels go first."""
    found = longest(_candidates(scan, concepts, taken))
    data: dict[Concept, range] = {}
    technique: dict[Concept, range] = {}
    excluded: dict[Concept, range] = {}
    for match in found:
        concept = _first(match)
        if len(found) > 1 and _is_origin(scan, match):
            continue
        if scan.denied(match.span.start):
            if concept.class_ == "fp:DataType":
                excluded.setdefault(concept, match.span)
        elif concept.class_ == "fp:DataType":
            data.setdefault(concept, match.span)
        else:
            technique.setdefault(concept, match.span)
    for concept, span in () if data else technique.items():
        for made in _made(concept, concepts, yields) or _named(concept, concepts):
            data.setdefault(made, span)
    kept = {one: span for one, span in data.items() if _tells(one, data, concepts)}
    return Subjects(
        data=kept,
        technique=technique,
        also={
            each: match.span
            for match in found
            for each in match.concepts
            if each.class_ != _CLASSES[0] and _first(match) in kept
        },
        excluded={one: span for one, span in excluded.items() if one.slug not in _WEAK},
        used=frozenset(at for match in found for at in match.span),
        claimed=frozenset(
            at
            for match in found
            if match.whole and match.length > 1 and _first(match).class_ == "fp:DataType"
            for at in match.span
        ),
    )


def _candidates(scan: Scan, concepts: Concepts, taken: frozenset[int]) -> list[Match]:
    found = []
    for match in concepts.labels.matches(scan.words):
        meant = tuple(one for one in match.concepts if one.class_ in _CLASSES)
        if meant and taken.isdisjoint(match.span) and _is_meant(scan, match):
            found.append(replace(match, concepts=meant))
    return found


def _is_meant(scan: Scan, match: Match) -> bool:
    """Return whether a label of one word is meant as one: not a verb, not a common word."""
    if match.length > 1:
        return True
    word = scan.words.words[match.span.start]
    if word.plain in _ACRONYMS or (word.plain in KNOWN and len(word.plain) < _LONG):
        return any(letter.isupper() for letter in word.typed[1:])
    if word.plain in _VERBS and WANTED.fullmatch(scan.before(match.span.start)):
        return word.plain not in word.stems
    return match.whole or word.plain not in KNOWN


def _is_origin(scan: Scan, match: Match) -> bool:
    """Return whether a label tells only where data are from, as in "spectra of plants"."""
    every = (scan.words.words[at] for at in match.span)
    return all(word.filler or word.plain in _ORIGINS or word.plain == "data" for word in every)


def _first(match: Match) -> Concept:
    """Return what a match means: data rather than a technique."""
    return min(match.concepts, key=lambda one: one.class_ != _CLASSES[0])


def _made(technique: Concept, concepts: Concepts, yields: Mapping[str, str]) -> list[Concept]:
    """Return the data that a technique makes, where they are of one type."""
    only = concepts.by_iri.get(yields.get(technique.iri, ""))
    return [only] if only and only.slug not in _BESIDE else []


def _named(technique: Concept, concepts: Concepts) -> list[Concept]:
    """Return the data that the name of a technique speaks of, as "image analysis" does."""
    inside = longest(
        one
        for one in concepts.labels.matches(words(technique.name))
        if _first(one).class_ == _CLASSES[0]
    )
    return [_first(one) for one in inside]


def _tells(one: Concept, named: Mapping[Concept, range], concepts: Concepts) -> bool:
    """Return whether a data type adds to the others: none of them is a kind of it."""
    others = [other for other in named if other != one]
    sample = f"{IDS}data-type/{_SAMPLES}"
    of_samples = one.iri == sample or sample in concepts.above.get(one.iri, frozenset())
    apart = [
        other
        for other in others
        if other.slug not in _WEAK
        and other.iri != sample
        and sample not in concepts.above.get(other.iri, frozenset())
    ]
    if of_samples and apart:
        return False
    if one.slug in _BESIDE and len(named[one]) == 1 and others:
        return False
    if one.slug in _WEAK:
        weaker = _WEAK[: _WEAK.index(one.slug) + 1]
        return not any(other.slug not in weaker for other in others)
    return not any(one.iri in concepts.above.get(other.iri, frozenset()) for other in others)
