"""Every score in the expected recommendations, derived by hand: its criteria add up to it.

`expected/recommend/recommend.json` lists for each row the criteria of `ontology/ranking.ttl` that
the small graph meets, with the reason why; of the criteria below one heading, only the best.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal

from fingerpost.catalogue import Catalogue
from fingerpost.files import Folders
from fingerpost.graph import records
from fingerpost.graph.vocabulary import PREFIXES, curie, term

NAME = "recommend/recommend"
CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "expected" / f"{NAME}.json").read_text("utf-8")
)
ROWS = [(number, row) for number, one in enumerate(CASES) for row in one["rows"]]
IDS = [f"{number}-{row['resource']}" for number, row in ROWS]


@pytest.fixture(scope="module")
def answers(small: Catalogue) -> list[dict[str, dict[str, str]]]:
    """For each case, resource → its row."""
    return [
        {curie(row["resource"]): row for row in small.queries.rows(NAME, one["given"])}
        for one in CASES
    ]


def told(row: dict[str, str]) -> set[tuple[int, str, str, str, str]]:
    """Points, date, criterion, source and fact of each reason that an answer gives."""
    parts = [line.split(" ", 4) for line in row["reasons"].split("\n")]
    return {
        (int(points), date, curie(criterion), curie(source), fact)
        for points, date, criterion, source, fact in parts
    }


@pytest.mark.parametrize(("number", "row"), ROWS, ids=IDS)
def test_the_criteria_add_up_to_the_score_that_is_answered(
    number: int, row: dict[str, Any], answers: list[dict[str, dict[str, str]]]
) -> None:
    total = sum(reason["points"] for reason in row["derivation"])
    assert int(answers[number][row["resource"]]["score"]) == total == int(row["score"])


@pytest.mark.parametrize(("number", "row"), ROWS, ids=IDS)
def test_the_reasons_that_are_answered_are_the_criteria_that_are_met(
    number: int, row: dict[str, Any], answers: list[dict[str, dict[str, str]]]
) -> None:
    met = {
        (
            reason["points"],
            reason["stated"],
            f"criterion:{reason['criterion']}",
            f"source:{reason['source']}",
            reason["fact"],
        )
        for reason in row["derivation"]
    }
    assert told(answers[number][row["resource"]]) == met


def test_what_is_answered_is_what_is_derived_in_the_order_of_the_scores(
    answers: list[dict[str, dict[str, str]]],
) -> None:
    for one, rows in zip(CASES, answers, strict=True):
        assert list(rows) == [row["resource"] for row in one["rows"]]
        scores = [int(row["score"]) for row in one["rows"]]
        assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(("number", "row"), ROWS, ids=IDS)
def test_points_are_the_weights_and_each_heading_counts_once(
    number: int, row: dict[str, Any], folders: Folders
) -> None:
    weights, headings = {}, {}
    for triple in records.read(folders.ontology / "ranking.ttl"):
        criterion = str(triple.subject.value).removeprefix(PREFIXES["criterion"])
        if triple.predicate == term("fp:weight") and isinstance(triple.object, Literal):
            weights[criterion] = int(triple.object.value)
        if triple.predicate == term("skos:broader"):
            headings[criterion] = triple.object
    for reason in row["derivation"]:
        due = reason.get("times", 1) * weights[reason["criterion"]]
        assert reason["points"] == due, (number, reason)
    met = [headings[reason["criterion"]] for reason in row["derivation"]]
    assert len(met) == len(set(met)), number


def test_every_reason_says_why_it_is_met() -> None:
    assert [one for _, row in ROWS for one in row["derivation"] if len(one["because"]) < 10] == []
