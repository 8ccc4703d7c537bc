"""Pages of a saved query are its answer in pieces."""

import json

import pytest

from fingerpost.catalogue import Catalogue
from fingerpost.queries import paging
from queries.test_expected import CASES, case

ENDING = [
    "explore/everything-a-source-says",
    "explore/recommended-on",
    "recommend/facilities-for-data",
    "recommend/facilities-for-technique",
    "recommend/repositories-for-data",
    "recommend/route",
    "recommend/tools-for-phase",
    "recommend/whom-to-ask",
]


def bindings(answer: bytes) -> list[object]:
    found: list[object] = json.loads(answer)["results"]["bindings"]
    return found


@pytest.mark.parametrize(("name", "number"), CASES, ids=lambda part: str(part))
def test_pages_put_together_are_the_whole(name: str, number: int, small: Catalogue) -> None:
    given = case(name, number)["given"]
    whole = bindings(small.queries.answer(name, given))
    last = len(whole) if paging.END in small.queries.text(name, given) else min(len(whole), 6)
    for size in (1, 3):
        pages = [
            bindings(small.queries.page(name, given, start, size).body)
            for start in range(0, last + 1, size)
        ]
        rows = [row for page in pages for row in page]
        assert rows == whole[: len(rows)]
        assert len(rows) >= last


@pytest.mark.parametrize("name", ENDING)
def test_what_costs_much_is_asked_of_a_page_alone(name: str, small: Catalogue) -> None:
    text = small.queries.queries[name].text
    ends = text.count(paging.END)
    assert ends
    assert paging.paged(text, 3, 10).count("LIMIT 13\n") == ends
    assert paging.paged(text, 3, 10).endswith("\nLIMIT 10 OFFSET 3\n")


@pytest.mark.parametrize(
    "end", ["LIMIT 3", "offset 2", "VALUES ?s { <a:b> }", "ORDER BY ?s LIMIT 1"]
)
def test_a_query_with_an_end_of_its_own_takes_no_page(end: str) -> None:
    text = f"SELECT ?s WHERE {{ {{ SELECT ?s {{ ?s ?p ?o }} LIMIT 9 }} }} {end}"
    assert paging.limited(text)


def test_a_page_ends_in_what_the_engine_is_asked(small: Catalogue) -> None:
    asked = small.queries.query("recommend/whom-to-ask", {"phase": "plan"}).text
    assert "data" not in asked.partition("WHERE")[2]
    assert paging.paged(asked, 3, 10).count("LIMIT 13\n") == 1
