"""Until saved queries are answered again from what is kept, those of before answer what is slow."""

import threading
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from fingerpost import web
from fingerpost.catalogue import Catalogue
from fingerpost.engine import Answer, Engine, Generation, Query
from fingerpost.errors import QueryOutOfTime
from fingerpost.files import Folders
from fingerpost.index import answers, indexes, making
from fingerpost.queries import leading, service
from fingerpost.recommend import leading as ranking
from fingerpost.web.site import Site

PAGE = {"Accept": "text/html"}
JSON = {"Accept": "application/sparql-results+json"}
LENIENT = {**JSON, "Cache-Control": "max-age=100"}
OLD = "the last change shows here within minutes"
OLDEST = 100
"""Seconds that pass, at most, since the test has changed the graph: as `LENIENT` says."""
WHOLE = "/queries/curate/counts"
PICKED = "/queries/curate/stale?before=2024-01-01"
LED = "/queries/recommend/fitting?phase=share"
NOW = "/queries/check/not-verified-for-a-year"
RANKING = "/queries/recommend/recommend?data=imaging-data&phase=share"


class Moving:
    """A real engine whose generation the test moves on, and that takes too long where it says."""

    def __init__(self, engine: Engine) -> None:
        self.generation = Generation(1, "first that moves")
        self.slow = ""
        self._engine = engine

    def fetch(self, query: Query, media_type: str) -> Answer:
        if self.slow and self.slow in query.text:
            raise QueryOutOfTime("too long")
        return self._engine.fetch(query, media_type)

    def answer(self, query: Query, media_type: str) -> bytes:
        return self.fetch(query, media_type).whole()

    def move(self) -> None:
        number = self.generation.number + 1
        self.generation = Generation(number, f"number {number} that moves")


@pytest.fixture
def engine(opened: Catalogue) -> Moving:
    return Moving(opened.engine.engine)  # type: ignore[attr-defined]


@pytest.fixture
def client(
    engine: Moving, folders: Folders, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[tuple[FlaskClient, Site, threading.Event]]:
    """A site whose graph has just changed, and what lets it make its files again."""
    monkeypatch.setenv("FINGERPOST_CACHE", str(tmp_path))
    monkeypatch.setattr(indexes, "_LARGE", "SELECT ?one { ?one ?property ?value } LIMIT 1")
    monkeypatch.setattr(answers, "_LONG", 0.0)
    monkeypatch.setattr(leading, "_MANY", 1)
    may, make = threading.Event(), making.make

    def waits(*given: object) -> bool:
        may.wait()
        return make(*given)  # type: ignore[arg-type]

    site = Site(engine, folders)  # type: ignore[arg-type]
    may.set()
    monkeypatch.setattr(making, "make", waits)
    assert site.catalogue.answers.made()
    may.clear()
    engine.move()
    yield web.create_app(site).test_client(), site, may
    may.set()


def test_what_is_slow_is_answered_as_of_before_and_says_so(
    client: tuple[FlaskClient, Site, threading.Event],
) -> None:
    asks, site, may = client
    wishes = cycle(("max-age=0", "no-cache"))
    for door, wish in zip((WHOLE, PICKED, LED, NOW), wishes, strict=False):
        assert OLD in asks.get(door, headers=PAGE).text, door
        found = asks.get(door, headers=LENIENT)
        assert found.status_code == 200, found.text
        assert 1 <= int(found.headers["Age"]) <= OLDEST, door
        assert found.headers["Cache-Control"] == "no-cache"
        headers = {**PAGE, "Cache-Control": wish}
        assert OLD not in asks.get(door, headers=headers).text, (door, wish)
        # A program is told what is, and once somebody has waited for it, so are all.
        for headers in (JSON, LENIENT):
            current = asks.get(door, headers=headers)
            assert "Age" not in current.headers, door
            assert current.json == found.json
    for door in ("/queries", "/sparql?query=ASK+%7B%7D"):
        assert "Age" not in asks.get(door, headers=JSON).headers, door
    may.set()
    assert site.catalogue.answers.made()
    for door in (WHOLE, PICKED, LED):
        assert OLD not in asks.get(door, headers=PAGE).text


def test_the_ranking_is_found_by_the_index_of_before(
    client: tuple[FlaskClient, Site, threading.Event],
    engine: Moving,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asks, site, may = client
    # A small graph is asked as a whole.
    assert OLD not in asks.get(RANKING, headers=PAGE).text
    engine.move()
    monkeypatch.setattr(ranking, "small", lambda _: False)
    assert OLD in asks.get(RANKING, headers=PAGE).text
    found = asks.get(f"{RANKING}&page_size=50", headers=LENIENT)
    assert 1 <= int(found.headers["Age"]) <= OLDEST
    current = asks.get(f"{RANKING}&page_size=50", headers=JSON)
    assert "Age" not in current.headers
    assert current.json == found.json
    may.set()
    assert site.catalogue.indexes.made()
    assert OLD not in asks.get(RANKING, headers=PAGE).text


def test_what_is_quick_is_asked(
    client: tuple[FlaskClient, Site, threading.Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    asks, site, _ = client
    monkeypatch.setattr(answers, "_LONG", 1000.0)
    for door in (WHOLE, PICKED, LED):
        assert "Age" not in asks.get(door, headers=LENIENT).headers
    kept = site.catalogue.answers.before.files[0].what.select("SELECT MAX(took) FROM answer")
    assert kept[0][0] > 0.0


def test_what_has_been_out_of_date_for_long_is_asked_unless_it_takes_too_long(
    client: tuple[FlaskClient, Site, threading.Event],
    engine: Moving,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asks, _, _ = client
    asks.get("/about")
    monkeypatch.setattr(service, "_YOUNG", -1.0)
    for door in (WHOLE, PICKED, LED):
        assert "Age" not in asks.get(door, headers=LENIENT).headers
    engine.move()
    asks.get("/about")
    engine.slow = "LIMIT"
    for door in (WHOLE, PICKED):
        assert "Age" in asks.get(door, headers=LENIENT).headers
        impatient = asks.get(door, headers=JSON)
        assert impatient.status_code == 504, impatient.text
