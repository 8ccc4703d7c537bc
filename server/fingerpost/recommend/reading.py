"""A whole question in plain words → the parts of a question, and the words that said so."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fingerpost.errors import BadParameter
from fingerpost.graph.vocabulary import IDS
from fingerpost.recommend import amounts, circumstances, kinds, phases, verbs, wanted, whereabouts
from fingerpost.recommend.common import KNOWN
from fingerpost.recommend.concept import Concept
from fingerpost.recommend.concepts import Concepts
from fingerpost.recommend.cues import SKIPPED
from fingerpost.recommend.finding import Finding, Scan
from fingerpost.recommend.subjects import Subjects, subjects
from fingerpost.recommend.words import FILLERS, Words, words
from fingerpost.suggest import nearest

LONGEST = 1_000
"""Characters that a whole question may have."""

_ANY = f"{IDS}data-type/any-data"
_YES_OR_NO = ("sensitive", "human", "clinical", "embargo")
_SHOWN = 80
_DOUBTED = (
    "You call the data anonymous. Genomes, faces and rare combinations can be traced back to "
    "people all the same: if yours can, ask again with sensitive=true."
)


@dataclass(frozen=True)
class Heard:
    """That some words of a question were taken to say something of a part of it."""

    field: str
    value: str
    words: str


@dataclass(frozen=True)
class Reading:
    """A question as read: its parts as text, the words behind each, and the words left over."""

    fields: Mapping[str, tuple[str, ...]]
    heard: tuple[Heard, ...]
    excluded: tuple[Concept, ...]
    ignored: tuple[str, ...]
    notes: tuple[str, ...]
    nothing: str = ""
    """What to say where no word is known, and no resource speaks of any of them either."""


NOTHING = Reading({}, (), (), (), ())
"""What is read where there is no question."""


def read(text: str, concepts: Concepts, yields: Mapping[str, str], today: datetime.date) -> Reading:
    """Return what a question in plain words says.

    Raises:
        BadParameter: it is too long, or nothing in it is known.
    """
    scan = Scan(_words(text, concepts))
    conditions = _conditions(scan, concepts)
    kind = wanted.every_kind(scan)
    taken = _taken(conditions, kind, scan)
    about = subjects(scan, concepts, yields, taken)
    asked = list(wanted.phase_and_kind(scan, kind, about))
    found = [
        *_subjects(about, any(one.value == "facility" for one in asked)),
        *asked,
        *_most(amounts.sizes(scan)),
        *_first(amounts.days(scan, today)),
        *_circumstances(scan),
        *_first(whereabouts.countries(scan)),
        *_first(whereabouts.affiliations(scan, concepts)),
        *conditions,
    ]
    left = _ignored(scan, found, about, taken)
    nothing = "" if found or about.used else _nothing(text, scan, concepts)
    if nothing and not any(len(word) > 2 for word in left):
        raise BadParameter(nothing)
    fields = _fields(found)
    if not fields.keys() & {"data", "technique"}:
        fields["data"] = (_ANY,)
    return Reading(
        fields=fields,
        heard=tuple(_heard(found, scan, concepts)),
        excluded=tuple(about.excluded),
        ignored=left,
        notes=(_DOUBTED,) if _anonymous(scan) is not None else (),
        nothing=nothing,
    )


def _words(text: str, concepts: Concepts) -> Words:
    return verbs.nouns(concepts.labels.corrected(words(text), KNOWN))


def _conditions(scan: Scan, concepts: Concepts) -> list[Finding]:
    """Return the conditions that hold, by the labels of the graph and by the cues."""
    named = [
        Finding("condition", one.iri, match.span)
        for match in concepts.labels.matches(scan.words)
        for one in match.concepts
        if one.class_ == "fp:Condition" and match.whole and not scan.denied(match.span.start)
    ]
    cued = [
        Finding("condition", f"{IDS}condition/{one.value}", one.span)
        for one in scan.found("condition", circumstances.CONDITIONS)
    ]
    known = [one for one in (*named, *cued) if one.value in concepts.by_iri]
    return list({one.value: one for one in known}.values())


def _taken(conditions: list[Finding], kind: list[Finding], scan: Scan) -> frozenset[int]:
    """Return the words that labels may not use: those of a condition, what is asked for."""
    denying = [one for one in conditions if scan.words.words[one.span.start].plain == "no"]
    asked = [one for one in kind if one.value in kinds.ALSO_DATA and one.weight > kinds.SURE]
    return frozenset(at for one in (*denying, *asked) for at in one.span)


def _subjects(about: Subjects, at_facility: bool) -> Iterator[Finding]:
    """Yield the data and the technique; at a facility, data made by a technique name it too."""
    for one, span in about.data.items():
        yield Finding("data", one.iri, span)
    technique = (about.also if at_facility else {}) or about.technique
    for one, span in list(technique.items())[:1]:
        yield Finding("technique", one.iri, span)


def _most(found: Iterable[Finding]) -> list[Finding]:
    return sorted(found, key=lambda one: -one.weight)[:1]


def _first(found: Iterable[Finding]) -> list[Finding]:
    return list(found)[:1]


def _circumstances(scan: Scan) -> Iterator[Finding]:
    found = scan.found("", circumstances.CIRCUMSTANCES)
    anonymous = _anonymous(scan)
    for field in _YES_OR_NO:
        said = [one for one in found if one.value == field]
        denied = [one for one in said if one.denied]
        if field == "sensitive" and anonymous is not None:
            yield Finding(field, "false", anonymous)
        elif denied:
            yield Finding(field, "false", denied[0].span)
        elif said:
            yield Finding(field, "true", said[0].span)
    yield from (Finding("cost", "free", one.span) for one in found if one.value == "free")
    yield from _stage(scan, [one for one in found if one.value in {"raw", "derived"}])


def _stage(scan: Scan, said: list[Finding]) -> Iterator[Finding]:
    """Yield the stage of the data where only one is said; "to be processed" says none."""
    meant = [
        one for one in said if not one.denied and scan.before(one.span.start) not in phases.PASSIVE
    ]
    if len({one.value for one in meant}) == 1:
        yield Finding("stage", meant[0].value, meant[0].span)


def _anonymous(scan: Scan) -> range | None:
    """Return where the data are said to be anonymous, not where they have to be made so."""
    for span in scan.spans(circumstances.ANONYMOUS):
        if scan.before(span.start) not in phases.PASSIVE and not scan.denied(span.start):
            return span
    return None


def _fields(found: list[Finding]) -> dict[str, tuple[str, ...]]:
    fields: dict[str, tuple[str, ...]] = {}
    for one in found:
        fields[one.field] = tuple(dict.fromkeys((*fields.get(one.field, ()), one.value)))
    return fields


def _heard(found: list[Finding], scan: Scan, concepts: Concepts) -> Iterator[Heard]:
    for one in dict.fromkeys(found):
        concept = concepts.by_iri.get(one.value)
        yield Heard(one.field, concept.name if concept else one.value, scan.words.typed(one.span))


def _ignored(
    scan: Scan, found: list[Finding], about: Subjects, taken: frozenset[int]
) -> tuple[str, ...]:
    """Return the words that told nothing and are not mere words of a sentence."""
    used = {at for one in found for at in one.span} | about.used | taken
    used |= {at for one in scan.found("phase", phases.PHASES) for at in one.span}
    used |= {at for one in scan.found("", circumstances.CIRCUMSTANCES) for at in one.span}
    left = [
        word.typed
        for at, word in enumerate(scan.words.words)
        if at not in used and not _is_common(word.plain)
    ]
    return tuple(dict.fromkeys(left))


def _is_common(word: str) -> bool:
    return word in KNOWN or word in FILLERS or word in SKIPPED or len(word) < 2


def _nothing(text: str, scan: Scan, concepts: Concepts) -> str:
    """Return a sentence for a question of which nothing is understood."""
    names = [one.name for one in concepts.by_iri.values() if one.class_ == "fp:DataType"]
    words_ = [word.typed for word in scan.words.words if not _is_common(word.plain)]
    near = nearest(" ".join(words_), names) if words_ else []
    shown = " ".join(text.split())[:_SHOWN]
    hint = f"Did you mean: {', '.join(near)}?" if near else "Say what data you have."
    return (
        f'Nothing in "{shown}" is known here. Looked for were data types and techniques, phases '
        f"(share, store, analyse …), kinds of resource (repository, facility …), countries, sizes, "
        f"personal data, cost. {hint}"
    )
