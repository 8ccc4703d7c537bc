"""Everything that a text may mean, looked up: by identifier, by name, by words of a name."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from fingerpost.engine import Engine
from fingerpost.errors import Preparing
from fingerpost.graph.vocabulary import IDS
from fingerpost.index import labels
from fingerpost.index.kept import Index as Kept
from fingerpost.index.kept import Value
from fingerpost.reconcile import identifying, keeping, likely, reading, wished
from fingerpost.reconcile.asked import Wish
from fingerpost.reconcile.comparing import written
from fingerpost.reconcile.entities import Entity
from fingerpost.reconcile.keeping import FORMER, NAME, SLUG
from fingerpost.reconcile.properties import PROPERTIES, REGISTRIES, Property, identifier
from fingerpost.registries import resolving
from fingerpost.registries.linking.names import words
from fingerpost.registries.resolving import Match

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
_PATH = re.compile(r"[A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)+")

_ENTITIES = """
SELECT iri, kind, name, status, told FROM json_each(?) AS one JOIN thing ON iri = one.value
"""
_MEANT = """
SELECT iri FROM meant JOIN thing ON id = thing WHERE how = ? AND key = ? ORDER BY id
"""
_IDENTIFIED = """
SELECT iri, name, how, known FROM identified JOIN thing ON id = thing
WHERE key = ? ORDER BY elsewhere, id
"""
_WORDED = """
SELECT text, iri FROM json_each(?) AS one
JOIN word ON concepts = ? AND text = one.value
JOIN worded ON worded.word = word.id
JOIN thing ON thing.id = worded.thing
"""
Found = dict[str, float]
"""Entity → how well its names fit, of 100."""


@dataclass(frozen=True)
class Index:
    """The entities by id, and what they are found by; `engine` tells of what is none."""

    kept: Kept
    engine: Engine = field(repr=False)

    @property
    def properties(self) -> Mapping[str, Property]:
        """The columns that things may have: identifiers only of the registries that are there."""
        return self.kept.once(_properties)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all entities, in order."""
        return tuple(str(id_) for (id_,) in self.kept.select("SELECT iri FROM thing ORDER BY id"))

    def entities(self, ids: Iterable[str]) -> dict[str, Entity]:
        """Return those of some ids that there are entities of, with these."""
        found = self.kept.select(_ENTITIES, json.dumps([*ids]))
        return {str(row[0]): Entity(*_entity(row)) for row in found}

    def entity(self, id_: str) -> Entity | None:
        """Return the entity of an id, if there is one."""
        return self.entities([id_]).get(id_)

    def having(self, wishes: Sequence[Wish], most: int) -> tuple[str, ...]:
        """Return the ids of those that have the most of some values, as these are compared."""
        return wished.having(self.kept, wishes, most)

    def counts(self, class_: str) -> dict[str, int]:
        """Return how many things of a class, by its local name, have each property."""
        sql = "SELECT property, things FROM told WHERE class = ?"
        return {str(id_): int(str(size)) for id_, size in self.kept.select(sql, class_)}

    def beginning(self, text: str, kinds: Sequence[str], most: int) -> list[str]:
        """Return the ids of things whose names go on from a text; see `labels.beginning`."""
        return [id_ for id_, _ in labels.beginning(self.kept, text, kinds, most)]

    def named(self, text: str) -> tuple[str, ...]:
        """Return the ids of the entities that a text identifies or is a name of, in any case."""
        plain = written(text)
        found = self._meant(NAME, plain) or self._both(text) or self._identified(text)
        return found or self._meant(SLUG, plain)

    def resolve(self, text: str) -> tuple[Match, ...]:
        """Return the records that an identifier or an address stands for; see `resolving`."""
        return resolving.resolve(text, self._look)

    def alike(self, text: str, *, concepts: bool = True) -> Found:
        """Return the entities whose names are like a text, and how much.

        Concepts, which have most of the names, may be left out.
        """
        found: Found = dict.fromkeys(self._meant(FORMER, written(text)), _FORMER)
        asked = " ".join(words(text[:_READ]))
        for among in (False, True)[: 1 + concepts]:
            for id_, score in self._near(asked, concepts=among):
                found[id_] = max(found.get(id_, 0.0), score)
        return found

    def _meant(self, how: str, key: str) -> tuple[str, ...]:
        return tuple(str(id_) for (id_,) in self.kept.select(_MEANT, how, key))

    def _identified(self, text: str) -> tuple[str, ...]:
        """Return what has an identifier or a home page, or what an id of ours stands for."""
        own = identifying.own(text)
        if own and self.entity(own):
            return (own,)
        found = [one.record.removeprefix(IDS) for one in self.resolve(text)]
        known = self.entities(found)
        return tuple(id_ for id_ in found if id_ in known)

    def _look(self, key: str) -> tuple[Match, ...]:
        rows = self.kept.select(_IDENTIFIED, key)
        found = tuple(
            Match(IDS + str(id_), str(name), str(by), str(known)) for id_, name, by, known in rows
        )
        return found or self._own(key)

    def _own(self, path: str) -> tuple[Match, ...]:
        """Return what has that address here, also where it is no entity."""
        iri = IDS + path
        named = reading.names(self.engine, [iri]) if _PATH.fullmatch(path) else {}
        return tuple(Match(iri, name, "address", iri) for name in named.values())

    def _near(self, asked: str, *, concepts: bool) -> Iterator[tuple[str, float]]:
        """Yield the entities that have a name like the one that is asked for."""
        near = process.extract(
            asked,
            likely.to(self.kept, asked, concepts=concepts),
            scorer=fuzz.token_ratio,
            limit=_NEAR,
            score_cutoff=_LIKELY,
        )
        scores = {name: _score(asked, name) for name, _, _ in near}
        close = json.dumps([name for name, score in scores.items() if score >= _LIKELY])
        for name, id_ in self.kept.select(_WORDED, close, concepts):
            yield str(id_), scores[str(name)]

    def _both(self, text: str) -> tuple[str, ...]:
        """Return what both the name before a bracket and the one in it stand for."""
        before, bracket, inside = text.strip().partition("(")
        if not bracket or not inside.endswith(")"):
            return ()
        first, second = (self._meant(NAME, written(one)) for one in (before, inside[:-1]))
        return tuple(one for one in first if one in second)


def _properties(kept: Kept) -> dict[str, Property]:
    there = {id_ for (id_,) in kept.select("SELECT property FROM told WHERE class = ''")}
    registries = (identifier(prefix) for prefix in sorted(REGISTRIES) if prefix in there)
    return {one.id: one for one in (*PROPERTIES, *registries)}


def _entity(row: Sequence[Value]) -> tuple[str, str, str, str, str]:
    id_, kind, name, status, told = map(str, row)
    return IDS + id_, kind, name, status, told


def _score(asked: str, name: str) -> float:
    """Return how like two names are: by their letters in order, by their words, by some words."""
    whole = max(fuzz.ratio(asked, name), fuzz.token_sort_ratio(asked, name))
    return min(_ALMOST, max(whole, _PART * fuzz.token_set_ratio(asked, name)))


def load(engine: Engine) -> Index:
    """Return the index of what an engine holds, made where it is not found.

    Raises:
        Preparing: the engine went over to another generation meanwhile.
    """
    made = keeping.indexes(engine).made()
    if made is None:
        raise Preparing("The names of another generation are being read.")
    return Index(made, engine)
