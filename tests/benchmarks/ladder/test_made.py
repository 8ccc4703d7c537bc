"""The made records are as they say they are, and nothing is wrong with them."""

import datetime
from collections import Counter
from pathlib import Path

import pytest

from fingerpost import checking, store
from fingerpost.engine.local import Local
from fingerpost.files import Folders
from fingerpost.graph import dataset, records
from fingerpost.graph.dataset import ONTOLOGY, Dataset
from fingerpost.graph.vocabulary import CLAIM, KINDS, RESOURCE_KINDS, term
from fingerpost.publish import tally, void
from fingerpost.publish.terms import DATASET
from ladder import made

RESOURCES = 1000


@pytest.fixture(scope="module")
def folders_made(tmp_path_factory: pytest.TempPathFactory, folders: Folders) -> Folders:
    return made.write(RESOURCES, tmp_path_factory.mktemp("made"), folders)


@pytest.fixture(scope="module")
def together(folders_made: Folders) -> Dataset:
    terminology = records.terminology(folders_made.ontology)
    return dataset.assemble(terminology, (), records.records(folders_made.instances))


def values(together: Dataset, property_: str) -> Counter[str]:
    return Counter(
        str(triple.object) for triple in together.merge if triple.predicate == term(property_)
    )


def test_a_seed_always_makes_the_same_records_and_another_makes_others(folders: Folders) -> None:
    first = [one.turtle for one in made.all_records(50, folders, seed=7)]
    assert first == [one.turtle for one in made.all_records(50, folders, seed=7)]
    assert first != [one.turtle for one in made.all_records(50, folders, seed=8)]


def test_a_resource_comes_with_about_27_statements(together: Dataset) -> None:
    assert 25 <= len(together.merge - together.graphs[ONTOLOGY]) / RESOURCES <= 30


def test_there_are_as_many_resources_as_asked_of_every_kind(together: Dataset) -> None:
    types = values(together, "rdf:type")
    found = [types[str(term(f"fp:{KINDS[kind]}"))] for kind in RESOURCE_KINDS]
    assert sum(found) == RESOURCES
    assert all(found)
    assert types[str(term("fp:Guidance"))] == RESOURCES / 10
    assert types[str(CLAIM)] > RESOURCES / 2


def test_resources_are_in_every_status_and_the_superseded_have_a_successor(
    together: Dataset,
) -> None:
    found = values(together, "fp:status")
    assert {one.partition("status/")[2].strip(">") for one in found} == {
        *("active", "ended", "superseded", "planned")
    }
    assert sum(values(together, "dct:isReplacedBy").values()) > RESOURCES / 50


@pytest.mark.parametrize("property_", ["fp:supports", "fp:operatedBy", "dct:source"])
def test_a_few_have_most_of_the_resources(together: Dataset, property_: str) -> None:
    degrees = sorted(values(together, property_).values(), reverse=True)
    assert degrees[0] > 5 * degrees[len(degrees) // 2]


def test_nothing_is_wrong_with_them(folders_made: Folders) -> None:
    found = checking.check(folders_made, at=datetime.date(2026, 11, 21))
    assert found.problems == ()
    assert found.records > RESOURCES


def test_their_description_is_the_same_counted_in_the_file_and_asked_of_a_store(
    folders: Folders, tmp_path: Path
) -> None:
    built = store.current(made.write(100, tmp_path, folders))
    counted = void.description(tally.of_file(built.dataset), DATASET)
    assert counted == void.statements(Local(built.load()), DATASET)
    assert len(counted) > 1_000
