"""Workers: a query past its fence costs its own worker and nothing else."""

import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from pyoxigraph import Store

from fingerpost import files, greeting
from fingerpost.engine import Answer, Query, guard, rows
from fingerpost.engine.dumping import Wanted
from fingerpost.engine.fences import Fences
from fingerpost.engine.guarded import Guarded, keeping
from fingerpost.engine.local import Local
from fingerpost.engine.placing import Placed
from fingerpost.engine.process import Keeping
from fingerpost.errors import (
    AnswerTooLarge,
    EngineBusy,
    QueryFault,
    QueryOutOfMemory,
    QueryOutOfTime,
    QuerySyntax,
)
from fingerpost.policy import Policy
from fingerpost.settings import Settings
from processes import alive

JSON = "application/json"
COUNT = Query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
THINGS = 300
RUNAWAYS = {
    "cross join": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "filter": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?c + ?f + ?i < 0) }",
    "path": "SELECT (COUNT(*) AS ?n) { ?a (<a:next>|^<a:next>)* ?b . "
    "?c (<a:next>|^<a:next>)* ?d . ?a ?x ?d }",
    "regular expression": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i "
    'FILTER (REGEX(CONCAT(STR(?a), STR(?d), STR(?g)), "(x+x+)+y")) }',
    "bag of optionals": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c OPTIONAL { ?d ?e ?f } "
    "OPTIONAL { ?g ?h ?i } OPTIONAL { ?j ?k ?l } }",
}
BOMBS = {
    "order": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i",
    "distinct": "SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "group": "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g), STR(?i))) AS ?x) "
    "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "answer": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
}


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("data") / "dataset.nq"
    lines = [f'<a:{i}> <a:next> <a:{i + 1}> .\n<a:{i}> <a:n> "{i}" .\n' for i in range(THINGS)]
    file.write_text("".join(lines), "utf-8")
    return file


@contextmanager
def running(dataset: Path, fences: Fences) -> Iterator[tuple[Guarded, Keeping]]:
    keeper = keeping((dataset,), fences)
    made = Guarded(keeper.folder, fences)
    try:
        yield made, keeper
    finally:
        made.close()
        keeper.close()


FENCES = Fences(seconds=2, memory=200 * 1024 * 1024, answer=10_000_000, workers=2, waiting=30)


@pytest.fixture(scope="module")
def keeper(dataset: Path) -> Iterator[Keeping]:
    kept = keeping((dataset,), FENCES)
    yield kept
    kept.close()


@pytest.fixture(scope="module")
def engine(keeper: Keeping) -> Iterator[Guarded]:
    made = Guarded(keeper.folder, FENCES)
    yield made
    made.close()


def count(engine: Guarded) -> int:
    body = json.loads(engine.answer(COUNT, JSON))
    return int(body["results"]["bindings"][0]["n"]["value"])


def children(process: int) -> list[int]:
    text = Path(f"/proc/{process}/task/{process}/children").read_text("ascii")
    return [int(number) for number in text.split()]


@pytest.mark.parametrize("text", RUNAWAYS.values(), ids=RUNAWAYS)
def test_a_runaway_query_ends_at_its_deadline(engine: Guarded, text: str) -> None:
    begin = time.monotonic()
    with pytest.raises((QueryOutOfTime, QueryOutOfMemory)):
        engine.answer(Query(text), JSON)
    assert time.monotonic() - begin < 10
    assert count(engine) == 2 * THINGS


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_a_query_past_its_memory_ends_alone(engine: Guarded, text: str) -> None:
    with pytest.raises((QueryOutOfMemory, QueryOutOfTime, AnswerTooLarge)):
        engine.answer(Query(text), JSON)
    assert count(engine) == 2 * THINGS


def test_an_answer_too_large_is_named_with_its_limit(engine: Guarded) -> None:
    with pytest.raises(AnswerTooLarge, match="at most 10,000,000"):
        engine.answer(Query("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 90000"), JSON)


def test_our_own_answer_about_everything_may_be_longer_and_is_read_row_by_row(
    dataset: Path,
) -> None:
    with running(dataset, Fences(answer=2_000, workers=1)) as (short, _):
        text = "SELECT ?thing { ?thing <a:n> ?number }"
        with pytest.raises(AnswerTooLarge, match="at most 2,000"):
            short.answer(Query(text), JSON)
        every = rows.each(short, text)
        assert next(every).keys() == {"thing"}
        assert len(list(every)) == THINGS - 1


