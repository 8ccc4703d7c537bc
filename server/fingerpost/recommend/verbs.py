"""Verbs that say by what technique data are made: "sequence my samples" speaks of sequencing."""

import re
from dataclasses import replace

from fingerpost.index.spelling import stem
from fingerpost.recommend.words import Words

_NOUNS = (
    (re.compile(r"sequenc"), "sequencing"),
    (re.compile(r"imag"), "imaging"),
    (re.compile(r"genotyp"), "genotyping"),
    (re.compile(r"phenotyp"), "phenotyping"),
    (re.compile(r"crystalli"), "crystallography"),
)
_STEM = r"(?:sequenc|imag|genotyp|phenotyp|crystalli[sz])"
_DOING = re.compile(
    rf"\b(?:(?:to|can|could|should|will|would|who|please|me|us|someone|anyone) ({_STEM}e)"
    rf"|who ({_STEM}es)"
    rf"|(?:get|gets|getting|have|having|be|been)(?: (?!to\b)\w+){{0,5}} ({_STEM}ed))\b"
)


def nouns(words: Words) -> Words:
    """Return the words, a verb that is wanted of someone compared as the name of its technique."""
    found = list(words.words)
    for match in _DOING.finditer(words.line):
        for at in words.span(*match.span(match.lastindex or 0)):
            found[at] = replace(found[at], stems=(stem(_noun(found[at].plain)),))
    return Words(tuple(found))


def _noun(verb: str) -> str:
    return next(noun for pattern, noun in _NOUNS if pattern.match(verb))
