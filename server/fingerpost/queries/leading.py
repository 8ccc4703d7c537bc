"""The things that an answer can begin with, out of a kept list of all that it can be about.

A saved query that takes many things, and puts them in an order that no value changes, names under
`first` the saved query that lists them all in that order:

    #+ values:
    #+   - tools: tool
    #+ first:
    #+   - tools: explore/tools

Rows about things of the list must come in the order of the list. So where the first things of it
fill a page, that is the page, and the others are never looked at.
"""

from collections.abc import Sequence

from fingerpost.engine import rows
from fingerpost.engine.results import Part

MOST = 600
"""Things that are looked at first; with more of them the engine tries each thing with all else."""
_MANY = 1000
"""Things in a list from which it is worth to look at the first alone."""
_PART = 4
"""One in so many is looked at first, at most."""


def things(part: Part) -> Sequence[str]:
    """Return the first things of a list, given its first rows; none where the list is short.

    The first column has the thing. Where there is a second, things alike in it may come in any
    order: those like the last one are left out, as there may be more of them.
    """
    if part.total < _MANY:
        return ()
    table = rows.read(part.json.encode())
    thing, *others = table.columns
    found = table.rows[: part.total // _PART]
    if not others:
        return [row[thing] for row in found]
    last = found[-1].get(others[0])
    return [row[thing] for row in found if row.get(others[0]) != last]
