"""Answering a question, from the saved queries under `recommend/`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

from fingerpost.engine.rows import Row
from fingerpost.errors import UnknownConcept
from fingerpost.graph.vocabulary import local_name
from fingerpost.queries.service import SavedQueries
from fingerpost.recommend.answer import Advice, Answer, Omission, Reason, Recommendation
from fingerpost.recommend.concepts import Concept
from fingerpost.recommend.question import Question

_STRENGTHS = ("obligation", "rule", "warning", "recommendation", "pointer")
"""How strongly guidance is meant, the strongest first."""
_SPOKEN = "/criterion/words-"
"""What the reasons have in them where a resource has words of the question."""


def recommend(question: Question, queries: SavedQueries) -> Recommendation:
    """Return the recommendation for a question.

    Raises:
        UnknownConcept: nothing in the question is known, nothing speaks of its words, and
            registries are not asked, which may.

    Where there are several types of data, each has its own ranking: the first places come
    first, one for each type, then the second places, and so on; a resource has one place.
    """
    asked = question.places or (None,)
    places, without = _found(question, queries)
    if question.nothing:
        places = {iri: place for iri, place in places.items() if _SPOKEN in place.row["reasons"]}
        if not places and not question.registries:
            raise UnknownConcept(question.nothing)
    chosen = enumerate(islice(places.values(), question.limit), start=1)
    several = len(asked) > 1
    return Recommendation(
        question=question,
        answers=tuple(
            card(rank, place.row, queries, place.data if several else None)
            for rank, place in chosen
        ),
        found=len(places),
        guidance=guidance(question, asked, queries),
        not_recommended=_left_out(
            (_omissions(question.parameters(one), queries) for one in asked), set(places)
        ),
        without=without,
    )


def _found(
    question: Question, queries: SavedQueries
) -> tuple[dict[str, "_Place"], tuple[str, ...]]:
    """Return resource → its place; where nothing meets all of the question, without a part."""
    without: list[str] = []
    for name, looser in (("", question), *question.looser()):
        without += [name] if name else []
        data = looser.places or (None,)
        ranked = [queries.rows("recommend/recommend", looser.parameters(one)) for one in data]
        if any(ranked):
            return _places(data, ranked), tuple(without)
    return {}, ()


@dataclass(frozen=True)
class _Place:
    """A row of a ranking, and the name of the type of data that the ranking is for."""

    row: Row
    data: str | None


def _places(asked: Sequence[Concept | None], ranked: Sequence[Sequence[Row]]) -> dict[str, _Place]:
    """Return resource → its place, in the order of the answer."""
    places: dict[str, _Place] = {}
    for level in zip_longest(*ranked):
        for concept, row in zip(asked, level, strict=True):
            if row is not None:
                places.setdefault(row["resource"], _Place(row, concept.name if concept else None))
    return places


def _left_out(found: Iterable[tuple[Omission, ...]], recommended: set[str]) -> tuple[Omission, ...]:
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


def kind(row: Row) -> str:
    """Return the kind of resource that a row is about."""
    return local_name(row["kind"]).lower()


def guidance(
    question: Question, data: Iterable[Concept | None], queries: SavedQueries
) -> tuple[Advice, ...]:
    """Return the guidance for these types of data as one list, the strongest first."""
    found = (_guidance(question, question.parameters(one), queries) for one in data)
    every = dict.fromkeys(advice for some in found for advice in some)
    return tuple(sorted(every, key=lambda one: (_STRENGTHS.index(one.strength), not one.applies)))


def _guidance(question: Question, given: dict[str, str], queries: SavedQueries) -> Iterator[Advice]:
    known = _part(given, "data", "phase", "sensitive")
    known["conditions"] = " ".join(one.slug for one in question.held)
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


def _omissions(given: dict[str, str], queries: SavedQueries) -> tuple[Omission, ...]:
    known = _part(given, "data", "technique", "phase", "kind", "sensitive")
    known |= _part(given, "size", "stage", "embargo", "free")
    together: dict[str, list[Row]] = defaultdict(list)
    for row in queries.rows("recommend/not-recommended", known):
        together[row["resource"]].append(row)
    return tuple(
        Omission(
            resource=resource,
            name=rows[0]["name"],
            kind=kind(rows[0]),
            why=_unique(rows, "why"),
            successors=_unique(rows, "successor"),
            sources=_unique(rows, "source"),
        )
        for resource, rows in together.items()
    )


def _part(given: dict[str, str], *names: str) -> dict[str, str]:
    return {name: given[name] for name in names if name in given}


def _unique(rows: list[Row], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row[name] for row in rows if name in row))


def _encrypted_first(address: str) -> tuple[bool, str]:
    """Order the addresses of a resource on which sources disagree."""
    return (not address.startswith("https:"), address)


def _first(values: list[str]) -> str | None:
    return values[0] if values else None
