"""Earlier days of a large graph: made by a process apart, answered by an engine of their own."""

import datetime
import gc
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fingerpost import catalogue, files, memory
from fingerpost.catalogue import Catalogue
from fingerpost.engine import Engine, rows
from fingerpost.errors import EngineBusy, FingerpostError, Preparing
from fingerpost.index import indexes
from fingerpost.moments import apart
from fingerpost.moments.moments import Moments
from fingerpost.web.site import Site
from processes import alive, children

pytestmark = pytest.mark.slow

JUNE = datetime.date(2022, 6, 30)
JULY = datetime.date(2025, 7, 31)
MANY = "SELECT ?one WHERE { ?one a ?class } LIMIT 1"
SIZES = """
SELECT ?graph (COUNT(*) AS ?size)
WHERE { { GRAPH ?graph { ?s ?p ?o } } UNION { ?s ?p ?o . BIND ("the merge" AS ?graph) } }
GROUP BY ?graph
"""
SAID = """
SELECT ?s ?p ?o WHERE { ?s ?p ?o . FILTER (!ISBLANK(?s) && !ISBLANK(?o)) }
"""
SECONDS = 60


@pytest.fixture
def large(site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Site]:
    """The shipped graph behind workers, as if it were large, with a cache of its own."""
    monkeypatch.setattr(indexes, "_MANY", MANY)
    monkeypatch.setenv("FINGERPOST_CACHE", str(tmp_path))
    yield site
    gc.collect()


def patiently(found: Moments, day: datetime.date) -> Engine:
    """The engine of a day, asked for again as long as it is being made."""
    end = time.monotonic() + SECONDS
    while True:
        try:
            then = found.at(day)
        except Preparing:
            assert time.monotonic() < end
            time.sleep(0.05)
        else:
            assert then
            return then.engine


def everything(engine: Engine) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    sizes, said = (rows.select(engine, query) for query in (SIZES, SAID))
    return {tuple(row.values()) for row in sizes}, {tuple(row.values()) for row in said}


def test_it_is_the_graph_that_is_made_here(large: Site) -> None:
    then = patiently(Moments(large.engine, large.guarded), JUNE)
    # What the service says of itself is served beside the build.
    here = catalogue.over(large.engine, files.folders()).at(JUNE)
    assert everything(then) == everything(here.engine)


def test_what_is_recommended_is_the_same(large: Site, opened: Catalogue) -> None:
    served = catalogue.over(large.engine, files.folders(), source=large.guarded)
    patiently(served.moments, JULY)
    asked = {"data": "genomics-data", "phase": "collect", "at": JULY.isoformat()}
    assert served.recommend(asked) == opened.recommend(asked)


def test_one_day_is_made_at_a_time(large: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Moments(large.engine, large.guarded)
    monkeypatch.setattr(apart, "_WAIT", 0.0)
    with pytest.raises(Preparing, match="as of"):
        found.at(JUNE)
    with pytest.raises(Preparing, match="Another"):
        found.at(JULY)
    patiently(found, JUNE)


def test_what_has_no_room_is_told_and_made_when_there_is(
    large: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Moments(large.engine, large.guarded)
    with monkeypatch.context() as short:
        short.setattr(memory, "free", lambda: 1)
        with pytest.raises(EngineBusy, match="memory"):
            patiently(found, JUNE)
    assert patiently(found, JUNE)


def test_a_day_that_is_kept_is_not_made_again(large: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    first = everything(patiently(Moments(large.engine, large.guarded), JUNE))

    def refuse(*_: object) -> None:
        raise FingerpostError("made again")

    monkeypatch.setattr(apart, "_write", refuse)
    assert everything(patiently(Moments(large.engine, large.guarded), JUNE)) == first


def test_an_engine_ends_when_nobody_asks_it_any_more(large: Site) -> None:
    before = set(children(os.getpid()))
    found = Moments(large.engine, large.guarded)
    patiently(found, JUNE)
    its = set(children(os.getpid())) - before
    assert its
    del found
    gc.collect()
    end = time.monotonic() + SECONDS
    while any(map(alive, its)):
        assert time.monotonic() < end
        time.sleep(0.05)
