"""Whatever a model sends becomes text or numbers, or an error that says what would be right."""

from typing import Any

import pytest

from fingerpost.errors import BadParameter
from fingerpost.mcp import arguments


def test_values_become_the_texts_that_a_question_has() -> None:
    given = {"data": ["a", 1], "sensitive": True, "limit": 3, "size": None}
    assert arguments.texts(given) == {"data": ("a", "1"), "sensitive": "true", "limit": "3"}


def test_numbers_may_come_as_any_client_writes_them() -> None:
    assert [arguments.number({"n": n}, "n", 5, 10) for n in (3, 3.0, "3", None)] == [3, 3, 3, 5]


@pytest.mark.parametrize("value", [0, -1, 11, 1.5, "x", "", " ", True, "9" * 5000, "²", [3], {}])
def test_what_is_no_number_within_bounds_is_refused(value: Any) -> None:
    if value in ("", " "):
        assert arguments.number({"n": value}, "n", 5, 10) == 5
        return
    with pytest.raises(BadParameter):
        arguments.number({"n": value}, "n", 5, 10)


@pytest.mark.parametrize("value", ["\ud800", {"a": 1}, [["a"]], [None]])
def test_what_is_no_text_is_refused(value: Any) -> None:
    with pytest.raises(BadParameter, match=r"^data "):
        arguments.texts({"data": value})
