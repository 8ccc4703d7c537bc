"""A table gets a picture where its columns suggest one, and none elsewhere."""

from itertools import product

import pytest

from fingerpost.catalogue import Catalogue
from fingerpost.engine.rows import Table
from fingerpost.web import charts
from fingerpost.web.charts import Bars, Heat


def table(columns: str, *rows: str) -> Table:
    names = tuple(columns.split())
    lines = [dict(zip(names, row.split(), strict=True)) for row in rows]
    return Table(names, tuple({k: v for k, v in one.items() if v != "-"} for one in lines))


def test_one_column_of_names_and_a_number_are_bars_the_longest_first() -> None:
    found = charts.chart(table("name records", "a 1", "b 4", "c 2"))
    assert isinstance(found, Bars)
    assert [(one.name, one.value) for one in found.bars] == [("b", "4"), ("c", "2"), ("a", "1")]
    assert found.bars[0].length == charts.WIDE == 4 * found.bars[2].length
    assert found.what == "records by name"


def test_two_columns_of_names_and_a_number_are_a_heat_map() -> None:
    found = charts.chart(table("data phase resources", "a x 0", "a y 1", "b x 2", "b y 9"))
    assert isinstance(found, Heat)
    assert found.columns == ("x", "y")
    assert found.lines == (("a", (("0", 0), ("1", 2))), ("b", (("2", 2), ("9", 4))))


def test_addresses_and_numbers_before_the_measure_are_no_names() -> None:
    found = charts.chart(table("data step dataName n", "http://x/a 1 A 3", "http://x/b 2 B 4"))
    assert isinstance(found, Bars)
    assert found.what == "n by data"


def test_what_is_said_twice_of_a_name_counts_once() -> None:
    found = charts.chart(
        table("name above n", "a http://x/1 3", "a http://x/2 3", "b http://x/1 1")
    )
    assert isinstance(found, Bars)
    assert [(one.name, one.value) for one in found.bars] == [("a", "3"), ("b", "1")]


def test_what_is_added_up_is_told() -> None:
    found = charts.chart(table("kind country status n", "a SE x 1", "a SE y 2", "b NO x 3"))
    assert isinstance(found, Heat)
    assert found.what.endswith("added up over status")
    assert found.lines[0][1] == (("3", 4), ("0", 0))


def test_dates_without_a_measure_are_counted_by_year() -> None:
    found = charts.chart(table("date name", "2024-05 a", "2023 b", "2024-01-02 c", "- d"))
    assert isinstance(found, Bars)
    assert [(one.name, one.value) for one in found.bars] == [
        ("2023", "1"),
        ("2024", "2"),
        ("no date", "1"),
    ]


@pytest.mark.parametrize(
    "given",
    [
        table("name n", "a 1"),
        table("name other", "a b", "c d"),
        table("name n", "a -1", "b 2"),
        table("name n", "a 0", "b 0"),
        table("n", "1", "2"),
        table("name link n", "a http://x/1 1", "a http://x/2 2"),
    ],
)
def test_other_tables_get_none(given: Table) -> None:
    assert charts.chart(given) is None


def test_too_many_squares_are_no_picture() -> None:
    rows = [f"a{one} b{other} 1" for one, other in product(range(50), range(3))]
    assert charts.chart(table("one other n", *rows)) is None


def test_every_saved_query_that_runs_alone_gives_a_picture_or_none(opened: Catalogue) -> None:
    queries = opened.queries
    pictures = {}
    for name, query in queries.queries.items():
        if query.form == "SELECT" and not any(one.required for one in query.parameters):
            pictures[name] = type(charts.chart(queries.table(name, {}))).__name__
    assert pictures["curate/coverage"] == "Heat"
    assert pictures["explore/data-types"] == pictures["curate/changes"] == "Bars"
    assert pictures["check/dangling-reference"] == "NoneType"
