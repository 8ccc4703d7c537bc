"""The cache: the same answer, without asking; bounded; never for what changes by itself."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from counted import Counting
from fingerpost.engine import Answer, Generation, Query
from fingerpost.engine.cached import Cached, volatile
from fingerpost.errors import QuerySyntax

FIRST = Generation(0, "first")


def select(word: str) -> Query:
    return Query(f"SELECT ('{word}' AS ?word) {{}}")


def test_the_same_question_is_asked_once() -> None:
    engine = Counting(FIRST)
    cached = Cached(engine)
    first = cached.answer(select("a"), "text/csv")
    assert cached.answer(select("a"), "text/csv") == first == b"word\r\na\r\n"
    assert engine.asked == 1


def test_formats_datasets_and_texts_are_told_apart() -> None:
    engine = Counting(FIRST)
    cached = Cached(engine)
    cached.answer(select("a"), "text/csv")
    cached.answer(select("a"), "application/json")
    cached.answer(Query(select("a").text, ("http://x/",)), "text/csv")
    cached.answer(Query(select("a").text, (), ("http://x/",)), "text/csv")
    cached.answer(select("b"), "text/csv")
    assert engine.asked == 5


@pytest.mark.parametrize(
    "call", ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()", "now()", r"N\u004FW()"]
)
def test_what_changes_by_itself_is_not_kept(call: str) -> None:
    assert volatile(f"SELECT ({call} AS ?x) {{}}")


@pytest.mark.parametrize(
    "text",
    ["SELECT ('NOW()' AS ?x) {}", "SELECT ?now {} # RAND()", "ASK { <http://x/uuid> ?p ?o }"],
)
def test_a_word_in_a_string_comment_or_address_changes_nothing(text: str) -> None:
    assert not volatile(text)


def test_a_random_answer_is_asked_each_time() -> None:
    engine = Counting(FIRST)
    cached = Cached(engine)
    query = Query("SELECT (STRUUID() AS ?x) {}")
    assert cached.answer(query, "text/csv") != cached.answer(query, "text/csv")
    assert engine.asked == 2


def test_what_was_least_recently_asked_is_forgotten_first() -> None:
    engine = Counting(FIRST)
    cached = Cached(engine, size=300)
    for word in ("a", "b", "a", *("cdefghijkl"), "a"):
        cached.answer(select(word), "text/csv")
        cached.answer(select("a"), "text/csv")
    assert engine.asked == 12
    assert cached._held <= 300
    cached.answer(select("c"), "text/csv")
    assert engine.asked == 13


def test_an_answer_too_large_for_the_cache_is_given_all_the_same() -> None:
    engine = Counting(FIRST)
    cached = Cached(engine, size=100)
    assert cached.answer(select("x" * 50), "text/csv") == cached.answer(
        select("x" * 50), "text/csv"
    )
    assert engine.asked == 2


def test_who_asks_what_is_just_being_asked_waits_for_that_answer() -> None:
    engine = Counting(FIRST)
    begin = threading.Event()
    ask = engine.fetch

    def slowly(query: Query, media_type: str) -> Answer:
        begin.wait(10)
        return ask(query, media_type)

    engine.fetch = slowly  # type: ignore[method-assign]
    cached = Cached(engine)
    with ThreadPoolExecutor(8) as threads:
        answers = [threads.submit(cached.answer, select("a"), "text/csv") for _ in range(8)]
        wrong = [threads.submit(cached.answer, Query("SELECT"), "text/csv") for _ in range(2)]
        time.sleep(0.2)
        begin.set()
        assert {one.result() for one in answers} == {b"word\r\na\r\n"}
        assert all(isinstance(one.exception(), QuerySyntax) for one in wrong)
    assert engine.asked <= 3


def test_an_answer_is_forgotten_with_its_generation() -> None:
    engine = Counting(FIRST)
    cached = Cached(engine)
    cached.answer(select("a"), "text/csv")
    engine.generation = Generation(1, "second")
    cached.answer(select("a"), "text/csv")
    cached.answer(select("a"), "text/csv")
    assert engine.asked == 2


def test_a_fault_is_not_kept() -> None:
    engine = Counting(FIRST)
    cached = Cached(engine)
    for _ in range(2):
        with pytest.raises(QuerySyntax):
            cached.answer(Query("SELECT"), "text/csv")
    assert engine.asked == 2


def test_many_threads_get_the_right_answers() -> None:
    cached = Cached(Counting(FIRST), size=2000)
    words = [str(number % 40) for number in range(800)]
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda word: cached.answer(select(word), "text/csv"), words))
    assert answers == [f"word\r\n{word}\r\n".encode() for word in words]
    held = sum(len(text) + len(body) for (text, *_), body in cached._answers.items())
    assert cached._held == held <= 2000
