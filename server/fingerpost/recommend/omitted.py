"""What is left out of an answer though it is for such data, and why."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fingerpost.engine.rows import Row
from fingerpost.index.kept import Index
from fingerpost.queries.service import SavedQueries
from fingerpost.recommend.answer import Omission
from fingerpost.recommend.leading import kind
from fingerpost.recommend.question import part
from fingerpost.recommend.shortlist import shortlist, small

_NEAREST = 80
"""Resources of which it is found out whether they are left out, where there are many."""
_TOLD = 30
"""Of these, how many are told of."""
_AT_ONCE = 40
"""How many of them are asked about in one query: mostly enough to tell of so many."""


@dataclass(frozen=True)
class LeftOut:
    """What is left out of an answer; not `complete` where there may be more."""

    omissions: tuple[Omission, ...]
    complete: bool = True


def left_out(given: dict[str, str], queries: SavedQueries, index: Index | None) -> LeftOut:
    """Return what is left out, by name; in a large graph the nearest, those first."""
    known = part(given, "data", "technique", "phase", "kind", "sensitive")
    known |= part(given, "size", "stage", "embargo", "free")
    near = shortlist(index, given, left_out=True) if index else None
    nearest = near.more(_NEAREST) if near else []
    complete = near is None or near.next() is None
    if near and not nearest:
        return LeftOut(())
    # Where there are few resources, all that are left out are told of.
    if not complete and index and small(index):
        nearest, complete = [], True
    starts = range(0, len(nearest), _AT_ONCE)
    parts = [nearest] if complete else [nearest[one : one + _AT_ONCE] for one in starts]
    found = [
        Omission(
            resource=resource,
            name=rows[0]["name"],
            kind=kind(rows[0]),
            why=_unique(rows, "why"),
            successors=_unique(rows, "successor"),
            sources=_unique(rows, "source"),
        )
        for resource, rows in _told(known, parts, queries).items()
    ]
    if not complete:
        found.sort(key=lambda one: nearest.index(one.resource))
        found = found[:_TOLD]
    return LeftOut(tuple(found), complete)


def _told(
    known: dict[str, str], parts: Iterable[Sequence[str]], queries: SavedQueries
) -> dict[str, list[Row]]:
    """Return what is said of those left out, by resource, till there are enough of them."""
    together: dict[str, list[Row]] = defaultdict(list)
    for some in parts:
        given = {**known, "resources": " ".join(some)}
        for row in queries.rows("recommend/not-recommended", given):
            together[row["resource"]].append(row)
        if len(together) >= _TOLD:
            break
    return together


def _unique(rows: list[Row], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row[name] for row in rows if name in row))
