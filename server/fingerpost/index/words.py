"""Texts as their words, and what is asked for words: FTS5 looks for neither case nor signs."""

import re
from collections.abc import Iterable, Iterator, Sequence

_WORD = re.compile(r"[A-Za-z0-9]+")
_ALIKE = {0x17F: "s", 0x212A: "k"}
"""The two characters beyond ASCII that a search without case takes for letters of it."""


def plain(text: str) -> str:
    """Return the words of a text: runs of letters of ASCII and digits, in small letters."""
    return " ".join(_WORD.findall(text.translate(_ALIKE))).lower()


def expression(words: Iterable[str], column: str = "") -> str:
    """Return what FTS5 is asked for any of some words, or nothing; `column` narrows it."""
    each = [" AND ".join(_parts(plain(word).split())) for word in words]
    asked = " OR ".join(f"({one})" for one in each if one)
    return f"{column} : ({asked})" if column and asked else asked


def _parts(word: Sequence[str]) -> Iterator[str]:
    """Yield what must be there of a word: all its parts, the last perhaps in the plural."""
    yield from (f'"{part}"' for part in word[:-1])
    yield from (f'("{part}" OR "{part}s" OR "{part}es")' for part in word[-1:])
