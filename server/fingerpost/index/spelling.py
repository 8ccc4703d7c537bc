"""Words as they are compared: without case and accents, in one spelling, in the singular."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)*[^\W\d_]*|[^\W_]+(?:['’][^\W_]+)*")
_ASCII = re.compile(r"[a-z0-9]+")
_JOINS = re.compile(r"[-‐‑/]")
_SPELLINGS = (
    (re.compile(r"colour"), "color"),
    (re.compile(r"isation\b"), "ization"),
    (re.compile(r"ise(d?)\b"), r"ize\1"),
    (re.compile(r"yse(d?)\b"), r"yze\1"),
    (re.compile(r"aemi"), "emi"),
    (re.compile(r"tumour"), "tumor"),
    (re.compile(r"labell(ed|ing)\b"), r"label\1"),
    (re.compile(r"modell(ed|ing)\b"), r"model\1"),
    (re.compile(r"sulph"), "sulf"),
    (re.compile(r"(?<=[a-z]{3})omiks?\b"), "omic"),
)
_PLURALS = (
    (re.compile(r"(?<=[a-z]{3})ies$"), "y"),
    (re.compile(r"(?<=[a-z]{3})(?<!s)s$"), ""),
)
_PLURAL = re.compile(r"[^siu]s$")
_LONG = 4
_WORDS_KNOWN = 20_000
_LETTERS_KNOWN = 2_000


def plain(text: str) -> str:
    """Return `text` without case and accents, each character in its place."""
    return "".join(map(_plain, text))


@lru_cache(_LETTERS_KNOWN)
def _plain(character: str) -> str:
    for one in unicodedata.normalize("NFKD", character.casefold()):
        if not unicodedata.combining(one):
            return one
    return " "


def found(plain_text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each word of a plain text, where it begins and where it ends."""
    for match in _WORD.finditer(plain_text):
        yield match[0].replace("'", "").replace("’", ""), match.start(), match.end()


@lru_cache(_WORDS_KNOWN)
def stem(word: str) -> str:
    """Return a plain word as words are compared: American spelling, no plural."""
    for pattern, spelling in _SPELLINGS:
        word = pattern.sub(spelling, word)
    if word == "sequencing":
        return "seq"
    for pattern, ending in _PLURALS:
        shorter = pattern.sub(ending, word)
        if shorter != word:
            return shorter
    return word


def forms(text: str) -> frozenset[str]:
    """Return the plain words of a text, those with a hyphen in parts, and the stem of each."""
    words = {word for word, _, _ in found(plain(_JOINS.sub(" ", text)))}
    return frozenset(words | {stem(word) for word in words})


@lru_cache(_WORDS_KNOWN)
def singular(word: str) -> str:
    """Return a plain word without the ending of a plural, in the spelling that it has."""
    return word[:-1] if len(word) > _LONG and _PLURAL.search(word) else word


def spoken(text: str) -> frozenset[str]:
    """Return the runs of letters of ASCII and digits of a text, each in the singular."""
    return frozenset(map(singular, _ASCII.findall(text.lower())))
