"""What has the most of some values: each value is looked at once, however many wishes it meets."""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache, reduce
from heapq import nsmallest
from itertools import groupby
from operator import itemgetter, or_

from fingerpost.index.kept import Index, Value
from fingerpost.reconcile.asked import Wish

_VALUES = """
SELECT wish, id FROM (
  SELECT json_extract(value, '$[0]') AS wish, json_extract(value, '$[1]') AS property,
    json_extract(value, '$[2]') AS key
  FROM json_each(?)
) JOIN value USING (property, key)
"""
_VALUED = """
SELECT thing, value FROM valued WHERE value IN (SELECT value FROM json_each(?)) ORDER BY thing
"""
_IRIS = "SELECT id, iri FROM thing WHERE id IN (SELECT value FROM json_each(?))"


def having(kept: Index, wishes: Sequence[Wish], most: int) -> tuple[str, ...]:
    """Return the IRIs of those for which most wishes come true, at most so many.

    Of equals those come first for which an earlier wish does. A wish that is there several times
    counts as often.
    """
    times = Counter(wishes)
    met = _met(kept, list(times))
    counts = list(times.values())

    @cache
    def rank(wished: int) -> tuple[int, int]:
        numbers = [number for number in range(len(counts)) if wished >> number & 1]
        return -sum(counts[number] for number in numbers), numbers[0]

    rows = groupby(kept.each(_VALUED, json.dumps([*met])), key=itemgetter(0))
    found = ((reduce(or_, (met[value] for _, value in some)), thing) for thing, some in rows)
    first = [thing for _, thing in nsmallest(most, ((rank(some), one) for some, one in found))]
    iris = {thing: str(iri) for thing, iri in kept.select(_IRIS, json.dumps(first))}
    return tuple(iris[thing] for thing in first)


def _met(kept: Index, wishes: Sequence[Wish]) -> dict[Value, int]:
    """Return for each value that is there which wishes it meets: a bit for each."""
    asked = [
        (number, wish.property_.id, key) for number, wish in enumerate(wishes) for key in wish.keys
    ]
    met = defaultdict[Value, int](int)
    for number, value in kept.select(_VALUES, json.dumps(asked)):
        met[value] |= 1 << int(str(number))
    return met
