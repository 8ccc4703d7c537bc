"""Long answers: kept as files, whole or not at all, within bounds, for a generation."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from counted import Counting
from fingerpost.engine import Answer, Generation, Query, filed
from fingerpost.engine.cached import Cached
from fingerpost.engine.filed import Filed
from fingerpost.engine.sink import IN_MEMORY

FIRST, SECOND = Generation(1, "first"), Generation(2, "second")
LONG = IN_MEMORY + 1000


def long(word: str) -> Query:
    """A query whose answer is longer than what stays in memory."""
    columns = " ".join(f"(?x AS ?x{number})" for number in range(20))
    return Query(f'SELECT {columns} {{ VALUES ?x {{ "{word}{"x" * (LONG // 20)}" }} }}')


def stored(folder: Path, content: bytes) -> Answer:
    path = folder / f"answer-{len(list(folder.iterdir()))}"
    path.write_bytes(content)
    return Answer(len(content), file=path.open("rb"))


def put(kept: Filed, generation: Generation, key: object, answer: Answer) -> None:
    """Keep an answer, and let go of it."""
    kept.put(generation, (key,), answer)
    answer.forget()


def get(kept: Filed, key: object, generation: Generation = FIRST) -> bytes | None:
    found = kept.get(generation, (key,))
    return found and found.whole()


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"lock"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "answers"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    place = tmp_path / "source"
    place.mkdir()
    return place


@pytest.fixture
def engine() -> Counting:
    return Counting(FIRST)


def test_a_long_answer_is_asked_once_by_all_processes(folder: Path, engine: Counting) -> None:
    caches = [Cached(engine, files=Filed(folder, 100 * LONG)) for _ in range(2)]
    first = caches[0].answer(long("a"), "text/csv")
    assert len(first) > IN_MEMORY
    for cache in (*caches, *caches):
        assert cache.answer(long("a"), "text/csv") == first
    assert engine.asked == 1


def test_what_takes_long_is_asked_once_by_all_processes_however_short(
    folder: Path, engine: Counting
) -> None:
    first, second = (Cached(engine, files=Filed(folder, 10 * LONG)) for _ in range(2))
    counted = Query("SELECT (COUNT(*) AS ?all) { ?s ?p ?o }", sound=True, patience=6)
    assert first.answer(counted, "text/csv") == second.answer(counted, "text/csv")
    assert engine.asked == 1
    other = Query("ASK {}")
    assert first.answer(other, "text/csv") == second.answer(other, "text/csv")
    assert engine.asked == 3


def test_a_kept_answer_is_read_piece_by_piece(folder: Path, engine: Counting) -> None:
    cached = Cached(engine, files=Filed(folder, 100 * LONG))
    cached.answer(long("a"), "text/csv")
    found = cached.fetch(long("a"), "text/csv")
    assert found.file is not None
    assert found.body == b""
    pieces = list(found.chunks())
    assert max(map(len, pieces)) <= 256 * 1024
    assert sum(map(len, pieces)) == found.size
    assert found.file.closed


def test_formats_and_datasets_are_told_apart(folder: Path, source: Path) -> None:
    kept = Filed(folder, 1000)
    for number, key in enumerate([("q", (), (), "a"), ("q", (), (), "b"), ("q", ("a",), (), "a")]):
        put(kept, FIRST, key, stored(source, b"%d" % number))
    assert get(kept, ("q", (), (), "b")) == b"1"
    assert get(kept, ("q", ("a",), (), "a")) == b"2"
    assert get(kept, ("q", (), ("a",), "a")) is None
    assert get(kept, ("q", (), (), "a"), Generation(1, "another")) is None


def test_a_change_of_the_graph_lets_go_of_all(folder: Path, engine: Counting) -> None:
    cached = Cached(engine, files=Filed(folder, 100 * LONG))
    cached.answer(long("a"), "text/csv")
    read = cached.fetch(long("a"), "text/csv")
    engine.generation = SECOND
    cached.answer(Query("ASK {}"), "application/json")
    assert names(folder) == set()
    assert len(read.whole()) == read.size, "who was reading it reads on"
    cached.answer(long("a"), "text/csv")
    assert engine.asked == 3


def test_what_was_answered_while_the_graph_changed_is_not_kept(
    folder: Path, engine: Counting
) -> None:
    cached = Cached(engine, files=Filed(folder, 100 * LONG))
    ask = engine.fetch

    def changing(query: Query, media_type: str) -> Answer:
        engine.generation = SECOND
        return ask(query, media_type)

    engine.fetch = changing  # type: ignore[method-assign]
    assert len(cached.answer(long("a"), "text/csv")) > IN_MEMORY
    assert names(folder) == set()


def test_what_a_slow_process_keeps_of_an_old_generation_goes_with_the_next(
    folder: Path, source: Path
) -> None:
    kept = Filed(folder, 1000)
    put(kept, SECOND, "new", stored(source, b"new"))
    put(kept, FIRST, "old", stored(source, b"old"))
    put(kept, SECOND, "newer", stored(source, b"newer"))
    assert {name.partition("-")[0] for name in names(folder)} == {"2"}
    assert len(names(folder)) == 2


def test_what_was_least_recently_asked_goes_first(folder: Path, source: Path) -> None:
    kept = Filed(folder, 400)
    for word in ("a", "b", "c", "d"):
        put(kept, FIRST, word, stored(source, word.encode() * 100))
        time.sleep(0.01)
    assert get(kept, "a")
    time.sleep(0.01)
    put(kept, FIRST, "e", stored(source, b"e" * 100))
    left = {word for word in "abcde" if get(kept, word)}
    assert left == set("acde")


def test_an_answer_of_more_than_its_share_is_not_kept(folder: Path, source: Path) -> None:
    kept = Filed(folder, 400)
    put(kept, FIRST, "a", stored(source, b"a" * 101))
    assert names(folder) == set()


def test_what_is_kept_never_goes_beyond_its_bound(folder: Path, source: Path) -> None:
    kept = Filed(folder, 1000)
    answers = [stored(source, bytes([number]) * (50 + number)) for number in range(200)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: put(kept, FIRST, number, answers[number]), range(200)))
    for number in range(200):
        assert get(kept, number) in {None, bytes([number]) * (50 + number)}
    assert 0 < sum((folder / name).stat().st_size for name in names(folder)) <= 1000


def test_an_answer_shorter_than_it_should_be_is_not_kept(folder: Path, source: Path) -> None:
    kept = Filed(folder, 1000)
    short = stored(source, b"half")
    put(kept, FIRST, "a", Answer(8, file=short.file))
    assert names(folder) == set()
    assert get(kept, "a") is None


def test_a_full_disk_keeps_nothing_and_the_answer_goes_out(
    folder: Path, engine: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(filed.os, "posix_fallocate", full)
    cached = Cached(engine, files=Filed(folder, 100 * LONG))
    for _ in range(2):
        assert len(cached.answer(long("a"), "text/csv")) > IN_MEMORY
    assert engine.asked == 2
    assert names(folder) == set()


def test_a_folder_that_is_gone_stops_no_answer(folder: Path, engine: Counting) -> None:
    cached = Cached(engine, files=Filed(folder, 100 * LONG))
    for path in (*folder.iterdir(), folder):
        path.rmdir() if path.is_dir() else path.unlink()
    assert len(cached.answer(long("a"), "text/csv")) > IN_MEMORY
    engine.generation = SECOND
    assert len(cached.answer(long("a"), "text/csv")) > IN_MEMORY


def test_several_who_ask_the_same_long_thing_at_once_ask_the_engine_once(
    folder: Path, engine: Counting
) -> None:
    begin = threading.Event()
    ask = engine.fetch

    def slowly(query: Query, media_type: str) -> Answer:
        begin.wait(10)
        return ask(query, media_type)

    engine.fetch = slowly  # type: ignore[method-assign]
    cached = Cached(engine, files=Filed(folder, 100 * LONG))
    with ThreadPoolExecutor(8) as threads:
        answers = [threads.submit(cached.answer, long("a"), "text/csv") for _ in range(8)]
        time.sleep(0.2)
        begin.set()
        assert len({one.result() for one in answers}) == 1
    assert engine.asked == 1


def test_what_a_process_was_writing_that_was_killed_makes_room(folder: Path, source: Path) -> None:
    kept = Filed(folder, 400)
    (folder / "1-killed.making").write_bytes(b"x" * 350)
    put(kept, FIRST, "a", stored(source, b"a" * 100))
    assert get(kept, "a")
    assert not (folder / "1-killed.making").exists()
