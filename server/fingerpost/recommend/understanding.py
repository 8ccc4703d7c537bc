"""The parts of a question, text that they are, understood: each concept and value checked once."""

from collections.abc import Mapping
from dataclasses import replace

from fingerpost.errors import BadParameter
from fingerpost.graph.vocabulary import IDS
from fingerpost.recommend import given, implied, naming, reading, telling, values, wanted
from fingerpost.recommend.concepts import Concept, Concepts, normal
from fingerpost.recommend.given import Fields, Given
from fingerpost.recommend.question import Question
from fingerpost.recommend.reading import Reading
from fingerpost.recommend.words import stems
from fingerpost.suggest import suggestion

_CIRCUMSTANCES = frozenset(
    {"any-data", "clinical-data", "essential-data", "raw-data", "sensitive-human-data"}
)
"""Types of data that say of others what they are like."""
_UNSAID = (
    "Neither a phase nor a kind of resource is named, so this is about sharing. For another phase "
    "add plan, collect, process, analyse, preserve or reuse."
)
_PHASES = ("fp:Phase",)


def understand(parts: Given, concepts: Concepts, yields: Mapping[str, str]) -> Question:
    """Return the question that `parts` ask; their names are of `given.FIELDS`.

    A data text may name a technique instead; then the data is what the technique yields, where
    that is one type. Data that are personal by nature make the question a sensitive one. What
    is given in a field of its own goes before what is read in `q`.

    Raises:
        BadParameter: a field is unknown, or its value is not one that it takes.
        UnknownConcept, AmbiguousConcept: a text cannot be understood.
    """
    asked = given.fields(parts)
    read = _read(asked, concepts, yields)
    question = _question(asked, read, concepts, yields)
    words = telling.words(read, question.kind)
    return replace(
        question,
        held=implied.conditions(question, concepts),
        places=implied.places(question, concepts),
        q=asked.one("q"),
        heard=tuple(one for one in read.heard if one.field not in asked.texts),
        excluded=tuple(one for one in read.excluded if one not in question.data),
        ignored=read.ignored,
        named=_named(asked.one("q"), read, concepts),
        nothing=read.nothing,
        telling=words,
        rare=_rare(words, concepts),
        forms=telling.forms(read, question.kind),
        mints=telling.identifier(asked.one("q")),
        notes=(*read.notes, *question.notes),
    )


def _question(
    asked: Fields, read: Reading, concepts: Concepts, yields: Mapping[str, str]
) -> Question:
    """Return the question that the fields ask, with the conditions that they state."""
    fields = asked.with_(read)
    every, technique = _subject(fields, concepts, yields)
    data = _subjects(every)
    kind, phase = _wanted(asked, read, technique, concepts)
    unsaid = bool(read.heard) and not (kind or phase or technique)
    people = implied.people(fields, every, concepts)
    return Question(
        data=data,
        technique=technique,
        phase=_phase("share", concepts) if unsaid else phase,
        kind=kind,
        country=values.country(fields.one("country")),
        required=technique is not None and (bool(asked.one("technique")) or not data),
        sensitive=people.is_sensitive,
        human=people.is_human,
        clinical=people.is_clinical,
        size=values.size(fields.one("size")),
        stage=values.stage(fields.one("stage")),
        embargo=bool(values.yes("embargo", fields.one("embargo"))),
        free=values.free(fields.one("cost")),
        affiliation=fields.concept("affiliation", concepts, ("scheme:audience", "fp:Organization")),
        held=people.stated,
        limit=values.limit(fields.one("limit")),
        at=values.day(fields.one("at")),
        registries=bool(values.yes("include-registries", fields.one("include-registries"))),
        notes=(*people.notes, *((_UNSAID,) if unsaid else ())),
    )


def _read(asked: Fields, concepts: Concepts, yields: Mapping[str, str]) -> Reading:
    """Return what the whole question says, or nothing where there is none."""
    whole = asked.one("q")
    if not whole:
        return reading.NOTHING
    return reading.read(whole, concepts, yields, values.day(None))


def _named(whole: str | None, read: Reading, concepts: Concepts) -> tuple[str, ...]:
    """Return the resources that the whole question names by words that mean nothing else."""
    known = {stem for one in read.heard for stem in stems(one.words)}
    return naming.named(concepts.names(), whole, frozenset(known)) if whole else ()


def _rare(words: tuple[str, ...], concepts: Concepts) -> tuple[str, ...]:
    """Return those of some words that a few resources have, and others have not."""
    few = concepts.names().rare(words) if words else ()
    return tuple(one for one in words if one in few)


def _subject(
    fields: Fields, concepts: Concepts, yields: Mapping[str, str]
) -> tuple[tuple[Concept, ...], Concept | None]:
    """Return the data types and the technique that the question is about."""
    named = fields.concepts("data", concepts, ("fp:DataType", "fp:Technique"))
    technique = fields.concept("technique", concepts, ("fp:Technique",))
    data: list[Concept | None] = []
    for one in named:
        if one.class_ == "fp:DataType":
            data.append(one)
        else:
            technique = technique or one
            data.append(concepts.by_iri.get(yields.get(one.iri, "")))
    if technique and not named:
        data.append(concepts.by_iri.get(yields.get(technique.iri, "")))
    if not named and technique is None:
        raise BadParameter('A question needs "data", "technique" or "q", such as data=proteomics.')
    return tuple(dict.fromkeys(one for one in data if one)), technique


def _subjects(every: tuple[Concept, ...]) -> tuple[Concept, ...]:
    """Return the types of data that say where to go, and not what others of them are like."""
    return tuple(one for one in every if one.slug not in _CIRCUMSTANCES) or every


def _wanted(
    asked: Fields, read: Reading, technique: Concept | None, concepts: Concepts
) -> tuple[str | None, Concept | None]:
    """Return the kind of resource and the phase that are asked for."""
    fields = asked.with_(read)
    kind = values.kind(fields.one("kind"))
    phase = _phase(fields.one("phase"), concepts)
    if kind == "support" and technique and "kind" not in asked.texts:
        kind = "facility"  # who can help with a technique is who offers it
    if kind == "facility" and technique and _follows(read, concepts):
        phase = None  # who offers the technique, in whichever phase
    return kind, phase


def _follows(read: Reading, concepts: Concepts) -> bool:
    """Return whether the phase is only what the kind of resource suggests, of a technique alone."""
    said = {one.field: one.words for one in read.heard}
    labelled = concepts.by_label.get(normal(said.get("technique", "")), ())
    alone = not any(one.class_ == "fp:DataType" for one in labelled)
    return alone and "phase" in said and said["phase"] == said.get("kind")


def _phase(text: str | None, concepts: Concepts) -> Concept | None:
    if not text:
        return None
    names = {one.slug for one in concepts.by_iri.values() if one.class_ == "fp:Phase"}
    if text.removeprefix(f"{IDS}phase/") in names:
        return concepts.find(text, _PHASES)
    if len(text) < 3:
        raise BadParameter(f'"{text}" is no phase. {suggestion(text, names)}')
    labelled = [one for one in concepts.by_label.get(normal(text), ()) if one.class_ in _PHASES]
    said = concepts.by_iri.get("" if labelled else wanted.phase(text) or "")
    return said or concepts.find(text, _PHASES)
