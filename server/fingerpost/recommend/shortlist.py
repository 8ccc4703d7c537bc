"""Who can be among the first: resources in the order of the points that they have at most.

The saved query alone says who is recommended, and why. An index says which resources it is worth
to ask about, the most promising first, by a bound that no score goes above. It reads of each cell
(see `index.ranking`), and of those who have what the question asks for besides, only as far as it
must, whatever the size of the graph.
"""

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

from fingerpost.index.kept import Index, Value
from fingerpost.index.ranking import MODEL_AND_FORMAT
from fingerpost.index.standing import CLOSED, ENDED, EVERYTHING, HOLDER
from fingerpost.recommend.bounds import ANYTHING, Asked, Feature, Given
from fingerpost.recommend.candidates import Cell, Holders, Key, Row, called, having, numbered
from fingerpost.recommend.facts import Facts, facts

_FEW = 3000
_SPARSE = 6_000
"""Who has a feature is read at once, if so many or fewer have it."""
_SPARSE_IN_TEXT = 200_000
"""The same of words: to look for one resource takes as long as to read thirty."""
_RULING_OUT = frozenset({"size", "stage", "embargo", "free"})
"""Parameters for which a resource may be left out that is there."""


@dataclass
class Shortlist:
    """The resources that fit a question, each once, the one with the highest bound first.

    `among` narrows it to those with a feature below one heading, `kinds` to some kinds. Those that
    are `left_out` may be told of, but not recommended.
    """

    index: Index
    asked: Asked
    among: str = ""
    kinds: tuple[str, ...] = ()
    left_out: bool = False
    keys: dict[str, Key] = field(default_factory=dict)
    """The key of each that was listed, by its IRI, with its highest points."""
    possible: int = 0
    """How many fit at most."""
    _heap: list[tuple[Key, int, Cell | Holders | Row]] = field(default_factory=list)
    _seen: set[int] = field(default_factory=set)
    _has: dict[str, dict[int, int]] = field(default_factory=dict)
    """Heading → number of a resource → its points below that heading."""
    _dense: list[Feature] = field(default_factory=list)
    _count: int = 0

    def __post_init__(self) -> None:
        self._gather()
        if self.among and not any(one.heading == self.among for one in self._dense):
            self._enter(self._numbered([*self._has.get(self.among, ())]))
            self.possible = len(self._heap)
            return
        self._wait()
        for cell, points, size in self._cells():
            self.possible += size
            self._push((-(points + cell.above),), cell)

    def more(self, most: int) -> list[str]:
        """Return the IRIs of the next, so many or fewer."""
        found: list[str] = []
        while len(found) < most and self.next():
            key, _, row = heapq.heappop(self._heap)
            if isinstance(row, Row):
                self.keys[row.iri] = key
                found.append(row.iri)
        return found

    def ties(self, iri: str) -> Key:
        """Return what decides between a resource and others with the same points."""
        row = called(self.index, iri)
        return row.ties if row else ()

    def next(self) -> Key | None:
        """Return the key of the next that is not listed, or None where all are."""
        while self._heap:
            key, _, what = self._heap[0]
            if isinstance(what, Row):
                return key
            heapq.heappop(self._heap)
            if isinstance(what, Cell):
                self._read(what)
            else:
                self._open(what)
        return None

    def _gather(self) -> None:
        """Find who has what the question asks for besides."""
        for feature in self.asked.features():
            most = _SPARSE_IN_TEXT if feature.text else _SPARSE
            rows = self.index.select(f"{feature.table} LIMIT {most + 1}", *feature.values)
            if len(rows) > most:
                self._dense.append(feature)
                continue
            has = self._has.setdefault(feature.heading, {})
            for id_, times in cast(list[tuple[int, int]], rows):
                points = feature.points * times
                if points > has.get(id_, 0):
                    has[id_] = points

    def _wait(self) -> None:
        """Let who has something of that wait until it is their turn."""
        total: Counter[int] = Counter()
        for has in self._has.values():
            total.update(has)
        facts, above = self.asked.facts, self.asked.most + self._above
        bounds = [(facts.points(id_) + points + above, id_) for id_, points in total.items()]
        if bounds:
            holders = Holders(sorted(bounds, reverse=True))
            self._push((-holders.first,), holders)

    def _open(self, holders: Holders) -> None:
        """Read the next of those who have something that is asked for."""
        new = [id_ for id_ in holders.ids() if id_ not in self._seen]
        self._enter(self._numbered(new))
        self._seen.update(new)
        rest = holders.after()
        if rest:
            self._push((-rest.first,), rest)

    def _numbered(self, ids: list[int]) -> list[Row]:
        """Return those of some resources that may be in question."""
        return numbered(self.index, ids, [*filter(self._in_question, EVERYTHING)])

    def _read(self, cell: Cell) -> None:
        """Read the next resources of a cell."""
        rows = cell.rows(self.index)
        self._enter(rows)
        rest = cell.after(rows)
        if rest:
            self._push((-rest[0],), rest[1])

    def _enter(self, rows: Iterable[Row]) -> None:
        new = [row for row in rows if row.id not in self._seen]
        self._seen.update(row.id for row in new)
        fitting = [row for row in new if self._fits(row)]
        for row, features in zip(fitting, self._features(fitting), strict=True):
            if not self.among or features.get(self.among):
                self._push((-self._most(row, features), *row.ties), row)

    def _push(self, key: Key, what: Cell | Holders | Row) -> None:
        self._count += 1
        heapq.heappush(self._heap, (key, self._count, what))

    def _fits(self, row: Row) -> bool:
        """Say whether a resource is of the data, phase and kind, and may hold such data."""
        asked = self.asked
        fitting = [type_ for type_ in row.types if type_ in asked.types]
        if not fitting or (asked.phase and asked.phase not in row.phases):
            return False
        if not self._in_question(row.personal):
            return False
        kinds = self._kinds
        if "support" in kinds and f"<{row.iri}>" in asked.given.get("named", ""):
            return True
        special = fitting != [asked.facts.numbers.get(ANYTHING)]
        return not kinds or any(one in kinds and (special or kinds[one]) for one in row.kinds)

    def _in_question(self, personal: int) -> bool:
        """Say whether resources that do so with personal data can be recommended, or left out."""
        if not self.left_out:
            return personal not in {ENDED, HOLDER if self.asked.sensitive else CLOSED}
        if personal == ENDED or (personal == HOLDER and self.asked.sensitive):
            return True
        return not _RULING_OUT.isdisjoint(self.asked.given)

    @cached_property
    def _kinds(self) -> dict[str, bool]:
        """The kinds that are asked for → whether for data of any type, too."""
        kind = self.asked.given.get("kind")
        found = dict.fromkeys(self.kinds or ((kind,) if kind else ()), True)
        if kind == "format":
            found[MODEL_AND_FORMAT] = False
        if kind == "standard" and "format" in self.asked.given.get("forms", ""):
            found["format"] = False
        return found

    def _most(self, row: Row, features: Mapping[str, int]) -> int:
        """Return how many points a resource that has some features can have at most."""
        asked = self.asked
        return (
            row.points
            + max(asked.types.get(one, 0) for one in row.types)
            + asked.fixed
            + asked.kind(row.kinds)
            + asked.access(row.personal)
            + asked.scope(row.scope, row.types)
            + asked.place(row.home, row.countries)
            - row.home
            + asked.fresh(row.spoken)
            + sum(features.values())
        )

    def _features(self, rows: Sequence[Row]) -> list[dict[str, int]]:
        """Return the points of each resource by what the question asks for besides."""
        found = {
            row.id: {heading: has[row.id] for heading, has in self._has.items() if row.id in has}
            for row in rows
        }
        for one in self._dense:
            for id_, times in having(self.index, one.table, one.values, [*found]):
                points = one.points * times
                found[id_][one.heading] = max(points, found[id_].get(one.heading, 0))
        return [found[row.id] for row in rows]

    @cached_property
    def _above(self) -> int:
        """The most points for what very many have."""
        dense: dict[str, int] = {}
        for one in self._dense:
            dense[one.heading] = max(one.points, dense.get(one.heading, 0))
        return sum(dense.values())

    def _cells(self) -> Iterator[tuple[Cell, int, int]]:
        """Yield the cells of what fits, with the points of the first, and their sizes."""
        above = self._above + self.asked.fixed + self.asked.fresher
        yield from self._of("", (), above)
        country = self.asked.given.get("country")
        if country:
            # Theirs are the points for the same country, and not those for a seat that is near.
            above += self.asked.facts.weights["place-same"]
            above -= self.asked.facts.near.get(country, 0)
            for cell, points, _ in self._of("_at", (country,), above):
                yield cell, points, 0

    def _of(self, at: str, first: tuple[Value, ...], above: int) -> Iterator[tuple[Cell, int, int]]:
        asked = self.asked
        types = sorted(asked.types)
        own = "country = ? AND " if at else ""
        sql = (
            f"SELECT type, kind, personal, points, size FROM cell{at} "  # noqa: S608
            f"WHERE {own}type IN ({', '.join('?' * len(types))}) AND phase = ?"
        )
        where = (
            f"ranked{at} CROSS JOIN resource ON resource.id = ranked{at}.id WHERE {own}type = ? "
            f"AND phase = ? AND kind = ? AND ranked{at}.personal = ? AND ranked{at}.id > ? "
            # By that of the resource, which is the same, SQLite would sort all.
            f"ORDER BY ranked{at}.id"
        )
        rows = self.index.select(sql, *first, *types, asked.phase)
        for type_, kind, personal, points, size in cast(list[tuple[int, str, int, int, int]], rows):
            if self._wanted(type_, kind, personal):
                most = above + asked.types[type_] + asked.kind((kind,)) + asked.access(personal)
                values = (*first, type_, asked.phase, kind, personal, 0)
                yield Cell(where, values, most), points, size

    def _wanted(self, type_: int, kind: str, personal: int) -> bool:
        if not self._in_question(personal):
            return False
        kinds = self._kinds
        if not kinds:
            return kind != MODEL_AND_FORMAT
        special = type_ != self.asked.facts.numbers.get(ANYTHING)
        return kind in kinds and (special or kinds[kind])


def small(index: Index) -> bool:
    """Say whether there are so few resources that all may be looked at."""
    known = facts(index)
    return known is None or known.size <= _FEW


def shortlist(
    index: Index,
    given: Given,
    *,
    among: str = "",
    kinds: tuple[str, ...] = (),
    left_out: bool = False,
) -> Shortlist | None:
    """Return who may be recommended, or None where the index does not know the question.

    `given` are the parameters of `recommend/recommend`.
    """
    known: Facts | None = facts(index)
    if known is None:
        return None
    # Who does not offer the technique that is asked for is out of the question.
    among = among or ("technique" if "technique" in given else "")
    return Shortlist(index, Asked(given, known), among, kinds, left_out)
