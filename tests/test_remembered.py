"""What was read of files is remembered as long as they are as they were, and no longer."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from fingerpost import remembered as module
from fingerpost.remembered import remembered


class Reading:
    """Reads a file and counts how often."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.times = 0

    def __call__(self) -> str:
        self.times += 1
        return self.path.read_text("utf-8")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FINGERPOST_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file was last changed long ago: nobody can set the time of a change of its inode."""
    monkeypatch.setattr(module, "_SETTLED", -(10**12))


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    path = tmp_path / "näme.txt"
    path.write_text("one", "utf-8")
    return Reading(path)


def asked(reading: Reading) -> str:
    return remembered("text", [reading.path], reading)


@pytest.mark.usefixtures("cache", "settled")
def test_unchanged_files_are_read_once(reading: Reading) -> None:
    assert [asked(reading) for _ in range(3)] == ["one"] * 3
    assert reading.times == 1


def rewritten(path: Path) -> None:
    path.write_text("two", "utf-8")


def replaced(path: Path) -> None:
    other = path.with_name("other")
    other.write_text("two", "utf-8")
    other.rename(path)


def backdated(path: Path) -> None:
    """As long as before, and with its time set back: only the inode's own time tells."""
    before = path.stat()
    rewritten(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.usefixtures("cache", "settled")
@pytest.mark.parametrize("change", [rewritten, replaced, backdated])
def test_a_changed_file_is_read_again(reading: Reading, change: Callable[[Path], None]) -> None:
    assert asked(reading) == "one"
    change(reading.path)
    assert asked(reading) == "two"


@pytest.mark.usefixtures("cache")
def test_a_file_that_changed_just_now_is_not_remembered(reading: Reading) -> None:
    assert [asked(reading), asked(reading)] == ["one", "one"]
    assert reading.times == 2


@pytest.mark.usefixtures("cache", "settled")
def test_what_changes_while_it_is_read_is_not_remembered(reading: Reading) -> None:
    def read() -> str:
        found = reading()
        rewritten(reading.path)
        return found

    state = reading.path.stat()
    assert remembered("text", [reading.path], read) == "one"
    assert reading.path.stat().st_ctime_ns != state.st_ctime_ns
    assert not (module.files.cache() / "read").exists()


@pytest.mark.usefixtures("cache", "settled")
def test_different_readings_of_a_file_are_told_apart(reading: Reading) -> None:
    assert remembered("text", [reading.path], reading) == "one"
    assert remembered("size", [reading.path], lambda: "3") == "3"


@pytest.mark.usefixtures("settled")
@pytest.mark.skipif(not os.geteuid(), reason="root writes everywhere")
def test_a_cache_that_cannot_be_written_is_done_without(cache: Path, reading: Reading) -> None:
    cache.mkdir(mode=stat.S_IRUSR | stat.S_IXUSR)
    assert [asked(reading), asked(reading)] == ["one", "one"]


@pytest.mark.usefixtures("settled")
def test_a_cache_that_is_a_file_is_done_without(cache: Path, reading: Reading) -> None:
    cache.write_text("", "utf-8")
    assert [asked(reading), asked(reading)] == ["one", "one"]


@pytest.mark.usefixtures("settled")
def test_only_the_newest_notes_are_kept(
    cache: Path, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST", 3)
    for number in range(5):
        remembered(f"reading {number}", [reading.path], reading)
    assert len(list((cache / "read").iterdir())) == 3
    assert remembered("reading 4", [reading.path], reading) == "one"
    assert reading.times == 5
