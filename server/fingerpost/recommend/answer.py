"""The answer to a question: ranked resources with reasons, guidance, and what is left out."""

from dataclasses import dataclass

from fingerpost.recommend.echo import Json, echo
from fingerpost.recommend.question import Question


@dataclass(frozen=True)
class Reason:
    """One criterion that a resource met: `points`, the fact behind it, and who states it."""

    criterion: str
    points: int
    fact: str
    source: str


@dataclass(frozen=True)
class Answer:
    """A resource recommended; `rank` counts from 1.

    `data` names the type of data it is recommended for, where the question has several.
    """

    rank: int
    resource: str
    name: str
    alternative_names: tuple[str, ...]
    kind: str
    status: str
    description: str
    homepage: str | None
    country: str | None
    identifiers: tuple[str, ...]
    how_to_apply: tuple[str, ...]
    data: str | None
    score: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Listed:
    """A record of a registry, which nobody here has reviewed; `rank` counts on from the answers.

    `kind` is None where its registry does not say it plainly; `words` are the registry's own, for
    status, access and subjects. `also` are records of other registries about the same thing.
    """

    rank: int
    resource: str
    identifier: str
    name: str
    alternative_names: tuple[str, ...]
    kind: str | None
    words: tuple[str, ...]
    description: str
    homepage: str | None
    country: str | None
    registry: str
    licence: str
    attribution: str
    retrieved: str
    also: tuple[str, ...]
    score: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Listing:
    """What registries list for a question; `found` counts records before the limit."""

    found: int
    records: tuple[Listed, ...]


@dataclass(frozen=True)
class Advice:
    """A piece of guidance; `applies` says that it is under a condition that is known to hold."""

    guidance: str
    title: str
    text: str
    strength: str
    conditions: str
    applies: bool
    source: str
    stated: str


@dataclass(frozen=True)
class Omission:
    """A resource that one might expect, and why it is not recommended."""

    resource: str
    name: str
    kind: str
    why: tuple[str, ...]
    successors: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Recommendation:
    """Everything that a question is answered with; `found` counts answers before the limit.

    Where it is not `counted`, in a large graph, there are at most so many; where it is not
    `complete`, `recommend/guidance` and `recommend/not-recommended` tell the rest of those two.
    `without` names the parts of the question that nothing meets, so that it was answered without.
    """

    question: Question
    answers: tuple[Answer, ...]
    found: int
    guidance: tuple[Advice, ...]
    not_recommended: tuple[Omission, ...]
    without: tuple[str, ...] = ()
    counted: bool = True
    complete: bool = True
    registries: Listing | None = None
    """None where registries were not asked."""

    def json(self) -> dict[str, Json]:
        """Return the whole as JSON, in the names of the interface."""
        return {
            "question": echo(self.question),
            "found": self.found,
            "counted": self.counted,
            "without": list(self.without),
            "answers": [_written(one) for one in self.answers],
            "guidance": [_written(one) for one in self.guidance],
            "notRecommended": [_written(one) for one in self.not_recommended],
            "complete": self.complete,
            "registries": _listing(self.registries) if self.registries else None,
        }


def _listing(found: Listing) -> Json:
    return {"found": found.found, "records": [_written(one) for one in found.records]}


def _written(one: Reason | Answer | Listed | Advice | Omission) -> Json:
    """Return all that is said, in the names of the interface."""
    return {_name(name): _value(value) for name, value in vars(one).items()}


def _name(field: str) -> str:
    first, *more = field.split("_")
    return first + "".join(word.capitalize() for word in more)


def _value(value: str | int | tuple[str | Reason, ...] | None) -> Json:
    if isinstance(value, tuple):
        return [_written(one) if isinstance(one, Reason) else one for one in value]
    return value
