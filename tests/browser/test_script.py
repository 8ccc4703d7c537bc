"""The script's own functions, in Node."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

import fingerpost

SCRIPT = Path(fingerpost.__file__).parent / "web" / "static" / "page.js"
LARGEST = 6_000


def run(tmp_path: Path, expression: str) -> object:
    node = shutil.which("node")
    if not node:
        pytest.skip("there is no node on this machine")
    module = tmp_path / "page.mjs"
    module.write_text(SCRIPT.read_text("utf-8"), "utf-8")
    text = f"import * as page from {json.dumps(module.as_uri())};\nconsole.log(JSON.stringify({expression}))"
    command = [node, "--input-type=module", "--eval", text]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("texts", "ordered"),
    [
        (["10", "9", "2.5"], ["2.5", "9", "10"]),
        (["b", "a", "C"], ["a", "b", "C"]),
        (["x10", "x9"], ["x9", "x10"]),
        (["", "a", "1"], ["1", "a", ""]),
        (["2025-07", "2024-12-31"], ["2024-12-31", "2025-07"]),
    ],
)
def test_texts_are_ordered_as_people_read_them(
    tmp_path: Path, texts: list[str], ordered: list[str]
) -> None:
    assert run(tmp_path, f"{json.dumps(texts)}.sort(page.compare)") == ordered


def test_equal_rows_keep_their_order_and_empty_cells_come_last(tmp_path: Path) -> None:
    rows = "['b','','a','b'].map((text, at) => ({at, cells: [{textContent: text}]}))"
    for descending, expected in (("false", [2, 0, 3, 1]), ("true", [0, 3, 2, 1])):
        found = run(tmp_path, f"page.sorted({rows}, 0, {descending}).map((row) => row.at)")
        assert found == expected


def test_the_script_is_small() -> None:
    assert SCRIPT.stat().st_size < LARGEST
