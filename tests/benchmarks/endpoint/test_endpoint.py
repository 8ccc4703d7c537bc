"""The benchmark runs: servers start, agree on every answer and take the load."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from endpoint import questions, rounds, servers
from endpoint.servers import MEASURE, Server
from fingerpost import files, store

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("wrk"), reason="needs wrk"),
]

SCRIPT = Path(__file__).parents[1] / "endpoint.py"


def run(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_quick_run_prints_a_ratio_for_every_query_load_and_server(cache: Path) -> None:
    assert cache
    lines = run("--quick").splitlines()
    for question in questions.load():
        for how in rounds.LOADS:
            (line,) = [line for line in lines if line.split()[:2] == [question.name, how]]
            ratios = [float(text.rstrip("*")) for text in line.split()[2:8]]
            assert all(ratio > 0 for ratio in ratios)


def test_a_quick_noisy_run_tells_what_runaway_queries_cost_and_that_none_was_answered() -> None:
    printed = run("noisy", "--quick")
    assert "times its quiet median latency" in printed
    outcome = printed.rpartition("answered ")[2]
    statuses = set(re.findall(r"(\d+):", outcome))
    assert statuses
    assert statuses <= {"504", "507"}


def test_servers_with_different_data_are_found_out(cache: Path, tmp_path: Path) -> None:
    assert cache
    whole = store.current(files.folders()).dataset
    lines = whole.read_text("utf-8").splitlines(keepends=True)
    part = tmp_path / "part.nq"
    part.write_text("".join(line for line in lines if '"BioImage Archive"' not in line), "utf-8")
    (one := tmp_path / "one").mkdir()
    (other := tmp_path / "other").mkdir()
    with (
        servers.running(MEASURE, whole, one) as full,
        servers.running(MEASURE, part, other) as poorer,
        pytest.raises(rounds.Unequal, match="poorer has"),
    ):
        rounds.compare([full, Server("poorer", poorer.endpoint)], questions.load())
