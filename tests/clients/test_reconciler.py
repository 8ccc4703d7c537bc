"""reconciler, a client of the Reconciliation API for pandas, matches a table by itself.

It wants NumPy before version 2, so it has an environment of its own, made once.
"""

import json
import os
import subprocess
from pathlib import Path

import foreign
import pytest

pytestmark = pytest.mark.slow

PACKAGES = ["reconciler==0.2.2", "numpy<2", "pandas<3", "requests"]
PROGRAM = """
import json, sys
import pandas
from reconciler import reconcile

asked = json.load(sys.stdin)
table = pandas.DataFrame(asked["table"])
wishes = {name: table[name] for name in table.columns if name != "name"}
found = reconcile(
    table["name"],
    type_id=asked["type"],
    top_res=asked["most"],
    property_mapping=wishes or None,
    reconciliation_endpoint=asked["endpoint"],
)
json.dump(found[["input_value", "id", "match", "score", "type_id"]].to_dict("records"), sys.stdout)
"""


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment that has the client."""
    folder = tmp_path_factory.mktemp("reconciler") / "environment"
    return foreign.python_with(folder, "--only-binary", ":all:", *PACKAGES)


def ask(
    python: Path, server: str, table: dict[str, list[str]], type_: str | None = None, most: int = 1
) -> list[dict[str, object]]:
    asked = {"table": table, "type": type_, "most": most, "endpoint": f"{server}/reconcile"}
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [python, "-c", PROGRAM], input=json.dumps(asked), capture_output=True, text=True,
        check=False, timeout=120, env=environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_names_and_identifiers_match_by_themselves(python: Path, server: str) -> None:
    names = ["Zenodo", "bia", "re3data:r3d100010468", "https://zenodo.org/", "xyzzy quux plugh"]
    found = ask(python, server, {"name": names})
    assert [one["input_value"] for one in found] == names
    assert [one["match"] for one in found] == [True, True, True, True, False]
    assert [one["id"] for one in found[:4]] == [
        "repository/zenodo", "repository/bioimage-archive", "repository/zenodo", "repository/zenodo",
    ]  # fmt: skip
    assert found[0]["score"] == 100
    assert found[0]["type_id"] == "Repository"


def test_a_type_and_another_column_tell_namesakes_apart(python: Path, server: str) -> None:
    (found,) = ask(python, server, {"name": ["Lipidomics"]}, "Technique")
    assert (found["id"], found["match"]) == ("technique/lipidomics", True)
    (found,) = ask(python, server, {"name": ["MONA"], "country": ["Sweden"]})
    assert (found["id"], found["match"]) == ("compute/scb-mona", True)


def test_more_batches_than_one_come_back_in_order(python: Path, server: str) -> None:
    names = [f"Zenodo {number}" for number in range(25)]
    found = ask(python, server, {"name": names}, most=2)
    assert sorted({str(one["input_value"]) for one in found}) == sorted(names)
    assert not any(one["match"] for one in found)
