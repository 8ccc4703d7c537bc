"""The first of a list fill a page as all do."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from random import Random

import pytest

from fingerpost.catalogue import Catalogue
from fingerpost.engine import Answer, Generation, Query
from fingerpost.engine.results import Part
from fingerpost.engine.rows import read
from fingerpost.errors import SavedQueryFault
from fingerpost.graph.vocabulary import IDS
from fingerpost.publish import examples
from fingerpost.queries import leading, saved
from fingerpost.queries.picking import Columns
from fingerpost.queries.saved import SavedQuery
from fingerpost.queries.service import SavedQueries

LISTED = "SELECT ?{0} {{ VALUES ?{0} {{ UNDEF }} ?{0} ?p ?o }} ORDER BY ?{0}"
HEAD = "#+ summary: x\n#+ values:\n#+   - things: thing\n#+ first:\n#+   - things: all\n"
SIZES = (1, 7)
BEGINNINGS = {"explore/first-guidance"}
"""Lists of what comes first in an answer, before other things."""
KNOWN = {
    "country": ["SE", "DE"],
    "size": ["1000", "2000000000000"],
    "named": [f"<{IDS}support/nbis>"],
    "forms": ["format"],
    "since": ["2020"],
    "at": ["2023-06-30"],
    **{name: ["true"] for name in ("sensitive", "free", "embargo")},
}
"""Parameters that take what is no thing of a graph → values that they may have."""
TRIED = 60
MANY, FEW = leading._MANY, leading._FEW
SOME = re.compile(r"VALUES \?\w+ \{ *<")


@dataclass
class Lists:
    """Whole answers, as they are kept; another generation comes after some readings of them."""

    queries: SavedQueries
    readings: int = 1_000_000
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

    def told(self, _name: str, _columns: Columns) -> None:
        return None

    def picked(self, name: str, *_values: object) -> Part | None:
        return self.part(name, 0, 0)


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
    monkeypatch.setattr(leading, "_FEW", 3)


@pytest.fixture
def long_lists_are_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leading, "_MANY", MANY)
    monkeypatch.setattr(leading, "_FEW", FEW)


def beginning(queries: SavedQueries) -> Iterator[tuple[SavedQuery, dict[str, str]]]:
    """Yield each query that begins with a list, and values for it."""
    for query in queries.queries.values():
        if query.first:
            given = examples.given(query)
            for one in query.parameters:
                if one.class_ and (one.name in given or not given):
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
            few = all(SOME.search(page.text) for page in asked.pages)
            alone[query.name] = alone.get(query.name, 0) + few
    assert len(alone) == 13
    assert all(alone.values()), alone


def test_a_list_has_all_that_an_answer_is_about_in_its_order(lists: Lists) -> None:
    for query, given in beginning(lists.queries):
        ((name, listed),) = query.first.items()
        variable = query.values[name]
        columns, rows = lists.queries.table(listed, {}), lists.queries.rows(query.name, given)
        assert columns.columns[0] == variable
        both = [
            one for one in columns.columns if one in lists.queries.table(query.name, given).columns
        ]
        places = {tuple(row.get(one) for one in both): at for at, row in enumerate(columns.rows)}
        found = [places.get(tuple(row.get(one) for one in both), len(places)) for row in rows]
        assert found == sorted(found), (query.name, given)
        assert listed in BEGINNINGS or len(places) not in found


def narrowing(queries: SavedQueries, chance: Random) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield each query that begins with a list which takes values, that list, and some of them."""
    for query in queries.queries.values():
        for listed in query.first.values():
            if queries.queries[listed].parameters:
                for _ in range(TRIED):
                    yield query.name, listed, given(queries, query, chance)


def given(queries: SavedQueries, query: SavedQuery, chance: Random) -> dict[str, str]:
    """Return values by chance for some parameters of a query, and for those that it needs."""
    found = examples.given(query) if any(one.required for one in query.parameters) else {}
    for one in query.parameters:
        things = list(queries.things(one.class_)) if one.class_ else []
        values = things or [*one.choices] or KNOWN.get(one.name, [])
        if values and chance.random() < 0.5:
            found[one.name] = chance.choice(values)
    return found


def test_what_values_leave_out_of_a_list_is_in_no_answer(lists: Lists) -> None:
    queries = lists.queries
    both = set[str]()
    for name, listed, values in narrowing(queries, Random(1)):
        query = queries.queries[name]
        own = {one.name for one in queries.queries[listed].parameters}
        narrowed = queries.table(listed, {key: values[key] for key in values if key in own})
        thing = narrowed.columns[0]
        found = {row[thing] for row in queries.rows(name, values)}
        assert found <= {row[thing] for row in narrowed.rows}, (query.name, values)
        both.update(values.keys() & own)
    assert both >= {"country", "data", "forms", "kind", "named", "phase", "sensitive", "size"}
    assert "technique" in both


