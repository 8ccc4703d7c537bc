"""Pages after a change of a graph of many resources, as a server has it that keeps its changes."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from fingerpost import files, stored, web
from fingerpost.engine.fences import Fences
from fingerpost.engine.guarded import Guarded
from fingerpost.engine.process import Keeping
from fingerpost.engine.writes import Write
from fingerpost.errors import EngineBusy
from fingerpost.files import Folders
from fingerpost.graph.vocabulary import IDS
from fingerpost.index import indexes, shelf
from fingerpost.progress import silent
from fingerpost.web.site import Site
from writing.service import ALT

RECORDS = Path(__file__).parents[1] / "queries" / "graph" / "instances"
RECORD = "repository/anything"
GRAPH = "https://w3id.org/fingerpost/graph/list"
FENCES = Fences(seconds=60)


class Server:
    """The engine of a server over a store, and a client of its pages."""

    def __init__(self, place: Path) -> None:
        shipped = files.folders()
        folders = Folders(shipped.ontology, shipped.shapes, RECORDS, shipped.queries)
        lock = stored.prepare(place, folders, (), silent)
        self.keeper = Keeping(store=place, lock=lock, writable=True, limits=FENCES.limits)
        self.engine = Guarded(self.keeper.folder, FENCES)
        self.site = Site(self.engine, folders)
        self.client: FlaskClient = web.create_app(self.site).test_client()

    def named(self, name: str) -> None:
        self.engine.write(
            Write("update", "test", text=f"INSERT DATA {{ GRAPH <{GRAPH}> {{ {_called(name)} }} }}")
        )

    def finds(self, name: str) -> bool:
        """Say whether a name is found on a page that is not of a generation before."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with self.client.get("/browse", query_string={"q": name}) as answer:
                assert answer.status_code == 200, answer.text
                if "Age" not in answer.headers:
                    return RECORD in answer.text.partition('class="results"')[2]
            time.sleep(0.05)
        raise AssertionError("the pages stay as old")

    def until_after(self, number: int) -> None:
        """Wait for the engine that takes the place of one that was killed."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with suppress(EngineBusy):
                if self.engine.generation.number > number:
                    return
            time.sleep(0.05)
        raise AssertionError("no engine has come")

    def close(self) -> None:
        self.engine.close()
        self.keeper.close()


@pytest.fixture
def mended(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many statements were told of each time that a list was brought up to date."""
    told: list[int] = []
    mend = shelf.mend

    def counting(*given: object) -> None:
        told.append(len(given[1]))  # type: ignore[arg-type]
        mend(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(shelf, "mend", counting)
    return told


@pytest.fixture
def server(
    mended: list[int], tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Server]:
    assert cache
    assert mended == []
    monkeypatch.setattr(indexes, "_LARGE", "SELECT ?one { ?one ?property ?value } LIMIT 1")
    made = Server(tmp_path / "store")
    yield made
    made.close()


def test_what_was_changed_shows_on_the_lists_that_are_brought_up_to_date(
    server: Server, mended: list[int]
) -> None:
    assert server.site.catalogue.shelf.made()
    assert not server.finds("quaxolotl")
    server.named("quaxolotl")
    assert server.finds("quaxolotl")
    server.named("brontoquux")
    server.named("mirabilix")
    assert server.finds("brontoquux")
    assert server.finds("mirabilix")
    assert len(mended) in {2, 3}
    server.engine.write(Write("rollback", "test", to=1))
    assert not server.finds("mirabilix")
    assert server.finds("quaxolotl")
    assert len(mended) in {3, 4}


def test_where_an_engine_was_killed_lists_are_made_anew(server: Server, mended: list[int]) -> None:
    assert server.site.catalogue.shelf.made()
    before = server.engine.generation.number
    os.kill(server.keeper.process.pid, signal.SIGKILL)
    server.until_after(before)
    server.named("quaxolotl")
    assert server.finds("quaxolotl")
    assert mended == []
    server.named("brontoquux")
    assert server.finds("brontoquux")
    assert len(mended) == 1


def _called(name: str) -> str:
    return f'<{IDS}{RECORD}> <{ALT}> "{name}"@en'
