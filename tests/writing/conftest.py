"""One writable server for the tests of a module, over a store of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from writing.service import Service, store_at


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("written") / "store"


@pytest.fixture(scope="module")
def service(folder: Path, cache: Path) -> Iterator[Service]:
    assert cache
    made = Service(*store_at(folder), "--processes", "2")
    yield made
    made.stop()