@pytest.mark.parametrize("name", ["recommend/fitting", "recommend/not-recommended"])
def test_a_list_of_few_is_asked_of_the_graph(opened: Catalogue, lists: Lists, name: str) -> None:
    asked = Asked(opened)
    queries = SavedQueries(asked, opened.queries.queries, lists)
    given = {"technique": "next-generation-sequencing", "sensitive": "true"}
    found, more = queries.some(name, given, 0, 200)
    assert not more
    assert found.rows == lists.queries.rows(name, given)
    assert asked.pages
    assert all(SOME.search(page.text) for page in asked.pages)


@pytest.mark.parametrize("name", ["curate/what-counts", "explore/who-may-use"])
def test_a_list_that_is_the_query_itself_is_not_asked(
    lists: Lists, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert name in lists.queries.queries[name].first.values()
    assert lists.part(name, 0, 1)
    asked: list[str] = []
    monkeypatch.setattr(SavedQueries, "answer", lambda _self, name, _given: asked.append(name))
    queries = SavedQueries(lists.queries.engine, lists.queries.queries, lists)
    assert queries.some(name, {"data": "imaging-data"}, 0, 7)
    assert not asked


def part(total: int, *rows: Mapping[str, str]) -> Part:
    head = {"vars": ["thing", "place"] if any("place" in row for row in rows) else ["thing"]}
    lines = [
        json.dumps({name: {"type": "literal", "value": value} for name, value in row.items()})
        for row in rows
    ]
    frame = json.dumps({"head": head, "results": {"bindings": []}})
    assert read(Part(frame, tuple(lines), total).json.encode()).rows == rows
    return Part(frame, tuple(lines), total)


def things(found: Part, times: int = 1) -> list[str]:
    stretch = leading._stretch(found, times)
    return stretch.things if stretch else []


def test_what_has_no_name_to_ask_for_ends_what_is_looked_at() -> None:
    assert things(part(40, *({"thing": one} for one in ("a:a", "b0", "c:c")))) == ["a:a"]


@pytest.mark.parametrize(("places", "left"), [("11222", "ab"), ("21222", "ab"), ("22222", "")])
def test_what_shares_the_place_of_the_last_may_come_after_what_is_looked_at(
    places: str, left: str
) -> None:
    pairs = zip("abcde", places, strict=True)
    rows = [{"thing": f"a:{one}", "place": place} for one, place in pairs]
    assert things(part(40, *rows)) == [f"a:{one}" for one in left]


@pytest.mark.parametrize(("times", "many"), [(1, 3), (2, 1), (9, 0)])
def test_a_query_that_names_them_does_not_become_too_long(times: int, many: int) -> None:
    long = [f"{letter}:" + "x" * (leading._ROOM // 3 - 5) for letter in "abcd"]
    assert things(part(32, *({"thing": one} for one in long)), times) == long[:many]


def test_many_things_are_named_in_as_many_queries_as_they_have_room_in() -> None:
    long = [f"{letter}:" + "x" * (leading._ROOM // 4 - 5) for letter in "abcdefg"]
    assert [*leading.together(long, 1)] == [long[:4], long[4:]]
    assert [*leading.together(long, 3)] == [[one] for one in long]
    assert [*leading.together(long, 9)] == [[one] for one in long]
    assert not [*leading.together([], 1)]


def test_a_row_for_a_later_place_of_a_thing_is_not_of_the_first() -> None:
    rows = [{"thing": f"a:{one}", "place": place} for one, place in zip("abc", "123", strict=True)]
    stretch = leading.Stretch(["thing", "place"], rows)
    ours, later = {"thing": "a:b", "place": "2"}, {"thing": "a:b", "place": "3"}
    assert owned(stretch, ours) == ([ours], False)
    assert owned(stretch, {"thing": "a:b"}) == ([{"thing": "a:b"}], False)
    assert owned(stretch, ours, later, more=False) == ([ours], True)


def test_rows_for_later_places_tell_that_no_more_follow() -> None:
    stretch = leading.Stretch(["thing", "place"], [{"thing": "a:a", "place": "2"}])
    earlier, ours, later = ({"thing": "a:a", "place": place} for place in "123")
    assert owned(stretch, earlier, ours, later) == ([ours], True)
    assert owned(stretch, earlier, ours) == ([ours], False)
    assert owned(stretch, earlier) == ([], False)


def owned(
    stretch: leading.Stretch, *rows: Mapping[str, str], more: bool = True
) -> tuple[list[dict[str, str]], bool]:
    ours, every = stretch.own(part(len(rows), *rows).json, more=more)
    return [_values(row) for row in ours], every


def _values(row: Mapping[str, object]) -> dict[str, str]:
    found = json.loads(json.dumps(row))
    return {name: one["value"] for name, one in found.items()}


@pytest.mark.parametrize("rows", [1, 2])
def test_rows_for_earlier_places_are_asked_for_too_and_may_leave_out_others(rows: int) -> None:
    """A thing stands twice in the list; where a place has several rows there are more."""
    listed = [(f"a:{number % 10}", f"{number:02}") for number in range(20)]
    sizes: list[int] = []

    def ask(stretch: leading.Stretch, size: int) -> tuple[str, bool]:
        sizes.append(size)
        all_ = [{"thing": one, "place": place} for one, place in listed for _ in range(rows)]
        ours = [row for row in all_ if row["thing"] in stretch.things]
        return part(1, *ours[:size]).json, len(ours) > size

    def some(start: int, size: int) -> Part:
        found = [{"thing": one, "place": place} for one, place in [*listed, ("b:z", "20")]]
        return part(len(found), *found[start : start + size])

    found = leading.filled(some, ask, 10 * rows + 5)
    assert len(sizes) > 1
    assert sizes[-1] > 5
    if rows > 1:
        assert found is None
    else:
        assert found
        things = [row["thing"]["value"] for row in json.loads(found)["results"]["bindings"]]
        assert things[:15] == [one for one, _ in listed][:15]


LETTERS = [f"a:{number:04}" for number in range(5000)]


def filled(
    wanted: int, every: int, total: int, empty: str = ""
) -> tuple[list[str] | None, list[int]]:
    """Return the things that a list of so many gives where one in `every` is of the answer."""
    stretches: list[int] = []

    def ask(stretch: leading.Stretch, size: int) -> tuple[str, bool]:
        stretches.append(len(stretch.things))
        ours = [one for one in stretch.things if int(one[2:]) % every == 0]
        return part(1, *({"thing": one} for one in ours[:size])).json, len(ours) > size

    def listed(start: int, size: int) -> Part:
        return part(total, *({"thing": one} for one in LETTERS[:total][start : start + size]))

    found = leading.filled(listed, ask, wanted, empty=empty)
    rows = json.loads(found)["results"]["bindings"] if found else None
    return rows if rows is None else [row["thing"]["value"] for row in rows], stretches


@pytest.mark.usefixtures("long_lists_are_long")
def test_a_list_is_read_as_far_as_a_page_takes() -> None:
    found, stretches = filled(wanted=40, every=3, total=5000)
    assert found == LETTERS[: 40 * 3 : 3]
    assert stretches[0] == leading._FEW
    assert len(stretches) == 2


@pytest.mark.usefixtures("long_lists_are_long")
def test_a_list_of_which_little_is_in_the_answer_is_left_after_the_first_few() -> None:
    found, stretches = filled(wanted=201, every=25, total=5000)
    assert found is None
    assert stretches == [leading._FEW]


@pytest.mark.usefixtures("long_lists_are_long")
def test_a_list_that_ends_before_the_page_is_full_does_not_tell_what_follows() -> None:
    found, stretches = filled(wanted=201, every=6, total=1200)
    assert found is None
    assert sum(stretches) <= 1200
    assert filled(wanted=201, every=4, total=1200)[0] == LETTERS[: 201 * 4 : 4]


@pytest.mark.usefixtures("long_lists_are_long")
@pytest.mark.parametrize("total", [0, 1, 900, 3000])
def test_a_list_of_all_that_follows_is_looked_at_to_its_end(total: int) -> None:
    found, stretches = filled(wanted=201, every=25, total=total, empty=part(0).json)
    assert found == LETTERS[:total:25]
    assert sum(stretches) == total
    assert max(stretches, default=0) <= leading.MOST


@pytest.mark.usefixtures("long_lists_are_long")
def test_a_long_list_of_all_that_follows_is_left_where_little_of_it_is_in_the_answer() -> None:
    found, stretches = filled(wanted=201, every=25, total=5000, empty=part(0).json)
    assert found is None
    assert stretches == [leading._FEW]


def test_at_the_end_of_a_list_nothing_that_shares_a_place_is_left() -> None:
    rows = [{"thing": f"a:{one}", "place": "1"} for one in "abc"]
    stretch = leading._stretch(part(3, *rows), 1, last=True)
    assert stretch
    assert stretch.things == ["a:a", "a:b", "a:c"]


@pytest.mark.usefixtures("long_lists_are_long")
def test_of_a_short_list_nothing_is_looked_at_first() -> None:
    assert filled(wanted=4, every=1, total=999) == (None, [])


def test_a_list_of_another_generation_says_nothing(opened: Catalogue, lists: Lists) -> None:
    given = {"phase": "plan"}
    expected = lists.queries.some("recommend/tools-for-phase", given, 0, 1)
    asked = Asked(opened)
    gone = SavedQueries(asked, opened.queries.queries, Lists(lists.queries, readings=1))
    assert gone.some("recommend/tools-for-phase", given, 0, 1) == expected
    assert len(asked.pages) == 2
    assert not SOME.search(asked.pages[-1].text)


def test_a_parameter_that_the_server_gives_is_not_offered() -> None:
    query = saved.parse("x", HEAD + LISTED.format("thing"))
    assert query.parameters == ()
    assert query.first == {"things": "all"}


def test_a_list_for_what_takes_no_values_is_a_fault() -> None:
    with pytest.raises(SavedQueryFault, match="things"):
        saved.parse(
            "x", HEAD.replace("- things: thing", "- others: thing") + LISTED.format("thing")
        )
