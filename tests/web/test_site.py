"""The site of a running service: one catalogue a generation, and never one from before."""

import threading
import time
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from test_correct import NEW

from fingerpost import catalogue, inventory, web
from fingerpost.catalogue import Catalogue
from fingerpost.engine import Answer, Engine, Generation, Query
from fingerpost.errors import Preparing
from fingerpost.files import Folders
from fingerpost.index import indexes, making
from fingerpost.trial import Ground
from fingerpost.web import site as web_site
from fingerpost.web.site import Site


class Overtaken:
    """A real engine whose first reader is held up until others have gone further."""

    def __init__(self, engine: Engine, meanwhile: Callable[[], None]) -> None:
        self._engine = engine
        self._meanwhile = meanwhile
        self._reads = 0

    @property
    def generation(self) -> Generation:
        self._reads += 1
        if self._reads > 1:
            return Generation(2, "second")
        self._meanwhile()
        return Generation(1, "first")

    def fetch(self, query: Query, media_type: str) -> Answer:
        return self._engine.fetch(query, media_type)

    def answer(self, query: Query, media_type: str) -> bytes:
        return self.fetch(query, media_type).whole()


class Moving:
    """A real engine whose generation the test moves on."""

    def __init__(self, engine: Engine) -> None:
        self.generation = Generation(1, "first")
        self._engine = engine

    def fetch(self, query: Query, media_type: str) -> Answer:
        return self._engine.fetch(query, media_type)

    def answer(self, query: Query, media_type: str) -> bytes:
        return self.fetch(query, media_type).whole()


def test_a_generation_that_has_passed_is_let_go_of(
    site: Site, opened: Catalogue, folders: Folders
) -> None:
    engine = Moving(opened.engine)
    app = web.create_app(Site(site.guarded, folders, own=engine))
    client = app.test_client()
    swedish = {"Accept-Language": "sv"}
    first = app.extensions["fingerpost"].catalogue
    assert first.indexes.made()
    assert first.answers.made()
    for door in (
        "/browse",
        "/mappings",
        "/api/records",
        "/correct/repository/zenodo",
        "/recommend?data=imaging",
    ):
        assert client.get(door, headers=swedish).status_code == 200, door
    before = weakref.ref(first), weakref.ref(first.indexes.made()), weakref.ref(first.answers)
    del first
    engine.generation = Generation(2, "second")
    assert client.get("/search?q=zenodo").status_code == 200
    assert [one() for one in before] == [None, None, None]


def test_who_was_held_up_while_others_went_further_does_not_go_back(
    site: Site, opened: Catalogue, folders: Folders
) -> None:
    further: list[Catalogue] = []
    engine = Overtaken(opened.engine, lambda: further.append(held_up.catalogue))
    held_up = Site(site.guarded, folders, own=engine)
    assert held_up.catalogue is further[0]
    assert held_up.catalogue is further[0]


def test_what_two_want_at_once_is_made_once(site: Site) -> None:
    made: list[Catalogue] = []

    def make(now: Catalogue) -> int:
        time.sleep(0.1)
        made.append(now)
        return len(made)

    with ThreadPoolExecutor(4) as threads:
        found = [threads.submit(site.held, "anything", make) for _ in range(4)]
    assert [one.result() for one in found] == [1] * 4
    assert len(made) == 1


def test_of_a_large_graph_what_pages_say_of_the_whole_is_made_before_it_is_asked(
    site: Site, opened: Catalogue, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexes, "_LARGE", "SELECT ?one { ?one ?property ?value } LIMIT 1")
    over = Site(site.guarded, folders, own=Moving(opened.engine))
    made = {name: threading.Event() for name in ("first", "second")}
    over.lasting = {name: lambda _, done=done: done.set() for name, done in made.items()}
    assert over.catalogue
    assert all(done.wait(60) for done in made.values())


def test_no_visitor_of_a_large_graph_makes_what_pages_say_of_the_whole(
    site: Site, opened: Catalogue, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexes, "_LARGE", "SELECT ?one { ?one ?property ?value } LIMIT 1")
    over = Site(site.guarded, folders, own=Moving(opened.engine))
    begun, tried = threading.Event(), threading.Event()

    def make(_: Catalogue) -> str:
        begun.set()
        if not tried.wait(60):
            raise TimeoutError
        return "made"

    over.lasting = {"whole": make}
    with pytest.raises(Preparing):
        over.standing("whole", lambda _: "made by a visitor")
    assert begun.wait(60)
    with pytest.raises(Preparing):
        over.standing("whole", make)
    tried.set()
    while "whole" not in over._current().made:
        time.sleep(0.01)
    assert over.standing("whole", make) == "made"


def test_of_a_small_graph_it_is_made_when_it_is_asked(
    site: Site, opened: Catalogue, folders: Folders
) -> None:
    over = Site(site.guarded, folders, own=Moving(opened.engine))
    made = threading.Event()
    over.lasting = {"one": lambda _: made.set()}
    assert over.catalogue.answers.made()
    assert not made.wait(0.5)