def test_a_fault_of_the_text_costs_no_worker(engine: Guarded, keeper: Keeping) -> None:
    count(engine)
    before = children(keeper.process.pid)
    with pytest.raises(QuerySyntax) as fault:
        engine.answer(Query("SELECT * {\n ?s }"), JSON)
    assert fault.value.line == 2
    assert children(keeper.process.pid) == before


def test_no_worker_is_left_behind(engine: Guarded, keeper: Keeping) -> None:
    for _ in range(3):
        with pytest.raises((QueryOutOfTime, QueryOutOfMemory)):
            engine.answer(Query(RUNAWAYS["cross join"]), JSON)
    assert count(engine) == 2 * THINGS
    assert len(children(keeper.process.pid)) <= 2


def test_a_killed_worker_is_replaced(engine: Guarded, keeper: Keeping) -> None:
    count(engine)
    for process in children(keeper.process.pid):
        os.kill(process, 9)
    time.sleep(0.2)
    for _ in range(6):
        assert count(engine) == 2 * THINGS


def test_a_neighbour_is_answered_while_another_query_runs_away(engine: Guarded) -> None:
    with ThreadPoolExecutor(1) as other:
        runaway = other.submit(engine.answer, Query(RUNAWAYS["cross join"]), JSON)
        time.sleep(0.1)
        for _ in range(50):
            assert count(engine) == 2 * THINGS
        assert not runaway.done()
        with pytest.raises(QueryOutOfTime):
            runaway.result()


def test_after_a_runaway_query_who_is_there_is_asked_and_nobody_new(dataset: Path) -> None:
    with running(dataset, Fences(seconds=1, workers=2)) as (hasty, keeper):
        with ThreadPoolExecutor(1) as other:
            (first,) = children(keeper.process.pid)
            runaway = other.submit(hasty.answer, Query(RUNAWAYS["cross join"]), JSON)
            time.sleep(0.1)
            assert count(hasty) == 2 * THINGS
            (second,) = set(children(keeper.process.pid)) - {first}
            with pytest.raises(QueryOutOfTime):
                runaway.result()
        assert count(hasty) == 2 * THINGS
        time.sleep(0.1)
        assert children(keeper.process.pid) == [second]


def test_what_nobody_waits_for_has_more_time_and_the_next_at_its_worker_has_not(
    dataset: Path,
) -> None:
    with running(dataset, Fences(seconds=0.2, workers=1)) as (hasty, _):
        count(hasty)
        for patience, least, most in ((6, 1.1, 8), (1, 0.1, 1)):
            begin = time.monotonic()
            with pytest.raises(QueryOutOfTime):
                hasty.answer(Query(RUNAWAYS["cross join"], patience=patience), JSON)
            assert least < time.monotonic() - begin < most
        counted = hasty.answer(Query(COUNT.text, patience=60), JSON)
        assert counted == hasty.answer(COUNT, JSON)
        with pytest.raises(QueryOutOfTime):
            hasty.answer(Query(RUNAWAYS["cross join"]), JSON)


def test_what_nobody_waits_for_has_more_memory_and_the_next_at_its_worker_has_not(
    dataset: Path,
) -> None:
    fences = Fences(seconds=20, memory=64 * 1024 * 1024, workers=1)
    sorting = (
        "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?a ?b ?c ?d ?e ?f ?g "
        "{ ?a ?b ?c . ?d ?e ?f . { SELECT ?g { ?g ?h ?i } LIMIT 6 } } }"
    )
    with running(dataset, fences) as (small, keeper):
        for patience in (1, 2, 1, 2):
            asked = Query(sorting, patience=patience)
            if patience > 1:
                assert b'"1080000"' in small.answer(asked, JSON)
            else:
                with pytest.raises(QueryOutOfMemory):
                    small.answer(asked, JSON)
            assert count(small) == 2 * THINGS
        # One that has ended for its memory may still be giving it back.
        until = time.monotonic() + 10
        while len(children(keeper.process.pid)) > 1 and time.monotonic() < until:
            time.sleep(0.02)
        assert len(children(keeper.process.pid)) == 1


