"""What is ranked for a phase: the first of each group, in order, before anything is cut off."""

from collections.abc import Sequence
from dataclasses import dataclass

from fingerpost.engine.rows import Row
from fingerpost.index.kept import Index
from fingerpost.queries.service import SavedQueries
from fingerpost.recommend import answering
from fingerpost.recommend.concepts import Concept
from fingerpost.recommend.leading import Group, kind, leading
from fingerpost.recommend.question import Question


@dataclass(frozen=True)
class Ranked:
    """A row of `recommend/recommend`, with the fact that counts most and its source."""

    row: Row
    kind: str
    fact: str
    source: str

    @property
    def resource(self) -> str:
        """The IRI."""
        return self.row["resource"]

    @property
    def name(self) -> str:
        """The preferred name."""
        return self.row["name"]


@dataclass(frozen=True)
class Asked:
    """Of whom a ranking is asked: saved queries, and an index where there is one."""

    queries: SavedQueries
    index: Index | None = None


def ranked(
    question: Question, asked: Asked, groups: Sequence[Group], also: Sequence[str] = ()
) -> tuple[Ranked, ...]:
    """Return what is recommended in order; of several kinds of data, by the one that fits best.

    The first of each of the groups are there, and `also`, and perhaps others.
    """
    best: dict[str, tuple[int, Row]] = {}
    for data in _data(question):
        found = leading(asked.queries, asked.index, question.parameters(data), groups, also)
        for row in found.rows:
            score = -int(row["score"])
            if row["resource"] not in best or score < best[row["resource"]][0]:
                # What was found for an earlier type of data goes first.
                best.pop(row["resource"], None)
                best[row["resource"]] = (score, row)
    rows = sorted(best.values(), key=lambda one: one[0])
    return tuple(_read(row) for _, row in rows)


def _data(question: Question) -> tuple[Concept | None, ...]:
    """Return the types of data to rank for: to plan is not yet to look for a place."""
    planned = question.phase is not None and question.phase.slug == "plan"
    return (question.places if question.goes and not planned else question.data) or (None,)


def _read(row: Row) -> Ranked:
    best, *_ = answering.reasons(row)
    return Ranked(row, kind(row), best.fact, best.source)
