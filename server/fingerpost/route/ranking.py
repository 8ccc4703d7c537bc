"""What is ranked for a phase: everything, in order, before anything is cut off."""

from dataclasses import dataclass

from fingerpost.engine.rows import Row
from fingerpost.queries.service import SavedQueries
from fingerpost.recommend import answering
from fingerpost.recommend.concepts import Concept
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


def ranked(question: Question, queries: SavedQueries) -> tuple[Ranked, ...]:
    """Return all that is recommended; of several kinds of data, by the one that fits best."""
    best: dict[str, Row] = {}
    known = _data(question)
    for data in known:
        for row in queries.rows("recommend/recommend", question.parameters(data)):
            before = best.get(row["resource"])
            if before is None or int(row["score"]) > int(before["score"]):
                best[row["resource"]] = row
    rows = list(best.values())
    if len(known) > 1:
        rows.sort(key=lambda row: -int(row["score"]))
    return tuple(map(_read, rows))


def _data(question: Question) -> tuple[Concept | None, ...]:
    """Return the types of data to rank for: to plan is not yet to look for a place."""
    planned = question.phase is not None and question.phase.slug == "plan"
    return (question.places if question.goes and not planned else question.data) or (None,)


def _read(row: Row) -> Ranked:
    best, *_ = answering.reasons(row)
    return Ranked(row, answering.kind(row), best.fact, best.source)
