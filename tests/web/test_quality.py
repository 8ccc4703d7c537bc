"""The page for curators, and the numbers on it."""

import itertools
import json
import re
import time
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient

from fingerpost import catalogue
from fingerpost.catalogue import Catalogue
from fingerpost.engine import Query
from fingerpost.engine.results import JSON
from fingerpost.errors import QueryOutOfTime
from fingerpost.files import Folders
from fingerpost.index import indexes
from fingerpost.web import create_app, mending, once
from fingerpost.web.mending import PARTS
from fingerpost.web.site import Site

DAY = "2024-01-01"
MATRIX = "curate/coverage-matrix"
PHASES = ["plan", "collect", "process", "analyse", "preserve", "share", "reuse"]


@pytest.fixture(scope="module")
def client(site: Site) -> FlaskClient:
    return create_app(site).test_client()


@pytest.fixture(scope="module")
def page(client: FlaskClient) -> str:
    answer = client.get("/quality", query_string={"before": DAY}, headers={"Accept": "text/html"})
    assert (answer.status_code, answer.content_type) == (200, "text/html; charset=utf-8")
    return answer.text


@pytest.fixture(scope="module")
def written(client: FlaskClient) -> dict[str, Any]:
    answer = client.get("/quality", query_string={"before": DAY, "format": "json"})
    assert answer.content_type == "application/json"
    found: dict[str, Any] = json.loads(answer.text)
    return found


