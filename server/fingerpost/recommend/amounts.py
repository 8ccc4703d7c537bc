"""Sizes and days in the words of a question."""

import calendar
import datetime
import re
from collections.abc import Iterator

from fingerpost.errors import BadParameter
from fingerpost.recommend import values
from fingerpost.recommend.finding import Finding, Scan

_ABOUT = {"a": 1, "one": 1, "en": 1, "half a": 0.5, "couple of": 2, "two": 2, "few": 3, "three": 3,
          "four": 4, "several": 5, "five": 5, "ten": 10, "tens of": 10, "dozens of": 24,
          "hundred": 100, "hundreds of": 100, "thousand": 1000, "thousands of": 1000}  # fmt: skip
"""What people say instead of a number; of a vague one the least that it may mean."""
_SIZE = re.compile(
    r"(?:\b(?P<number>[0-9]{1,12}(?:[.,][0-9]{1,12})*)|\b(?P<about>half a|couple of|tens of"
    r"|dozens of|hundreds of|thousands of|a|en|one|two|few|three|four|several|five|ten|hundred"
    r"|thousand)) ?(?:(?P<short>[kmgtp]i?b)|(?P<long>kilo|mega|giga|tera|peta)(?:\s?bytes?)?s?"
    r"|(?P<slang>gig|ter)s|(?P<terse>(?<=[0-9])[gt]))\b"
    r"(?! (?:genomes?|assembl\w+|reads?|bases?|sequences?|pairs?|long|in length))"
)
_MONTHS = {name.lower(): at for at, name in enumerate(calendar.month_name) if name} | {
    "januari": 1, "februari": 2, "mars": 3, "maj": 5, "juni": 6, "juli": 7, "augusti": 8,
    "oktober": 10,
}  # fmt: skip
_DAY = re.compile(
    r"\b(?:as of|as at|as on|per|on|in|by|back in|during|around|year|since|for|i|ar|under)?"
    r"(?: the)?(?: year)? ?\b(?:(?P<iso>(?P<y>20[0-9]{2}) (?P<m>0[1-9]|1[0-2])"
    r"(?: (?P<d>0[1-9]|[12][0-9]|3[01]))?)"
    rf"|(?:(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)? (?:of )?)?(?P<month>{'|'.join(_MONTHS)}),?"
    r" (?P<of>20[0-9]{2})|(?P<year>20[0-9]{2}))\b"
)
_LEAD = re.compile(r"(?:as|per|in|on|back|during|at|i|by|around|year|ar|under)\b")
_MADE = re.compile(
    r"\b(?:(?:collected|generated|sequenced|made|acquired|produced|recorded|sampled|started"
    r"|published|imaged|measured|taken|drawn|obtained|born|began|launched|funded|deposited|shared"
    r"|insamlade?)(?: \w+){0,2}|from|since|between|until|till|to|and|fran) ?$"
)
"""What tells, before a year, that the year is not the one that is asked about."""


def sizes(scan: Scan) -> Iterator[Finding]:
    """Yield the amounts of data in the words, in bytes."""
    for match in _SIZE.finditer(scan.line):
        amount = _bytes(match)
        if amount:
            span = scan.words.span(*match.span())
            yield Finding("size", str(amount), span, weight=amount)


def _bytes(match: re.Match[str]) -> int | None:
    """Return the bytes of an amount; None of what is no amount of data, such as 0 GB."""
    unit = match["short"] or (match["long"] or match["slang"] or match["terse"] or "")[0] + "B"
    try:
        one = values.size(f"1 {unit}")
        if match["number"]:
            return values.size(f"{match['number']} {unit}")
    except BadParameter:
        return None
    return int(_ABOUT[match["about"]] * (one or 0))


def days(scan: Scan, today: datetime.date) -> Iterator[Finding]:
    """Yield the days for which the question is asked: the last of a month or a year."""
    for match in _DAY.finditer(scan.line):
        day = _last(match)
        stated = bool(match["iso"]) or _LEAD.match(match[0].strip())
        made = _MADE.search(scan.line[max(0, match.start() - 60) : match.start()].rstrip() + " ")
        if day and day < today and stated and not made:
            yield Finding("at", day.isoformat(), scan.words.span(*match.span()))


def _last(match: re.Match[str]) -> datetime.date | None:
    """Return the last day of what is named; None where there is no such day."""
    year = int(match["y"] or match["of"] or match["year"])
    month = int(match["m"]) if match["m"] else _MONTHS.get(match["month"] or "", 12)
    named = match["d"] or match["day"]
    most = calendar.monthrange(year, month)[1]
    if named and not 1 <= int(named) <= most:
        return None
    return datetime.date(year, month, int(named) if named else most)
