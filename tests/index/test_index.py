"""What finds things in a large graph, made beside the store."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pyoxigraph import Store

from fingerpost.catalogue import Catalogue
from fingerpost.engine import Answer, Engine, Generation, Query
from fingerpost.engine.local import Local
from fingerpost.errors import Preparing
from fingerpost.index import indexes, making, words
from fingerpost.index.indexes import Indexes
from fingerpost.index.kept import Index
from fingerpost.index.making import Source

IDS = "https://w3id.org/fingerpost/id/"
ENDING = """
import threading, time
from pyoxigraph import Store
from fingerpost.engine import Query
from fingerpost.engine.local import Local
from fingerpost.engine.results import JSON
from fingerpost.index.indexes import Indexes

def write(writing, engine):
    while threading.main_thread().is_alive():
        time.sleep(0.01)
    engine.answer(Query("ASK {}"), JSON)

def wait():
    print("made" if indexes.made() else "not made")

engine = Local(Store(), "ending")
engine.answer(Query("ASK {}"), JSON)
indexes = Indexes(engine, write=write)
indexes.ready()
threading.Thread(target=wait).start()
"""
"""A process whose end comes before its index; it waits for whoever makes that."""


class Flipping:
    """An engine whose generation passes while it is read."""

    def __init__(self, engine: Local) -> None:
        self._engine = engine
        self.generation = engine.generation

    def answer(self, query: Query, media_type: str) -> bytes:
        return self.fetch(query, media_type).whole()

    def fetch(self, query: Query, media_type: str) -> Answer:
        self.generation = Generation(self.generation.number + 1, "another")
        return self._engine.fetch(query, media_type)


def test_everything_that_has_a_name_is_found_by_its_words(index: Index) -> None:
    assert f"{IDS}repository/bioimage-archive" in index.having(["bioimage"])
    assert f"{IDS}repository/zenodo" in index.having(["ZENODO"])
    assert index.having(["xyzzy"]) == index.having([]) == index.having(["–"]) == ()


def test_a_word_means_its_plural_and_of_a_word_with_a_hyphen_every_part(index: Index) -> None:
    assert set(index.having(["archive"])) >= set(index.having(["archives"]))
    both = set(index.having(["single-cell"]))
    assert both
    assert both <= set(index.having(["single"])) & set(index.having(["cell"]))


def test_words_are_what_a_search_without_case_takes_for_letters_of_ascii() -> None:
    assert words.plain("RNA-seq, Malmö \u017fea \u212aelvin") == "rna seq malm sea kelvin"
    assert words.expression(['a"b', "NEAR"], "name") == (
        'name : (("a" AND ("b" OR "bs" OR "bes")) OR (("near" OR "nears" OR "neares")))'
    )


def test_names_and_descriptions_stand_as_they_are(index: Index) -> None:
    found = index.select(
        "SELECT naming, text FROM text JOIN thing ON id = thing WHERE iri = ? ORDER BY naming",
        f"{IDS}repository/zenodo",
    )
    assert ("prefLabel", "Zenodo") in found
    assert {naming for naming, _ in found} >= {"prefLabel", "description"}


def test_an_index_is_made_once_for_all_who_want_it(
    opened: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINGERPOST_CACHE", str(tmp_path))
    each = [Indexes(opened.engine) for _ in range(3)]
    assert each[0].ready() is None or (tmp_path / "index").is_dir()
    waiting = [threading.Thread(target=one.made) for one in each]
    for thread in waiting:
        thread.start()
    for thread in waiting:
        thread.join()
    assert len({one.made() and one.made().path for one in each}) == 1  # type: ignore[union-attr]
    assert [one.suffix for one in (tmp_path / "index").iterdir()] == [".sqlite"]
    again = Indexes(opened.engine)
    assert again.ready() is not None


def test_who_asks_again_waits_no_longer_than_from_when_an_index_was_begun(
    opened: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINGERPOST_CACHE", str(tmp_path))
    may = threading.Event()
    slow = Indexes(opened.engine, "slow", lambda *_: may.wait() and None)
    begin = time.monotonic()
    assert slow.soon(0.2) is None
    first = time.monotonic() - begin
    assert first >= 0.2
    assert all(slow.soon(0.2) is None for _ in range(50))
    assert time.monotonic() - begin < first + 0.2
    may.set()
    assert slow.soon(20) is slow.made() is not None


def test_there_is_no_index_of_two_generations(opened: Catalogue, tmp_path: Path) -> None:
    engine = Flipping(opened.engine.engine)  # type: ignore[attr-defined]
    path = tmp_path / "index.sqlite"
    source = Source(engine, opened.gathered.made)  # type: ignore[arg-type]
    assert not making.make(source, path, making.write)
    assert not list(tmp_path.iterdir())


def test_of_many_who_would_make_an_index_one_may_at_a_time_and_nothing_is_left(
    tmp_path: Path,
) -> None:
    inside: set[int] = set()
    most: list[int] = []

    def turns() -> None:
        for _ in range(400):
            with making.alone(tmp_path / "index.sqlite") as mine:
                if mine:
                    inside.add(threading.get_ident())
                    time.sleep(0.0001)
                    most.append(len(inside))
                    inside.remove(threading.get_ident())

    each = [threading.Thread(target=turns) for _ in range(8)]
    for thread in each:
        thread.start()
    for thread in each:
        thread.join()
    assert set(most) == {1}
    assert not list(tmp_path.iterdir())


def test_of_many_indexes_none_is_forgotten_that_somebody_reads(
    opened: Catalogue, index: Index, tmp_path: Path
) -> None:
    newest = tmp_path / "newest.sqlite"
    read, unread = (Path(shutil.copy(index.path, tmp_path / f"{one}.sqlite")) for one in "ab")
    for path in (read, unread):
        os.utime(path, (0, 0))
    for number in range(8):
        shutil.copy(index.path, tmp_path / f"new-{number}.sqlite")
    reader = Index(read)
    source = Source(opened.engine, opened.gathered.made)  # type: ignore[arg-type]
    assert making.make(source, newest, lambda *_: None)
    assert not unread.exists()
    with ThreadPoolExecutor(1) as another:
        assert another.submit(reader.having, ["bioimage"]).result()
    with pytest.raises(FileNotFoundError):
        Index(unread)


def test_what_was_begun_apart_goes_with_its_generation(
    opened: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINGERPOST_CACHE", "/proc/none")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    engine = Flipping(opened.engine.engine)  # type: ignore[attr-defined]
    assert Indexes(engine).made() is None  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def test_where_nothing_can_be_kept_an_index_is_made_apart(
    opened: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = tmp_path / "file"
    nowhere.write_text("")
    monkeypatch.setenv("FINGERPOST_CACHE", str(nowhere))
    found = Indexes(opened.engine).made()
    assert found
    assert found.having(["zenodo"])


def test_what_the_disk_does_not_take_is_told_and_made_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def write(writing: sqlite3.Connection, _: Engine) -> None:
        pages = next(limits)
        writing.execute(f"PRAGMA max_page_count = {pages}")  # as large as the disk has room
        writing.execute("CREATE TABLE one (text)")
        writing.execute("INSERT INTO one VALUES (zeroblob(100000))")

    limits = iter((4, 1000))
    monkeypatch.setenv("FINGERPOST_CACHE", str(tmp_path))
    monkeypatch.setattr(indexes, "_FULL", 0.1)
    assert Indexes(Local(Store(), "full"), write=write).made()
    assert "answers take longer: database or disk is full" in capfd.readouterr().err
    assert len(list((tmp_path / "index").iterdir())) == 1


def test_a_process_that_ends_before_its_index_is_made_says_nothing(tmp_path: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-c", ENDING],
        env={**os.environ, "FINGERPOST_CACHE": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert (found.stdout, found.stderr) == ("not made\n", "")
    assert not list((tmp_path / "index").iterdir())


def test_a_small_graph_has_its_index_at_once(opened: Catalogue, apart: Path) -> None:
    found = Indexes(opened.engine, of=opened.gathered).awaited()
    assert found.path.is_relative_to(apart)


@pytest.mark.usefixtures("apart")
def test_nobody_waits_for_the_index_of_a_large_graph(
    opened: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexes, "_LARGE", "SELECT ?one { ?one ?property ?value } LIMIT 1")
    every = Indexes(opened.engine)
    for ask in (every.needed, every.awaited):
        with pytest.raises(Preparing, match="Ask again soon"):
            ask()
    assert every.made() == every.needed() == every.awaited()


@pytest.fixture
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache in which nothing is found."""
    monkeypatch.setenv("FINGERPOST_CACHE", str(tmp_path))
    return tmp_path
