"""Parts of a saved query that say nothing unless a parameter has a value.

A line `# Only with size.`, or `# Only with technique, preferred.`, stands before a `UNION` with its
arm, before a `FILTER` with its condition, or before a subquery. Without any of these parameters
that part matches nothing, or lets everything pass, so it is not sent to the engine, which reads and
plans what it is sent each time.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from fingerpost.engine.tokens import CLOSE, OPEN, Token
from fingerpost.queries import paging

_ONLY = re.compile(r"# Only with ([A-Za-z0-9_, ]+)\.")


def named(every: Iterable[Token]) -> frozenset[str]:
    """Return the parameters on which a part of a text depends."""
    return frozenset(name for token in every for name in _names(token))


def kept(every: Sequence[Token], given: Collection[str]) -> Iterator[Token]:
    """Yield a text without what depends on parameters not `given`, and without comments.

    The line at which a page may end is none.
    """
    place = 0
    while place < len(every):
        token = every[place]
        names = _names(token)
        if names and not any(name in given for name in names):
            place = _end(every, place)
        elif token.kind == "space":
            yield Token("space", " ", token.start)
        elif token.text.strip() == paging.END:
            yield Token("comment", f"\n{paging.END}\n", token.start)
        elif token.kind != "comment":
            yield token
        place += 1


def _names(token: Token) -> list[str]:
    told = _ONLY.fullmatch(token.text.strip()) if token.kind == "comment" else None
    return told.group(1).split(", ") if told else []


def _end(every: Sequence[Token], start: int) -> int:
    """Return where the first group in brackets ends."""
    depth = 0
    for place in range(start, len(every)):
        depth += (every[place].text in OPEN) - (every[place].text in CLOSE)
        if every[place].text in CLOSE and depth == 0:
            return place
    return len(every)
