"""Work in a process of its own: the same result, and nothing is lost with the process."""

import os
import subprocess
import sys
import threading

import pytest

from fingerpost import apart


def test_what_is_begun_is_done_elsewhere() -> None:
    waiting = apart.begun(os.getpid)
    assert waiting() != os.getpid()


def test_what_comes_to_nothing_elsewhere_is_done_here() -> None:
    here = os.getpid()

    def work() -> int:
        if os.getpid() != here:
            os._exit(9)
        return here

    assert apart.begun(work)() == here


def test_what_fails_elsewhere_fails_here(capfd: pytest.CaptureFixture[str]) -> None:
    def work() -> None:
        raise ValueError("no")

    waiting = apart.begun(work)
    with pytest.raises(ValueError, match="no"):
        waiting()
    assert "ValueError: no" in capfd.readouterr().err


def test_a_process_with_several_threads_is_not_forked() -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    assert not apart.possible()
    done.set()
    other.join()


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="needs Linux")
def test_with_one_core_there_is_no_second_process() -> None:
    script = "import os, sys; from fingerpost import apart; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); sys.exit(apart.possible())"
    assert subprocess.run([sys.executable, "-c", script], check=False, timeout=60).returncode == 0


@pytest.mark.skipif(
    not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) < 2,
    reason="needs Linux with two cores",
)
def test_with_two_cores_there_is() -> None:
    script = "import sys; from fingerpost import apart; sys.exit(not apart.possible())"
    assert subprocess.run([sys.executable, "-c", script], check=False, timeout=60).returncode == 0
