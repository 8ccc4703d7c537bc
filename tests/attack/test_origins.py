"""Pages of other origins: they may ask and read everything public, and use nobody's rights."""

import pytest

from attack import client
from attack.target import Target

ORIGIN = {"Origin": "https://page.example"}
PATHS = [
    "/sparql?query=ASK%7B%7D",
    "/sparql?query=ASK",
    "/sparql?query=ASK%7BSERVICE%3Ca:b%3E%7B%7D%7D",
    "/queries/nothing",
    "/recommend?format=json",
    "/repository/nothing",
    "/id/repository/zenodo",
]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_may_read_answers_and_refusals(target: Target, path: str) -> None:
    answer = client.get(target.port, path, ORIGIN)
    assert answer.headers.get("access-control-allow-origin") == "*"


@pytest.mark.parametrize("path", PATHS)
def test_no_answer_lends_the_reader_somebodys_credentials(target: Target, path: str) -> None:
    answer = client.get(target.port, path, {**ORIGIN, "Cookie": "a=b"})
    assert "access-control-allow-credentials" not in answer.headers
    assert "set-cookie" not in answer.headers


def test_a_preflight_lets_a_page_post_a_query(target: Target) -> None:
    asked = {
        **ORIGIN,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    answer = client.exchange(target.port, client.message("OPTIONS", "/sparql", asked), "OPTIONS")
    assert answer.status in {200, 204}
    assert answer.headers.get("access-control-allow-origin") == "*"
    assert "POST" in answer.headers.get("access-control-allow-methods", "")
    assert "content-type" in answer.headers.get("access-control-allow-headers", "").lower()
