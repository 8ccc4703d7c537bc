"""What a hostile query is: a name, the statuses that may come, and the text."""

from dataclasses import dataclass

OUT = frozenset({504, 507})
"""Out of time or out of memory, whichever comes first."""
TOO_MUCH = OUT | {413}
FINE = frozenset({200})
FENCED = FINE | TOO_MUCH
"""For what one engine may answer in time, and another not."""
COMPLEX = frozenset({400})
SYNTAX = frozenset({400})
REFUSED = frozenset({403})
UPDATE = frozenset({400, 401, 403})
"""For an update where a query belongs, on a server that takes none."""


@dataclass(frozen=True)
class Attack:
    name: str
    statuses: frozenset[int]
    text: str

    def __str__(self) -> str:
        return self.name


def nested(times: int, inner: str) -> str:
    """Return `inner` within so many sub-selects."""
    return "{ SELECT * { " * times + inner + " } }" * times
