"""Questions asked as of a day: what the sources named then is recommended."""

import datetime
import json
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

from fingerpost.catalogue import Catalogue
from fingerpost.engine import rows
from fingerpost.moments.moments import Moments

STATUS = """
PREFIX fp: <https://w3id.org/fingerpost/ontology#>
SELECT ?status WHERE { <https://w3id.org/fingerpost/id/facility/%s> fp:status ?status }
"""


def facilities(opened: Catalogue, at: str) -> set[str]:
    asked = {"data": "genomics-data", "phase": "collect", "kind": "facility", "at": at}
    found = opened.recommend({**asked, "limit": "100"})
    return {one.resource.rpartition("/")[2] for one in found.answers}


def test_genomics_in_june_2022_had_the_single_cell_units(opened: Catalogue) -> None:
    found = facilities(opened, "2022-06-30")
    assert {
        "national-genomics-infrastructure",
        "eukaryotic-single-cell-genomics",
        "microbial-single-cell-genomics",
    } <= found
    assert "clinical-genomics" not in found


def test_genomics_in_july_2025_had_clinical_genomics_instead(opened: Catalogue) -> None:
    found = facilities(opened, "2025-07-31")
    assert {"national-genomics-infrastructure", "clinical-genomics"} <= found
    assert found.isdisjoint({"eukaryotic-single-cell-genomics", "microbial-single-cell-genomics"})


def test_before_every_source_nothing_is_known(opened: Catalogue) -> None:
    assert facilities(opened, "1990-01-01") == set()


def test_today_is_the_graph_itself(opened: Catalogue) -> None:
    today = datetime.datetime.now(datetime.UTC).date()
    assert opened.moments.at(today) is None


def test_what_is_to_end_has_ended_when_its_day_is_asked_for(opened: Catalogue) -> None:
    bianca = STATUS.replace("facility/%s", "compute/bianca")
    (now,) = rows.select(opened.engine, bianca)
    (then,) = rows.select(opened.at(datetime.date(2027, 1, 1)).engine, bianca)
    assert now["status"].endswith("active")
    assert then["status"].endswith("superseded")


def test_days_between_which_nothing_was_said_are_one(opened: Catalogue) -> None:
    moments = Moments(opened.engine)
    days = [datetime.date(2022, 8, day) for day in (3, 4)]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(moments.at, days * 4))
    assert len({id(then) for then in found}) == 1


@pytest.mark.parametrize("at", ["2022-06-30", "2025-07-31"])
def test_the_web_answers_as_of_a_day_too(server: str, opened: Catalogue, at: str) -> None:
    path = (
        f"/recommend?data=genomics-data&phase=collect&kind=facility&format=json&at={at}&limit=100"
    )
    with urllib.request.urlopen(server + path, timeout=30) as answer:
        found = json.load(answer)["answers"]
    assert {one["resource"].rpartition("/")[2] for one in found} == facilities(opened, at)
