"""The dataset as its sources stood on a day.

What was said later is gone, and with it every source of a later date. A claim that lapsed later
holds still, for nobody knew of its end. A status follows from the dates: what ended later is
active, what ended by then has ended, even where its record says otherwise today.

A date may be a year or a month: things begin and end on its first day, and what was seen then
was there to its last.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from fingerpost.graph import dataset
from fingerpost.graph.dataset import Dataset, Name
from fingerpost.graph.statement import Statement, Subject
from fingerpost.graph.vocabulary import GRAPHS, IDS, STATED_ON, VALID_UNTIL, Term, term

STATUS = term("fp:status")
ACTIVE = term("status:active")
ENDED = term("status:ended")
SUPERSEDED = term("status:superseded")
PLANNED = term("status:planned")

_DATE = term("dct:date")
_BEGINS = frozenset({STATED_ON, term("fp:validFrom")})
_STARTED = term("fp:startedOn")
_SEEN = term("fp:lastSeenOn")
_ENDINGS = frozenset({term("fp:endedOn"), term("fp:endedNotLaterThan"), term("fp:supersededOn")})
_SUCCESSORS = frozenset({term("dct:isReplacedBy"), term("fp:inferredSuccessor")})
DATED = frozenset({_DATE, _STARTED, _SEEN, VALID_UNTIL}) | _BEGINS | _ENDINGS
"""The properties whose dates decide how the graph stood on a day."""


def as_of(graphs: Mapping[Name, set[Statement]], day: str) -> Dataset:
    """Return the dataset of named graphs as it stood on `day`, such as "2022-06-30"."""
    lives = _lives(t for triples in graphs.values() for t in triples)
    then = {
        name: _held(triples, day, lives)
        for name, triples in graphs.items()
        if _published(name, triples) <= day
    }
    return dataset.together(then)


@dataclass
class _Life:
    """What all sources say of a thing's time: its statuses and dates, and if anything follows."""

    statuses: set[Term]
    dates: dict[NamedNode, set[str]]
    replaced: bool = False

    def status(self, day: str) -> Term | None:
        """Return the status on `day`; None where what is stated holds."""
        end = min((date for p in _ENDINGS for date in self.dates[p]), default="")
        if end and end <= day:
            return SUPERSEDED if self.replaced or SUPERSEDED in self.statuses else ENDED
        if min(self.dates[_STARTED], default="") > day:
            return PLANNED
        if end or any(day[: len(date)] <= date for date in self.dates[_SEEN]):
            return ACTIVE
        return None


def _lives(triples: Iterable[Statement]) -> dict[Subject, _Life]:
    found: dict[Subject, _Life] = defaultdict(lambda: _Life(set(), defaultdict(set)))
    for triple in triples:
        if triple.predicate == STATUS:
            found[triple.subject].statuses.add(triple.object)
        elif triple.predicate in _SUCCESSORS:
            found[triple.subject].replaced = True
        elif triple.predicate in DATED and isinstance(triple.object, Literal):
            found[triple.subject].dates[triple.predicate].add(triple.object.value)
    return {subject: life for subject, life in found.items() if life.statuses}


def _published(name: Name, triples: set[Statement]) -> str:
    """Return the date of the source whose graph it is; the empty text for any other graph."""
    if not isinstance(name, NamedNode):
        return ""
    source = NamedNode(IDS + "source/" + name.value.removeprefix(GRAPHS))
    dates = [t.object for t in triples if t.subject == source and t.predicate == _DATE]
    return min((one.value for one in dates if isinstance(one, Literal)), default="")


def _held(triples: set[Statement], day: str, lives: Mapping[Subject, _Life]) -> set[Statement]:
    """Return what of a graph was said by `day`, each status as of then."""
    later: set[Statement] = set()
    unknown: set[Statement] = set()
    lapsing: set[Statement] = set()
    for node, its in dataset.claims(triples).items():
        if any(t.predicate in _BEGINS and _text(t) > day for t in its):
            later |= its
            unknown |= dataset.claimed(node, its).about
        lapsing |= {t for t in its if t.predicate == VALID_UNTIL and _text(t) > day}
    still = triples - later - lapsing
    held = (still - unknown) | (unknown & dataset.about(still))
    return {found for triple in held for found in _then(triple, day, lives)}


def _then(triple: Statement, day: str, lives: Mapping[Subject, _Life]) -> tuple[Statement, ...]:
    """Return what a statement said on `day`: itself, with another status, or nothing."""
    life = lives.get(triple.subject)
    status = life.status(day) if life else None
    if status is None:
        return (triple,)
    if triple.predicate == STATUS:
        return (Statement(triple.subject, STATUS, status),)
    over = triple.predicate in _ENDINGS | _SUCCESSORS
    return () if over and status in (ACTIVE, PLANNED) else (triple,)


def _text(triple: Statement) -> str:
    return triple.object.value if isinstance(triple.object, Literal) else ""
