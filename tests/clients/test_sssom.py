"""sssom, the toolkit of the standard's own makers, reads and validates the whole mapping set.

It has an environment of its own: what it depends on is older than what we do.
"""

import json
import os
import subprocess
import urllib.request
from pathlib import Path

import foreign
import pytest

pytestmark = pytest.mark.slow

PROGRAM = """
import json, sys
from sssom.parsers import parse_sssom_rdf, parse_sssom_table
from sssom.constants import SchemaValidationType
from sssom.validators import validate

found = {}
for name, parse in (("table", parse_sssom_table), ("rdf", parse_sssom_rdf)):
    read = parse(sys.argv[1 if name == "table" else 2])
    validate(read, [SchemaValidationType.JsonSchema, SchemaValidationType.PrefixMapCompleteness])
    frame = read.df.fillna("")
    modifiers = frame.get("predicate_modifier")
    found[name] = {"rows": len(frame), "rejected": int((modifiers == "Not").sum())}
json.dump(found, sys.stdout)
"""


def test_table_and_rdf_are_read_whole(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, server: str
) -> None:
    python = foreign.python_with(tmp_path_factory.mktemp("sssom") / "environment", "sssom==0.4.21")
    files = []
    for suffix in ("sssom.tsv", "ttl"):
        files.append(tmp_path / f"all.{suffix}")
        with urllib.request.urlopen(f"{server}/mappings.{suffix}", timeout=60) as answer:
            files[-1].write_bytes(answer.read())
    with urllib.request.urlopen(f"{server}/mappings?format=json", timeout=60) as answer:
        every = json.load(answer)["mappings"]
    rejected = sum(one["match"] == "rejected" for one in every)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [python, "-c", PROGRAM, *files], capture_output=True, text=True, check=False,
        timeout=300, env=environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    expected = {"rows": len(every), "rejected": rejected}
    assert json.loads(done.stdout.splitlines()[-1]) == {"table": expected, "rdf": expected}
