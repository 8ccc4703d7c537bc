"""The W3C suites over HTTP: Fingerpost passes what `oxigraph serve` passes, and every protocol test."""

import subprocess
import sys
from pathlib import Path

import pytest

from conformance import run, verdict
from conformance.manifests import Suites
from conformance.servers import FINGERPOST, LAYOUTS
from conformance.verdict import FLOORS, TOGETHER, Outcomes

SIZES = {"sparql10": 482, "sparql11": 495, "sparql12": 269, **FLOORS}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def measured(suites: Suites) -> dict[str, Outcomes]:
    return run.measured(list(LAYOUTS.values()), suites)


@pytest.mark.parametrize("server", LAYOUTS)
def test_every_test_is_run(measured: dict[str, Outcomes], server: str) -> None:
    assert {suite: len(found) for suite, found in measured[server].items()} == SIZES


@pytest.mark.parametrize("together", TOGETHER, ids=" and ".join)
def test_ours_passes_no_fewer_than_oxigraph(
    measured: dict[str, Outcomes], together: tuple[str, ...]
) -> None:
    ours = verdict.passed(measured["fingerpost"], *together)
    assert ours >= verdict.passed(measured["oxigraph"], *together)


@pytest.mark.parametrize("suite", FLOORS)
def test_every_test_of_a_protocol_passes(measured: dict[str, Outcomes], suite: str) -> None:
    failed = {one.id: one.cause for one in measured["fingerpost"][suite] if not one.passed}
    assert failed == {}
    assert verdict.passed(measured["fingerpost"], suite) == FLOORS[suite]


@pytest.mark.parametrize("server", LAYOUTS)
def test_no_test_fails_but_those_that_are_known(measured: dict[str, Outcomes], server: str) -> None:
    assert list(verdict.faults(server, measured[server])) == []


def test_the_protocols_hold_on_disk_too(suites: Suites, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINGERPOST_IN_MEMORY", "never")
    names = ("protocol", "graph-store-direct", "graph-store-indirect")
    found = run.measured([FINGERPOST], suites, names)["fingerpost"]
    assert {name: verdict.passed(found, name) for name in names} == {
        name: FLOORS[name] for name in names
    }


def test_the_command_prints_a_table_and_ends_with_its_verdict(suites: Suites) -> None:
    command = [
        sys.executable,
        run.__file__,
        "--server",
        "oxigraph",
        "--suite",
        "graph-store-direct",
    ]
    folder = Path(run.__file__).parent
    found = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert suites.root.is_dir()
    assert found.returncode == 0, found.stderr
    assert ["graph-store-direct", "2", "2", "4"] in [
        line.split() for line in found.stdout.splitlines()
    ]