def test_names_of_a_large_graph_are_told_to_come_until_they_are_read(
    opened: Catalogue, folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINGERPOST_CACHE", str(tmp_path))
    monkeypatch.setattr(indexes, "_LARGE", "SELECT ?one { ?one ?property ?value } LIMIT 1")
    running = Site(opened.engine, folders)  # type: ignore[arg-type]
    client = web.create_app(running).test_client()
    for path in (
        "/resolve?id=zenodo.org",
        "/reconcile/suggest/entity?prefix=zen",
        "/search?q=zen",
        "/recommend?q=share+genomes",
    ):
        answer = client.get(path, headers={"Accept": "application/json"})
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "still being made" in answer.get_json(force=True)["detail"]
    assert running.catalogue.matching.made()
    answer = client.get("/resolve?id=zenodo.org", headers={"Accept": "application/json"})
    assert [one["name"] for one in answer.get_json(force=True)["matches"]] == ["Zenodo"]


def test_forms_of_a_large_graph_answer_before_its_names_are_there(
    opened: Catalogue, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexes, "_LARGE", "SELECT ?one { ?one ?property ?value } LIMIT 1")
    may = threading.Event()
    make = making.make
    monkeypatch.setattr(making, "make", lambda *given: may.wait() and make(*given))
    engine = Moving(opened.engine)
    # The cache may have been there before.
    engine.generation = Generation(1, f"of the forms, {time.time_ns()}")
    client = web.create_app(Site(engine, folders)).test_client()  # type: ignore[arg-type]
    assert "ETag" in client.get("/new/tool").headers
    early = client.get("/correct/repository/zenodo")
    assert (early.status_code, early.headers["Cache-Control"]) == (200, "no-store")
    assert "source/microscopy-guide" in early.text
    sent = {"name": "Ruler", "operatedBy": "CERN"}
    answer = client.post("/new/tool", data=sent)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "give addresses" in answer.text
    may.set()
    assert client.application.extensions["fingerpost"].catalogue.indexes.made()
    late = client.get("/correct/repository/zenodo")
    assert "ETag" in late.headers
    assert "source/microscopy-guide" not in late.text
    assert client.post("/new/tool", data=sent).status_code == 422


def test_a_large_graph_is_opened_before_somebody_comes(
    site: Site, opened: Catalogue, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexes, "_LARGE", "SELECT ?one WHERE { ?one ?is ?what } LIMIT 1")
    over = Site(site.guarded, folders, own=Moving(opened.engine))
    made = threading.Event()
    over.lasting = {"one": lambda _: made.set()}
    over.begin()
    assert made.wait(60)


def test_nobody_waits_for_long_until_a_graph_is_opened(
    site: Site, opened: Catalogue, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = Site(site.guarded, folders, own=Moving(opened.engine))
    opening, may = threading.Event(), threading.Event()
    whole = catalogue.over

    def slowly(*given: Any, **more: Any) -> Catalogue:
        opening.set()
        assert may.wait(60)
        return whole(*given, **more)

    monkeypatch.setattr(catalogue, "over", slowly)
    monkeypatch.setattr(web_site, "_OPENING", 0.05)
    first = threading.Thread(target=lambda: over.catalogue)
    first.start()
    assert opening.wait(60)
    with pytest.raises(Preparing, match="still being opened"):
        _ = over.catalogue
    may.set()
    first.join()
    assert over.catalogue.knows("repository", "zenodo")


class Noting(Moving):
    """Remembers what it was asked."""

    def fetch(self, query: Query, media_type: str) -> Answer:
        asked.append(query.text)
        return super().fetch(query, media_type)


asked: list[str] = []


def test_no_door_of_a_large_graph_reads_the_names_of_everything_for_one_page(
    opened: Catalogue, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexes, "_LARGE", "SELECT ?one { ?one ?property ?value } LIMIT 1")
    running = Site(Noting(opened.engine), folders)  # type: ignore[arg-type]
    client = web.create_app(running).test_client()
    assert running.catalogue.shelf.made()
    for path, status in (
        ("/about", 200),
        ("/tool/none", 404),
        ("/graph/none", 404),
        ("/api/records/tool/none", 404),
    ):
        assert client.get(path, headers={"Accept": "*/*"}).status_code == status, path
    assert asked
    assert inventory.NAMED not in asked


def test_among_many_records_a_draft_is_tried_among_those_that_it_names(
    opened: Catalogue, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexes, "_MANY", "SELECT ?one { ?one ?property ?value } LIMIT 1")
    monkeypatch.delattr(Ground, "_records")
    engine = Moving(opened.engine)
    engine.generation = Generation(1, "of many records")
    client = web.create_app(Site(engine, folders)).test_client()  # type: ignore[arg-type]
    assert client.application.extensions["fingerpost"].catalogue.indexes.made()
    answer = client.post("/new/tool", data=NEW)
    assert answer.status_code == 200
    assert "among the records that it names" in answer.text
    answer = client.post("/new/tool", data={**NEW, "description": ""})
    assert answer.status_code == 422
    assert "description" in answer.text
