"""Names by which a saved query sorts are read once for each row, and its answer stays the same."""

import pytest
from pyoxigraph import Store

from fingerpost import files
from fingerpost.engine import Query, rows
from fingerpost.engine.local import Local
from fingerpost.queries import paging, saved
from fingerpost.queries.service import SavedQueries

GRAPH = """
INSERT DATA {
  <a:1> <a:name> "b"@en ; <a:kind> "x" . <a:2> <a:name> "A"@en ; <a:kind> "x" .
  <a:3> <a:name> "ab"@en ; <a:kind> "x" . <a:4> <a:name> "AB"@en ; <a:kind> "w" .
  <a:5> <a:kind> "x" . <a:6> <a:name> "a"@en ; <a:kind> "x" .
}
"""
SELECTED = """#+ summary: Which things?
SELECT {what}
WHERE {{
  ?thing <a:kind> ?kind .
  OPTIONAL {{ ?thing <a:name> ?name . }}
}}
ORDER BY {order}
"""
KEY = "__sorted"


def query(what: str, order: str) -> saved.SavedQuery:
    return saved.parse("things", SELECTED.format(what=what, order=order))


@pytest.mark.parametrize(
    ("what", "order"),
    [
        ("?thing ?name", "LCASE(?name) ?thing"),
        ("DISTINCT ?kind ?name", "DESC(?kind) lcase( ?name ) DESC(STR(?name))"),
        ("?thing (STR(?name) AS ?called)", "LCASE(?called) DESC(?thing)"),
        ("?thing ?kind ?name", "LCASE(?kind) LCASE(?name) ?thing"),
    ],
)
def test_rows_come_in_the_same_order(what: str, order: str) -> None:
    one = query(what, order)
    asked = one.bare().text
    assert KEY in asked
    assert answer(asked) == answer(one.text)
    for start in range(6):
        assert answer(paging.paged(asked, start, 2)) == answer(one.text)[start : start + 2]


def answer(text: str) -> list[tuple[tuple[str, str], ...]]:
    store = Store()
    store.update(GRAPH)
    found = rows.select(Local(store), text)
    return [tuple(sorted(row.items())) for row in found]


@pytest.mark.parametrize(
    ("what", "order"),
    [
        ("?thing", "LCASE(?name) ?thing"),
        ("*", "LCASE(?name) ?thing"),
        ("?thing ?name", "?name ?thing"),
        ("?thing ?name", "DESC(LCASE(?name)) ?thing"),
        ("?thing ?name", "LCASE(?name) ?thing LIMIT 3"),
    ],
)
def test_what_sorts_otherwise_stays_as_it_is(what: str, order: str) -> None:
    assert KEY not in query(what, order).bare().text


def test_saved_queries_are_asked_so() -> None:
    queries = saved.load(files.folders().queries)
    asked = {name: SavedQueries(Local(Store()), queries).query(name, {}) for name in ASKED}
    assert all(KEY in one.text for one in asked.values())
    assert {type(one) for one in asked.values()} == {Query}
    assert all(one.sound for one in asked.values())


ASKED = ("curate/stale", "curate/links-by-age", "explore/who-may-use", "recommend/training")