def test_what_takes_long_leaves_a_worker_for_who_waits(dataset: Path) -> None:
    fences = Fences(seconds=0.5, workers=2, waiting=0.2)
    with running(dataset, fences) as (shared, _), ThreadPoolExecutor(3) as others:
        long = Query(RUNAWAYS["cross join"], patience=4)
        asked = [others.submit(shared.answer, long, JSON)]
        time.sleep(0.1)
        asked += [others.submit(shared.answer, long, JSON) for _ in range(2)]
        time.sleep(0.4)
        for _ in range(10):
            assert count(shared) == 2 * THINGS
            time.sleep(0.05)
        faults = [type(one.exception()) for one in asked]
    assert faults[0] is QueryOutOfTime
    assert set(faults) <= {QueryOutOfTime, EngineBusy}


def test_what_somebody_waits_for_goes_before_what_takes_long(dataset: Path) -> None:
    fences = Fences(seconds=0.5, workers=2)
    with running(dataset, fences) as (shared, _), ThreadPoolExecutor(1) as others:
        count(shared)
        long = others.submit(shared.answer, Query(RUNAWAYS["cross join"], patience=8), JSON)
        time.sleep(0.2)
        (row,) = rows.soon(shared, COUNT.text)
        assert row["n"] == str(2 * THINGS)
        assert not long.done()
        assert isinstance(long.exception(), QueryOutOfTime)


def test_what_somebody_waits_for_may_take_long_after_all() -> None:
    asked: list[int] = []

    class Hasty(Local):
        def fetch(self, query: Query, media_type: str) -> Answer:
            asked.append(query.patience)
            if query.patience == 1:
                raise QueryOutOfTime("too long")
            return super().fetch(query, media_type)

    assert rows.soon(Hasty(Store()), COUNT.text) == ({"n": "0"},)
    assert asked == [1, rows.PATIENCE]


def test_when_all_are_busy_the_next_is_told_to_come_again(dataset: Path) -> None:
    fences = Fences(seconds=2, workers=1, waiting=0.2)
    with running(dataset, fences) as (crowded, _):
        with ThreadPoolExecutor(1) as other:
            runaway = other.submit(crowded.answer, Query(RUNAWAYS["cross join"]), JSON)
            time.sleep(0.3)
            with pytest.raises(EngineBusy):
                crowded.answer(COUNT, JSON)
            assert isinstance(runaway.exception(), QueryOutOfTime)
        assert count(crowded) == 2 * THINGS


def test_closing_ends_every_process(dataset: Path) -> None:
    with running(dataset, Fences(workers=1)) as (made, keeper):
        count(made)
        process = keeper.process
        workers = children(process.pid)
    assert process.returncode == 0
    assert workers
    assert not any(alive(worker) for worker in workers)
    assert not keeper.folder.exists()


def test_a_worker_has_no_network_even_for_a_query_that_no_guard_has_seen(
    engine: Guarded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "check", lambda *_: None)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.5)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        with pytest.raises(QueryFault):
            engine.answer(Query(f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}"), JSON)
        with pytest.raises(TimeoutError):
            listener.accept()


def test_a_worker_dies_with_its_keeper_even_in_a_runaway_query(dataset: Path) -> None:
    with running(dataset, Fences(seconds=30, workers=1)) as (made, keeper):
        count(made)
        before = made.generation
        (worker,) = children(keeper.process.pid)
        with ThreadPoolExecutor(1) as other:
            runaway = other.submit(made.answer, Query(RUNAWAYS["cross join"]), JSON)
            time.sleep(0.3)
            os.kill(keeper.process.pid, signal.SIGKILL)
            assert runaway.exception(timeout=10)
        end = time.monotonic() + 5
        while alive(worker) and time.monotonic() < end:
            time.sleep(0.05)
        assert not alive(worker)
        assert count(made) == 2 * THINGS, "a new keeper takes the place of the one that is gone"
        assert made.generation.number > before.number
        assert made.generation.id == before.id


def test_a_server_starts_over_what_cannot_be_counted_within_its_limits(dataset: Path) -> None:
    fences = Fences(answer=10)
    with running(dataset, fences) as (guarded, _):
        settings = Settings(files.folders(), fences, Policy(), "127.0.0.1", 8000)
        said = greeting.text(settings, guarded, Placed(on_disk=False, why="in memory"))
    assert "serves a graph too large to be counted within the limits of a query" in said
    assert "http://127.0.0.1:8000/sparql" in said


def test_who_wrote_a_download_answers_what_is_asked_next(dataset: Path, tmp_path: Path) -> None:
    with running(dataset, Fences(workers=1)) as (guarded, keeper):
        before = children(keeper.process.pid)
        guarded.dump(Wanted(), tmp_path / "dump.nq")
        assert count(guarded) == 2 * THINGS
        assert children(keeper.process.pid) == before
