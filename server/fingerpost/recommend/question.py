"""What is asked: text understood as concepts, each checked once."""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from fingerpost.errors import BadParameter
from fingerpost.graph.vocabulary import IDS
from fingerpost.recommend import implied, reading, values
from fingerpost.recommend.concepts import Concept, Concepts, normal
from fingerpost.recommend.reading import Heard, Reading
from fingerpost.recommend.words import stems
from fingerpost.suggest import suggestion

Given: TypeAlias = Mapping[str, str | Sequence[str]]
"""The parts of a question by name, as text; some may be given several times."""

FIELDS = (
    "data", "technique", "phase", "kind", "country", "sensitive", "human", "clinical", "size",
    "stage", "embargo", "cost", "affiliation", "condition", "limit", "at", "q",
)  # fmt: skip
"""The names under which the parts of a question are given."""
REPEATABLE = ("data", "condition")
"""Those of them that may be given several times."""

_CIRCUMSTANCES = frozenset(
    {"any-data", "clinical-data", "essential-data", "raw-data", "sensitive-human-data"}
)
"""Types of data that say of others what they are like."""
_UNSAID = (
    "Neither a phase nor a kind of resource is named, so this is about sharing. For another phase "
    "add plan, collect, process, analyse, preserve or reuse."
)
_SEQUENCES = f"{IDS}data-type/sequence-data"
_PRODUCING = frozenset({"collect", "process", "analyse"})
_PHASES = ("fp:Phase",)
_WORD = re.compile(r"[^\W_]+(?:[-./][^\W_]+)*")
_CELLS = re.compile(r"cell[- ]?lines?|organoids?|cultured", re.IGNORECASE)
"""What is of people and not of one person."""
_WORDS = 8
"""How many words left over are looked for."""
_LONGEST = 200
"""Characters of a text: finding the labels inside it takes time by their square."""
_STILL_PERSONAL = (
    "Such data are personal data as a rule, whatever is done to them: the answer goes by that."
)
_MOST = 12
"""How many data types or conditions one question may have."""


@dataclass(frozen=True)
class Question:
    """A question as it was understood; what was not asked is None, empty or False.

    A technique is `required` where it was asked for by name, or nothing else was asked: then
    answers must offer it. Else the words for the data named it too, and it gives points.

    `country` is an ISO 3166-1 alpha-2 code, `size` a number of bytes, `stage` raw or derived,
    `affiliation` an audience or an organization, `held` the conditions that hold, `limit` a
    number of answers, `at` the day for which the answer holds.

    Of a whole question `q`, `heard` tells which words said what, `excluded` what it is not
    about, `ignored` the words that told nothing, and `notes` what to mind.
    """

    data: tuple[Concept, ...]
    technique: Concept | None
    phase: Concept | None
    kind: str | None
    country: str | None
    required: bool
    sensitive: bool
    human: bool
    clinical: bool
    size: int | None
    stage: str | None
    embargo: bool
    free: bool
    affiliation: Concept | None
    held: tuple[Concept, ...]
    limit: int
    at: datetime.date
    q: str | None = None
    heard: tuple[Heard, ...] = ()
    excluded: tuple[Concept, ...] = ()
    ignored: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    nothing: str = ""
    places: tuple[Concept, ...] = ()
    """The types by which places are looked for: of people, also what they are for that reason."""

    @property
    def conditions(self) -> tuple[str, ...]:
        """The IRIs of the conditions that hold."""
        return tuple(one.iri for one in self.held)

    def parameters(self, data: Concept | None) -> dict[str, str]:
        """Return the parameters of the saved query `recommend/recommend` for one data type."""
        given = {
            "data": data.iri if data else None,
            "technique" if self.required else "preferred": self._technique(),
            "phase": self.phase.iri if self.phase else None,
            "kind": self.kind,
            "country": self.country,
            "sensitive": "true" if self.sensitive else "false",
            "size": str(self.size) if self.size else None,
            "stage": f"{IDS}stage/{self.stage}" if self.stage else None,
            "embargo": "true" if self.embargo else None,
            "free": "true" if self.free else None,
            "affiliation": self.affiliation.iri if self.affiliation else None,
            "words": "|".join(_telling(self.ignored)) or None,
            "named": "".join(f"<{iri}>" for iri in self.named) or None,
            "at": self.at.isoformat(),
        }
        return {name: value for name, value in given.items() if value is not None}

    def looser(self) -> Iterator[tuple[str, "Question"]]:
        """Yield the question with less and less asked for, and what was left out last."""
        asked = self
        parts: tuple[tuple[str, dict[str, object]], ...] = (
            ("phase", {"phase": None}),
            ("data", {"places": ()}),
            ("kind", {"kind": None}),
            ("technique", {"required": False}),
        )
        for name, gone in parts:
            if any(getattr(asked, field) != value for field, value in gone.items()):
                asked = replace(asked, **gone)  # type: ignore[arg-type]
                yield name, asked

    def _technique(self) -> str | None:
        """Return the technique where it matters: where data are made, not where they go."""
        made = self.kind == "facility" or self.phase is None or self.phase.slug in _PRODUCING
        return self.technique.iri if self.technique and made else None


