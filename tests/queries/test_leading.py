"""The first of a list fill a page as all do."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import pytest

from fingerpost.catalogue import Catalogue
from fingerpost.engine import Answer, Generation, Query
from fingerpost.engine.results import Part
from fingerpost.engine.rows import read
from fingerpost.errors import SavedQueryFault
from fingerpost.publish import examples
from fingerpost.queries import leading, saved
from fingerpost.queries.saved import SavedQuery
from fingerpost.queries.service import SavedQueries

LISTED = "SELECT ?{0} {{ VALUES ?{0} {{ UNDEF }} ?{0} ?p ?o }} ORDER BY ?{0}"
HEAD = "#+ summary: x\n#+ values:\n#+   - things: thing\n#+ first:\n#+   - things: all\n"
SIZES = (1, 7)


@dataclass
class Lists:
    """Whole answers, as they are kept; another generation comes after some readings of them."""

    queries: SavedQueries
    readings: int = 1000
    _whole: dict[str, list[str]] = field(default_factory=dict)

    def part(self, name: str, start: int, size: int) -> Part | None:
        self.readings -= 1
        if self.readings < 0:
            return None
        if name not in self._whole:
            found = json.loads(self.queries.answer(name, {}))
            rows = found["results"].pop("bindings")
            frame = {**found, "results": {"bindings": []}}
            self._whole[name] = [json.dumps(frame), *map(json.dumps, rows)]
        frame_, *lines = self._whole[name]
        return Part(frame_, tuple(lines[start : start + size]), len(lines))


@dataclass
class Asked:
    """An engine that remembers which pages it was asked."""

    opened: Catalogue
    pages: list[Query] = field(default_factory=list)

    @property
    def generation(self) -> Generation:
        return self.opened.engine.generation

    def answer(self, query: Query, media_type: str) -> bytes:
        return self.fetch(query, media_type).whole()

    def fetch(self, query: Query, media_type: str) -> Answer:
        if query.text.endswith("OFFSET 0\n"):
            self.pages.append(query)
        return self.opened.engine.fetch(query, media_type)


@pytest.fixture
def lists(opened: Catalogue) -> Lists:
    return Lists(replace(opened.queries, kept=None))


@pytest.fixture(autouse=True)
def every_list_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leading, "_MANY", 4)


def beginning(queries: SavedQueries) -> Iterator[tuple[SavedQuery, dict[str, str]]]:
    """Yield each query that begins with a list, and values for it."""
    for query in queries.queries.values():
        if query.first:
            given = examples.given(query)
            for one in query.parameters:
                if one.name in given and one.class_:
                    for value in [*queries.things(one.class_)][:25]:
                        yield query, {**given, one.name: value}


def test_a_page_is_the_same_whether_a_list_is_looked_at_first(
    opened: Catalogue, lists: Lists
) -> None:
    alone: dict[str, int] = {}
    for query, given in beginning(lists.queries):
        asked = Asked(opened)
        queries = SavedQueries(asked, opened.queries.queries, lists)
        for size in SIZES:
            asked.pages.clear()
            found = queries.some(query.name, given, 0, size)
            assert found == lists.queries.some(query.name, given, 0, size), (query.name, given)
            alone[query.name] = alone.get(query.name, 0) + (found[1] and len(asked.pages) == 1)
            assert len(asked.pages) in {1, 2}
    assert len(alone) == 5
    assert all(alone.values()), alone


def test_a_list_has_all_that_an_answer_is_about_in_its_order(lists: Lists) -> None:
    for query, given in beginning(lists.queries):
        ((name, listed),) = query.first.items()
        variable = query.values[name]
        columns, rows = lists.queries.table(listed, {}), lists.queries.rows(query.name, given)
        place = columns.columns[1] if _tied(listed) else columns.columns[0]
        places = {row[columns.columns[0]]: row[place] for row in columns.rows}
        order = list(dict.fromkeys(places.values()))
        found = [order.index(places[row[variable]]) for row in rows]
        assert found == sorted(found), (query.name, given)


def _tied(listed: str) -> bool:
    """Say whether things of a list share their place, which its second column has."""
    return listed == "explore/sources"


def part(total: int, *rows: Mapping[str, str]) -> Part:
    head = {"vars": ["thing", "place"] if "place" in rows[0] else ["thing"]}
    lines = [
        json.dumps({name: {"type": "literal", "value": value} for name, value in row.items()})
        for row in rows
    ]
    frame = json.dumps({"head": head, "results": {"bindings": []}})
    assert read(Part(frame, tuple(lines), total).json.encode()).rows == rows
    return Part(frame, tuple(lines), total)


def things(found: Part) -> list[str]:
    first = leading.beginning(found)
    return first.things if first else []


def test_of_a_short_list_nothing_is_looked_at_first() -> None:
    assert not things(part(3, {"thing": "a"}, {"thing": "b"}, {"thing": "c"}))


def test_a_part_of_a_list_is_looked_at() -> None:
    assert things(part(16, *({"thing": f"{one}:{one}"} for one in "abcdefgh"))) == ["a:a", "b:b"]


def test_what_has_no_name_to_ask_for_ends_what_is_looked_at() -> None:
    assert things(part(40, *({"thing": one} for one in ("a:a", "b0", "c:c")))) == ["a:a"]


@pytest.mark.parametrize(("places", "left"), [("11222", "ab"), ("21222", "ab"), ("22222", "")])
def test_what_shares_the_place_of_the_last_may_come_after_what_is_not_looked_at(
    places: str, left: str
) -> None:
    pairs = zip("abcde", places, strict=True)
    rows = [{"thing": f"a:{one}", "place": place} for one, place in pairs]
    assert things(part(40, *rows)) == [f"a:{one}" for one in left]


@pytest.mark.parametrize(("times", "many"), [(1, 3), (2, 1), (9, 0)])
def test_a_query_that_names_them_does_not_become_too_long(times: int, many: int) -> None:
    long = [f"{letter}:" + "x" * (leading._ROOM // 3 - 5) for letter in "abcd"]
    first = leading.beginning(part(32, *({"thing": one} for one in long)), times)
    assert (first.things if first else []) == long[:many]


def test_a_row_for_a_later_place_of_a_thing_is_not_of_the_first() -> None:
    rows = [{"thing": f"a:{one}", "place": place} for one, place in zip("abc", "123", strict=True)]
    first = leading.beginning(part(24, *rows))
    assert first
    assert first.has(part(1, {"place": "2", "thing": "a:b"}).json.encode())
    assert first.has(part(1, {"thing": "a:b"}).json.encode())
    assert not first.has(part(1, {"thing": "a:b", "place": "3"}).json.encode())
    assert not first.has(part(1, {"thing": "a:c", "place": "3"}).json.encode())


def test_a_list_of_another_generation_says_nothing(opened: Catalogue, lists: Lists) -> None:
    given = {"phase": "plan"}
    expected = lists.queries.some("recommend/tools-for-phase", given, 0, 1)
    asked = Asked(opened)
    gone = SavedQueries(asked, opened.queries.queries, Lists(lists.queries, readings=1))
    assert gone.some("recommend/tools-for-phase", given, 0, 1) == expected
    assert len(asked.pages) == 2


def test_a_parameter_that_the_server_gives_is_not_offered() -> None:
    query = saved.parse("x", HEAD + LISTED.format("thing"))
    assert query.parameters == ()
    assert query.first == {"things": "all"}


def test_a_list_for_what_takes_no_values_is_a_fault() -> None:
    with pytest.raises(SavedQueryFault, match="things"):
        saved.parse(
            "x", HEAD.replace("- things: thing", "- others: thing") + LISTED.format("thing")
        )
