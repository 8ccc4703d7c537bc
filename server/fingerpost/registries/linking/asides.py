"""Names that a description gives: earlier ones, and what stands in brackets after a name."""

import re
from collections.abc import Iterable, Iterator

from fingerpost.registries.linking.names import words

_EARLIER = re.compile(
    r"(?:\b(?:also|formerly|previously|originally|earlier|once) (?:known as|called|named)|"
    r"[(,] ?(?:formerly|previously|earlier|aka)\b|\brenamed from):? +"
    r"(?:the )?[\"'“‘]?([^\"”’.,;()]{3,60})",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"^(.{3,100}?) ?\(([^()]{2,80})\)")
_BEGIN = 200


def names(description: str, known: Iterable[str]) -> Iterator[str]:
    """Yield the names that a description gives to what has the known ones."""
    for match in _EARLIER.finditer(description):
        yield f"formerly: {match.group(1).strip()}"
    if bracketed := _BRACKETS.match(description[:_BEGIN]):
        pair = bracketed.groups()
        if not {words(name) for name in known}.isdisjoint(map(words, pair)):
            yield from pair
