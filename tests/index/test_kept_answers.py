"""Saved queries that nobody gave a value are answered from what is kept, as without."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from fingerpost import catalogue, stored, web
from fingerpost.catalogue import Catalogue
from fingerpost.engine import results, waiting
from fingerpost.engine.fences import Fences
from fingerpost.engine.guarded import Guarded
from fingerpost.engine.process import Keeping
from fingerpost.engine.results import JSON, SOLUTIONS
from fingerpost.engine.rows import read
from fingerpost.engine.writes import Write
from fingerpost.errors import AnswerTooLarge, EngineBusy, EngineEnded
from fingerpost.files import Folders
from fingerpost.graph.vocabulary import IDS
from fingerpost.index import answered, answers, former
from fingerpost.index.answers import Answers
from fingerpost.progress import silent
from fingerpost.queries import leading, looking
from fingerpost.queries.service import SavedQueries
from fingerpost.web.site import Site
from remembering import Asked

HERE = Path(__file__).parents[1] / "queries" / "graph" / "instances"
SAYING = """
INSERT DATA {{ GRAPH <https://w3id.org/fingerpost/graph/old> {{
  <https://w3id.org/fingerpost/id/repository/anything> <https://w3id.org/fingerpost/ontology#country>
    "{country}" }} }}
"""

REMOVING = """
DELETE {{ GRAPH ?graph {{ <{what}> ?property ?value }} }}
WHERE {{ GRAPH ?graph {{ <{what}> ?property ?value }} FILTER (!STRENDS(STR(?graph), "/inferred")) }}
"""


@pytest.fixture(scope="module")
def without(opened: Catalogue) -> SavedQueries:
    return replace(opened.queries, kept=None)


def test_every_page_is_the_same_as_of_the_engine(kept: Catalogue, without: SavedQueries) -> None:
    found = 0
    for name, query in without.queries.items():
        if any(one.required for one in query.parameters):
            continue
        asked = Asked(kept)
        queries = replace(kept.queries, engine=asked)
        rows = queries.size(name, {})
        if rows is None:
            continue
        whole = without.answer(name, {})
        for start, size in ((0, 10_000), (249, 2), (rows // 2, 300), (rows, 5), (10**30, 9)):
            for media_type in SOLUTIONS if rows < 400 else (JSON, "text/csv"):
                page = results.written(*results.cut(whole, start, size), media_type)
                assert queries.page(name, {}, start, size, media_type) == page, name
            table, more = queries.some(name, {}, start, size)
            assert table.rows == read(whole).rows[start : start + size], name
            assert more == page.more, name
        assert queries.table(name, {}) == read(whole)
        assert not asked.queries
        found += 1
    assert found > 35


def test_what_says_another_thing_each_day_or_is_given_a_value_is_asked(kept: Catalogue) -> None:
    asked = Asked(kept)
    queries = replace(kept.queries, engine=asked)
    queries.page("check/not-verified-for-a-year", {}, 0, 5)
    queries.page("curate/stale", {"before": "2020-01-01"}, 0, 5)
    assert len(asked.queries) == 2
    assert kept.answers.part("check/none", 0, 1) is None


def test_nothing_is_read_that_was_not_asked_for(opened: Catalogue) -> None:
    fresh = Answers(opened.queries, opened.indexes)
    assert fresh.part("explore/phases", 0, 1) is None
    assert fresh.lists._maker is None
    assert fresh.others._maker is None


def test_what_others_begin_with_needs_no_index(opened: Catalogue) -> None:
    fresh = Answers(opened.queries, opened.indexes)
    begun = {listed for one in opened.queries.queries.values() for listed in one.first.values()}
    assert len(begun) > 8
    assert fresh.lists.made()
    for name in begun:
        assert fresh.part(name, 0, 1), name
    assert fresh.part("explore/phases", 0, 1) is None
    assert fresh.others._maker is None


def test_an_answer_that_fails_is_not_kept(
    opened: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINGERPOST_CACHE", str(tmp_path))
    monkeypatch.setattr(waiting, "_PAUSE", 0.01)
    queries = replace(opened.queries, engine=Asked(opened, AnswerTooLarge(""), EngineBusy("")))
    found = Answers(queries, opened.indexes)
    assert found.made()

    def has(name: str) -> bool:
        return found.part(name, 0, 1) is not None

    missing = [one.name for one in answers._each(queries.queries) if not has(one.name)]
    assert len(missing) == 1
    assert has("explore/phases")


@pytest.mark.parametrize("letters", [1, 97, 4096])
def test_an_answer_is_kept_as_it_is_however_it_is_read(
    opened: Catalogue, monkeypatch: pytest.MonkeyPatch, letters: int
) -> None:
    whole = opened.engine.answer(opened.queries.query("explore/phases", {}), JSON)
    monkeypatch.setattr(answered, "_READ", letters)
    _, _, rest = whole.decode().partition(answered._FIRST)
    found = list(answered._rows(rest[:letters], StringIO(rest[letters:])))
    assert found == json.loads(whole)["results"]["bindings"]


def test_of_answers_that_an_ending_engine_gives_no_part_is_kept(
    opened: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINGERPOST_CACHE", str(tmp_path))
    ended = EngineEnded("no more"), EngineEnded("no more")
    queries = replace(opened.queries, engine=Asked(opened, *ended))
    assert not Answers(queries, opened.indexes).made()
    for kind in ("lists", "answers"):
        assert not list((tmp_path / kind).iterdir())


def test_what_is_kept_is_asked_without_comments_and_read_once(
    opened: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINGERPOST_CACHE", str(tmp_path))
    asked = Asked(opened)
    found = Answers(replace(opened.queries, engine=asked), opened.indexes)
    assert found.made()
    assert len(asked.queries) > 35
    assert all(one.sound and "#+" not in one.text for one in asked.queries)
    assert {one.text for one in asked.queries} >= {opened.queries.query("explore/phases", {}).text}


@pytest.fixture
def place(tmp_path: Path, folders: Folders) -> Iterator[tuple[Path, int, Folders]]:
    small = replace(folders, instances=HERE)
    handle = stored.prepare(tmp_path / "store", small, (), silent)
    yield tmp_path / "store", handle, small
    os.close(handle)


def counts(site: Site) -> dict[str, bytes]:
    """What the page of a saved query says of each format, once its answers are kept."""
    assert site.catalogue.answers.made()
    client = web.create_app(site).test_client()
    found = {
        one: client.get(f"/queries/curate/counts?format={one}&page_size=40").data
        for one in ("json", "csv")
    }
    page = client.get("/queries/curate/counts", headers={"Accept": "text/html"})
    return {**found, "html": page.data}


def wait_for_another(site: Site, before: Catalogue) -> None:
    end = time.monotonic() + 30
    while site.catalogue.engine.generation.id == before.answers._generation.id:
        assert time.monotonic() < end
        time.sleep(0.02)


def test_after_a_write_what_looks_at_nothing_of_it_is_taken_over(
    place: tuple[Path, int, Folders], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, handle, small = place
    fences = Fences()
    with ExitStack() as stack:
        keeper = Keeping(store=store, lock=handle, writable=True, limits=fences.limits)
        stack.callback(keeper.close)
        guarded = Guarded(keeper.folder, fences)
        stack.callback(guarded.close)
        first = catalogue.over(guarded, small)
        assert first.answers.made()
        before = guarded.generation.number
        guarded.write(Write(kind="update", by="test", text=SAYING.format(country="NZ")))
        second = catalogue.over(guarded, small)
        asked = Asked(second)
        queries = replace(second.queries, engine=asked)
        found = Answers(queries, second.indexes)
        found.follow(first.answers, time.time(), guarded.touched)
        assert found.made()
        touched = guarded.touched(before, guarded.generation.number)
        assert touched
        # The classes of parameters are asked for as well.
        texts = [one.text for one in asked.queries if one.patience > 1]
        assert 0 < len(texts) < 20
        for text in texts:
            looked_at = looking.statements(text)
            assert looked_at is None or touched & looked_at
        monkeypatch.setenv("FINGERPOST_CACHE", str(tmp_path))
        anew = Answers(second.queries, second.indexes)
        assert anew.made()
        for one in answers._each(queries.queries):
            parts = [some.part(one.name, 0, 10_000) for some in (found, anew)]
            assert parts[0] == parts[1], one.name
            for columns in one.picked:
                assert found.told(one.name, columns) == anew.told(one.name, columns), one.name


def test_what_is_read_while_it_is_made_again_is_told_to_be_of_before(
    opened: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINGERPOST_CACHE", str(tmp_path))
    monkeypatch.setattr(answers, "_LONG", 0.0)
    earlier = Answers(opened.queries, opened.indexes)
    assert earlier.lists.made()
    found = Answers(opened.queries, opened.indexes)
    found.follow(earlier, time.time() - 30)
    before = found.before
    assert found.lists.made()
    assert found.before.age() is None
    former.oldest()
    assert before.part("explore/active", 0, 1)
    before.used()
    assert former.oldest()


@pytest.mark.parametrize("gone", ["repository/nothing", "format/plain"])
def test_a_list_of_before_is_begun_with_and_what_is_gone_is_not_shown(
    place: tuple[Path, int, Folders], monkeypatch: pytest.MonkeyPatch, gone: str
) -> None:
    monkeypatch.setattr(answers, "_LONG", 0.0)
    monkeypatch.setattr(leading, "_MANY", 1)
    monkeypatch.setattr(leading, "_FEW", 4)
    store, handle, small = place
    fences = Fences()
    with ExitStack() as stack:
        keeper = Keeping(store=store, lock=handle, writable=True, limits=fences.limits)
        stack.callback(keeper.close)
        guarded = Guarded(keeper.folder, fences)
        stack.callback(guarded.close)
        first = catalogue.over(guarded, small)
        assert first.answers.made()
        guarded.write(Write(kind="update", by="test", text=REMOVING.format(what=f"{IDS}{gone}")))
        second = catalogue.over(guarded, small)
        second.answers.follow(first.answers, time.time() - 30)
        former.oldest()
        asked = "recommend/fitting", {"data": "sequence-data"}, 0, 1
        page = second.meanwhile(60).page(*asked)
        assert former.oldest()
        assert page.more
        assert page == second.queries.page(*asked)
        assert gone not in page.body.decode()


def test_after_a_write_the_answer_of_the_new_generation_comes_to_all(
    place: tuple[Path, int, Folders],
) -> None:
    store, handle, small = place
    fences = Fences()
    with ExitStack() as stack:
        sites = []
        for more in ({"lock": handle, "writable": True}, {"follows": True}):
            keeper = Keeping(store=store, limits=fences.limits, **more)  # type: ignore[arg-type]
            stack.callback(keeper.close)
            guarded = Guarded(keeper.folder, fences)
            stack.callback(guarded.close)
            sites.append(Site(guarded, small))
        first = [counts(site) for site in sites]
        assert first[0] == first[1]
        before = sites[0].catalogue
        sites[0].guarded.write(Write(kind="update", by="test", text=SAYING.format(country="NZ")))
        assert before.answers.part("curate/counts", 0, 1) is None
        at_once = web.create_app(sites[0]).test_client().get("/queries/curate/counts?format=json")
        assert b'"NZ"' in at_once.data
        for site, earlier in zip(sites, first, strict=True):
            wait_for_another(site, before)
            now = counts(site)
            assert all(b"NZ" in now[one] and now[one] != earlier[one] for one in now)
            assert json.loads(now["json"])["truncated"] is False
