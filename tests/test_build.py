"""A build is the same whether or not a second process validates it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fingerpost import build, files, store
from fingerpost.errors import NotConforming
from fingerpost.files import Folders

RECORD = """
@prefix fp: <https://w3id.org/fingerpost/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/fingerpost/id/tool/nameless> a fp:Tool ; fp:status "open" .
"""
APART = """
import json, sys
from dataclasses import asdict
from pathlib import Path
from fingerpost import build, files
build._MANY = 0
begun, build.apart.begun = build.apart.begun, lambda work: told.append(1) or begun(work)
told = []
built = build.build(files.folders(Path(sys.argv[1])))
assert told == [1]
print(json.dumps([asdict(one) for one in built.report.results]))
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "instances" / "tool").mkdir(parents=True)
    (tmp_path / "instances" / "tool" / "nameless.ttl").write_text(RECORD, "utf-8")
    return tmp_path


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="needs two cores")
def test_a_second_process_finds_what_one_finds(data: Path) -> None:
    here = build.build(files.folders(data)).report.results
    command = [sys.executable, "-c", APART, str(data)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=120)
    apart = json.loads(done.stdout)
    assert {one.message for one in here} == {one["message"] for one in apart}
    assert len(here) == len(apart) > 3


def test_what_does_not_conform_leaves_nothing_behind(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINGERPOST_CACHE", str(tmp_path / "cache"))
    folders: Folders = files.folders(data)
    with pytest.raises(NotConforming, match="nameless"):
        store.current(folders)
    assert not list((tmp_path / "cache").iterdir())
