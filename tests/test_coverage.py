"""How much there is for each type of data in each phase, which may grow and not shrink.

`coverage.tsv` is the answer of `fingerpost query curate/coverage-matrix --format tsv` as it stood
when somebody last wrote it there; what is in the graph must not fall below it.
"""

import csv
from collections.abc import Iterable
from pathlib import Path

import pytest

from fingerpost import terminal
from fingerpost.catalogue import Catalogue
from fingerpost.engine import rows
from fingerpost.engine.rows import Row
from fingerpost.files import Folders
from fingerpost.graph.vocabulary import IDS, RESOURCE_KINDS
from fingerpost.progress import silent

FLOOR = Path(__file__).parent / "coverage.tsv"
MATRIX = "curate/coverage-matrix"
PHASES = ("plan", "collect", "process", "analyse", "preserve", "share", "reuse")
COLUMNS = (*PHASES, "resources")
RESOURCES = 400
GUIDANCE = 150

Counts = dict[str, dict[str, int]]
"""Slug of a data type → column → number."""


def counts(table: Iterable[Row]) -> Counts:
    return {
        row["data"].strip("<>").removeprefix(IDS + "data-type/"): {
            name: int(row[name]) for name in COLUMNS
        }
        for row in table
    }


def floor(text: str) -> Counts:
    """The numbers in a table as the command writes it: variables at the head, IRIs in brackets."""
    head, *lines = csv.reader(text.splitlines(), delimiter="\t")
    names = [name.lstrip("?") for name in head]
    return counts(dict(zip(names, line, strict=True)) for line in lines)


def fallen(now: Counts, before: Counts) -> list[str]:
    """What there is less of than before."""
    return [
        f"{data}, {column}: {now.get(data, {}).get(column, 0)}, and was {number}"
        for data, row in before.items()
        for column, number in row.items()
        if now.get(data, {}).get(column, 0) < number
    ]


def having(opened: Catalogue, pattern: str, least: int = 1) -> set[str]:
    text = f"""
    PREFIX dct: <http://purl.org/dc/terms/>
    PREFIX fp: <https://w3id.org/fingerpost/ontology#>
    SELECT ?resource WHERE {{ {pattern} }}
    GROUP BY ?resource HAVING (COUNT(DISTINCT ?it) >= {least})"""
    return {row["resource"] for row in rows.select(opened.engine, text)}


def test_coverage_has_not_shrunk(opened: Catalogue, folders: Folders) -> None:
    now = counts(opened.queries.rows(MATRIX, {}))
    print(terminal.query(folders, MATRIX, (), "table", silent))
    assert fallen(now, floor(FLOOR.read_text("utf-8"))) == []


def test_there_are_enough_resources_and_enough_guidance(opened: Catalogue) -> None:
    assert sum(len(opened.slugs(kind)) for kind in RESOURCE_KINDS) >= RESOURCES
    assert len(opened.slugs("guidance")) >= GUIDANCE


def test_the_floor_is_that_of_the_main_types_of_data_and_no_empty_one() -> None:
    before = floor(FLOOR.read_text("utf-8"))
    assert len(before) > 15
    assert {"any-data", "imaging-data", "sequence-data", "proteomics-data"} <= set(before)
    assert sum(row["resources"] for row in before.values()) >= RESOURCES


def test_no_cell_says_more_than_its_row(opened: Catalogue) -> None:
    for data, row in counts(opened.queries.rows(MATRIX, {})).items():
        assert max(row[phase] for phase in PHASES) <= row["resources"], data
        assert sum(row[phase] for phase in PHASES) >= row["resources"], data


@pytest.mark.parametrize(
    ("now", "found"),
    [
        ({"a": {"plan": 2, "share": 5}}, []),
        ({"a": {"plan": 1, "share": 5}}, ["a, plan: 1, and was 2"]),
        ({"b": {"plan": 9}}, ["a, plan: 0, and was 2", "a, share: 0, and was 3"]),
    ],
)
def test_a_cell_or_a_row_that_falls_is_named(now: Counts, found: list[str]) -> None:
    assert fallen(now, {"a": {"plan": 2, "share": 3}}) == found


def test_what_counts_is_what_its_definition_says(opened: Catalogue) -> None:
    """Each part of the definition is looked up by itself, for everything that is listed."""
    listed = opened.queries.rows("curate/what-counts", {})
    lacking = {
        "access": having(opened, "?resource fp:access ?it"),
        "who may use it": having(
            opened,
            "?resource fp:eligibleAffiliation|fp:eligibleCountry|fp:eligibleInstitution ?it",
        ),
        "another type of data or phase": having(opened, "?resource fp:usedIn ?it", least=2)
        | having(opened, "?resource fp:concernsData ?it", least=2),
        "a source that is more than a bare list": having(
            opened,
            "{ ?resource dct:source ?it } UNION { ?claim fp:subject ?resource ; dct:source ?it }"
            " MINUS { ?it fp:bareList true }",
        ),
    }
    assert len({row["resource"] for row in listed if row["counts"] == "true"}) > 300
    for row in listed:
        missing = {what for what, those in lacking.items() if row["resource"] not in those}
        assert {one for one in row["missing"].split("; ") if one} == missing, row
        assert (row["counts"] == "true") == (not missing), row
