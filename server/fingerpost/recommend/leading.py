"""The first rows of a ranking: the saved query, asked about those alone that can be among them."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from fingerpost.engine import rows as reading
from fingerpost.engine.rows import Row
from fingerpost.graph.vocabulary import local_name
from fingerpost.index.kept import Index
from fingerpost.queries import picking, saved
from fingerpost.queries.leading import together
from fingerpost.queries.service import SavedQueries
from fingerpost.recommend.bounds import Given
from fingerpost.recommend.candidates import Key
from fingerpost.recommend.shortlist import Shortlist, shortlist, small

RANKING = "recommend/recommend"
FITTING = "recommend/fitting"
_SPARE = 4
"""Resources listed beyond those that are wanted, as rules may leave some out."""
_NEXT = 48
"""Resources that the ranking is asked about next at least, where the first were too few."""
_SIFTED = 400
"""Resources of which it is asked in one query which fit, where many of the first do not."""
_RULING_OUT = frozenset({"size", "stage", "embargo", "free", "country", "affiliation"})
"""Parameters that leave out some, of which the index does not know whom."""
_FIRST = 2_000
"""Rows of a page, and of those before it, that are looked for by the index."""
_WORD = r"[^A-Za-z0-9\\.+*?()\[\]{}^$|]*[A-Za-z0-9][^\\.+*?()\[\]{}^$|]*"
_WORDS = re.compile(rf"({_WORD}(\|{_WORD})*)?")
"""Words of which the index knows at least who the ranking finds by them: each has a letter or digit
that the index knows, and nothing in it means anything in a regular expression."""
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
    searches = _searches(index, given, groups)
    if not searches:
        rows = queries.rows(RANKING, given)
        return Leading(rows, whole=True, possible=len(rows))
    rows = _looked_at(queries, given, searches, also).ordered(_ties(searches, also))
    whole = all(one.next is None for one in searches)
    found = tuple(one.found for one in searches)
    return Leading(rows, whole, sum(one.possible for one in found), found)


def first(
    index: Callable[[], Index | None], queries: SavedQueries, given: Given, most: int
) -> str | None:
    """Return the first rows of a ranking, so many, in `results.JSON`; `given` is as people say it.

    None where there is no index, where all may be looked at, and for what it does not tell.

    Raises:
        BadParameter: a value is none that the ranking takes.
    """
    found = None if most > _FIRST or given.get("resources") else index()
    if found is None or small(found):
        return None
    meant = {name: one for name, one in queries.meant(RANKING, given).items() if one != "false"}
    words = (meant.get("words", ""), meant.get("rare", ""))
    told = all(map(_WORDS.fullmatch, words))
    searches = _searches(found, meant, [Group(most)]) if told else []
    if not searches:
        return None
    return _looked_at(queries, meant, searches).document(_ties(searches), most)


def _searches(index: Index | None, given: Given, groups: Sequence[Group]) -> "list[_Search]":
    """Return the search for each group; none where no index knows the question."""
    lists = index and [
        (one, shortlist(index, given, among=one.among, kinds=one.kinds)) for one in groups
    ]
    return [_Search(group, listed) for group, listed in lists or () if listed]


def _looked_at(
    queries: SavedQueries, given: Given, searches: "Sequence[_Search]", also: Sequence[str] = ()
) -> "_Known":
    """Ask the ranking until it has told the first of each search, and about others."""
    known = _Known(queries, given)
    known.ask([*also, *(iri for one in searches for iri in one.begin(known))])
    for one in searches:
        while not one.done(known):
            known.ask(one.further(known))
    return known


def _ties(searches: "Sequence[_Search]", also: Sequence[str] = ()) -> dict[str, Key]:
    """Return what decides between those looked at that have the same points."""
    ties = {iri: key[1:] for one in searches for iri, key in one.found.keys.items()}
    return {iri: searches[0].found.ties(iri) for iri in also} | ties


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
    documents: list[bytes] = field(default_factory=list)

    def ask(self, iris: Sequence[str]) -> None:
        """Ask about resources, each once."""
        new = [iri for iri in dict.fromkeys(iris) if iri not in self.asked]
        self.asked.update(new)
        ranking = self.queries.queries[RANKING]
        # To plan it takes 10 to 17 ms each time.
        for some in together(new, ranking.text.count(saved.free(ranking.values["resources"]))):
            answer = self.queries.answer(RANKING, {**self.given, "resources": " ".join(some)})
            self.documents.append(answer)
            self.rows += reading.read(answer).rows

    def fitting(self, iris: Sequence[str]) -> list[str]:
        """Return which of some resources fit, in their order."""
        fitting = fitting_of(self.queries, self.given, iris)
        return [iri for iri in iris if iri in fitting]

    def ordered(self, ties: Mapping[str, Key]) -> tuple[Row, ...]:
        """Return the rows in their order; `ties` has what decides between equals."""
        return tuple(self.rows[place] for place in self._order(ties))

    def document(self, ties: Mapping[str, Key], most: int) -> str:
        """Return the first rows in their order, so many, in `results.JSON`."""
        frame = json.loads(picking.empty(self.queries.queries[RANKING]))
        answers = (json.loads(one)["results"]["bindings"] for one in self.documents)
        every = [row for rows in answers for row in rows]
        found = [every[place] for place in self._order(ties)[:most]]
        return json.dumps({**frame, "results": {"bindings": found}})

    def _order(self, ties: Mapping[str, Key]) -> list[int]:
        keys = [(-int(row["score"]), *ties[row["resource"]]) for row in self.rows]
        return sorted(range(len(keys)), key=keys.__getitem__)


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

    def begin(self, known: _Known) -> list[str]:
        """Return whom to ask about first; where that is many, only those who fit."""
        most = self.group.most + self.group.most // 4 + _SPARE
        if most <= _NEXT or _RULING_OUT.isdisjoint(known.given):
            return self.found.more(most)
        return self._sifted(known, most)

    def done(self, known: _Known) -> bool:
        """Say whether the first are known: nobody else can have more points than the last."""
        beyond = self.next
        if beyond is None:
            return True
        keys = self._keys(known)
        return len(keys) >= self.group.most and keys[self.group.most - 1] <= beyond

    def further(self, known: _Known) -> list[str]:
        """Return whom to ask about next: all that are missing, as each question is planned anew."""
        return self._sifted(known, max(_NEXT, self.group.most - len(self._keys(known))))

    def _sifted(self, known: _Known, most: int) -> list[str]:
        """Return the next of those who fit, so many or fewer."""
        while not self.waiting and self.found.next():
            self.waiting = known.fitting(self.found.more(_SIFTED))
        some, self.waiting = self.waiting[:most], self.waiting[most:]
        return some

    def _keys(self, known: _Known) -> list[Key]:
        """Return the keys of what is known of the group, in order."""
        found = (row for row in known.rows if row["resource"] in self.found.keys)
        return sorted(
            (-int(row["score"]), *self.found.keys[row["resource"]][1:])
            for row in found
            if self._of_group(row)
        )

    def _of_group(self, row: Row) -> bool:
        return not self.group.kinds or kind(row) in self.group.kinds
