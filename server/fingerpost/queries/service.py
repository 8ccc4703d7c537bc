"""The saved queries of a graph, ready to be asked: what the web and the command line share."""

import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from math import inf

from fingerpost.engine import Engine, Query, results, rows
from fingerpost.engine.results import JSON, Page, Part
from fingerpost.engine.rows import Row, Table
from fingerpost.errors import EngineBusy, QueryOutOfTime
from fingerpost.queries import bind, leading, paging, picking, saved
from fingerpost.queries.kept import Former, Kept
from fingerpost.queries.picking import Columns, Pick
from fingerpost.queries.saved import SavedQuery
from fingerpost.queries.things import Things

_AT_ONCE = 5_000
"""Rows of a kept answer that are read at once."""
_YOUNG = 600.0
"""Seconds for which what is out of date is shown rather than to let somebody wait for the engine:
where the graph changes all the time, nothing is ever kept."""

First = Callable[["SavedQueries", Mapping[str, str], int], str | None]
"""Returns the first rows of an answer, so many, in `results.JSON`; None where nobody knows them."""


@dataclass(frozen=True)
class SavedQueries:
    """Saved queries over one engine, whose data does not change, and answers that are `kept`.

    `firsts` has what finds the first rows of some of them, by their names. What was kept `before`
    answers, where there is such, instead of what takes long, if it is not out of date for longer
    than `within` seconds.
    """

    engine: Engine
    queries: Mapping[str, SavedQuery]
    kept: Kept | None = None
    firsts: Mapping[str, First] = field(default_factory=dict)
    before: Former | None = None
    within: float = inf
    _read: dict[str, dict[str, str]] = field(default_factory=dict, compare=False)

    @cached_property
    def _classes(self) -> Things:
        return Things(self.engine, self._read)

    def things(self, class_: str) -> Mapping[str, str]:
        """Return what has the class (a prefixed name): IRI → preferred English name."""
        return self._classes.all(class_)

    def few(self, class_: str, most: int) -> Mapping[str, str]:
        """Return what has the class, as `things`, or nothing where that is more than `most`."""
        return self._classes.few(class_, most)

    def having(self, class_: str, iris: Collection[str]) -> frozenset[str]:
        """Return those of some IRIs that have the class (a prefixed name), and a name."""
        return self._classes.having(class_, iris)

    def text(self, name: str, given: Mapping[str, str]) -> str:
        """Return the SPARQL of a saved query with its parameters in place.

        Raises:
            UnknownQuery: there is no query of that name.
            BadParameter: a parameter is unknown, missing, or has a value it does not take.
        """
        return bind.bind(saved.find(self.queries, name), given, self.things, self.having)

    def query(self, name: str, given: Mapping[str, str]) -> Query:
        """Return what the engine is asked: no word more than it needs, and read once for all.

        Raises as `text` does.
        """
        found = saved.find(self.queries, name)
        asked = found.bare([name for name, value in given.items() if value])
        text = bind.bind(asked, given, self.things, self.having)
        # A value is one term, whatever it says, unless somebody undoes its escapes too early.
        return Query(text, sound=found.sound and not any("\\" in one for one in given.values()))

    def meant(self, name: str, given: Mapping[str, str]) -> dict[str, str]:
        """Return what the values given stand for, IRIs in full; raises as `text` does."""
        found = saved.find(self.queries, name)
        terms = bind.values(found, given, self.things, self.having)
        return {one: term.value for one, term in terms.items()}

    def answer(self, name: str, given: Mapping[str, str], media_type: str = JSON) -> bytes:
        """Return the answer to a saved query in `media_type`; raises as `text` does."""
        return self.engine.answer(self.query(name, given), media_type)

    def page(
        self, name: str, given: Mapping[str, str], start: int, size: int, media_type: str = JSON
    ) -> Page:
        """Return rows of a saved SELECT from `start` on (from 0); raises as `text` does.

        Of the engine no more is asked than is needed to say whether there are more.
        """
        return results.written(*self._cut(name, given, start, size), media_type)

    def some(
        self, name: str, given: Mapping[str, str], start: int, size: int
    ) -> tuple[Table, bool]:
        """Return such rows to be read, and whether there are more; raises as `text` does."""
        document, more = self._cut(name, given, start, size)
        return rows.read(document.encode()), more

    def _cut(self, name: str, given: Mapping[str, str], start: int, size: int) -> tuple[str, bool]:
        if self.queries[name].limited:
            return results.cut(self.answer(name, given), start, size)
        return (
            self._whole(self.kept, name, given, start, size)
            or self._picked(self.kept, name, given, start, size)
            or self._first(name, given, start, size)
            or self._leading(self.kept, name, given, start, size)
            or self._formerly(_YOUNG, name, given, start, size)
            or self._waited(name, given, start, size)
        )

    def _formerly(
        self, most: float, name: str, given: Mapping[str, str], start: int, size: int
    ) -> tuple[str, bool] | None:
        """Return rows that are out of date for so many seconds at most; None where none are."""
        before = self._before(most)
        found = (
            self._whole(before, name, given, start, size)
            or self._picked(before, name, given, start, size)
            or self._leading(before, name, given, start, size)
        )
        if before and found:
            before.used()
        return found

    def _before(self, most: float) -> Former | None:
        age = self.before.age() if self.before else None
        return self.before if age is not None and age <= min(most, self.within) else None

    def _waited(
        self, name: str, given: Mapping[str, str], start: int, size: int
    ) -> tuple[str, bool]:
        """Return rows of the engine; where that takes too long, of whatever there is."""
        try:
            return self._asked(name, given, start, size)
        except QueryOutOfTime:
            found = self._formerly(inf, name, given, start, size)
            if found is None:
                raise
            return found

    def _whole(
        self, kept: Kept | None, name: str, given: Mapping[str, str], start: int, size: int
    ) -> tuple[str, bool] | None:
        """Return rows of the kept answer itself; None where there is none."""
        part = self._of(kept, name, given, start, size)
        return (part.json, start + len(part.rows) < part.total) if part else None

    def _picked(
        self, kept: Kept | None, name: str, given: Mapping[str, str], start: int, size: int
    ) -> tuple[str, bool] | None:
        """Return rows of the kept answer that the values let pass; None where they do not say."""
        picks = picking.needed(self.queries[name], [one for one in given if given[one]])
        listed = self._listed(kept, name, picks, given) if picks else None
        part = listed(start, size) if listed else None
        return (part.json, start + len(part.rows) < part.total) if part else None

    def _listed(
        self, kept: Kept | None, name: str, picks: Sequence[Pick], given: Mapping[str, str]
    ) -> Callable[[int, int], Part | None] | None:
        """Return what reads the rows of a kept answer that pass; None where it is not kept."""
        if kept is None:
            return None
        query, chosen = self.queries[name], list[tuple[Columns, Sequence[int]]]()
        for pick in picks:
            values = kept.told(pick.of, pick.columns)
            if values is None:
                return None
            found = list[int]()
            for asked in picking.texts(query, pick, given, values, self.things, self.having):
                sound = query.sound and "\\" not in asked
                some = rows.read(self.engine.answer(Query(asked, sound=sound), JSON)).rows
                found += [int(row[picking.NUMBER]) for row in some]
            if len(found) < len(values):
                chosen.append((pick.columns, found))
        of = picks[0].of
        return partial(kept.picked, of, chosen) if chosen else partial(kept.part, of)

    def _first(
        self, name: str, given: Mapping[str, str], start: int, size: int
    ) -> tuple[str, bool] | None:
        """Return rows that are known to be among the first; None where they are not."""
        first = self.firsts.get(name)
        found = first(self, given, start + size + 1) if first else None
        return results.cut(found.encode(), start, size) if found else None

    def _leading(
        self, kept: Kept | None, name: str, given: Mapping[str, str], start: int, size: int
    ) -> tuple[str, bool] | None:
        """Return rows that the first of a kept list fill, whoever follows; None where they do not.

        A list says nothing of another generation than its own.

        Raises:
            BadParameter: a value is none that the query takes.
        """
        query = self.queries[name]
        for parameter, listed in query.first.items():
            among = query.named(query.values[parameter])
            if kept is None or any(given.get(one) for one in among):
                continue
            self.query(name, given)
            narrowed = self._narrowed(kept, listed, name, given)
            found = leading.filled(
                narrowed or partial(kept.part, listed),
                partial(self._among, name, given, parameter),
                start + size + 1,
                query.text.count(saved.free(query.values[parameter])),
                picking.empty(query) if narrowed else "",
            )
            if found and kept.part(listed, 0, 0):
                return results.cut(found.encode(), start, size)
        return None

    def _narrowed(
        self, kept: Kept, listed: str, name: str, given: Mapping[str, str]
    ) -> Callable[[int, int], Part | None] | None:
        """Return what reads a list without what some values leave out; None where none does.

        Where it takes one that does more than to leave out rows of what is kept, it is asked, if
        it is not the query itself.
        """
        if listed not in self.queries:
            return None
        query = self.queries[listed]
        own = {one.name: given[one.name] for one in query.parameters if given.get(one.name)}
        picks = picking.among(query, own)
        told = {one: own[one] for pick in picks for one in pick.parameters if one in own}
        if own.keys() > told.keys() and listed != name:
            return partial(results.part, self.answer(listed, own))
        return self._listed(kept, listed, picks, told) if picks else None

    def _among(
        self,
        name: str,
        given: Mapping[str, str],
        parameter: str,
        stretch: leading.Stretch,
        size: int,
    ) -> tuple[str, bool]:
        """Return the first rows of an answer about some things, and whether there are more."""
        among = {**given, parameter: " ".join(stretch.things)}
        return self._asked(name, among, 0, size)

    def _asked(
        self, name: str, given: Mapping[str, str], start: int, size: int
    ) -> tuple[str, bool]:
        asked = self.query(name, given)
        paged = replace(asked, text=paging.paged(asked.text, start, size + 1))
        return results.cut(self.engine.answer(paged, JSON), 0, size)

    def table(self, name: str, given: Mapping[str, str]) -> Table:
        """Return columns and rows of a saved SELECT; raises as `text` does."""
        kept = self._part(name, given, 0, sys.maxsize)
        return rows.read(kept.json.encode()) if kept else rows.read(self.answer(name, given))

    def each(self, name: str, given: Mapping[str, str]) -> Iterator[Row]:
        """Yield the rows of a saved SELECT, for which nobody waits, one by one.

        Raises as `text` does; EngineBusy where the graph has changed meanwhile.
        """
        part, start = self._part(name, given, 0, _AT_ONCE), 0
        if part is None:
            yield from rows.streamed(
                self.engine, replace(self.query(name, given), patience=rows.PATIENCE)
            )
        while part:
            yield from rows.read(part.json.encode()).rows
            start += _AT_ONCE
            if start >= part.total:
                return
            part = self._part(name, given, start, _AT_ONCE)
            if part is None:
                raise EngineBusy("The graph has changed meanwhile. Ask again.")

    def size(self, name: str, given: Mapping[str, str]) -> int | None:
        """Return how many rows a kept answer has, None where none is."""
        kept = self._part(name, given, 0, 0)
        return kept.total if kept else None

    def rows(self, name: str, given: Mapping[str, str]) -> tuple[Row, ...]:
        """Return the rows of a saved SELECT; raises as `text` does."""
        return self.table(name, given).rows

    def _part(self, name: str, given: Mapping[str, str], start: int, size: int) -> Part | None:
        """Return rows of the kept answer to a saved query, perhaps of before."""
        found = self._of(self.kept, name, given, start, size)
        if found:
            return found
        before = self._before(_YOUNG)
        found = self._of(before, name, given, start, size)
        if before and found:
            before.used()
        return found

    def _of(
        self, kept: Kept | None, name: str, given: Mapping[str, str], start: int, size: int
    ) -> Part | None:
        if kept is None or given or picking.timed(saved.find(self.queries, name)):
            return None
        return kept.part(name, start, size)
