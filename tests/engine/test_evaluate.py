"""pyoxigraph asked: with the prefixes that a query brings, or else those that are known here."""

import tempfile
from functools import partial

import pytest
from pyoxigraph import Store

from fingerpost.engine import Query, evaluate
from fingerpost.engine.sink import IN_MEMORY, Sink
from fingerpost.errors import AnswerTooLarge, QuerySyntax, StoreFault

KNOWN = "SELECT (STR(fp:Tool) AS ?iri) {}"
OWN = "PREFIX fp: <http://own.example/> " + KNOWN
BOTH = "PREFIX own: <http://own.example/> SELECT (STR(fp:Tool) AS ?iri) { FILTER (own:a = own:a) }"


def asked(text: str) -> str:
    sink = Sink(1_000_000)
    evaluate.evaluate(Store(), Query(text), "text/csv", sink)
    return sink.answer().whole().decode().split()[1]


@pytest.mark.parametrize("text", [KNOWN, BOTH])
def test_known_prefixes_need_no_declaration(text: str) -> None:
    assert asked(text) == "https://w3id.org/fingerpost/ontology#Tool"


def test_a_prefix_of_its_own_comes_first() -> None:
    assert asked(OWN) == "http://own.example/Tool"


def test_an_unknown_prefix_is_a_fault_with_its_place() -> None:
    with pytest.raises(QuerySyntax) as found:
        asked("SELECT (STR(nowhere:Tool) AS ?iri) {}")
    assert found.value.line == 1


def test_a_sink_is_in_memory_until_it_is_long_and_ends_at_its_limit() -> None:
    sink = Sink(IN_MEMORY + 2)
    for piece in (b"a" * IN_MEMORY, b"b", b"c"):
        assert sink.write(piece) == len(piece)
    with pytest.raises(AnswerTooLarge):
        sink.write(b"d")
    sink.answer().forget()
    short, long = Sink(10), Sink(IN_MEMORY + 2)
    short.write(b"a")
    short.write(b"b")
    long.write(b"a" * IN_MEMORY)
    long.write(b"b")
    assert (short.answer().body, short.answer().file) == (b"ab", None)
    answer = long.answer()
    assert answer.file is not None
    assert answer.whole() == b"a" * IN_MEMORY + b"b"


@pytest.mark.parametrize("more", [1, IN_MEMORY], ids=["at its end", "on the way"])
def test_an_answer_that_the_disk_does_not_take_is_no_fault_of_the_query(
    more: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "TemporaryFile", partial(open, "/dev/full", "w+b"))
    query = Query(f"SELECT ?a {{ VALUES ?a {{ '{'a' * (IN_MEMORY - 5)}' '{'b' * more}' }} }}")
    sink = Sink(4 * IN_MEMORY)
    with pytest.raises(StoreFault, match="No space left"):  # noqa: PT012 - wherever it is told
        evaluate.evaluate(Store(), query, "text/csv", sink)
        sink.answer()
