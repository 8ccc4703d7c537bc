"""Free memory is what the machine has, or what the groups of a process leave of it."""

import platform
from pathlib import Path

import pytest

from fingerpost import memory

GIGABYTE = 1024**3


def system(place: Path, groups: str, limits: dict[str, str]) -> tuple[Path, Path]:
    """A machine with 8 GB that are available, whose groups have these limits."""
    proc = place / "proc"
    (proc / "self").mkdir(parents=True)
    (proc / "meminfo").write_text("MemTotal: 16777216 kB\nMemAvailable: 8388608 kB\n", "ascii")
    (proc / "self" / "cgroup").write_text(groups, "ascii")
    for name, text in limits.items():
        path = place / "groups" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{text}\n", "ascii")
    return proc, place / "groups"


@pytest.mark.parametrize(
    ("groups", "limits", "free"),
    [
        ("", {}, 8),
        (
            "0::/a/b\n",
            {
                "a/memory.max": str(3 * GIGABYTE),
                "a/memory.current": str(GIGABYTE),
                "a/b/memory.max": "max",
                "a/b/memory.current": "5",
            },
            2,
        ),
        (
            "5:cpu:/x\n4:memory:/x\n0::/\n",
            {
                "memory/x/memory.limit_in_bytes": str(4 * GIGABYTE),
                "memory/x/memory.usage_in_bytes": str(GIGABYTE),
                "memory/memory.limit_in_bytes": "9223372036854771712",
                "memory/memory.usage_in_bytes": "0",
            },
            3,
        ),
    ],
    ids=["no group", "version 2", "version 1"],
)
def test_free_is_what_the_machine_or_the_tightest_group_leaves(
    tmp_path: Path, groups: str, limits: dict[str, str], free: int
) -> None:
    assert memory.free(*system(tmp_path, groups, limits)) == free * GIGABYTE


def test_this_machine_has_memory_and_this_process_some_of_it() -> None:
    assert memory.free() > 0
    assert memory.held() > 1024**2


def test_where_nothing_tells_of_memory_there_is_none(tmp_path: Path) -> None:
    assert memory.free(tmp_path, tmp_path) == memory.held(tmp_path) == 0


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="needs the malloc of glibc")
def test_what_was_freed_is_given_back_though_something_after_it_is_in_use() -> None:
    blocks = [bytes(1000) for _ in range(60_000)]
    kept = blocks[::1000]
    del blocks
    before = memory.held()
    memory.give_back()
    assert memory.held() < before - 30 * 1024**2
    assert kept


def test_large_pages_are_asked_for_beside_what_else_is_and_not_against_it() -> None:
    name = "GLIBC_TUNABLES"
    assert memory.with_large_pages({"a": "b"}) == {"a": "b", name: "glibc.malloc.hugetlb=1"}
    kept = memory.with_large_pages({name: "glibc.malloc.check=1"})[name]
    assert kept == "glibc.malloc.check=1:glibc.malloc.hugetlb=1"
    for own in ("glibc.malloc.hugetlb=0", "glibc.malloc.hugetlb=2:glibc.malloc.check=1"):
        assert memory.with_large_pages({name: own}) == {name: own}
