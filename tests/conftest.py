"""What every test may use: the shipped catalogue, opened once, and a real server."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from fingerpost import catalogue, files
from fingerpost.catalogue import Catalogue
from fingerpost.engine.fences import Fences
from fingerpost.engine.guarded import Guarded, keeping
from fingerpost.files import Folders
from fingerpost.index.kept import Index
from fingerpost.web.site import Site
from processes import served

ROOT = Path(__file__).resolve().parents[1]


TOGETHER = ("tests/engines/",)
"""Folders whose modules share what takes long to start: one worker has them all."""


class Scopes(LoadScopeScheduling):
    """Gives each worker whole modules, or whole folders where these share servers."""

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        return next((folder for folder in TOGETHER if module.startswith(folder)), module)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    return Scopes(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what needs more than seconds, the longest first, so that none is left for the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: (not item.nodeid.startswith(TOGETHER), item.path not in slow))


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep builds of one test run together, away from the user's own, or where it is said."""
    usual = tmp_path_factory.getbasetemp().parent / "fingerpost-cache"
    folder = Path(os.environ.get("FINGERPOST_TEST_CACHE", usual))
    os.environ["FINGERPOST_CACHE"] = str(folder)
    return folder


@pytest.fixture(scope="session")
def folders() -> Folders:
    return files.folders()


@pytest.fixture(scope="session")
def part(tmp_path_factory: pytest.TempPathFactory, folders: Folders) -> Path:
    """Those of the shipped records in which faults are planted, and all that they refer to."""
    from test_checking import parted

    return parted(folders, tmp_path_factory.mktemp("part") / "instances")


@pytest.fixture(scope="session")
def opened(cache: Path, folders: Folders) -> Catalogue:
    assert cache
    return catalogue.open_(folders)


@pytest.fixture(scope="session")
def index(opened: Catalogue) -> Index:
    """The index of the shipped catalogue, made."""
    found = opened.indexes.made()
    assert found
    return found


@pytest.fixture(scope="session")
def site(cache: Path, folders: Folders) -> Iterator[Site]:
    """The shipped graph behind workers, as a server has it."""
    assert cache
    keeper = keeping(catalogue.dataset(folders), Fences())
    guarded = Guarded(keeper.folder)
    yield Site(guarded, folders)
    guarded.close()
    keeper.close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The upstream data beside the checkout; tests that need it skip where it is not."""
    folder = Path(os.environ.get("FINGERPOST_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"needs the upstream data in {folder}, which is not part of the project")
    return folder


@pytest.fixture(scope="session")
def server(cache: Path) -> Iterator[str]:
    """The address of a real server on a free port of the loopback."""
    with served(cache) as address:
        yield address
