"""What else the words of a whole question tell of the answers that are looked for."""

import re
from collections.abc import Iterator

from fingerpost.index.spelling import singular, stem
from fingerpost.recommend.reading import Reading
from fingerpost.recommend.words import EMPTY, FILLERS

_WORD = re.compile(r"[^\W_]+(?:[-./][^\W_]+)*")
_SAID_OF_ALL = FILLERS | {"research", "management"}
_SHORT = 3
_MOST = 8
"""How many words are looked for."""
_BY_TEXT = {
    "terminology": {"data"},
    "training": {"data", "technique"},
    "policy": {"phase", "condition", "sensitive"},
    "facility": {"clinical"},
    "compute": {"sensitive"},
    "storage": {"sensitive"},
}
"""What tells more by its names and descriptions than by its types of some parts of a question."""
_IDENTIFIERS = (
    (re.compile(r"\b(?:dois?|citable)\b", re.IGNORECASE), "doi"),
    (re.compile(r"\baccession (?:numbers?|codes?|ids?)\b", re.IGNORECASE), "accession number"),
)
_FORMS = (
    (re.compile(r"ontolog|vocabular|terminolog"), ("terminology",)),
    (re.compile(r"minim|checklist|reporting|guideline"), ("reporting-guideline",)),
    (
        re.compile(r"metadata|describe|annotate|template"),
        ("reporting-guideline", "model", "model-and-format"),
    ),
    (re.compile(r"standard|model"), ("model", "model-and-format", "format")),
)


def words(read: Reading, kind: str | None) -> tuple[str, ...]:
    """Return the words that may stand in a name or a description, in small letters.

    These are the words left over, and those for the data where texts alone tell of them.
    """
    found = (word for text in _texts(read, kind) for word in _WORD.findall(text.lower()))
    kept = (singular(word) for word in found if len(word) > 2 and word.isascii())
    return tuple(dict.fromkeys(kept))[:_MOST]


def _texts(read: Reading, kind: str | None) -> Iterator[str]:
    yield from read.ignored
    asked = {kind or "", *forms(read, kind)}
    fields = {field for one in asked for field in _BY_TEXT.get(one, ())}
    for one in read.heard:
        if one.field in fields:
            yield " ".join(word for word in one.words.split() if _tells(word.lower()))


def _tells(word: str) -> bool:
    return word not in _SAID_OF_ALL and stem(word) not in EMPTY and len(word) > _SHORT


def forms(read: Reading, kind: str | None) -> tuple[str, ...]:
    """Return the types of standard that are asked for, and format where one would do."""
    if kind != "standard":
        return ()
    said = " ".join(one.words.lower() for one in read.heard if one.field == "kind")
    return next((every for pattern, every in _FORMS if pattern.search(said)), ())


def identifier(whole: str | None) -> str:
    """Return the kind of identifier that a whole question wishes for, or nothing."""
    return next((name for pattern, name in _IDENTIFIERS if pattern.search(whole or "")), "")
