"""Answers are the same when their rows are, and only then."""

import json

import pytest

from endpoint import answers

NT = "application/n-triples"


def body(*rows: dict[str, dict[str, str]]) -> bytes:
    return json.dumps({"results": {"bindings": rows}}).encode()


def name(value: str, **more: str) -> dict[str, dict[str, str]]:
    return {"name": {"type": "literal", "value": value, **more}}


def same(one: bytes, other: bytes) -> bool:
    return answers.rows(one, answers.JSON) == answers.rows(other, answers.JSON)


def test_rows_in_another_order_are_the_same() -> None:
    assert same(body(name("a"), name("b")), body(name("b"), name("a")))


def test_members_of_a_joined_value_in_another_order_are_the_same() -> None:
    assert same(body(name("a; b")), body(name("b; a")))


@pytest.mark.parametrize(
    "other",
    [
        body(name("a")),
        body(name("a"), name("b"), name("b")),
        body(name("a"), name("c")),
        body(name("a"), name("b; b")),
        body(name("a"), name("b", **{"xml:lang": "en"})),
        body(name("a"), {"name": {"type": "uri", "value": "b"}}),
        body(name("a"), {"title": {"type": "literal", "value": "b"}}),
        body(name("a"), name("b", datatype="http://www.w3.org/2001/XMLSchema#integer")),
    ],
    ids="missing more another joined language iri variable datatype".split(),
)
def test_a_row_that_differs_is_seen(other: bytes) -> None:
    assert not same(body(name("a"), name("b")), other)


def test_triples_are_the_same_without_regard_to_order_and_repetition() -> None:
    first, second = b'<a:1> <a:2> "x" .\n', b'<a:1> <a:2> "y" .\n'
    wanted = answers.rows(first + second, NT)
    assert answers.rows(second + first + second, NT) == wanted
    assert answers.rows(first, NT) != wanted
