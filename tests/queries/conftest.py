"""What the tests of saved queries share: the small graph made for them."""

from pathlib import Path

import pytest

from fingerpost import catalogue, files
from fingerpost.catalogue import Catalogue
from fingerpost.engine.cached import Cached
from fingerpost.engine.local import Local
from fingerpost.files import Folders
from fingerpost.generations import files as generations

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def small(cache: Path) -> Catalogue:
    assert cache
    shipped = files.folders()
    instances = HERE / "graph" / "instances"
    folders = Folders(shipped.ontology, shipped.shapes, instances, shipped.queries)
    snapshots = HERE / "graph" / "snapshots.trig"
    loaded, made = generations.load([*catalogue.dataset(folders), snapshots])
    return catalogue.over(Cached(Local(loaded, made.id)), folders)
