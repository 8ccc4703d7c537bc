"""What a worker inherits is its own before it is read, where there is room for it."""

import json
import platform
import re
import time
from pathlib import Path

import pytest

from fingerpost import memory
from fingerpost.engine import Query
from fingerpost.engine.fences import Fences
from fingerpost.engine.guarded import Guarded, keeping
from fingerpost.engine.inherited import Inherited
from fingerpost.engine.results import JSON
from processes import children

MAPS = """\
55d0c8a00000-55d0c8a21000 r-xp 00001000 fe:00 123 /usr/bin/python3
55d0c8b00000-55d0c8b01000 rw-p 00002000 fe:00 123 /usr/bin/python3
55d0c9000000-55d0c9100000 rw-p 00000000 00:00 0   [heap]
7f0000000000-7f0000200000 rw-p 00000000 00:00 0
7f0000200000-7f0000300000 ---p 00000000 00:00 0
7f0000300000-7f0000400000 rw-s 00000000 00:01 0
7f0000500000-7f0000501000 rw-p 00000000 00:00 0   [anon: glibc: malloc]
"""
STATEMENTS = 50_000
RELEASE = tuple(map(int, re.findall(r"\d+", platform.release())[:2]))


def test_it_is_what_may_be_written_is_of_no_file_and_private(tmp_path: Path) -> None:
    maps = tmp_path / "maps"
    maps.write_text(MAPS, "ascii")
    found = Inherited.now(maps)
    assert found.size == 0x100000 + 0x200000 + 0x1000
    assert [end - begin for begin, end in found.stretches] == [0x100000, 0x200000, 0x1000]
    assert Inherited.now(tmp_path / "none") == Inherited(())


def test_what_has_no_room_is_not_copied() -> None:
    assert list(Inherited(((0, memory.free()),)).copied()) == []


@pytest.mark.skipif(
    platform.system() != "Linux" or RELEASE < (5, 14),
    reason="needs MADV_POPULATE_WRITE of Linux 5.14",
)
def test_a_worker_at_rest_shares_nothing_any_more_and_answers_as_before(tmp_path: Path) -> None:
    file = tmp_path / "dataset.nq"
    lines = (f'<a:{i}> <a:n> "{i} of many" .\n' for i in range(STATEMENTS))
    file.write_text("".join(lines), "utf-8")
    fences = Fences(workers=1)
    keeper = keeping((file,), fences)
    engine = Guarded(keeper.folder, fences)
    try:
        (worker,) = children(keeper.process.pid)
        inherited = _held(keeper.process.pid, "Rss")
        end = time.monotonic() + 30
        while _held(worker, "Shared_Dirty") > inherited / 20:
            assert time.monotonic() < end
            time.sleep(0.05)
        assert _held(worker, "Private_Dirty") > inherited / 2
        assert _count(engine) == STATEMENTS
        assert children(keeper.process.pid) == {worker}
    finally:
        engine.close()
        keeper.close()


def _held(process: int, kind: str) -> int:
    """Return how many kB of memory a process holds in one way; see proc_pid_smaps(5)."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    (found,) = (line.split()[1] for line in lines if line.startswith(f"{kind}:"))
    return int(found)


def _count(engine: Guarded) -> int:
    body = json.loads(engine.answer(Query("SELECT (COUNT(*) AS ?n) { ?s <a:n> ?o }"), JSON))
    return int(body["results"]["bindings"][0]["n"]["value"])
