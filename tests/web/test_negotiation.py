"""Content negotiation, in a table."""

import pytest

from fingerpost.errors import NotAcceptable
from fingerpost.web.negotiation import choose, named

OFFERED = ("application/json", "text/turtle", "text/html", "text/csv")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/html", "text/html"),
        ("TEXT/HTML", "text/html"),
        ("text/turtle;q=0.9, text/html;q=0.8", "text/turtle"),
        ("text/html;q=0.8,text/turtle;q=0.9", "text/turtle"),
        ("text/*", "text/turtle"),
        ("text/*;q=0.5, text/csv", "text/csv"),
        ("text/csv;q=0, text/*", "text/turtle"),
        ("*/*;q=0.1, text/html;q=0", "application/json"),
        ("application/json;q=0, */*", "text/turtle"),
        ("image/png, */*;q=0.1", "application/json"),
        ("text/html; charset=utf-8; q=1.0, text/csv;q=0.2", "text/html"),
        ("nonsense", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("text/turtle;q=2", "text/turtle"),
    ],
)
def test_the_wanted_format_is_chosen(accept: str, chosen: str) -> None:
    assert choose(accept, OFFERED) == chosen


@pytest.mark.parametrize(
    "accept", ["image/png", "*/*;q=0", "text/html;q=0", "text/turtle;q=x", "text/html;q=nan"]
)
def test_what_cannot_be_written_is_refused_with_a_list(accept: str) -> None:
    with pytest.raises(NotAcceptable, match="text/turtle"):
        choose(accept, OFFERED)


def test_a_format_may_be_named_in_the_address() -> None:
    assert named("csv", OFFERED) == "text/csv"
    assert named("ttl", OFFERED) == "text/turtle"
    assert named("json", ("application/sparql-results+json",)) == "application/sparql-results+json"


def test_an_unknown_name_is_answered_with_the_names() -> None:
    with pytest.raises(NotAcceptable, match="json, csv, html, ttl, turtle"):
        named("pdf", OFFERED)
