"""What an index knows of a question: how many points a resource can have at most, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from fingerpost.graph.vocabulary import IDS
from fingerpost.index.kept import Value
from fingerpost.index.ranking import ANY
from fingerpost.index.standing import CONTROLLED, recent
from fingerpost.index.words import expression
from fingerpost.recommend.facts import Facts

ANYTHING = f"{IDS}data-type/any-data"
Given = Mapping[str, str]
"""The parameters of `recommend/recommend`."""

_TAKERS = 5
"""Repositories that count, of those that take a standard or format."""


@dataclass(frozen=True)
class Feature:
    """Something that a question asks for besides, and how to find who has it.

    Of the features below one `heading` only the best counts. `table` gives `id` and `times`; in a
    `text` whoever looks for one resource reads all before it.
    """

    heading: str
    points: int
    table: str
    values: tuple[Value, ...]
    text: bool = False


@dataclass(frozen=True)
class Asked:
    """A question, as far as points depend on it."""

    given: Given
    facts: Facts

    @cached_property
    def data(self) -> str:
        """The type of data."""
        return self.given.get("data") or ANYTHING

    @cached_property
    def phase(self) -> int:
        """The number of the phase."""
        return self.facts.numbers.get(self.given.get("phase", ""), ANY)

    @cached_property
    def whole(self) -> frozenset[int]:
        """The types of which whoever takes them takes all of the data."""
        return self._numbers(self.facts.lineage(self.data))

    @cached_property
    def types(self) -> dict[int, int]:
        """The types of data that fit → points."""
        every = self.facts.lineage(self.data) | self.facts.within(self.data)
        found = {one: self._closeness(one) for one in every if one in self.facts.numbers}
        return {self.facts.numbers[one]: points for one, points in found.items()}

    def _closeness(self, type_: str) -> int:
        weights, above = self.facts.weights, self.facts.above
        one_above = above.get(self.data, frozenset())
        if type_ == self.data:
            return weights["data-exact"]
        if type_ == ANYTHING:
            return weights["data-any"]
        if type_ in one_above:
            return weights["data-broader-1"]
        if any(type_ in above.get(one, ()) for one in one_above):
            return weights["data-broader-2"]
        if self.facts.numbers[type_] in self.whole:
            return weights["data-broader-more"]
        return weights["data-narrower"]

    @cached_property
    def sensitive(self) -> bool:
        """Whether there are personal data."""
        return self.given.get("sensitive") == "true" or self.data in self.facts.personal

    @cached_property
    def _favoured(self) -> Mapping[str, int]:
        return self.facts.favours.get(self.given.get("phase", ""), {})

    def kind(self, kinds: Iterable[str]) -> int:
        """Return the points for being of some kinds."""
        return max((self._favoured.get(one, 0) for one in kinds), default=0)

    @cached_property
    def fixed(self) -> int:
        """The points that everybody has who fits."""
        return self.facts.weights["phase-used"] if self.phase else 0

    def access(self, personal: int) -> int:
        """Return the points for what a resource does with personal data."""
        fits = self.sensitive and personal >= CONTROLLED
        return self.facts.weights["access-controlled"] if fits else 0

    def place(self, home: int, countries: Iterable[str]) -> int:
        """Return the points for a seat, where `home` are those when no country is asked for."""
        country = self.given.get("country")
        if not country:
            return home
        if country in countries:
            return self.facts.weights["place-same"]
        here = self.facts.europe.intersection(countries)
        return self.facts.weights["place-europe"] if here else 0

    def fresh(self, spoken: int | None) -> int:
        """Return the points for a source that last spoke then, less those that the index has."""
        asked = self._year is not None and recent(spoken, self._year)
        return self.facts.weights["freshness-recent"] * (asked - recent(spoken, self.facts.year))

    @cached_property
    def fresher(self) -> int:
        """The most points for a source that is recent on the day asked, and not so in the index."""
        earlier = self._year is not None and self._year < self.facts.year
        return self.facts.weights["freshness-recent"] * earlier

    @cached_property
    def _year(self) -> int | None:
        """The year in which sources are recent or not; without one, none gives points."""
        return int(self.given["at"][:4]) if self.given.get("at") else None

    def scope(self, scope: str, types: Iterable[int]) -> int:
        """Return by how much a scope has fewer points, where only a part of the data fits."""
        criterion, _, whole = scope.partition(" ")
        if not criterion or whole or not self.whole.isdisjoint(types):
            return 0
        part = 0 if self.data == ANYTHING else self.facts.weights["scope-domain-part"]
        return part - self.facts.weights[criterion]

    @cached_property
    def most(self) -> int:
        """The points that nobody has more of, beyond those for features and those always had."""
        weights = self.facts.weights
        seats = ("place-same", "place-europe") if self.given.get("country") else ()
        scopes = ("scope-domain", "scope-selective", "scope-institutional")
        return (
            max(self.types.values(), default=0)
            + self.fixed
            + self.fresher
            + self.kind(self._favoured)
            + self.access(CONTROLLED)
            + max((weights[one] for one in seats), default=0)
            + max(0, weights["scope-domain-part"] - min(weights[one] for one in scopes))
        )

    def features(self) -> list[Feature]:
        """Return what the question asks for besides."""
        weights = self.facts.weights
        found = [
            self._marked("stage-same", "stage", self.given.get("stage")),
            self._marked("affiliation-own", "own", self.given.get("affiliation")),
            self._marked("identifier-minted", "mints", self.given.get("mints")),
            self._marked("embargo-allowed", "embargo", self.given.get("embargo")),
            *(
                self._marked("form-same", "form", f"{IDS}standard-type/{one}")
                for one in self.given.get("forms", "").split()
            ),
            *self._technique(),
            *self._texts(),
            *self._advice(),
            self._taken(),
        ]
        if self.given.get("free"):
            costs = ("free", "free-up-to-a-limit")
            found += (self._marked(f"cost-{one}", "cost", f"{IDS}cost/{one}") for one in costs)
        if self.given.get("size"):
            found.append(Feature("size", weights["size-taken"], _MARKED, ("size", "")))
        return [one for one in found if one]

    def _marked(self, criterion: str, what: str, value: str | None) -> Feature | None:
        if not value:
            return None
        heading = criterion.partition("-")[0]
        return Feature(heading, self.facts.weights[criterion], _MARKED, (what, value))

    def _technique(self) -> Iterable[Feature | None]:
        for name in ("technique", "preferred"):
            asked = self.given.get(name)
            for one in self.facts.within(asked) if asked else ():
                exact = "technique-exact" if one == asked else "technique-narrower"
                yield self._marked(exact, "technique", one)

    def _taken(self) -> Feature:
        """Return that repositories for such data take it, each once for each type that fits."""
        types = [str(one) for one in self.types if one != self.facts.numbers.get(ANYTHING)]
        table = _TAKEN.format(types=", ".join("?" * len(types)))
        points = self.facts.weights["asked-by-repository"]
        return Feature("asked-by", points, table, (_TAKERS, *types))

    def _texts(self) -> Iterable[Feature]:
        weights = self.facts.weights
        only = self.data == ANYTHING
        for given, criterion, column in (
            ("words", "words-name-only" if only else "words-name", "name"),
            ("words", "words-description", "description"),
            ("rare", "words-rare-only" if only else "words-rare", ""),
        ):
            words = expression(self.given.get(given, "").split("|"), column)
            if words:
                yield Feature("words", weights[criterion], _WORDED, (words,), text=True)
        for iri in self.given.get("named", "").strip("<>").split("><"):
            if iri:
                yield Feature("words", weights["words-named"], _NAMED, (iri,))

    def _advice(self) -> Iterable[Feature]:
        weights = self.facts.weights
        for type_ in self.whole:
            anything = type_ == self.facts.numbers.get(ANYTHING)
            points = weights["advice-for-any" if anything else "advice-for-data"]
            yield Feature("advice", points, _ADVISED, (type_, self.phase))

    def _numbers(self, iris: Iterable[str]) -> frozenset[int]:
        known = self.facts.numbers
        return frozenset(known[one] for one in iris if one in known)


_MARKED = "SELECT id, 1 AS times FROM mark WHERE what = ? AND value = ?"
_TAKEN = (
    "SELECT id, MIN(SUM(times), ?) AS times FROM mark WHERE what = 'taken' "
    "AND value IN ({types}) GROUP BY id"
)
_WORDED = (
    "SELECT resource.id AS id, 1 AS times FROM words JOIN resource ON thing = words.rowid "
    "WHERE words MATCH ?"
)
_NAMED = "SELECT id, 1 AS times FROM resource WHERE thing = (SELECT id FROM thing WHERE iri = ?)"
_ADVISED = "SELECT id, 1 AS times FROM advice WHERE type = ? AND phase = ?"
