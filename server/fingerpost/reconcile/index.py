"""Everything that a text may mean, in memory: by identifier, by name, by words of a name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from rapidfuzz import fuzz, process

from fingerpost.engine import Engine
from fingerpost.graph.vocabulary import IDS
from fingerpost.reconcile import comparing, entities, identifying
from fingerpost.reconcile.comparing import written
from fingerpost.reconcile.entities import CLASSES, CONCEPTS, Entity
from fingerpost.reconcile.likely import Likely
from fingerpost.reconcile.offers import Offer, offer
from fingerpost.reconcile.properties import PROPERTIES, REGISTRIES, Property, identifier
from fingerpost.registries import resolving
from fingerpost.registries.linking.names import words

_READ = 200
"""Characters of a text that names are held against."""
_LIKELY = 50.0
"""The score, of 100, from which a name is shown as one that may be meant."""
_NEAR = 80
"""Names that are looked at closely."""
_PART = 0.85
"""What a name is worth of which only some words agree with those that are asked for."""
_ALMOST = 98.0
"""The most that a name gets that is not written as it is asked for."""
_FORMER = 95.0
"""What a name is worth that a thing no longer has."""

Found = dict[str, float]
"""Entity → how well its names fit, of 100."""


@dataclass(frozen=True)
class Index:
    """The entities by id, and what they are found by; `names` are folded, one entity or more."""

    entities: Mapping[str, Entity]
    properties: Mapping[str, Property]
    identified: resolving.Index = field(repr=False)
    by_slug: Mapping[str, tuple[str, ...]] = field(repr=False)
    by_name: Mapping[str, tuple[str, ...]] = field(repr=False)
    by_former: Mapping[str, tuple[str, ...]] = field(repr=False)
    by_words: Mapping[str, tuple[str, ...]] = field(repr=False)
    concepts_by_words: Mapping[str, tuple[str, ...]] = field(repr=False)
    by_value: Mapping[str, Mapping[str, tuple[str, ...]]] = field(repr=False)

    def having(self, property_: str, keys: Iterable[str]) -> frozenset[str]:
        """Return the ids of the entities that have one of some values, as these are compared."""
        known = self.by_value.get(property_, {})
        return frozenset(id_ for key in keys for id_ in known.get(key, ()))

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """The entities as a field completes itself with them."""
        return tuple(
            offer(one.id, one.name, (*one.texts("alternativeName"), one.slug))
            for one in self.entities.values()
        )

    def named(self, text: str) -> tuple[str, ...]:
        """Return the ids of the entities that a text identifies or is a name of, in any case."""
        plain = written(text)
        found = self.by_name.get(plain) or self._both(text) or self._identified(text)
        return found or self.by_slug.get(plain, ())

    def _identified(self, text: str) -> tuple[str, ...]:
        """Return what has an identifier or a home page, or what an id of ours stands for."""
        own = identifying.own(text)
        if own in self.entities:
            return (own,)
        found = (one.record.removeprefix(IDS) for one in self.identified.resolve(text))
        return tuple(id_ for id_ in found if id_ in self.entities)

    def alike(self, text: str, *, concepts: bool = True) -> Found:
        """Return the entities whose names are like a text, and how much.

        Concepts, which have most of the names, may be left out.
        """
        found: Found = dict.fromkeys(self.by_former.get(written(text), ()), _FORMER)
        asked = " ".join(words(text[:_READ]))
        both = zip((self.by_words, self.concepts_by_words), self._likely, strict=True)
        for names, likely in islice(both, 1 + concepts):
            for id_, score in _near(asked, names, likely.to(asked)):
                found[id_] = max(found.get(id_, 0.0), score)
        return found

    @cached_property
    def _likely(self) -> tuple[Likely, Likely]:
        return Likely(self.by_words), Likely(self.concepts_by_words)

    def of_class(self, class_: str) -> Iterator[Entity]:
        """Yield the entities of a class, by its local name."""
        return (one for one in self.entities.values() if class_ in classes(one.kind))

    def _both(self, text: str) -> tuple[str, ...]:
        """Return what both the name before a bracket and the one in it stand for."""
        before, bracket, inside = text.strip().partition("(")
        if not bracket or not inside.endswith(")"):
            return ()
        first, second = (self.by_name.get(written(one), ()) for one in (before, inside[:-1]))
        return tuple(one for one in first if one in second)


def load(engine: Engine) -> Index:
    """Return the index of what is in a graph."""
    found = entities.load(engine)
    prefixes = {prefix for one in found for prefix in one.values if prefix in REGISTRIES}
    known = (*PROPERTIES, *(identifier(prefix) for prefix in sorted(prefixes)))
    return Index(
        entities={one.id: one for one in found},
        properties={one.id: one for one in known},
        identified=resolving.index(engine),
        by_slug=_together((one.slug, one) for one in found),
        by_name=_together((written(name), one) for one in found for name in _names(one)),
        by_former=_together(
            (written(name), one) for one in found for name in one.texts("formerName")
        ),
        by_words=_worded(one for one in found if one.kind not in CONCEPTS),
        concepts_by_words=_worded(one for one in found if one.kind in CONCEPTS),
        by_value={property_.id: _valued(property_, found) for property_ in known},
    )


def classes(kind: str) -> tuple[str, ...]:
    """Return the classes of a kind by their local names, the narrowest first."""
    own = CLASSES[kind]
    if kind in CONCEPTS:
        return (own, "Concept")
    return (own,) if kind == "organization" else (own, "Resource")


def _names(entity: Entity) -> tuple[str, ...]:
    return (entity.name, *entity.texts("alternativeName"))


def _worded(found: Iterable[Entity]) -> dict[str, tuple[str, ...]]:
    return _together(
        (" ".join(words(name)), one)
        for one in found
        for name in (*_names(one), *one.texts("formerName"))
    )


def _valued(property_: Property, found: Iterable[Entity]) -> dict[str, tuple[str, ...]]:
    return _together(
        (key, one)
        for one in found
        for value in one.of(property_.id)
        for key in comparing.of(value, property_.form)
    )


def _near(
    asked: str, names: Mapping[str, tuple[str, ...]], likely: Iterable[str]
) -> Iterator[tuple[str, float]]:
    """Yield the entities that have a name like the one that is asked for, of the likely ones."""
    near = process.extract(
        asked, likely, scorer=fuzz.token_ratio, limit=_NEAR, score_cutoff=_LIKELY
    )
    for name, _, _ in near:
        score = _score(asked, name)
        if score >= _LIKELY:
            yield from ((id_, score) for id_ in names[name])


def _score(asked: str, name: str) -> float:
    """Return how like two names are: by their letters in order, by their words, by some words."""
    whole = max(fuzz.ratio(asked, name), fuzz.token_sort_ratio(asked, name))
    return min(_ALMOST, max(whole, _PART * fuzz.token_set_ratio(asked, name)))


def _together(found: Iterable[tuple[str, Entity]]) -> dict[str, tuple[str, ...]]:
    together: dict[str, dict[str, None]] = defaultdict(dict)
    for key, entity in found:
        if key:
            together[key][entity.id] = None
    return {key: tuple(ids) for key, ids in together.items()}
