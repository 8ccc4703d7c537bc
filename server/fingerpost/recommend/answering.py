"""Answering a question, from the saved queries under `recommend/`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

from fingerpost.engine.rows import Row
from fingerpost.errors import UnknownConcept
from fingerpost.graph.vocabulary import local_name
from fingerpost.index.kept import Index
from fingerpost.queries.service import SavedQueries
from fingerpost.recommend import omitted
from fingerpost.recommend.answer import Advice, Answer, Omission, Reason, Recommendation
from fingerpost.recommend.concepts import Concept
from fingerpost.recommend.guides import guides
from fingerpost.recommend.leading import Group, Leading, fitting_of, kind, leading
from fingerpost.recommend.question import Question, part
from fingerpost.recommend.shortlist import small

_STRENGTHS = ("obligation", "rule", "warning", "recommendation", "pointer")
"""How strongly guidance is meant, the strongest first."""
_WORDS = "words"
"""The heading of the criteria for words of the question."""
_SPOKEN = f"/criterion/{_WORDS}-"
"""What the reasons have in them where a resource has words of the question."""
_GUIDES = 100
"""Pieces of guidance that are told."""
_COUNTED = 300
"""Resources of which it is found out how many are recommended, if no more come into question."""


def recommend(
    question: Question, queries: SavedQueries, index: Index | None = None
) -> Recommendation:
    """Return the recommendation for a question, sooner with an index of what is asked.

    Raises:
        UnknownConcept: nothing in the question is known, nothing speaks of its words, and
            registries are not asked, which may.

    Where there are several types of data, each has its own ranking: the first places come
    first, one for each type, then the second places, and so on; a resource has one place.
    """
    asked = question.places or (None,)
    found = _found(question, queries, index)
    places = found.places
    if question.nothing:
        places = {iri: place for iri, place in places.items() if _SPOKEN in place.row["reasons"]}
        if not places and not question.registries:
            raise UnknownConcept(question.nothing)
    chosen = enumerate(islice(places.values(), question.limit), start=1)
    several = len(asked) > 1
    left_out = [omitted.left_out(question.parameters(one), queries, index) for one in asked]
    others = {one.resource for some in left_out for one in some.omissions}
    counted = found.counted(places, others, queries)
    advised = guidance(question, asked, queries, index)
    return Recommendation(
        question=question,
        answers=tuple(
            card(rank, place.row, queries, place.data if several else None)
            for rank, place in chosen
        ),
        found=counted.found,
        counted=counted.whole,
        guidance=advised,
        not_recommended=_left_out((one.omissions for one in left_out), counted.fitting),
        without=found.without,
        complete=_all_told(len(advised), index) and all(one.complete for one in left_out),
    )


def _found(question: Question, queries: SavedQueries, index: Index | None) -> "_Found":
    """Return the places; where nothing meets all of the question, those without a part of it."""
    without: list[str] = []
    # Where words alone tell, and there are few resources, all are looked at.
    known = None if question.nothing and index and small(index) else index
    group = Group(question.limit, among=_WORDS if question.nothing else "")
    for name, looser in (("", question), *question.looser()):
        without += [name] if name else []
        data = looser.places or (None,)
        given = [looser.parameters(one) for one in data]
        ranked = [leading(queries, known, one, [group]) for one in given]
        if any(one.rows for one in ranked):
            places = _places(data, [one.rows for one in ranked])
            return _Found(places, tuple(without), tuple(given), tuple(ranked), index)
    return _Found({}, tuple(without), (), (), index)


@dataclass(frozen=True)
class _Place:
    """A row of a ranking, and the name of the type of data that the ranking is for."""

    row: Row
    data: str | None


@dataclass(frozen=True)
class _Counted:
    """How many there are; `whole` says that it is not only the most there may be.

    `fitting` are those of them that matter.
    """

    found: int
    whole: bool
    fitting: frozenset[str]


@dataclass(frozen=True)
class _Found:
    """The first places of a question, and how they were looked for."""

    places: dict[str, _Place]
    without: tuple[str, ...]
    given: tuple[dict[str, str], ...]
    ranked: tuple[Leading, ...]
    index: Index | None

    def counted(
        self, places: dict[str, _Place], others: Iterable[str], queries: SavedQueries
    ) -> _Counted:
        """Count the places, and find which of `others` are recommended too."""
        if all(one.whole for one in self.ranked):
            return _Counted(len(places), True, frozenset(places))
        possible = sum(one.possible for one in self.ranked)
        if self.index and possible > _COUNTED and not small(self.index):
            fitting = (fitting_of(queries, given, others) for given in self.given)
            return _Counted(possible, False, frozenset(iri for some in fitting for iri in some))
        every: set[str] = set()
        for given, one in zip(self.given, self.ranked, strict=True):
            listed = one.all() if one.lists and one.possible <= _COUNTED else None
            every |= fitting_of(queries, given, listed)
        return _Counted(len(every), True, frozenset(every))


def _places(asked: Sequence[Concept | None], ranked: Sequence[Sequence[Row]]) -> dict[str, _Place]:
    """Return resource → its place, in the order of the answer."""
    places: dict[str, _Place] = {}
    for level in zip_longest(*ranked):
        for concept, row in zip(asked, level, strict=True):
            if row is not None:
                places.setdefault(row["resource"], _Place(row, concept.name if concept else None))
    return places


def _left_out(
    found: Iterable[tuple[Omission, ...]], recommended: frozenset[str]
) -> tuple[Omission, ...]:
    """Return what is left out for one type of data and not recommended for another."""
    every = {one.resource: one for some in found for one in some}
    return tuple(one for iri, one in every.items() if iri not in recommended)


def card(rank: int, row: Row, queries: SavedQueries, data: str | None = None) -> Answer:
    """Return a row of `recommend/recommend` with what an answer says of its resource."""
    values: dict[str, list[str]] = defaultdict(list)
    for one in queries.rows("recommend/card", {"resource": row["resource"]}):
        values[local_name(one["property"])].append(one["value"])
    name = row["name"]
    return Answer(
        rank=rank,
        resource=row["resource"],
        name=name,
        alternative_names=tuple(other for other in values["altLabel"] if other != name),
        kind=kind(row),
        status=(_first(values["status"]) or "").lower(),
        description=_first(values["description"]) or "",
        homepage=_first(sorted(values["url"], key=_encrypted_first)),
        country=_first(values["country"]),
        identifiers=tuple(values["registryIdentifier"]),
        how_to_apply=tuple(values["howToApply"] + values["applicationPage"]),
        data=data,
        score=int(row["score"]),
        reasons=reasons(row),
    )


def reasons(row: Row) -> tuple[Reason, ...]:
    """Return the reasons in a row of `recommend/recommend`, the best first."""
    found = []
    for line in sorted(row["reasons"].split("\n"), reverse=True):
        points, _, criterion, source, fact = line.split(" ", 4)
        found.append(Reason(criterion, int(points), fact, source))
    return tuple(found)


def guidance(
    question: Question,
    data: Iterable[Concept | None],
    queries: SavedQueries,
    index: Index | None = None,
) -> tuple[Advice, ...]:
    """Return the guidance for these types of data as one list, the strongest first.

    In a large graph some of the weakest may be missing.
    """
    found = (_guidance(question, question.parameters(one), queries, index) for one in data)
    every = dict.fromkeys(advice for some in found for advice in some)
    return tuple(sorted(every, key=lambda one: (_STRENGTHS.index(one.strength), not one.applies)))


def _guidance(
    question: Question, given: dict[str, str], queries: SavedQueries, index: Index | None
) -> Iterator[Advice]:
    known = part(given, "data", "phase", "sensitive")
    known["conditions"] = " ".join(one.slug for one in question.held)
    # Where there are few resources, all guidance is told.
    pieces = guides(index, given, _GUIDES) if index and not small(index) else None
    if pieces is not None:
        known["pieces"] = " ".join(pieces[:_GUIDES])
    if pieces == []:
        return iter(())
    return map(_advice, queries.rows("recommend/guidance", known))


def _advice(row: Row) -> Advice:
    return Advice(
        guidance=row["guidance"],
        title=row["title"],
        text=row["text"],
        strength=row["strength"],
        conditions=row.get("conditions", ""),
        applies=row["applies"] == "true",
        source=row["source"],
        stated=row["stated"],
    )


def _all_told(advised: int, index: Index | None) -> bool:
    return advised < _GUIDES or index is None or small(index)


def _encrypted_first(address: str) -> tuple[bool, str]:
    """Order the addresses of a resource on which sources disagree."""
    return (not address.startswith("https:"), address)


def _first(values: list[str]) -> str | None:
    return values[0] if values else None
