"""A page of a saved query: its text with a LIMIT, also where the costly part begins.

A saved query may name in a subquery what its rows are about, put it in order, and then say in a
line of its own `# The page ends here.`: everything that follows is asked only of as much as a page
needs. Each row of that subquery must give one row of the answer at least, and the order of the
answer must begin with the order of the subquery. So may a subquery of that one, in turn.
"""

import re

from fingerpost.engine import tokens

END = "# The page ends here."
"""The line of a saved query at which a page may end."""

_END = re.compile(rf"^[ ]*{re.escape(END)}$", re.MULTILINE)
_BEHIND = frozenset({"LIMIT", "OFFSET", "VALUES"})
_MOST = 10**12


def paged(text: str, start: int, size: int) -> str:
    """Return the text of a SELECT for at most `size` rows from `start` on, counted from 0.

    Raises:
        ValueError: it has a LIMIT of its own.
    """
    if limited(text):
        raise ValueError("the query has a LIMIT, an OFFSET or VALUES at its end")
    start = min(start, _MOST)
    return _END.sub(f"LIMIT {start + size}", text) + f"\nLIMIT {size} OFFSET {start}\n"


def limited(text: str) -> bool:
    """Say whether something stands behind its pattern that a LIMIT may not follow."""
    depth = 0
    for token in tokens.significant(text):
        depth += (token.text in tokens.OPEN) - (token.text in tokens.CLOSE)
        if depth == 0 and token.kind == "word" and token.text.upper() in _BEHIND:
            return True
    return False
