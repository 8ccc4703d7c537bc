"""Where the person who asks is, and for whom that person works."""

from collections.abc import Iterator

from fingerpost.graph.vocabulary import IDS
from fingerpost.recommend import circumstances, places
from fingerpost.recommend.concepts import Concepts
from fingerpost.recommend.finding import Finding, Scan


def countries(scan: Scan) -> Iterator[Finding]:
    """Yield the countries named, by name or adjective, or by a city after "in" or "at"."""
    every = scan.words.words
    for start in range(len(every)):
        for end in range(min(start + 4, len(every)), start, -1):
            name = " ".join(word.plain for word in every[start:end])
            code = places.country_of(name)
            if code and _is_place(scan, name, start):
                yield Finding("country", code, range(start, end))
                break


def _is_place(scan: Scan, name: str, start: int) -> bool:
    if scan.denied(start):
        return False
    typed = scan.words.words[start].typed
    if name in places.SHORT:
        return typed.isupper()
    located = scan.before(start) in places.BEFORE
    return located or not places.is_ambiguous(name) or (typed[:1].isupper() and start > 0)


def affiliations(scan: Scan, concepts: Concepts) -> Iterator[Finding]:
    """Yield where the person works: an organization after "at" or "from", or a kind of employer."""
    for match in concepts.labels.matches(scan.words):
        first = scan.words.words[match.span.start]
        before = [scan.before(match.span.start), scan.before(max(match.span.start - 1, 0))]
        short = len(first.plain) <= 3 and match.length == 1
        for concept in match.concepts:
            named = concept.class_ == "fp:Organization" and places.EMPLOYED & set(before)
            if named and (first.typed.isupper() or not short):
                yield Finding("affiliation", concept.iri, match.span)
    said = [one for one in scan.found("affiliation", circumstances.AFFILIATIONS) if not one.denied]
    for one in sorted(said, key=lambda one: -one.weight):
        yield Finding("affiliation", f"{IDS}audience/{one.value}", one.span)