def _telling(ignored: Iterable[str]) -> list[str]:
    """Return the words left over that may stand in a name or a description, in small letters."""
    found = (word for text in ignored for word in _WORD.findall(text.lower()))
    return [word for word in dict.fromkeys(found) if len(word) > 2 and word.isascii()][:_WORDS]


def understand(given: Given, concepts: Concepts, yields: Mapping[str, str]) -> Question:
    """Return the question that `given` asks; its keys are of `FIELDS`.

    A data text may name a technique instead; then the data is what the technique yields, where
    that is one type. Data that are personal by nature make the question a sensitive one. What
    is given in a field of its own goes before what is read in `q`.

    Raises:
        BadParameter: a field is unknown, or its value is not one that it takes.
        UnknownConcept, AmbiguousConcept: a text cannot be understood.
    """
    asked = _Fields.read(given)
    read = _read(asked, concepts, yields)
    fields = asked.with_(read)
    every, technique = _subject(fields, concepts, yields)
    data = _subjects(every)
    kind = values.kind(fields.one("kind"))
    phase = _phase(fields.one("phase"), concepts)
    if kind == "support" and technique and "kind" not in asked.texts:
        kind = "facility"  # who can help with a technique is who offers it
    if kind == "facility" and technique and _follows(read):
        phase = None  # who offers the technique, in whichever phase
    unsaid = bool(read.heard) and not (kind or phase or technique)
    told = implied.Told(
        data=every,
        phase=phase,
        kind=kind,
        country=values.country(fields.one("country")),
        sensitive=_sensitive(fields, every, concepts),
        human=values.yes("human", fields.one("human")),
        clinical=values.yes("clinical", fields.one("clinical")),
        size=values.size(fields.one("size")),
        stage=values.stage(fields.one("stage")),
        embargo=bool(values.yes("embargo", fields.one("embargo"))),
        affiliation=_concept(
            fields, "affiliation", concepts, ("scheme:audience", "fp:Organization")
        ),
        stated=_several(fields, "condition", concepts, ("fp:Condition",)),
    )
    return Question(
        data=data,
        technique=technique,
        phase=_phase("share", concepts) if unsaid else phase,
        kind=told.kind,
        country=told.country,
        required=technique is not None and (bool(asked.one("technique")) or not data),
        sensitive=told.is_sensitive,
        human=told.is_human,
        clinical=told.is_clinical,
        size=told.size,
        stage=told.stage,
        embargo=told.embargo,
        free=values.free(fields.one("cost")),
        affiliation=told.affiliation,
        held=implied.conditions(told, concepts),
        limit=values.limit(fields.one("limit")),
        at=values.day(fields.one("at")),
        q=asked.one("q"),
        heard=tuple(one for one in read.heard if one.field not in asked.texts),
        excluded=tuple(one for one in read.excluded if one not in data),
        ignored=read.ignored,
        named=_named(asked.one("q"), read, concepts),
        nothing=read.nothing,
        places=_of_people(data, concepts) if told.is_sensitive and _goes(phase) else data,
        notes=(*read.notes, *_notes(told), *((_UNSAID,) if unsaid else ())),
    )


def _read(asked: "_Fields", concepts: Concepts, yields: Mapping[str, str]) -> Reading:
    """Return what the whole question says, or nothing where there is none."""
    whole = asked.one("q")
    if not whole:
        return reading.NOTHING
    return reading.read(whole, concepts, yields, values.day(None))


def _named(whole: str | None, read: Reading, concepts: Concepts) -> tuple[str, ...]:
    """Return the resources that the whole question names by words that mean nothing else."""
    known = {stem for one in read.heard for stem in stems(one.words)}
    return concepts.names.found(whole, frozenset(known)) if whole else ()


def _sensitive(fields: "_Fields", data: tuple[Concept, ...], concepts: Concepts) -> bool | None:
    """Return whether there are personal data, as are sequences of people unless it is denied."""
    said = values.yes("sensitive", fields.one("sensitive"))
    human = values.yes("human", fields.one("human")) or values.yes(
        "clinical", fields.one("clinical")
    )
    if said is not None or not human or _CELLS.search(fields.one("q") or ""):
        return said
    return any(_SEQUENCES in {one.iri, *concepts.above.get(one.iri, ())} for one in data) or None


