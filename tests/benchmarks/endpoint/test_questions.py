"""The queries are SPARQL that every server reads, and have something to find."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store
from rdflib.plugins.sparql import prepareQuery

from endpoint import data, questions
from endpoint.questions import Question
from fingerpost import files, store

ASKED = questions.load()
NAMES = [question.name for question in ASKED]


@pytest.fixture(scope="module")
def shipped(cache: Path) -> Store:
    assert cache
    return store.current(files.folders()).load()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Store:
    path = tmp_path_factory.mktemp("graph") / "made.nq"
    data.write(500, path)
    loaded = Store()
    loaded.bulk_load(path=path, format=RdfFormat.N_QUADS)
    return loaded


def test_there_are_eight_queries() -> None:
    assert len(ASKED) == 8


@pytest.mark.parametrize("question", ASKED, ids=NAMES)
def test_a_query_is_sparql_that_rdflib_reads_too(question: Question) -> None:
    assert prepareQuery(question.text).algebra


@pytest.mark.parametrize("question", ASKED, ids=NAMES)
def test_a_query_finds_something_in_the_shipped_and_in_a_made_graph(
    question: Question, shipped: Store, made: Store
) -> None:
    assert list(shipped.query(question.text))
    assert list(made.query(question.text))


@pytest.mark.parametrize("question", ASKED, ids=NAMES)
def test_a_variant_is_another_text_of_the_same_length_and_answer(
    question: Question, shipped: Store
) -> None:
    variant = question.variant(12345)
    assert variant != question.text
    assert len(variant) == len(question.text)
    assert list(map(str, shipped.query(variant))) == list(map(str, shipped.query(question.text)))
