"""Tombstones: what registries write into the description of something that is gone.

Many records have no other sign. re3data's notices stand between <<<!!!<<< and >>>!!!>>>, nearly.
"""

import re

_BEGIN = re.compile(r"<<<\s*!+[\s<>]*")
_END = re.compile(r">\s*!|!\s*>|<<<")
_LONGEST = 600
"""Characters of a notice, where its end is missing."""
_GONE = re.compile(
    r"^\W*offline\W*$"
    r"|\bno longer (?:be )?(?:av\w+able|online|exists?|accessible|open|on ser\w+|data available)\b"
    r"|\bno more (?:access|data)\b|\bnot available any ?more\b|\bnot? exist any ?more\b"
    r"|n't exist any ?more\b|\bceased operation|\bdefunct\b|\b(?:goes|taken|went) offline\b"
    r"|\b(?:is|are|was|were|be|been|has|now) (?:now )?"
    r"(?:closed|decommissioned|discontinued|end-of-life|inactive|offline|retired|unavailable)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"^\W*duplicate\b|\b(?:replaced|superseded) by\b|\bmerged\b|\bmigrated (?:in)?to\b"
    r"|\bmoved to\b|\borphaned\b|\brecord is no longer (?:maintained|updated)\b",
    re.IGNORECASE,
)


_DEPRECATED = re.compile(
    r"^\W*this resource is no longer available\b|\bmarked (?:as|with an?) \W?deprecated\b",
    re.IGNORECASE,
)
_UNCERTAIN = re.compile(r"\bmarked (?:as|with an?) \W?uncertain\b", re.IGNORECASE)


def fairsharing(description: str) -> str:
    """Return `deprecated` or `uncertain` where FAIRsharing plainly says so of a record."""
    if _DEPRECATED.search(description):
        return "deprecated"
    return "uncertain" if _UNCERTAIN.search(description) else ""


def re3data(description: str) -> str:
    """Return `offline` or `superseded` where a notice plainly says so; empty where none does."""
    begun = (description[one.end() :][:_LONGEST] for one in _BEGIN.finditer(description))
    said = [_END.split(one, maxsplit=1)[0] for one in begun]
    if any(map(_GONE.search, said)):
        return "offline"
    return "superseded" if any(map(_ELSEWHERE.search, said)) else ""