class Cells(HTMLParser):
    """The heat map: row header → its cells as text, with their links; and how tables are marked."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.links: list[str] = []
        self.scopes: list[str] = []
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table":
            self._inside = given.get("class") == "heat"
        if tag == "th":
            self.scopes.append(given.get("scope") or "")
        if self._inside and tag == "tr":
            self.rows.append([])
        if self._inside and tag in {"td", "th"}:
            self.rows[-1].append("")
        if self._inside and tag == "a" and self.rows and len(self.rows[-1]) > 1:
            self.links.append(given.get("href") or "")

    def handle_data(self, data: str) -> None:
        if self._inside and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data.strip()

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._inside = False


def test_the_heat_map_has_the_numbers_of_the_matrix_as_text(page: str, opened: Catalogue) -> None:
    matrix = opened.queries.table(MATRIX, {}).rows
    head, *rows = Cells(page).rows
    assert [one.lower() for one in head[1:-1]] == PHASES
    assert len(matrix) > 15
    assert rows == [
        [row["dataName"], *(row[phase] for phase in PHASES), row["resources"]] for row in matrix
    ]


def test_a_cell_leads_to_as_many_resources_that_count(
    page: str, opened: Catalogue, client: FlaskClient
) -> None:
    cells = Cells(page)
    links = [urlsplit(link) for link in cells.links if "what-counts" in link]
    counts = [int(cell) for row in cells.rows[1:] for cell in row[1:]]
    assert len(links) == len(counts) > 100
    for link, count in list(zip(links, counts, strict=True))[::9]:
        given = dict(parse_qsl(link.query))
        rows = opened.queries.rows(link.path.removeprefix("/queries/"), given)
        assert len({r["resource"] for r in rows if r["counts"] == "true"}) == count, given
    assert client.get(links[0].geturl(), headers={"Accept": "text/html"}).status_code == 200


def test_the_darker_the_more(page: str) -> None:
    shades = re.findall(r'"h(\d) number"><a [^>]*>(\d+)<', page)
    least = {shade: min(int(n) for s, n in shades if s == shade) for shade, _ in shades}
    most = {shade: max(int(n) for s, n in shades if s == shade) for shade, _ in shades}
    order = sorted(least)
    assert len(order) == 5
    assert all(most[one] < least[two] for one, two in itertools.pairwise(order))
    assert most["0"] == 0


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.title)
def test_a_list_has_the_count_the_first_rows_and_a_link_to_the_rest(
    part: Any, page: str, written: dict[str, Any], opened: Catalogue
) -> None:
    found = next(one for one in written["parts"] if one["title"] == part.title)
    rows = [dict(row) for row in opened.queries.rows(found["query"], found["given"])]
    assert found["first"] == rows[: len(found["first"])]
    assert len(found["first"]) == min(8, len(rows))
    assert found["count"] == len({tuple(row.get(one) for one in part.things) for row in rows})
    assert f'{part.title} <span class="chip">{found["count"]:,}</span>' in page
    section = page[page.index(f"{part.title} <span") :].partition("</section>")[0]
    link = next(one for one in re.findall(r'href="([^"]*)"', section) if "/queries/" in one)
    address = urlsplit(link.replace("&amp;", "&"))
    assert address.path == f"/queries/{found['query']}"
    assert dict(parse_qsl(address.query)) == found["given"]


def test_there_is_something_to_mend_of_each_kind_but_what_is_overdue(
    written: dict[str, Any],
) -> None:
    counts = {one["title"]: one["count"] for one in written["parts"]}
    assert [title for title, count in counts.items() if not count] in ([], ["Overdue records"])


def test_the_day_decides_what_is_stale(client: FlaskClient) -> None:
    def stale(before: str) -> int:
        body = client.get("/quality", query_string={"before": before, "format": "json"}).get_json()
        count: int = body["parts"][1]["count"]
        return count

    assert stale("2000") == 0
    assert 0 < stale("2021") < stale(DAY) < stale("2030-01-01")


@pytest.mark.parametrize(
    ("asked", "status", "word"),
    [
        ({"before": "yesterday"}, 400, "2025-07-31"),
        ({"colour": "red"}, 400, "before"),
        ({"format": "ttl"}, 406, "json"),
    ],
)
def test_what_is_not_understood_is_refused_with_the_choices(
    client: FlaskClient, asked: dict[str, str], status: int, word: str
) -> None:
    answer = client.get("/quality", query_string=asked, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert word in answer.get_json()["detail"]


def test_the_page_can_be_read_without_colours_or_scripts(page: str) -> None:
    assert re.findall(r"<script[^>]*>(.*?)</script>", page) == [""]
    assert "style=" not in page
    cells = Cells(page)
    assert set(cells.scopes) == {"row", "col"}
    assert "<caption>" in page
    ids = re.findall(r'id="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'(?:href="#|aria-labelledby="|for=")([^"]*)"', page):
        assert target in ids, target


def test_a_client_that_has_it_is_told_so_and_every_page_leads_there(client: FlaskClient) -> None:
    first = client.get("/quality", headers={"Accept": "text/html"})
    again = client.get(
        "/quality", headers={"Accept": "text/html", "If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")
    other = client.get("/quality", headers={"Accept": "application/json"})
    assert other.headers["ETag"] != first.headers["ETag"]
    assert '<a href="/quality"' in client.get("/").text


def test_its_queries_cost_less_together_than_a_few_readings_of_the_graph(opened: Catalogue) -> None:
    """By the time of this processor, in this run, as the machine may be busy."""
    everything = "SELECT ?s ?p ?o { ?s ?p ?o }"
    whole = min(spent(opened, f"{everything} # {number}") for number in range(3))
    texts = {name: opened.queries.text(name, {}) for name in {MATRIX, *(p.query for p in PARTS)}}
    taken = {name: spent(opened, f"{text}\n# not asked before") for name, text in texts.items()}
    assert {name: seconds for name, seconds in taken.items() if seconds > whole} == {}
    assert sum(taken.values()) < 3 * whole


def spent(opened: Catalogue, text: str) -> float:
    begin = time.process_time()
    opened.engine.answer(Query(text), JSON)
    return time.process_time() - begin


def test_of_many_resources_it_is_found_once_for_all_processes(
    opened: Catalogue, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexes, "_MANY", "SELECT ?one { ?one ?property ?value } LIMIT 1")
    first, second = (catalogue.over(opened.engine, folders) for _ in range(2))
    whole = mending.state(first, mending.usual_day())
    assert mending.usual(first) == whole
    monkeypatch.setattr(mending, "state", None)
    assert mending.usual(second) == whole


def test_what_an_engine_did_not_answer_is_asked_by_each_process(opened: Catalogue) -> None:
    def fails() -> str:
        raise QueryOutOfTime("too long")

    for tell in (fails, fails):
        with pytest.raises(QueryOutOfTime):
            once.told(opened, "quality", "fails", tell)
    assert once.told(opened, "quality", "fails", lambda: "told") == "told"
