"""A query → candidates with scores and the features that they rest on.

An exact name or identifier scores 100, and matches by itself if it is the only one, and nothing
that is known of it goes against the query. Nothing else does. The synonyms of a concept are words
to look for it by: where something else has such a word for a name, that is meant.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from fingerpost.reconcile import comparing, types
from fingerpost.reconcile.asked import CANDIDATES, Query, Wish
from fingerpost.reconcile.comparing import written
from fingerpost.reconcile.entities import CONCEPTS, Entity
from fingerpost.reconcile.index import Index
from fingerpost.reconcile.properties import CONCERNING

EXACT = 100.0
_SYNONYM = 99.0
"""What a synonym of a concept is worth where it is the name of something else."""
_AGAINST = 0.3
"""The share of its score that a candidate loses when all it is asked for is otherwise."""
_UNKNOWN = 0.03
"""The share that it loses when nothing of it is known."""
_WEIGHED = 2 * CANDIDATES
"""How many of those that have the properties asked for are looked at, where no name is asked."""
_OTHER_TYPE = 0.7
"""What is left of the score of a candidate that is not of a type that it should have."""

Feature = tuple[str, bool | float]


@dataclass(frozen=True)
class Candidate:
    """An entity that may be meant; `match` says that it is, for certain."""

    entity: Entity
    score: float
    match: bool
    features: tuple[Feature, ...]


@dataclass(frozen=True)
class _Weighed:
    entity: Entity
    name: float
    typed: bool
    fits: tuple[tuple[str, bool | None], ...]

    @property
    def exact(self) -> bool:
        return self.name == EXACT and self.typed

    @property
    def contradicted(self) -> bool:
        return any(fit is False for _, fit in self.fits)

    @property
    def score(self) -> float:
        """The score of 100: of the name, less what goes against it."""
        share = 1.0
        if self.fits:
            against = sum(fit is False for _, fit in self.fits) / len(self.fits)
            unknown = sum(fit is None for _, fit in self.fits) / len(self.fits)
            share -= _AGAINST * against + _UNKNOWN * unknown
        return self.name * share * (1.0 if self.typed else _OTHER_TYPE)

    @property
    def features(self) -> tuple[Feature, ...]:
        """What the score rests on."""
        return (
            ("name", round(self.name, 2)),
            ("exact", self.name == EXACT),
            ("type", self.typed),
            ("active", self.entity.active),
            *((f"property:{id_}", fit) for id_, fit in self.fits if fit is not None),
        )


def candidates(query: Query, index: Index) -> tuple[Candidate, ...]:
    """Return what may be meant, the likeliest first."""
    found = _yielding(query.text, list(_weighed(query, index)))
    found.sort(key=lambda one: (-one.score, not one.entity.active, one.entity.name, one.entity.id))
    sure = _sure(query, found)
    return tuple(
        Candidate(one.entity, round(one.score, 2), one is sure, one.features)
        for one in found[: query.limit]
    )


def _weighed(query: Query, index: Index) -> Iterator[_Weighed]:
    for entity, name in _found(query, index):
        typed = not query.types or types.fit(entity.kind, query.types, query.strict)
        if typed or query.strict == "should":
            yield _Weighed(entity, name, typed, tuple(_fits(entity, query.wishes)))


def _fits(entity: Entity, wishes: Sequence[Wish]) -> Iterator[tuple[str, bool | None]]:
    """Yield the property of each wish, and whether an entity is so; None where nobody knows."""
    known: dict[str, frozenset[str]] = {}
    for wish in wishes:
        property_ = wish.property_
        if property_.id not in known:
            said = (comparing.of(one, property_.form) for one in entity.of(property_.id))
            known[property_.id] = frozenset(chain.from_iterable(said))
        keys = known[property_.id]
        yield property_.id, None if not wish.keys or not keys else not wish.keys.isdisjoint(keys)


def _yielding(text: str, found: list[_Weighed]) -> list[_Weighed]:
    """Return what was found, synonyms of concepts behind the names of other things."""
    if all(one.entity.kind in CONCEPTS for one in found if one.exact):
        return found
    return [
        replace(one, name=_SYNONYM) if one.exact and _is_synonym(text, one.entity) else one
        for one in found
    ]


def _is_synonym(text: str, entity: Entity) -> bool:
    names = {written(entity.name), entity.slug, entity.id}
    return entity.kind in CONCEPTS and written(text) not in names


def _found(query: Query, index: Index) -> Iterator[tuple[Entity, float]]:
    """Yield what has such a name, or, where none is asked for, one of the properties."""
    if not query.text:
        having = index.entities(index.having(query.wishes, _WEIGHED))
        yield from ((one, EXACT) for one in having.values())
        return
    concepts = not query.types or any(types.of_concepts(one) for one in query.types)
    found = index.alike(query.text, concepts=concepts)
    found |= dict.fromkeys(index.named(query.text), EXACT)
    yield from ((one, found[id_]) for id_, one in index.entities(found).items())


def _sure(query: Query, found: list[_Weighed]) -> _Weighed | None:
    """Return the one that is meant for certain, if there is one.

    Without a name, a property that only one thing can have must tell it.
    """
    exact = [one for one in found if one.exact]
    telling = query.text or any(one.property_.form in CONCERNING for one in query.wishes)
    if not exact or not telling or exact[0].contradicted:
        return None
    if len(exact) > 1 and exact[1].score == exact[0].score:
        return None
    if not query.text and any(fit is None for _, fit in exact[0].fits):
        return None
    return exact[0]
