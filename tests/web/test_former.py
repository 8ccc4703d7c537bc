"""While what belongs to a generation is being made, that of the one before answers, and says so."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fingerpost import web
from fingerpost.catalogue import Catalogue
from fingerpost.engine import Answer, Engine, Generation, Query
from fingerpost.errors import Preparing
from fingerpost.files import Folders
from fingerpost.index import former, indexes, making
from fingerpost.index.answers import Answers
from fingerpost.index.former import Former
from fingerpost.index.indexes import Indexes
from fingerpost.web.site import Site

PAGE = {"Accept": "text/html"}
JSON = {"Accept": "application/json"}
OLD = "the last change shows here within minutes"
Doors = tuple[tuple[str, dict[str, str]], ...]
DOORS: Doors = (
    ("/", PAGE),
    ("/browse", PAGE),
    ("/browse?kind=tool&format=json", JSON),
    ("/search?q=zen", JSON),
    ("/recommend?data=imaging-data&phase=share", PAGE),
    ("/recommend?q=share+genomes", JSON),
    ("/resolve?id=zenodo.org", JSON),
    ("/reconcile/suggest/entity?prefix=zen", JSON),
    ("/api/records", JSON),
    ("/catalog", PAGE),
    ("/mappings", PAGE),
    ("/quality", PAGE),
    ("/sitemap.xml", {}),
    ("/.well-known/void", {"Accept": "text/turtle"}),
    ("/correct/repository/zenodo", PAGE),
    ("/about", PAGE),
)
FRESH: Doors = (
    ("/repository/zenodo", PAGE),
    ("/sparql?query=ASK+%7B%7D", JSON),
    ("/queries", PAGE),
    ("/new/tool", PAGE),
)


class Moving:
    """A real engine whose generation the test moves on."""

    def __init__(self, engine: Engine) -> None:
        self.generation = Generation(1, "first of the moving")
        self._engine = engine

    def fetch(self, query: Query, media_type: str) -> Answer:
        return self._engine.fetch(query, media_type)

    def answer(self, query: Query, media_type: str) -> bytes:
        return self.fetch(query, media_type).whole()

    def move(self) -> None:
        number = self.generation.number + 1
        self.generation = Generation(number, f"number {number} of the moving")


class Held:
    """Whatever is made of a generation waits until the test lets it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.may = threading.Event()
        self.may.set()
        make, hold = making.make, Site._hold

        def waits(*given: object) -> bool:
            self.may.wait()
            return make(*given)  # type: ignore[arg-type]

        def held(*given: object) -> None:
            self.may.wait()
            hold(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(making, "make", waits)
        monkeypatch.setattr(Site, "_hold", held)


@pytest.fixture
def engine(opened: Catalogue) -> Moving:
    return Moving(opened.engine.engine)  # type: ignore[attr-defined]


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Held]:
    monkeypatch.setenv("FINGERPOST_CACHE", str(tmp_path))
    monkeypatch.setattr(indexes, "_LARGE", "SELECT ?one { ?one ?property ?value } LIMIT 1")
    monkeypatch.setattr(indexes, "_SOON", 0.0)
    for what in ("ready", "made"):  # they take longest, and nothing here is read from them
        monkeypatch.setattr(Answers, what, lambda _: None)
    waiting = Held(monkeypatch)
    yield waiting
    waiting.may.set()


def test_until_a_large_graph_is_prepared_again_what_was_there_before_answers(
    engine: Moving, folders: Folders, held: Held
) -> None:
    site = Site(engine, folders)  # type: ignore[arg-type]
    client = web.create_app(site).test_client()
    _all_new(client)
    held.may.clear()
    before = time.time()
    engine.move()
    assert client.get("/about").status_code == 200
    # Changes may come faster than one is prepared.
    engine.move()
    for door, wanted in DOORS:
        with client.get(door, headers=wanted) as answer:
            assert answer.status_code in {200, 303}, (door, answer.text)
            assert 1 <= int(answer.headers["Age"]) <= time.time() - before + 60, door
            assert answer.headers["Cache-Control"] == "no-cache"
            if wanted == PAGE:
                assert OLD in answer.text, door
    for door, wanted in FRESH:
        with client.get(door, headers=wanted) as answer:
            assert answer.status_code == 200
            assert "Age" not in answer.headers
            assert OLD not in answer.text
    held.may.set()
    _all_new(client, DOORS[1:3])


def test_another_process_finds_what_was_made_before_in_the_cache(
    engine: Moving, held: Held
) -> None:
    first = _nearly_empty(engine)
    assert first.made()
    held.may.clear()
    engine.move()
    second = _nearly_empty(engine)
    second.follow(first, 1000.0)
    assert second.needed() is first.made()
    assert former.oldest() == 1000.0
    elsewhere = _nearly_empty(engine)
    found = elsewhere.needed()
    assert found
    assert found.path == first.made().path  # type: ignore[union-attr]
    assert former.oldest() == 1000.0
    held.may.set()
    assert elsewhere.made() is elsewhere.needed() is not found
    assert former.oldest() is None
    assert _nearly_empty(engine).needed()
    assert former.oldest() is None


def test_a_small_graph_has_nothing_from_before(opened: Catalogue, folders: Folders) -> None:
    engine = Moving(opened.engine)
    site = Site(engine, folders)  # type: ignore[arg-type]
    assert site.catalogue.shelf.made()
    engine.move()
    assert site.catalogue.shelf.aged() is None


def test_what_was_used_is_told_once_and_the_oldest_counts() -> None:
    assert former.oldest() is None
    assert Former("a", 20.0).used() + Former("b", 10.0).used() == "ab"
    assert former.oldest() == 10.0
    assert former.oldest() is None


def test_without_anything_from_before_one_is_told_to_come_again(engine: Moving, held: Held) -> None:
    held.may.clear()
    with pytest.raises(Preparing):
        Indexes(engine).needed()


def _nearly_empty(engine: Engine) -> Indexes:
    return Indexes(engine, "empty", lambda writing, _: writing.execute("CREATE TABLE one (two)"))


def _all_new(client: FlaskClient, doors: Doors = DOORS) -> None:
    """Ask until doors answer with what is of the current generation."""
    for door, wanted in doors:
        _until(lambda door=door, wanted=wanted: client.get(door, headers=wanted), door)


def _until(ask: Callable[[], TestResponse], door: str) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        with ask() as answer:
            if answer.status_code in {200, 303} and "Age" not in answer.headers:
                assert OLD not in answer.text
                if door != "/" or "counted and indexed" not in answer.text:
                    return
        time.sleep(0.1)
    pytest.fail(f"{door}: {answer.status_code} {answer.headers}")
