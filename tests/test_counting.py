"""A number stands with its noun: one record, no records, 1,204 records."""

from fingerpost.counting import counted


def test_one_is_one_and_all_else_are_several() -> None:
    assert [counted(number, "record") for number in (0, 1, 2, 1204)] == [
        "0 records",
        "1 record",
        "2 records",
        "1,204 records",
    ]
    assert counted(1, "query", "queries") == "1 query"
    assert counted(3, "query", "queries") == "3 queries"
