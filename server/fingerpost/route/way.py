"""The way, phase by phase: what must be done, where to go, what to write it in, whom to ask."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from fingerpost import clock
from fingerpost.graph.vocabulary import BASE
from fingerpost.recommend import answering
from fingerpost.recommend.answer import Advice, Answer
from fingerpost.recommend.concepts import Concept
from fingerpost.recommend.leading import Group
from fingerpost.recommend.question import Question
from fingerpost.route import contact, deposit, ranking
from fingerpost.route.contact import Contact
from fingerpost.route.deposit import Deposit
from fingerpost.route.ranking import Ranked

CHOICES = 3
"""How many first choices a phase has."""

_BINDING = ("obligation", "rule")
_STANDARDS = 8
_COURSES = 5
_GROUPS = (
    Group(CHOICES),
    Group(_STANDARDS, ("standard", "format")),
    Group(_COURSES, ("training",)),
    Group(contact.MOST, ("support",)),
)
"""Of whom the first are told."""


@dataclass(frozen=True)
class Thing:
    """A standard, format, course or desk; `asked_by` names the repositories that ask for it."""

    resource: str
    name: str
    kind: str
    fact: str
    source: str
    asked_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """One phase; `again` are duties that an earlier step has told already."""

    number: int
    phase: Concept
    duties: tuple[Advice, ...]
    again: tuple[Advice, ...]
    advice: tuple[Advice, ...]
    choices: tuple[Answer, ...]
    standards: tuple[Thing, ...]
    training: tuple[Thing, ...]
    contacts: tuple[Contact, ...]

    @property
    def empty(self) -> bool:
        """Whether the sources say nothing of this phase."""
        told = (self.duties, self.again, self.advice)
        return not any((*told, self.choices, self.standards, self.training, self.contacts))


@dataclass(frozen=True)
class Way:
    """The whole way; `deposits` is what the first repositories for sharing ask for and give.

    `personal` says whether there are personal data: yes, no or unknown.
    """

    question: Question
    personal: str
    steps: tuple[Step, ...]
    deposits: tuple[Deposit, ...]

    @property
    def name(self) -> str:
        """What the way is of."""
        return ", ".join(one.name for one in self._subjects)

    @property
    def slug(self) -> str:
        """The last part of its address."""
        return self._subjects[0].slug

    @property
    def _subjects(self) -> tuple[Concept, ...]:
        technique = self.question.technique
        return self.question.data or ((technique,) if technique else ())

    @property
    def iri(self) -> str:
        """Its identifier, the same for the same question at every service."""
        return f"{BASE}route/{self.slug}" + _asked(self.question)

    @property
    def duties(self) -> tuple[Advice, ...]:
        """All that must be done, each once."""
        return tuple(one for step in self.steps for one in step.duties)


@dataclass(frozen=True)
class _Known:
    """What is asked of every phase: the question, of whom, who takes which standard."""

    question: Question
    asked: ranking.Asked
    takers: dict[str, tuple[Thing, tuple[str, ...]]]


@dataclass(frozen=True)
class _Found:
    """What was found for one phase."""

    number: int
    phase: Concept
    ranked: tuple[Ranked, ...]


def way(question: Question, source: ranking.Asked, phases: Sequence[Concept], told: str) -> Way:
    """Return the way for a question that names no phase; `told` is what was said of personal data.

    `phases` are in order.
    """
    asked = {one.slug: replace(question, phase=one) for one in phases}
    homes: tuple[Ranked, ...] = ()
    if "share" in asked:
        share = ranking.ranked(asked["share"], source, [Group(CHOICES, ("repository",))])
        homes = tuple(one for one in share if one.kind == "repository")[:CHOICES]
    deposits = tuple(deposit.find(one, source.queries) for one in homes)
    known = _Known(question, source, _takers(deposits))
    steps: list[Step] = []
    said: set[str] = set()
    for phase in phases:
        ranked = ranking.ranked(asked[phase.slug], source, _GROUPS, tuple(known.takers))
        found = _Found(len(steps) + 1, phase, ranked)
        steps.append(_step(found, known, said))
        said |= {one.guidance for one in steps[-1].duties}
    return Way(question, "yes" if question.sensitive else told, tuple(steps), deposits)


def _step(found: _Found, known: _Known, said: set[str]) -> Step:
    asked = replace(known.question, phase=found.phase)
    source = known.asked
    advice = answering.guidance(asked, asked.data or (None,), source.queries, source.index)
    duties = [one for one in advice if one.strength in _BINDING and _holds(one)]
    return Step(
        number=found.number,
        phase=found.phase,
        duties=tuple(one for one in duties if one.guidance not in said),
        again=tuple(one for one in duties if one.guidance in said),
        advice=tuple(one for one in advice if one not in duties),
        choices=tuple(
            answering.card(rank, one.row, source.queries)
            for rank, one in enumerate(found.ranked[:CHOICES], start=1)
        ),
        standards=_standards(found.phase, found.ranked, known.takers),
        training=tuple(_thing(one) for one in found.ranked if one.kind == "training")[:_COURSES],
        contacts=contact.find(asked, found.ranked, source.queries),
    )


def _holds(advice: Advice) -> bool:
    """Say whether a piece of guidance is under no condition, or under one that holds."""
    return advice.applies or not advice.conditions


def _thing(one: Ranked) -> Thing:
    return Thing(one.resource, one.name, one.kind, one.fact, one.source)


def _takers(deposits: Iterable[Deposit]) -> dict[str, tuple[Thing, tuple[str, ...]]]:
    """Return what the repositories ask for, each with the names of those that do."""
    found: dict[str, tuple[Thing, tuple[str, ...]]] = {}
    for one in deposits:
        for value in one.taken:
            thing = Thing(value.value, value.name, value.kind, "", value.source)
            before = found.get(value.value, (thing, ()))
            found[value.value] = (thing, (*before[1], one.name))
    return found


def _standards(
    phase: Concept,
    ranked: tuple[Ranked, ...],
    takers: dict[str, tuple[Thing, tuple[str, ...]]],
) -> tuple[Thing, ...]:
    """Return first what the chosen repositories ask for, then others for the data.

    Where data are shared, all that they ask for is named, else what is used in the phase.
    """
    here = [_thing(one) for one in ranked if one.kind in {"standard", "format"}]
    if phase.slug == "share":
        listed = {one.resource for one in here}
        here += [thing for iri, (thing, _) in takers.items() if iri not in listed]
    marked = [replace(one, asked_by=takers.get(one.resource, (one, ()))[1]) for one in here]
    asked = [one for one in marked if one.asked_by]
    others = [one for one in marked if not one.asked_by]
    return (*asked, *others[: max(_STANDARDS - len(asked), 0)])


def _asked(question: Question) -> str:
    """Return what narrows a question, as it stands in an address."""
    said = {
        "data": "&data=".join(one.slug for one in question.data[1:]),
        "technique": question.technique and question.data and question.technique.slug,
        "country": question.country,
        "sensitive": "true" if question.sensitive and not _by_nature(question) else None,
        "size": str(question.size) if question.size else None,
        "stage": question.stage,
        "embargo": "true" if question.embargo else None,
        "cost": "free" if question.free else None,
        "affiliation": question.affiliation and question.affiliation.slug,
        "at": question.at.isoformat() if question.at != clock.today() else None,
    }
    parts = [f"{name}={value}" for name, value in said.items() if value]
    return "?" + "&".join(parts) if parts else ""


def _by_nature(question: Question) -> bool:
    return any(one.personal for one in question.data)
