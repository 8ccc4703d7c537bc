"""The first rows of a ranking: the saved query, asked about those alone that can be among them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from fingerpost.engine.rows import Row
from fingerpost.graph.vocabulary import local_name
from fingerpost.index.kept import Index
from fingerpost.queries.service import SavedQueries
from fingerpost.recommend.bounds import Given
from fingerpost.recommend.candidates import Key
from fingerpost.recommend.shortlist import Shortlist, shortlist

RANKING = "recommend/recommend"
FITTING = "recommend/fitting"
_SPARE = 4
"""Resources listed beyond those that are wanted, as rules may leave some out."""
_AT_ONCE = 48
"""Resources that the ranking is asked about in one query."""
_SIFTED = 400
"""Resources of which it is asked in one query which fit, where many of the first do not."""
_SCORING = frozenset({"preferred", "words", "rare", "mints", "at"})
"""Parameters that give points and leave nobody out."""


@dataclass(frozen=True)
class Group:
    """How many of the first are wanted of some kinds, or of any.

    `among` is a heading of criteria: then only those that meet one of it can be recommended.
    """

    most: int
    kinds: tuple[str, ...] = ()
    among: str = ""


@dataclass(frozen=True)
class Leading:
    """Rows of a ranking in order, the first of each group; `whole` says that there are no others.

    `possible` is how many there are at most, `lists` where they are listed.
    """

    rows: tuple[Row, ...]
    whole: bool
    possible: int
    lists: tuple[Shortlist, ...] = ()

    def all(self) -> list[str]:
        """Return all that come into question, where there is an index; see `possible`."""
        for one in self.lists:
            one.more(one.possible)
        return list(dict.fromkeys(iri for one in self.lists for iri in one.keys))


def leading(
    queries: SavedQueries,
    index: Index | None,
    given: Given,
    groups: Sequence[Group],
    also: Sequence[str] = (),
) -> Leading:
    """Return the first rows of a ranking, all of them where there is no index.

    `also` are resources that are wanted wherever they stand.
    """
    lists = index and [
        (one, shortlist(index, given, among=one.among, kinds=one.kinds)) for one in groups
    ]
    searches = [_Search(group, listed) for group, listed in lists or () if listed]
    if not searches:
        rows = queries.rows(RANKING, given)
        return Leading(rows, whole=True, possible=len(rows))
    known = _Known(queries, given)
    known.ask([*also, *(iri for one in searches for iri in one.begin())])
    for one in searches:
        while not one.done(known):
            known.ask(one.further(known))
    ties = {iri: key[1:] for one in searches for iri, key in one.found.keys.items()}
    ties = {iri: searches[0].found.ties(iri) for iri in also} | ties
    rows = known.ordered(ties)
    whole = all(one.next is None for one in searches)
    found = tuple(one.found for one in searches)
    return Leading(rows, whole, sum(one.possible for one in found), found)


def fitting_of(
    queries: SavedQueries, given: Given, among: Iterable[str] | None = None
) -> frozenset[str]:
    """Return who is recommended, of all or among some."""
    known = {name: value for name, value in given.items() if name not in _SCORING}
    if among is not None:
        known["resources"] = " ".join(among)
        if not known["resources"]:
            return frozenset()
    return frozenset(row["resource"] for row in queries.rows(FITTING, known))


def kind(row: Row) -> str:
    """Return the kind of resource that a row is about."""
    return local_name(row["kind"]).lower()


@dataclass
class _Known:
    """What the ranking says of the resources that it was asked about."""

    queries: SavedQueries
    given: Given
    rows: list[Row] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    def ask(self, iris: Sequence[str]) -> None:
        """Ask about resources, each once."""
        new = [iri for iri in dict.fromkeys(iris) if iri not in self.asked]
        self.asked.update(new)
        for start in range(0, len(new), _AT_ONCE):
            some = " ".join(new[start : start + _AT_ONCE])
            self.rows += self.queries.rows(RANKING, {**self.given, "resources": some})

    def fitting(self, iris: Sequence[str]) -> list[str]:
        """Return which of some resources fit, in their order."""
        fitting = fitting_of(self.queries, self.given, iris)
        return [iri for iri in iris if iri in fitting]

    def ordered(self, ties: Mapping[str, Key]) -> tuple[Row, ...]:
        """Return the rows in their order; `ties` has what decides between equals."""
        return tuple(
            sorted(self.rows, key=lambda row: (-int(row["score"]), *ties[row["resource"]]))
        )


@dataclass
class _Search:
    """The search for the first of a group."""

    group: Group
    found: Shortlist
    waiting: list[str] = field(default_factory=list)

    @property
    def next(self) -> Key | None:
        """The key of the next that nothing was asked about."""
        return self.found.keys[self.waiting[0]] if self.waiting else self.found.next()

    def begin(self) -> list[str]:
        """Return whom to ask about first."""
        return self.found.more(self.group.most + self.group.most // 4 + _SPARE)

    def done(self, known: _Known) -> bool:
        """Say whether the first are known: nobody else can have more points than the last."""
        beyond = self.next
        if beyond is None:
            return True
        keys = [
            (-int(row["score"]), *self.found.keys[row["resource"]][1:])
            for row in known.rows
            if row["resource"] in self.found.keys and self._of_group(row)
        ]
        keys.sort()
        return len(keys) >= self.group.most and keys[self.group.most - 1] <= beyond

    def further(self, known: _Known) -> list[str]:
        """Return whom to ask about next."""
        while not self.waiting and self.found.next():
            self.waiting = known.fitting(self.found.more(_SIFTED))
        some, self.waiting = self.waiting[:_AT_ONCE], self.waiting[_AT_ONCE:]
        return some

    def _of_group(self, row: Row) -> bool:
        return not self.group.kinds or kind(row) in self.group.kinds
