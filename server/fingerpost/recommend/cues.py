"""What patterns say: the form of the tables in `phases`, `kinds` and `circumstances`.

Patterns are matched against the words of a question in small letters, without accents and
punctuation, parted by single blanks. Where a pattern has a group, the group is what says it; else
all of it.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Cue:
    """A pattern that says `value`; of several, the one with the most `weight` is meant."""

    value: str
    pattern: re.Pattern[str]
    weight: int = 1


def cues(table: dict[str, list[tuple[int, str]]]) -> tuple[Cue, ...]:
    """Return the cues of a table: value → weights and patterns."""
    return tuple(
        Cue(value, re.compile(rf"\b(?:{pattern})\b"), weight)
        for value, patterns in table.items()
        for weight, pattern in patterns
    )


NEGATORS = re.compile(
    r"\b(?:not(?! only| just| sure| know| yet)|no(?! longer| idea| matter| clue)|non|without"
    r"|except|excluding|excl"
    r"|never|didnt|wasnt|werent|dont|doesnt|isnt|arent|havent|hasnt|nor|neither|instead of"
    r"|rather than|other than"
    r"|apart from"
    r"|inte|ej|ingen|inga|inget|utan|icke|un)\b"
)
"""Words that say no to what follows; of several, the last is where it is said."""

SKIPPED = frozenset(
    "a an any the of from about in on for to really very with is are be contain contains "
    "include includes including involve involves involving my our want have has some it all "
    "do need actually only being directly collect collected use used generate generated "
    "handle nagra vara mina som ar det this these data".split()
)
"""Words that may stand between a negator and what it denies."""
