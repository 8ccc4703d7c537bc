"""The things that an answer can begin with, out of a kept list of all that it can be about.

A saved query that takes many things, and puts them in an order that no value changes, names under
`first` the saved query that lists them all in that order:

    #+ values:
    #+   - tools: tool
    #+ first:
    #+   - tools: explore/tools

Rows about things of the list must come in the order of the list, before all others. So where the
first things of it fill a page, that is the page, and the others are never looked at. A thing may
stand in the list more than once: columns that both have tell for which place of it a row is.

The first few tell how many more it takes. Where that is too large a part of the list, it is left.

Where the list takes some of the same parameters, and these only leave out rows (see `picking`), it
is read without those rows. Where it takes one that does more, as to begin with the few who offer a
technique, it is asked of the graph. Such a list has all that an answer can be about: at its end
nothing follows.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, compress, takewhile

from fingerpost.engine import guard, rows
from fingerpost.engine.results import Part
from fingerpost.engine.rows import Row

Json = Mapping[str, object]

MOST = 600
"""Rows of a list that are looked at together; with more the engine tries each with all else."""
_MANY = 1000
"""Rows of a list from which it is worth to look at the first alone."""
_FEW = 25
"""Rows of a list that are looked at before it is known how many it takes."""
_PART = 8
"""One in so many is looked at, at most."""
_NEAR, _FAR = 5 * MOST, 20 * MOST
"""Rows of a list that are looked at in any case, where it takes them, and at most."""
_SPARE = 1.25
"""How many more are looked at than those before them let expect."""
_ROOM = guard.LENGTH * 3 // 4
"""Characters of a query that name things."""
_AROUND = len("<> ")


@dataclass(frozen=True)
class Stretch:
    """Some rows of a list: a thing in the first column, and what tells its place."""

    columns: Sequence[str]
    rows: Sequence[Row]

    @property
    def things(self) -> list[str]:
        """The things of these rows, each once."""
        return list(dict.fromkeys(row[self.columns[0]] for row in self.rows))

    def own(self, answer: str, *, more: bool) -> tuple[list[Json], bool]:
        """Return those rows of an answer, written in `results.JSON`, that are for these places.

        Rows for earlier places of the same things come before them, rows for later ones behind.
        Where the answer has `more` rows than these, such behind them tell that these are all, which
        is said beside them.
        """
        found = rows.read(answer.encode())
        both = [one for one in self.columns if one in found.columns]
        places = {tuple(row.get(one) for one in both) for row in self.rows}
        ours = [tuple(row.get(one) for one in both) in places for row in found.rows]
        every = not more or (any(ours) and not ours[-1])
        return list(compress(json.loads(answer)["results"]["bindings"], ours)), every


def filled(
    listed: Callable[[int, int], Part | None],
    ask: Callable[[Stretch, int], tuple[str, bool]],
    wanted: int,
    times: int = 1,
    empty: str = "",
) -> str | None:
    """Return the first rows of an answer, in `results.JSON`; None where they are not worth it.

    `listed` returns rows of the list, from one on and so many; `ask` the first so many rows of the
    answer about a stretch of it, and whether there are more. That names each thing so many times,
    and must not become too long. Where nothing can follow behind the list, `empty` is the answer
    without a row.
    """
    found, frame, looked, needed = list[Json](), empty, 0, _FEW
    before = Counter[str]()
    while len(found) < wanted:
        part = listed(looked, min(needed, MOST))
        if part is None or not (empty or part.total >= _MANY):
            return None
        if empty and looked == part.total:
            break
        if looked + needed > _end(part.total) and not (empty and part.total <= _NEAR):
            return None
        stretch = _stretch(part, times, last=looked + len(part.rows) == part.total)
        if stretch:
            earlier = sum(before[thing] for thing in stretch.things)
            frame, more = ask(stretch, wanted - len(found) + earlier)
            ours, every = stretch.own(frame, more=more)
            found += ours
            if not every and len(found) < wanted:
                return None
            before.update(row[stretch.columns[0]] for row in stretch.rows)
            looked += len(stretch.rows)
            needed = _needed(len(found), looked, wanted)
        elif needed < (most := min(MOST, _end(part.total) - looked)):
            needed = most
        else:
            return None
    return json.dumps({**json.loads(frame), "results": {"bindings": found}})


def _end(total: int) -> int:
    """Return how many rows of a list are looked at, at most."""
    return min(total, max(_NEAR, min(total // _PART, _FAR)))


def _needed(found: int, looked: int, wanted: int) -> int:
    """Return how many more rows of a list it takes, as those before them let expect."""
    return int((wanted - found) * looked / max(found, 1) * _SPARE) + _FEW


def _stretch(part: Part, times: int, *, last: bool = False) -> Stretch | None:
    """Return the rows of a list that can be asked about together; None where none can.

    Where there is a second column, rows alike in it may come in any order: the last ones that are
    alike are left for later, as there may be more of them, unless they are the `last` of the list.
    """
    table = rows.read(part.json.encode())
    found = _within(table.rows, table.columns[0], _ROOM // times)
    if not found:
        return None
    last = last and len(found) == len(table.rows)
    if len(table.columns) > 1 and not last:
        place = table.columns[1]
        end = found[-1].get(place)
        while found and found[-1].get(place) == end:
            found.pop()
    return Stretch(table.columns, found) if found else None


def _within(found: Sequence[Row], thing: str, room: int) -> list[Row]:
    """Return the first rows whose things can be named, as a blank node cannot, in so much room."""
    named = list(takewhile(lambda row: ":" in row[thing], found))
    sizes = accumulate(len(row[thing]) + _AROUND for row in named)
    return [row for row, size in zip(named, sizes, strict=True) if size <= room]


def together(things: Iterable[str], times: int) -> Iterator[list[str]]:
    """Yield IRIs in their order, as many at once as a query has room to name so many times."""
    some, size = list[str](), 0
    for one in things:
        size += (len(one) + _AROUND) * times
        if some and size > _ROOM:
            yield some
            some, size = [], (len(one) + _AROUND) * times
        some.append(one)
    if some:
        yield some
