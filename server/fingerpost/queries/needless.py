"""Parts of a saved query that say nothing unless a parameter has a value.

A line `# Only with size.`, or `# Only with technique, preferred.`, stands before a `UNION` with its
arm, before a `FILTER` with its condition, or before a subquery. Without any of these parameters
that part matches nothing, or lets everything pass, so it is not sent to the engine, which reads and
plans what it is sent each time. `# Only without size.` leaves out a part where any has a value: one
that says the same as another part that then stays, in a way that is quicker without.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from fingerpost.engine.tokens import CLOSE, OPEN, Token
from fingerpost.queries import paging

_ONLY = re.compile(r"# Only with(out)? ([A-Za-z0-9_, ]+)\.")


def named(every: Iterable[Token]) -> frozenset[str]:
    """Return the parameters on which a part of a text depends."""
    return frozenset(name for token in every for name in _told(token)[1])


def kept(every: Sequence[Token], given: Collection[str]) -> Iterator[Token]:
    """Yield a text without what depends on parameters not `given`, and without comments.

    The line at which a page may end is none.
    """
    place = 0
    while place < len(every):
        token = every[place]
        without, names = _told(token)
        if names and without == any(name in given for name in names):
            place = _end(every, place)
        elif token.kind == "space":
            yield Token("space", " ", token.start)
        elif token.text.strip() == paging.END:
            yield Token("comment", f"\n{paging.END}\n", token.start)
        elif token.kind != "comment":
            yield token
        place += 1


def _told(token: Token) -> tuple[bool, list[str]]:
    """Return parameters that a part depends on, after whether it is there without them."""
    told = _ONLY.fullmatch(token.text.strip()) if token.kind == "comment" else None
    return (bool(told.group(1)), told.group(2).split(", ")) if told else (False, [])


def _end(every: Sequence[Token], start: int) -> int:
    """Return where the first group in brackets ends."""
    depth = 0
    for place in range(start, len(every)):
        depth += (every[place].text in OPEN) - (every[place].text in CLOSE)
        if every[place].text in CLOSE and depth == 0:
            return place
    return len(every)
