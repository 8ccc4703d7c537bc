"""Who can be among the first: resources in the order of the points that they have at most.

The saved query alone says who is recommended, and why. An index says which resources it is worth
to ask about, the most promising first, by a bound that no score goes above. It reads of each cell
(see `index.ranking`) only as far as it must, whatever the size of the graph.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from fingerpost.index.kept import Index, Value
from fingerpost.index.ranking import (
    CLOSED,
    ENDED,
    EVERY_PHASE,
    HOLDER,
    MODEL_AND_FORMAT,
    PERSONAL,
)
from fingerpost.recommend.bounds import ANYTHING, Asked, Facts, Feature, Given, facts

Key = tuple[int | str, ...]
"""What resources are ordered by, the first first: points, advice, breadth, name, IRI."""

_FEW = 3000
_SPARSE = 2000
"""Who has a feature is read at once, if so many or fewer have it."""
_AT_ONCE = 500
_FIRST = 8
"""Resources of a cell that are read first; twice as many each time after that."""
_LONGEST = 256
_RULING_OUT = frozenset({"size", "stage", "embargo", "free"})
"""Parameters for which a resource may be left out that is there."""
_COLUMNS = (
    "resource.id, iri, name, points, advised, breadth, home, scope, kinds, resource.personal, "
    "types, phases, countries"
)


@dataclass(frozen=True)
class Cell:
    """Where resources are read from in order: a kind, for a type of data, perhaps in a country."""

    where: str
    values: tuple[Value, ...]
    above: int
    """Points that each has at most above those that it always has."""
    read: int = _FIRST


@dataclass(frozen=True)
class Row:
    """A resource, as the index knows it."""

    id: int
    iri: str
    name: str
    points: int
    advised: int
    breadth: int
    home: int
    scope: str
    kinds: tuple[str, ...]
    personal: int
    types: tuple[int, ...]
    phases: tuple[int, ...]
    countries: tuple[str, ...]


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
    _heap: list[tuple[Key, int, Cell | Row]] = field(default_factory=list)
    _seen: set[int] = field(default_factory=set)
    _has: dict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    _dense: list[Feature] = field(default_factory=list)
    _count: int = 0
    possible: int = 0
    """How many fit at most."""

    def __post_init__(self) -> None:
        self._gather()
        if self.among and not any(one.heading == self.among for one in self._dense):
            ids = [one for one, has in self._has.items() if self.among in has]
            self._open(ids)
            self.possible = len(self._heap)
            return
        self._open(self._has)
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
        sql = f"SELECT {_COLUMNS} FROM resource WHERE iri = ?"  # noqa: S608
        return next((_ties(_row(row)) for row in self.index.select(sql, iri)), ())

    def next(self) -> Key | None:
        """Return the key of the next that is not listed, or None where all are."""
        while self._heap:
            key, _, what = self._heap[0]
            if isinstance(what, Row):
                return key
            heapq.heappop(self._heap)
            self._read(what)
        return None

    def _gather(self) -> None:
        """Find who has what the question asks for besides."""
        for feature in self.asked.features():
            rows = self.index.select(f"{feature.table} LIMIT {_SPARSE + 1}", *feature.values)
            if len(rows) > _SPARSE:
                self._dense.append(feature)
                continue
            for id_, times in rows:
                has = self._has[_int(id_)]
                points = feature.points * _int(times)
                has[feature.heading] = max(points, has.get(feature.heading, 0))

    def _open(self, ids: Iterable[int]) -> None:
        """Read some resources whether it is their turn or not."""
        waiting = list(ids)
        for start in range(0, len(waiting), _AT_ONCE):
            some = waiting[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            sql = f"SELECT {_COLUMNS} FROM resource WHERE id IN ({marks})"  # noqa: S608
            for values in self.index.select(sql, *some):
                self._enter(_row(values))

    def _read(self, cell: Cell) -> None:
        """Read the next resources of a cell."""
        sql = f"SELECT {_COLUMNS} FROM {cell.where} ORDER BY resource.id LIMIT ?"  # noqa: S608
        found = self.index.select(sql, *cell.values, cell.read)
        for values in found:
            self._enter(_row(values))
        if len(found) == cell.read:
            last = _row(found[-1])
            values = (*cell.values[:-1], last.id)
            longer = Cell(cell.where, values, cell.above, min(2 * cell.read, _LONGEST))
            self._push((-(last.points + cell.above),), longer)

    def _enter(self, row: Row) -> None:
        if row.id in self._seen:
            return
        self._seen.add(row.id)
        if self._fits(row):
            most = self._most(row)
            self._push((-most, *_ties(row)), row)

    def _push(self, key: Key, what: Cell | Row) -> None:
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
        if self.among and not self._features(row).get(self.among):
            return False
        if f"<{row.iri}>" in asked.given.get("named", "") and "support" in self._kinds:
            return True
        special = fitting != [asked.facts.numbers.get(ANYTHING)]
        kinds = self._kinds
        return not kinds or any(one in kinds and (special or kinds[one]) for one in row.kinds)

    def _in_question(self, personal: int) -> bool:
        """Say whether resources that do so with personal data can be recommended, or left out."""
        if not self.left_out:
            return personal not in {ENDED, HOLDER if self.asked.sensitive else CLOSED}
        if personal == ENDED or (personal == HOLDER and self.asked.sensitive):
            return True
        return not _RULING_OUT.isdisjoint(self.asked.given)

    @property
    def _kinds(self) -> dict[str, bool]:
        """The kinds that are asked for → whether for data of any type, too."""
        kind = self.asked.given.get("kind")
        found = dict.fromkeys(self.kinds or ((kind,) if kind else ()), True)
        if kind == "format":
            found[MODEL_AND_FORMAT] = False
        if kind == "standard" and "format" in self.asked.given.get("forms", ""):
            found["format"] = False
        return found

    def _most(self, row: Row) -> int:
        """Return how many points a resource can have at most."""
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
            + sum(self._features(row).values())
        )

    def _features(self, row: Row) -> dict[str, int]:
        """Return the points of a resource by what the question asks for besides."""
        found = dict(self._has.get(row.id, {}))
        for one in self._dense:
            sql = f"SELECT times FROM ({one.table}) WHERE id = ?"  # noqa: S608 - no text of others
            for (times,) in self.index.select(sql, *one.values, row.id):
                points = one.points * _int(times)
                found[one.heading] = max(points, found.get(one.heading, 0))
        return found

    def _cells(self) -> Iterator[tuple[Cell, int, int]]:
        """Yield the cells of what fits, with the points of the first, and their sizes."""
        dense: dict[str, int] = {}
        for one in self._dense:
            dense[one.heading] = max(one.points, dense.get(one.heading, 0))
        above = sum(dense.values()) + self.asked.fixed
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
            f"ranked{at} CROSS JOIN resource ON resource.id = ranked{at}.id WHERE {own}"
            f"type = ? AND phase = ? AND kind = ? AND ranked{at}.personal = ? AND ranked{at}.id > ?"
        )
        for row in self.index.select(sql, *first, *types, asked.phase):
            type_, kind, personal = _int(row[0]), str(row[1]), _int(row[2])
            if self._wanted(type_, kind, personal):
                most = above + asked.types[type_] + asked.kind((kind,)) + asked.access(personal)
                values = (*first, type_, asked.phase, kind, personal, 0)
                yield Cell(where, values, most), _int(row[3]), _int(row[4])

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
    if known is None or given.get("at", "")[:4] != str(known.year):
        return None
    # Who does not offer the technique that is asked for is out of the question.
    among = among or ("technique" if "technique" in given else "")
    return Shortlist(index, Asked(given, known), among, kinds, left_out)


def guides(index: Index, given: Given, most: int) -> list[str] | None:
    """Return the guidance for a question, the strongest first; None where nothing is known.

    There are `most` and one where there are more.
    """
    known = facts(index)
    if known is None:
        return None
    asked = Asked(given, known)
    types = sorted(asked.whole)
    own = known.numbers.get(asked.data)
    where = f"type IN ({', '.join('?' * len(types))}) AND phase = ?"
    values: list[Value] = [*types, asked.phase]
    if asked.sensitive:
        where = f"({where}) OR (type = ? AND phase IN (?, ?))"
        values += [PERSONAL, asked.phase, EVERY_PHASE]
    sql = (
        f"SELECT iri FROM guide JOIN thing USING (id) WHERE {where} "  # noqa: S608
        "GROUP BY id ORDER BY MIN(grade), MAX(type = ?) DESC, id LIMIT ?"
    )
    return [str(iri) for (iri,) in index.select(sql, *values, own, most + 1)]


def _ties(row: Row) -> Key:
    return (-row.advised, -row.breadth, row.name, row.iri)


def _row(values: tuple[Value, ...]) -> Row:
    return Row(
        id=_int(values[0]),
        iri=str(values[1]),
        name=str(values[2]),
        points=_int(values[3]),
        advised=_int(values[4]),
        breadth=_int(values[5]),
        home=_int(values[6]),
        scope=str(values[7]),
        kinds=tuple(str(values[8]).split()),
        personal=_int(values[9]),
        types=tuple(map(int, str(values[10]).split())),
        phases=tuple(map(int, str(values[11]).split())),
        countries=tuple(str(values[12]).split()),
    )


def _int(value: Value) -> int:
    if not isinstance(value, int):
        raise TypeError("not a number")
    return value
