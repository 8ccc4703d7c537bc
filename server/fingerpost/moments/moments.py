"""What an engine holds, as its sources stood on earlier days; the last days asked for are kept."""

import datetime
import threading
from bisect import bisect_right
from collections import OrderedDict
from functools import cached_property
from typing import TypeVar

from fingerpost import clock
from fingerpost.engine import Engine, rows
from fingerpost.errors import Preparing
from fingerpost.graph import moment
from fingerpost.index.indexes import Indexes
from fingerpost.moments import here, then
from fingerpost.moments.apart import Making, Source
from fingerpost.moments.then import Then

_KEPT = 6
_KEPT_APART = 2
"""Days that are kept of those that have an engine of their own."""
_DATES = """
SELECT DISTINCT ?date
WHERE {{ VALUES ?property {{ {properties} }} ?subject ?property ?date }}
ORDER BY STR(?date)
"""

_Value = TypeVar("_Value")


class Moments:
    """The days of one generation; two days between which no date lies are the same.

    Days of a large graph are made apart from `source`, where the engine has one.
    """

    def __init__(self, engine: Engine, source: Source | None = None) -> None:
        self._engine = engine
        self._source = source
        self._dates: list[str] | None = None
        self._here: OrderedDict[str, Then] = OrderedDict()
        self._apart: OrderedDict[str, Making] = OrderedDict()
        self._lock = threading.Lock()

    def at(self, day: datetime.date) -> Then | None:
        """Return the graph as of `day`; None where that is the graph as it is.

        Raises:
            QueryFault: as `Engine.fetch`, where the graph is too large to be read.
            Preparing, EngineBusy, StoreFault: as `Making.engine`; or another day is being made.
        """
        dates = self._dates = self._dates or self._found()
        last = bisect_right(dates, day.isoformat())
        if last == bisect_right(dates, clock.today().isoformat()):
            return None
        return self._then(dates[last - 1] if last else "")

    @cached_property
    def _many(self) -> bool:
        """Whether a day takes so long to make that nobody else should wait for it."""
        return Indexes(self._engine).many

    def _then(self, day: str) -> Then:
        if self._source and self._many:
            return self._making(self._source, day).then()
        with self._lock:
            if day not in self._here:
                self._here[day] = then.of(here.made(self._engine, day))
            return _latest(self._here, day, _KEPT)

    def _making(self, source: Source, day: str) -> Making:
        """Return a day that is or was made apart, one at a time."""
        with self._lock:
            if day not in self._apart or self._apart[day].over:
                if any(making.running for making in self._apart.values()):
                    raise Preparing("Another earlier day is being made. Ask again soon.")
                self._apart[day] = Making(source, day)
            return _latest(self._apart, day, _KEPT_APART)

    def _found(self) -> list[str]:
        """Return every date that decides how the graph stood, in order."""
        properties = " ".join(sorted(map(str, moment.DATED)))
        found = rows.soon(self._engine, _DATES.format(properties=properties))
        return [row["date"] for row in found]


def _latest(kept: OrderedDict[str, _Value], day: str, most: int) -> _Value:
    """Return what is kept of a day, and drop the days that were not asked for the longest."""
    kept.move_to_end(day)
    while len(kept) > most:
        kept.popitem(last=False)
    return kept[day]
