"""The memory that there is, what this process has of it, and how it is given out."""

import ctypes
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

_ACCOUNTS = {
    "": ("memory.max", "memory.current"),
    "memory": ("memory.limit_in_bytes", "memory.usage_in_bytes"),
}
"""Controllers in /proc/self/cgroup → files with a group's limit and use, in version 2 and 1."""

_ARENA_MAX = -8
"""M_ARENA_MAX of malloc.h."""
_ARENAS = 2
_TUNABLES = "GLIBC_TUNABLES"
_LARGE_PAGES = "glibc.malloc.hugetlb"


def few_arenas() -> None:
    """Let all threads of this process share two of malloc's arenas, where it is that of glibc.

    Else there are eight for each core, and what was freed in one is of no use in another: memory
    grows for hours, though no more of it is in use. See mallopt(3).
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:
        mallopt(_ARENA_MAX, _ARENAS)


def with_large_pages(environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment in which malloc asks for large pages, where it is that of glibc.

    What is read here and there in gigabytes is found sooner, and a process that holds them is
    forked in a tenth of the time. What the environment says of it already holds; see mallopt(3)
    and the tunables in the manual of glibc.
    """
    tunables = environment.get(_TUNABLES, "")
    if _LARGE_PAGES in tunables:
        return dict(environment)
    named = filter(None, (tunables, f"{_LARGE_PAGES}=1"))
    return {**environment, _TUNABLES: ":".join(named)}


def give_back() -> None:
    """Give what was freed back to the system, where malloc is that of glibc; see malloc_trim(3)."""
    malloc_trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if malloc_trim:
        malloc_trim(0)


def free(proc: Path = Path("/proc"), groups: Path = Path("/sys/fs/cgroup")) -> int:
    """Return how many bytes of memory there are for this process: the machine's, or its group's.

    It is 0 where nothing says so. See proc(5) for MemAvailable, and the kernel's notes on cgroups
    for both of their versions.
    """
    told = proc / "meminfo"
    lines = told.read_text("ascii").splitlines() if told.is_file() else []
    found = [int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")]
    return min([*found, *_left_to_groups(proc, groups)], default=0)


def held(proc: Path = Path("/proc")) -> int:
    """Return the bytes of memory that this process holds; 0 where nothing says so."""
    told = proc / "self" / "statm"
    if not told.is_file():
        return 0
    return int(told.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _left_to_groups(proc: Path, groups: Path) -> Iterable[int]:
    """Yield what each group of control that this process is in, and those above, leaves to it."""
    try:
        lines = (proc / "self" / "cgroup").read_text("utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        _, controllers, name = line.split(":", 2)
        root = groups / controllers
        own = root / name.strip("/")
        for folder in (own, *own.parents) if controllers in _ACCOUNTS else ():
            if folder.is_relative_to(root):
                yield from _left(folder, *_ACCOUNTS[controllers])


def _left(folder: Path, limit: str, usage: str) -> Iterable[int]:
    try:
        most = (folder / limit).read_text("ascii").strip()
        used = (folder / usage).read_text("ascii").strip()
    except OSError:
        return
    if most.isdigit():
        yield max(0, int(most) - int(used))
