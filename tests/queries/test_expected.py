"""Every saved query on a small graph made for it, with the answer that it must give."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from fingerpost.catalogue import Catalogue
from fingerpost.files import Folders
from fingerpost.graph.vocabulary import curie

HERE = Path(__file__).parent
EXPECTED = HERE / "expected"
CASES = [
    (file.relative_to(EXPECTED).with_suffix("").as_posix(), number)
    for file in sorted(EXPECTED.rglob("*.json"))
    for number in range(len(json.loads(file.read_text("utf-8"))))
]


def plain(value: str) -> str:
    """A value as it is compared: names for addresses, and what was put together in any order."""
    parts = re.split(r"\n|; | (?=https?://)", value)
    return "\n".join(sorted(parts)) if len(parts) > 1 else curie(value)


def case(name: str, number: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXPECTED / f"{name}.json").read_text("utf-8"))[number]
    return found


def underived(row: dict[str, Any]) -> dict[str, Any]:
    """The row without what `test_derivations` compares with the reasons of the answer."""
    return {name: value for name, value in row.items() if name != "derivation"}


@pytest.mark.parametrize(("name", "number"), CASES, ids=lambda part: str(part))
def test_a_saved_query_gives_its_expected_answer(name: str, number: int, small: Catalogue) -> None:
    expected = case(name, number)
    found = small.queries.table(name, expected["given"])
    derived = "derivation" in expected["rows"][0]
    rows = [
        {key: plain(value) for key, value in row.items() if not (derived and key == "reasons")}
        for row in found.rows
    ]
    only = expected.get("only")
    if only:
        rows = [row for row in rows if any(value in only for value in row.values())]
    assert rows == [underived(row) for row in expected["rows"]]


def test_every_saved_query_has_an_expected_answer(folders: Folders) -> None:
    queries = {
        path.relative_to(folders.queries).with_suffix("").as_posix()
        for path in folders.queries.rglob("*.rq")
    }
    checks = {name for name in queries if name.startswith("check/")}
    assert queries - checks == {name for name, _ in CASES}


def test_no_expected_answer_is_empty() -> None:
    assert [name for name, number in CASES if not case(name, number)["rows"]] == []


def test_the_same_question_gets_the_same_bytes_again(small: Catalogue) -> None:
    for name, number in CASES:
        given = case(name, number)["given"]
        answers = {small.queries.answer(name, given) for _ in range(5)}
        assert len(answers) == 1, name
