"""What the tests of curation share: a copy of the small graph, which may be written to."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fingerpost.cli import commands

SMALL = Path(__file__).parents[1] / "queries" / "graph"
Run = Callable[..., Result]


@pytest.fixture
def data(tmp_path: Path, cache: Path) -> Path:
    assert cache
    return Path(shutil.copytree(SMALL, tmp_path / "data"))


@pytest.fixture
def run(data: Path) -> Run:
    def invoke(*words: str, input_: str | None = None) -> Result:
        return CliRunner().invoke(commands, ["--data", str(data), *words], input=input_)

    return invoke
