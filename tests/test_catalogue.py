"""What is opened waits for nothing that nobody asked for, and knows what there is."""

from pathlib import Path

import pytest

from fingerpost.catalogue import Catalogue, over
from fingerpost.engine import Answer, Engine, Generation, Query
from fingerpost.errors import Preparing, QueryOutOfTime, UnknownRecord
from fingerpost.files import Folders
from fingerpost.index import indexes


def test_opening_counts_and_lists_nothing(opened: Catalogue, folders: Folders) -> None:
    fresh = over(opened.engine, folders)
    assert {"things", "statements"}.isdisjoint(vars(fresh))
    assert fresh.knows("repository", "zenodo")
    assert fresh.iri("repository:zenodo") == "https://w3id.org/fingerpost/id/repository/zenodo"
    assert {"things", "statements"}.isdisjoint(vars(fresh))
    assert fresh.statements == opened.statements > 10_000
    assert fresh.things == opened.things


def test_what_is_known_is_what_is_listed(opened: Catalogue) -> None:
    for kind, slugs in opened.things.items():
        for slug in sorted(slugs)[::50]:
            assert opened.knows(kind, slug), (kind, slug)


@pytest.mark.parametrize("slug", ["nothing", "", "a b", "x> } #", "zenodo/more", "Zenodo", "é"])
def test_what_is_not_there_is_not_known(slug: str, opened: Catalogue) -> None:
    assert not opened.knows("repository", slug)
    with pytest.raises(UnknownRecord):
        opened.iri(f"repository/{slug}")


class Slow:
    """A real engine; once it is `slow`, every query of it takes too long."""

    def __init__(self, engine: Engine) -> None:
        self.generation = Generation(1, "")
        self.slow = False
        self._engine = engine

    def fetch(self, query: Query, media_type: str) -> Answer:
        if self.slow:
            raise QueryOutOfTime("The query took longer than 10 seconds.")
        return self._engine.fetch(query, media_type)

    def answer(self, query: Query, media_type: str) -> bytes:
        return self.fetch(query, media_type).whole()


def test_a_large_graph_is_not_asked_without_its_index(
    opened: Catalogue, folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINGERPOST_CACHE", str(tmp_path))
    monkeypatch.setattr(indexes, "_LARGE", "SELECT ?one { ?one ?property ?value } LIMIT 1")
    asked = {"data": "imaging-data", "phase": "share"}
    large = over(Slow(opened.engine), folders)
    with pytest.raises(Preparing):
        large.recommend(asked)
    with pytest.raises(Preparing):
        large.route({"data": "imaging-data"})
    assert over(Slow(opened.engine), folders, patient=True).recommend(asked).answers


def test_what_takes_too_long_without_the_index_waits_for_it(
    opened: Catalogue, folders: Folders
) -> None:
    engine = Slow(opened.engine)
    large = over(engine, folders)
    asked = {"data": "imaging-data", "phase": "share"}
    engine.slow = True
    with pytest.raises(Preparing):
        large.recommend(asked)
    with pytest.raises(Preparing):
        large.route({"data": "imaging-data"})
    engine.slow = False
    assert large.indexes.made()
    assert large.recommend(asked).answers
    engine.slow = True
    with pytest.raises(QueryOutOfTime):
        large.recommend({"data": "cryo-em-data", "phase": "share"})
