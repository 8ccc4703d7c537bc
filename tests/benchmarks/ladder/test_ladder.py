"""The ladder measures what it says on each rung, and shows how it grows."""

import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from wsgiref.simple_server import make_server
from xml.etree import ElementTree

import pytest
from endpoint.servers import Server

from ladder import serving, shown
from ladder.shown import Rung

SCRIPT = Path(__file__).parents[1] / "ladder.py"


def rungs() -> list[Rung]:
    first = Rung(1_000, 30_000, 60_000, {"a, s": 2.0, "b, ms": 7.0})
    second = Rung(10_000, 300_000, 600_000, {"a, s": 20.0, "b, ms": 7.0})
    second.peers["a, s"] = {"other": 30.0}
    return [first, second]


def test_what_grows_tenfold_with_ten_times_the_resources_has_an_exponent_of_one() -> None:
    assert shown.growth([(10, 3), (100, 30), (1000, 300)]) == pytest.approx(1)
    assert shown.growth([(10, 4), (1000, 4)]) == pytest.approx(0)
    assert shown.growth([(100, 1), (10_000, 10)]) == pytest.approx(0.5)
    assert shown.growth([(100, 1)]) is None


def test_a_line_has_the_figure_of_each_rung_its_growth_and_the_ratios_to_peers() -> None:
    lines = {
        line[: shown.WIDTH].strip(): line[shown.WIDTH :].split() for line in shown.table(rungs())
    }
    assert lines["a, s"] == ["2", "20", "1.00", "other", "1.50"]
    assert lines["b, ms"] == ["7", "7", "0.00"]
    assert lines["statements"] == ["30,000", "300,000"]


def test_the_plot_is_svg_with_a_line_a_figure() -> None:
    drawing = ElementTree.fromstring(shown.plot(rungs()))
    lines = drawing.findall("{http://www.w3.org/2000/svg}polyline")
    assert [len(line.attrib["points"].split()) for line in lines] == [2, 2]


def test_what_is_not_there_in_time_has_no_figure(tmp_path: Path) -> None:
    def gone(_environ: object, start: Callable[..., object]) -> list[bytes]:
        start("503 Service Unavailable", [])
        return []

    with make_server("127.0.0.1", 0, gone) as serving_:
        threading.Thread(target=serving_.serve_forever, daemon=True).start()
        server = Server("ours", f"http://127.0.0.1:{serving_.server_port}/sparql")
        begin = time.perf_counter()
        assert serving._settled(server, tmp_path, begin, 0.3) is None
        assert time.perf_counter() - begin >= 0.3
        serving_.shutdown()


def run(*arguments: str) -> list[str]:
    command = [sys.executable, str(SCRIPT), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=500)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


@pytest.mark.slow
def test_two_small_rungs_are_measured(tmp_path: Path) -> None:
    peers = "oxigraph" if shutil.which("oxigraph") else ""
    lines = run(
        "--rungs", "50,100", "--peers", peers, "--reference", "0", "--out", str(tmp_path)
    )  # fmt: skip
    for figure in (
        *("build: parse", "build: inference", "build: validation", "build: generation"),
        *("build: description", "build: wall, s"),
        *("change: one record", "start: first answer", "memory, bytes a quad", "recommend"),
        *(
            "saved queries: median",
            "saved queries: slowest",
            "text search",
            "export: dump.nq",
            "ranked-join, first",
            "ranked-join, again",
        ),
        *("recommend: processor", "SPARQL, repeated: processor", "record: processor"),
    ):
        assert [line for line in lines if line.startswith(figure)], figure
    found = json.loads((tmp_path / "ladder.json").read_text("utf-8"))
    assert [rung["resources"] for rung in found] == [50, 100]
    assert (tmp_path / "ladder.svg").is_file()
