"""What the tests of saved queries share: the small graph made for them."""

from pathlib import Path

import pytest

from fingerpost import catalogue, files
from fingerpost.catalogue import Catalogue
from fingerpost.files import Folders

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def small(cache: Path) -> Catalogue:
    assert cache
    shipped = files.folders()
    instances = HERE / "graph" / "instances"
    return catalogue.open_(Folders(shipped.ontology, shipped.shapes, instances, shipped.queries))
