"""A recommendation as text: comma-separated values, or lines for a terminal."""

import csv as _csv
import io
import json as _json
import textwrap
from collections.abc import Iterable, Iterator

from fingerpost.recommend.answer import Answer, Listing, Reason, Recommendation
from fingerpost.recommend.echo import understood
from fingerpost.recommend.question import Question

_COLUMNS = ("rank", "resource", "name", "kind", "status", "country", "homepage", "score", "reasons")
_LISTED = ("registry", "licence")
"""Columns that only records of registries fill, where they are asked for."""
_WIDTH = 78
_MORE = (
    "These are the nearest of them, and the guidance is the strongest: the saved queries "
    "recommend/not-recommended and recommend/guidance tell of all."
)


def csv(found: Recommendation) -> str:
    """Return the answers as CSV (RFC 4180), reasons in one column, parted by semicolons."""
    out = io.StringIO()
    writer = _csv.writer(out)
    writer.writerow([*_COLUMNS, *(_LISTED if found.registries else ())])
    for one in found.answers:
        row = (one.rank, one.resource, one.name, one.kind, one.status, one.country, one.homepage)
        nothing = [""] * len(_LISTED) if found.registries else []
        writer.writerow([*row, one.score, _why(one.reasons), *nothing])
    for other in found.registries.records if found.registries else ():
        first = (other.rank, other.resource, other.name, other.kind, "", other.country)
        why = _why(other.reasons)
        writer.writerow([*first, other.homepage, other.score, why, other.registry, other.licence])
    return out.getvalue()


def _why(reasons: Iterable[Reason]) -> str:
    return "; ".join(f"{reason.points} {reason.fact}" for reason in reasons)


def json(found: Recommendation) -> str:
    """Return the recommendation as JSON, indented."""
    return _json.dumps(found.json(), indent=2, ensure_ascii=False) + "\n"


def text(found: Recommendation) -> str:
    """Return the recommendation for a terminal: obligations, answers, what is left out."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Recommendation) -> Iterator[str]:
    asked = found.question
    yield from _understood(asked)
    duties = [one for one in found.guidance if one.strength == "obligation"]
    if duties:
        yield "\nWhat you must do"
        for one in duties:
            yield from _wrapped(f"- {one.title}: {one.text}", "  ")
    if found.without:
        yield f"\nNothing fits all of it; without the {' and the '.join(found.without)}:"
    most = "" if found.counted else "up to "
    yield f"\nRecommended ({len(found.answers)} of {most}{found.found})"
    for answer in found.answers:
        yield from _answer(answer)
    if not found.answers:
        yield "  Nothing that the sources name fits."
    yield from _listing(found.registries)
    yield from _left_out(found)


def _left_out(found: Recommendation) -> Iterator[str]:
    if found.not_recommended:
        yield "\nNot recommended"
        for left_out in found.not_recommended:
            yield from _wrapped(f"- {left_out.name}: {'; '.join(left_out.why)}", "  ")
    if not found.complete:
        yield from _wrapped(_MORE, "  ")


def _understood(asked: Question) -> Iterator[str]:
    yield "For: " + ", ".join(understood(asked))
    if asked.excluded:
        yield "Not: " + ", ".join(one.name for one in asked.excluded)
    if asked.ignored:
        yield "Not understood: " + ", ".join(asked.ignored)
    for note in asked.notes:
        yield from _wrapped(f"Mind: {note}", "  ")


def _answer(one: Answer) -> Iterator[str]:
    names = f" ({one.alternative_names[0]})" if one.alternative_names else ""
    yield f"{one.rank:3}. {one.name}{names} - {one.kind}, {one.score} points"
    if one.homepage:
        yield f"     {one.homepage}"
    for reason in one.reasons:
        yield from _wrapped(f"{reason.points:+3} {reason.fact}", "         ", "     ")


def _listing(found: Listing | None) -> Iterator[str]:
    if found is None:
        return
    yield f"\nListed by registries, not reviewed here ({len(found.records)} of {found.found})"
    for one in found.records:
        yield f"{one.rank:3}. {one.name} - {one.kind or 'a record'} of {one.registry}"
        yield f"     {one.homepage or one.resource}"
        if one.words:
            yield from _wrapped(f"its words: {', '.join(one.words)}", "     ", "     ")
        for reason in one.reasons:
            yield from _wrapped(f"{reason.points:+3} {reason.fact}", "         ", "     ")
    for told in dict.fromkeys(one.attribution for one in found.records):
        yield from _wrapped(told, "  ", "  ")
    if not found.records:
        yield "  Nothing, or no registry is imported."


def _wrapped(line: str, rest: str, first: str = "") -> list[str]:
    return textwrap.wrap(line, _WIDTH, initial_indent=first, subsequent_indent=rest)
