"""Both registries' snapshots in Bioregistry's package, imported as they are, and asked."""

import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from fingerpost import catalogue, importing
from fingerpost.catalogue import Catalogue
from fingerpost.files import Folders
from fingerpost.generations.folder import Generations
from fingerpost.registries.known import REGISTRIES

SIZES = {"fairsharing": 4175, "re3data": 3539}
SECONDS = 40
"""What both may take together on two cores."""


@pytest.fixture(scope="module")
def files() -> dict[str, Path]:
    found = find_spec("bioregistry")
    if not found or not found.origin:
        pytest.skip("needs the data of the package bioregistry")
    place = Path(found.origin).parent / "external"
    return {name: place / name / "processed.json" for name in SIZES}


@pytest.fixture(scope="module")
def imported(
    files: dict[str, Path], folders: Folders, cache: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, float]:
    """A store with both, and the time of this process that they took."""
    assert cache
    small = Path(__file__).parents[1] / "queries" / "graph" / "instances"
    few = Folders(folders.ontology, folders.shapes, small, folders.queries)
    place = tmp_path_factory.mktemp("real") / "store"
    begun = time.process_time()
    for name, path in files.items():
        registry = REGISTRIES[name]
        found = importing.read(registry, str(path), None)
        plan = importing.plan(registry, found, "https://bioregistry.io/", few, place)
        assert not plan.broken
        assert importing.carry_out(plan, few, place)
    return place, time.process_time() - begun


def test_every_record_is_there_in_time(imported: tuple[Path, float]) -> None:
    place, seconds = imported
    assert seconds < SECONDS
    assert len(Generations(place).history()) == 3


def test_the_same_again_changes_nothing(
    imported: tuple[Path, float], files: dict[str, Path], folders: Folders
) -> None:
    place, _ = imported
    for name, size in SIZES.items():
        registry = REGISTRIES[name]
        found = importing.read(registry, str(files[name]), None)
        plan = importing.plan(registry, found, "https://elsewhere.example/", folders, place)
        assert plan.same
        assert len(plan.difference.old.records) == size
        assert importing.carry_out(plan, folders, place) is None


@pytest.fixture(scope="module")
def asked(imported: tuple[Path, float], folders: Folders) -> Catalogue:
    return catalogue.of_store(imported[0], folders)


def test_registries_tell_of_repositories_for_data_in_their_own_words(asked: Catalogue) -> None:
    parts = {"data": "metabolomics", "kind": "repository", "include-registries": "true"}
    found = asked.recommend(parts)
    assert found.registries is not None
    assert found.registries.records
    for one in found.registries.records:
        assert one.kind == "repository"
        assert one.registry == "re3data"
        assert "CC0" in one.attribution
        assert one.rank > len(found.answers)
        assert one.reasons


def test_no_record_is_told_twice(asked: Catalogue) -> None:
    parts = {"data": "imaging data", "limit": "100", "include-registries": "true"}
    found = asked.recommend(parts)
    assert found.registries is not None
    told = [iri for one in found.registries.records for iri in (one.resource, *one.also)]
    assert len(told) == len(set(told)) > 50
