"""Answers with values that are rows of a kept one are these rows, as the engine finds them."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from random import Random

import pytest

from fingerpost.catalogue import Catalogue
from fingerpost.errors import BadParameter
from fingerpost.index import picked
from fingerpost.queries import picking, saved
from fingerpost.queries.picking import Pick
from fingerpost.queries.saved import Parameter, SavedQuery
from fingerpost.queries.service import SavedQueries
from remembering import Asked

DATES = ("2010-01-01", "2019", "2021-03", "2024-01-01", "2026", "2030-12-31")
SOME, MOST = 30, 100
KINDS = ("", "policy", "repository", "nothing")
TEXT = """#+ summary: Which things?
SELECT ?thing ?day {
  ?thing ?said ?day .
  # Leaves out rows.
  FILTER (COALESCE(?__before_date, "") = "" || ?day < ?__before_date) # by day
  FILTER (COALESCE(?__of_literal, "") = "" || ?said = ?__of_literal)
}
ORDER BY ?thing ?day
"""


def picks(queries: SavedQueries) -> Iterator[tuple[SavedQuery, Pick]]:
    for query in queries.queries.values():
        for one in picking.every(query):
            yield query, one


def given(queries: SavedQueries, query: SavedQuery, pick: Pick) -> Iterator[dict[str, str]]:
    """Yield values for what a pick looks at: one, or several together, of very many some."""
    known = {one.name: one for one in query.parameters}
    names = sorted(pick.parameters)
    several = [("", *values(queries, known[name])) for name in names]
    every = [chosen for chosen in product(*several) if any(chosen)]
    for chosen in Random(1).sample(every, min(len(every), MOST)):
        yield dict(zip(names, chosen, strict=True))


def values(queries: SavedQueries, one: Parameter) -> tuple[str, ...]:
    if one.class_:
        return tuple(sorted(queries.things(one.class_)))[:SOME]
    if one.name == "country":
        return ("SE", "NO", "S", "no")
    return {"date": DATES, "boolean": ("true", "false")}.get(one.type, one.choices)


def test_rows_that_values_leave_are_those_of_the_engine(kept: Catalogue) -> None:
    without = replace(kept.queries, kept=None)
    asked = Asked(kept)
    queries = replace(kept.queries, engine=asked)
    found = 0
    for query, pick in picks(queries):
        for chosen in given(queries, query, pick):
            asked.queries.clear()
            for start, size in ((0, 7), (3, 300)):
                expected = without.some(query.name, chosen, start, size)
                assert queries.some(query.name, chosen, start, size) == expected, chosen
            assert any(picking.NUMBER in one.text for one in asked.queries), query.name
            found += 1
    assert found > 100


def test_many_values_are_named_by_several_queries(
    kept: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, asked = "recommend/contacts", Asked(kept)
    last = kept.queries.some(name, {}, 0, 300)[0].rows[-1]
    given = {"institution": last["institution"]}
    queries = replace(kept.queries, engine=asked)
    expected = replace(kept.queries, kept=None).some(name, given, 0, 300)
    assert queries.some(name, given, 0, 300) == expected
    (whole,) = [one.text for one in asked.queries if picking.NUMBER in one.text]
    monkeypatch.setattr(picking, "_MOST", len(whole) * 2 // 3)
    asked.queries.clear()
    assert queries.some(name, given, 0, 300) == expected
    parts = [one.text for one in asked.queries if picking.NUMBER in one.text]
    assert len(parts) > 1
    assert all(len(one) <= picking._MOST for one in parts)
    assert expected[0].rows


@pytest.mark.parametrize("at", ["2019", "2022-05", "2026-11-21"])
@pytest.mark.parametrize("since", ["", "2020", "2023-01-01"])
def test_a_list_is_read_without_the_rows_that_values_leave_out(
    kept: Catalogue, at: str, since: str
) -> None:
    asked, name = Asked(kept), "explore/recommended-on"
    queries, without = replace(kept.queries, engine=asked), replace(kept.queries, kept=None)
    for data, phase, kind in product(("imaging-data", "proteomics-data"), ("share", "plan"), KINDS):
        given = {"data": data, "phase": phase, "at": at, "since": since, "kind": kind}
        for start, size in ((0, 5), (2, 100)):
            asked.queries.clear()
            expected = without.some(name, given, start, size)
            assert queries.some(name, given, start, size) == expected, given
            pages = [one.text for one in asked.queries if "OFFSET" in one.text]
            assert not kind or all("VALUES ?resource" in one for one in pages), given


def test_a_wrong_value_is_told_where_a_list_is_without_rows(kept: Catalogue) -> None:
    given = {"phase": "share", "at": "2019", "since": "2022", "data": "imaging-data"}
    assert kept.queries.some("explore/recommended-on", given, 0, 5)[0].rows == ()
    with pytest.raises(BadParameter):
        kept.queries.some("explore/recommended-on", {**given, "data": "nothing"}, 0, 5)


def test_columns_are_of_the_answer_and_parameters_may_be_left_out(kept: Catalogue) -> None:
    queries = replace(kept.queries, kept=None)
    for query, pick in picks(queries):
        columns = queries.some(pick.of, {}, 0, 1)[0].columns
        assert columns == queries.some(query.name, {}, 0, 1)[0].columns
        assert all(one.optional for one in query.parameters if one.name in pick.parameters)


def test_each_row_has_one_value_where_a_condition_looks_at_what_is_not_selected(
    kept: Catalogue,
) -> None:
    queries = replace(kept.queries, kept=None)
    hidden = 0
    for query, pick in picks(queries):
        columns = queries.some(pick.of, {}, 0, 1)[0].columns
        more = [one for one in pick.columns if one not in columns]
        if more:
            whole, plain = picking.whole(query, more), picking.whole(query, ())
            asked = replace(queries, queries={"with": whole, "without": plain})
            found = asked.rows("with", {})
            assert found
            assert all(row.pop(one) for row in found for one in more), query.name
            assert found == asked.rows("without", {}), query.name
            hidden += 1
    assert hidden > 2


def test_what_the_clock_says_leaves_out_rows_too(kept: Catalogue) -> None:
    asked = Asked(kept)
    queries, without = replace(kept.queries, engine=asked), replace(kept.queries, kept=None)
    name = "check/not-verified-for-a-year"
    assert queries.size(name, {}) is None
    for chosen in ({}, {"at": ""}, {"at": "2024-03"}, {"at": "2031"}):
        assert queries.some(name, chosen, 0, 300) == without.some(name, chosen, 0, 300), chosen
    assert len(asked.queries) == 4
    assert all(picking.NUMBER in one.text for one in asked.queries)
    assert not any(one.sound for one in asked.queries)
    with pytest.raises(BadParameter):
        queries.some("check/ended-in-the-past-but-active", {"at": "soon"}, 0, 5)


def test_a_condition_is_read_with_its_parameters_and_columns() -> None:
    query = saved.parse("things", TEXT)
    (pick,) = picking.every(query)
    assert pick.parameters == {"before"}
    assert pick.columns == ("day",)
    assert pick.of == "things"
    other = saved.parse("things", TEXT.replace("out rows.", "out rows of all/things."))
    assert [one.of for one in picking.every(other)] == ["all/things"]


def test_what_says_more_than_that_is_asked_of_the_graph() -> None:
    query = saved.parse("things", TEXT)
    assert picking.needed(query, ["before"])
    assert not picking.needed(query, ["before", "of"])
    assert not picking.needed(query, ["of"])
    assert not picking.needed(query, [])
    clock = saved.parse("things", TEXT.replace("?__before_date", "COALESCE(?__before_date, NOW())"))
    assert picking.needed(clock, [])
    assert picking.needed(clock, ["before"])
    assert not picking.needed(clock, ["of"])


def test_what_is_kept_is_whatever_the_clock_says_and_has_more_columns() -> None:
    query = saved.parse("things", TEXT)
    assert picking.whole(query, ()).text == TEXT
    assert "SELECT ?thing ?day ?said {" in picking.whole(query, ("said",)).text
    clock = saved.parse("things", TEXT.replace("?__before_date", "NOW()"))
    assert (picking.timed(clock), picking.timed(query)) == (True, False)
    text = picking.whole(clock, ()).text
    assert "NOW" not in text
    assert "?__of_literal" in text


def test_a_value_is_written_as_it_is_read() -> None:
    row = {
        "name": {"type": "literal", "value": 'a "b" \\', "xml:lang": "en"},
        "thing": {"type": "uri", "value": "https://example.org/a"},
        "count": {
            "type": "literal",
            "value": "2",
            "datatype": "http://www.w3.org/2001/XMLSchema#integer",
        },
        "nobody": {"type": "bnode", "value": "b0"},
    }
    assert picking.written(row, ("name", "thing")) == r'"a \"b\" \\"@en <https://example.org/a>'
    assert picking.written(row, ("count", "gone")) == (
        '"2"^^<http://www.w3.org/2001/XMLSchema#integer> UNDEF'
    )
    assert picking.written(row, ("name", "nobody")) is None


def test_too_many_values_and_blank_nodes_are_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"name": {"type": "literal", "value": one}} for one in "abab"]
    assert told(rows) == [(0, '"a"', [5, 7]), (1, '"b"', [6, 8])]
    assert told([*rows, {"name": {"type": "bnode", "value": "b0"}}]) == []
    with monkeypatch.context() as less:
        less.setattr(picking, "ROOM", 4)
        assert told(rows) == []
    monkeypatch.setattr(picking, "LONGEST", 2)
    assert told(rows) == []


def test_what_is_no_column_is_not_told() -> None:
    rows = [{"name": {"type": "literal", "value": "a"}}, {}]
    assert told(rows) == [(0, '"a"', [5]), (1, "UNDEF", [6])]
    assert told(rows, hidden=["name"]) == []
    assert told(rows[:1], hidden=["name"]) == [(0, '"a"', [5])]


def told(
    rows: Sequence[picking.Terms], hidden: Sequence[str] = ()
) -> list[tuple[int, str, list[int]]]:
    writing = sqlite3.connect(":memory:")
    writing.executescript(picked.TABLES)
    one = picked.Told(("name",), hidden)
    one.add(rows, 5)
    one.write(writing, 1)
    found = writing.execute("SELECT number, terms, rows FROM told").fetchall()
    return [(number, terms, list(picked._unpacked(places))) for number, terms, places in found]