def _notes(told: implied.Told) -> tuple[str, ...]:
    """Return what to mind where an answer goes against what was said."""
    if told.sensitive is False and told.is_sensitive:
        return (_STILL_PERSONAL,)
    return ()


@dataclass(frozen=True)
class _Fields:
    """The texts that are given, each field's in order, blanks around them gone."""

    texts: Mapping[str, tuple[str, ...]]

    @classmethod
    def read(cls, given: Given) -> "_Fields":
        found: dict[str, tuple[str, ...]] = {}
        for name, value in given.items():
            if name not in FIELDS:
                raise BadParameter(f'A question has no "{name}". {suggestion(name, FIELDS)}')
            texts = (value,) if isinstance(value, str) else value
            found[name] = tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))
            _check(name, found[name])
        return cls({name: texts for name, texts in found.items() if texts})

    def with_(self, read: Reading) -> "_Fields":
        """Return these fields and what was read of the others; given data leave out all data."""
        subject = {"data", "technique"} if self.texts.keys() & {"data", "technique"} else set()
        more = {name: texts for name, texts in read.fields.items() if name not in subject}
        return _Fields(more | dict(self.texts))

    def one(self, name: str) -> str | None:
        return next(iter(self.texts.get(name, ())), None)

    def all(self, name: str) -> tuple[str, ...]:
        return self.texts.get(name, ())


def _check(name: str, texts: tuple[str, ...]) -> None:
    most = _MOST if name in REPEATABLE else 1
    if len(texts) > most:
        again = "once" if most == 1 else f"at most {most} times"
        raise BadParameter(f'"{name}" is given {len(texts)} times: give it {again}.')
    for text in texts:
        longest = reading.LONGEST if name == "q" else _LONGEST
        if len(text) > longest:
            raise BadParameter(f"{name} has {len(text):,} characters; at most {longest:,}.")


def _subject(
    fields: _Fields, concepts: Concepts, yields: Mapping[str, str]
) -> tuple[tuple[Concept, ...], Concept | None]:
    """Return the data types and the technique that the question is about."""
    named = _several(fields, "data", concepts, ("fp:DataType", "fp:Technique"))
    technique = _concept(fields, "technique", concepts, ("fp:Technique",))
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


def _follows(read: Reading) -> bool:
    """Return whether the phase is only what the kind of resource suggests."""
    said = {one.field: one.words for one in read.heard}
    return "phase" in said and said["phase"] == said.get("kind")


def _goes(phase: Concept | None) -> bool:
    """Return whether the question is where data go, and not how they come about."""
    return phase is None or phase.slug not in _PRODUCING


def _of_people(data: tuple[Concept, ...], concepts: Concepts) -> tuple[Concept, ...]:
    """Return the types of data with what they are where they are of people, for that decides."""
    found: list[Concept] = []
    for one in data:
        lineage = {one.iri, *concepts.above.get(one.iri, ())}
        slug = "human-genome-data" if _SEQUENCES in lineage else "sensitive-human-data"
        whole = concepts.by_iri.get(f"{IDS}data-type/{slug}")
        if whole and whole.iri not in lineage and not one.personal:
            found.append(whole)
        if one.slug != "any-data":
            found.append(one)
    return tuple(dict.fromkeys(found)) or data


def _several(
    fields: _Fields, field: str, concepts: Concepts, classes: tuple[str, ...]
) -> tuple[Concept, ...]:
    return tuple(dict.fromkeys(concepts.find(text, classes) for text in fields.all(field)))


def _concept(
    fields: _Fields, field: str, concepts: Concepts, classes: tuple[str, ...]
) -> Concept | None:
    text = fields.one(field)
    return concepts.find(text, classes) if text else None


def _phase(text: str | None, concepts: Concepts) -> Concept | None:
    if not text:
        return None
    names = {one.slug for one in concepts.by_iri.values() if one.class_ == "fp:Phase"}
    if text.removeprefix(f"{IDS}phase/") in names:
        return concepts.find(text, _PHASES)
    if len(text) < 3:
        raise BadParameter(f'"{text}" is no phase. {suggestion(text, names)}')
    labelled = [one for one in concepts.by_label.get(normal(text), ()) if one.class_ in _PHASES]
    said = concepts.by_iri.get("" if labelled else reading.phase(text) or "")
    return said or concepts.find(text, _PHASES)
