"""A leak is found and what is only restless is not; the load is what it says."""

import itertools
import math
import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from attack.tree import Size
from soak import load, requests, samples, trend, verdict
from soak.samples import MEGABYTE, Samples

SECONDS = [2.0 * place for place in range(200)]


def sampled(memory: list[float]) -> list[verdict.Growth]:
    sizes = [Size(7, 30, 90, int(one), int(one)) for one in memory]
    return list(verdict.growths(Samples({}, seconds=SECONDS, sizes={"writer": sizes})))


def restless(megabytes_a_minute: float) -> list[float]:
    """Memory as a server has it: 400 MB that go up and down by some, and grow."""
    chance = random.Random(1)
    grown = megabytes_a_minute / 60
    return [MEGABYTE * (400 + grown * second + chance.gauss(0, 5)) for second in SECONDS]


def test_memory_that_only_goes_up_and_down_is_flat() -> None:
    assert not any(one.leaks for one in sampled(restless(0)))


def test_memory_that_grows_is_a_leak() -> None:
    assert [one.what for one in sampled(restless(8)) if one.leaks] == ["memory", "lasting"]


def test_memory_that_comes_and_goes_with_queries_is_no_leak() -> None:
    chance = random.Random(4)
    busy = [400 + 60 * max(chance.gauss(0.005 * place, 1), 0) for place in range(200)]
    sizes = [Size(7, 30, 90, int(one * MEGABYTE), 300 * MEGABYTE) for one in busy]
    found = verdict.growths(Samples({}, seconds=SECONDS, sizes={"writer": sizes}))
    assert not any(one.leaks for one in found)


def test_growth_in_the_first_half_is_warmth() -> None:
    warming = [MEGABYTE * (200 + min(place, 100)) for place in range(200)]
    assert not any(one.leaks for one in sampled(warming))


def test_a_handle_lost_now_and_then_is_a_leak() -> None:
    sizes = [Size(7, 30, 90 + place // 10, MEGABYTE, MEGABYTE) for place in range(200)]
    found = verdict.growths(Samples({}, seconds=SECONDS, sizes={"reader": sizes}))
    assert [one.what for one in found if one.leaks] == ["handles"]


def test_too_short_a_time_is_not_judged() -> None:
    sizes = [Size(7, 30, 90, place * MEGABYTE, place * MEGABYTE) for place in range(40)]
    short = Samples({}, seconds=SECONDS[:40], sizes={"writer": sizes})
    assert not any(one.judged or one.leaks for one in verdict.growths(short))


def test_neighbours_that_are_alike_make_a_slope_less_certain() -> None:
    chance = random.Random(2)
    walk = list(itertools.accumulate(chance.gauss(0, 1) for _ in SECONDS))
    mixed = random.Random(3).sample(walk, len(walk))
    assert trend.slope(SECONDS, walk).error > 5 * trend.slope(SECONDS, mixed).error
    assert trend.slope(SECONDS[:2], walk[:2]).error == math.inf


def test_what_is_held_at_rest_and_was_not_before_is_named() -> None:
    before, after = Size(7, 30, 90, 0, 0), Size(8, 30, 300, 0, 0)
    assert list(verdict.left({"reader": before}, {"reader": after})) == [
        "reader: 300 handles at rest, 90 before the load"
    ]


def test_a_process_is_sampled_with_its_threads_files_and_children() -> None:
    leaking = (
        "import sys, threading, subprocess\n"
        "files = [open('/dev/null') for _ in range(50)]\n"
        "stop = threading.Event()\n"
        "[threading.Thread(target=stop.wait).start() for _ in range(5)]\n"
        "child = subprocess.Popen([sys.executable, '-c', 'input()'], stdin=subprocess.PIPE)\n"
        "print('ready', flush=True); input(); child.communicate(); stop.set()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", leaking], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        process.stdout.readline()
        taken = Samples({"leaking": process.pid})
        taken.until(_Soon(), 0.05)
        process.communicate(b"\n")
    [size, *_] = taken.sizes["leaking"]
    assert size.processes == 2
    assert size.threads >= 7
    assert size.handles >= 50
    assert size.lasting > size.memory > MEGABYTE


class _Soon(threading.Event):
    """Set after a moment."""

    def wait(self, timeout: float | None = None) -> bool:
        found = super().wait(timeout)
        self.set()
        return found


def test_the_load_is_the_same_each_time_and_has_everything_in_it() -> None:
    first, again = (list(itertools.islice(requests.reading(3), 400)) for _ in range(2))
    assert first == again
    sent = b"".join(one.sent for one in first)
    for part in (
        b"/recommend?",
        b"/search?",
        b"/queries/",
        b"/repository/",
        b"%3Fd+%3Fe",
        b"SERVICE",
    ):
        assert part in sent, part
    assert any(not one.waits for one in first)
    changes = list(itertools.islice(requests.writing(), 4))
    assert [min(one.statuses) for one in changes] == [200, 409, 200, 401]


def test_answers_that_were_not_to_be_are_faults_and_late_ones_only_in_number() -> None:
    told = load.Told()
    asked = requests.query("ASK {}")
    for status in (200, 200, 200, 504):
        told.note(asked, status)
    assert (told.faults, told.late, told.overloaded) == ([], 1, False)
    told.note(asked, 503)
    told.note(asked, 500)
    assert told.overloaded
    assert [fault.partition(": ")[2][:3] for fault in told.faults] == ["500"]


def test_room_on_the_disk_counts_a_file_that_is_linked_twice_once(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"x" * 10_000)
    once = samples.disk(tmp_path)
    (tmp_path / "two").hardlink_to(tmp_path / "one")
    assert samples.disk(tmp_path) == pytest.approx(once, abs=8192)
    assert once >= 10_000
