"""The questions that the sources must answer, each by a saved query on the shipped graph."""

from collections.abc import Callable

import pytest
from forty_questions import IDS, QUESTIONS, Question

from fingerpost.catalogue import Catalogue

Run = Callable[..., list[dict[str, str]]]


@pytest.fixture
def run(opened: Catalogue) -> Run:
    return lambda query, **given: [dict(row) for row in opened.queries.rows(query, given)]


def test_all_forty_questions_are_asked() -> None:
    elsewhere = {36}
    """That every recommendation carries phase, data, source and date is a test of its own."""
    assert {one.number for one in QUESTIONS} | elsewhere == set(range(1, 41))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: f"{q.number}: {q.text}")
def test_a_question_of_the_sources_is_answered(question: Question, run: Run) -> None:
    rows = run(question.query, **question.given)
    values = {value for row in rows for value in row.values()}
    text = "\n".join(values)
    assert [one for one in question.present if IDS + one not in values] == []
    assert [one for one in question.absent if IDS + one in values] == []
    assert [word for word in question.words if word not in text] == []


def test_domain_repositories_come_before_institutional_before_general_ones(run: Run) -> None:
    rows = run("recommend/repositories-for-data", data="imaging-data")
    scopes = list(dict.fromkeys(row["scope"] for row in rows))
    assert scopes == ["Domain", "Institutional", "General-purpose"]


def test_a_facility_that_serves_several_types_of_data_is_counted_so(run: Run) -> None:
    rows = {row["facility"].rpartition("/")[2]: row for row in run("explore/hosted-by")}
    for facility in ("spatial-proteomics", "swedish-nmr-centre", "bioms"):
        assert int(rows[facility]["dataTypes"]) >= 2, facility


def test_every_piece_of_advice_has_phase_data_source_and_date_and_no_closed_door(run: Run) -> None:
    ended = {row["record"] for row in run("curate/ended-and-replaced")}
    for phase in ("plan", "collect", "process", "analyse", "preserve", "share", "reuse"):
        for row in run("recommend/advice", phase=phase):
            assert row["sources"]
            assert row["stated"]
        for row in run("recommend/recommend", phase=phase):
            assert row["resource"] not in ended


@pytest.mark.parametrize("data", ["any-data", "imaging-data", "genomics-data", "proteomics-data"])
def test_no_way_leads_to_a_closed_door(data: str, run: Run) -> None:
    ended = {row["record"] for row in run("curate/ended-and-replaced")}
    assert not ended & {row["record"] for row in run("recommend/route", data=data)}


def test_a_newcomer_is_advised_only_by_the_sources_that_name_it(run: Run) -> None:
    rows = run("recommend/whom-to-ask", phase="collect", data="imaging-data")
    sources = {row["source"] for row in rows if row["whom"] == IDS + "facility/spatial-proteomics"}
    assert sources == {IDS + "source/rdm-guidelines-collect-2025"}


def test_a_source_says_what_its_page_says(run: Run) -> None:
    rows = run("explore/everything-a-source-says", source="rdm-guidelines-collect-2022")
    said = {row["record"] for row in rows}
    assert IDS + "facility/eukaryotic-single-cell-genomics" in said
    assert IDS + "facility/clinical-genomics" not in said


def test_disagreements_show_both_sides(run: Run) -> None:
    rows = run("curate/disagreements")
    limits = {
        row["value"] for row in rows
        if row["record"] == IDS + "repository/bioimage-archive" and row["property"].endswith("sizeLimit")
    }  # fmt: skip
    assert limits == {"unlimited", "2 TB"}
