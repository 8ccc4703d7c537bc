"""The folder of a service: held while it runs, removed when nobody holds it."""

import fcntl
import os
from pathlib import Path

import pytest

from fingerpost.engine import home


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_who_deletes_what_is_old_is_told_that_it_is_in_use() -> None:
    # https://systemd.io/TEMPORARY_DIRECTORIES: a lock on the folder itself.
    folder, handle = home.make()
    cleaning = os.open(folder, os.O_RDONLY)
    with pytest.raises(BlockingIOError):
        fcntl.flock(cleaning, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(handle)
    fcntl.flock(cleaning, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(cleaning)


def test_what_nobody_holds_any_more_is_removed_and_nothing_else(temporary: Path) -> None:
    other = temporary / "fingerpost-index-of-another"
    other.mkdir()
    left, handle = home.make()
    (left / "answers").mkdir()
    os.close(handle)
    held, handle = home.make()
    mine, own = home.make()
    assert set(temporary.iterdir()) == {other, held, mine}
    os.close(handle)
    os.close(own)
