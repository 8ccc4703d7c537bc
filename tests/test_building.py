"""What a wheel carries: the editor where there is Node, a form where there is none."""

import gzip
import os
import shutil
import subprocess
import sys
import time
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from processes import served

ROOT = Path(__file__).resolve().parents[1]
CHECKOUT = (ROOT / "pyproject.toml").is_file() and (ROOT / "server").is_dir()
PARTS = ("ontology", "shapes", "instances", "queries", "server")
FILES = ("pyproject.toml", "README.md", "LICENSE", "LICENSE-DATA", ".gitignore")
EDITOR = "fingerpost/web/static/editor/"
BUILT = Path("server", *EDITOR.split("/"))
PLAIN = "The SPARQL editor will be a plain form"
QUERY = "SELECT ?place { ?place a fp:Repository } ORDER BY ?place LIMIT 3"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHECKOUT, reason="a wheel is built from a checkout"),
]
needs_node = pytest.mark.skipif(not shutil.which("npm"), reason="there is no Node on this machine")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The sources, without what was built of them."""
    copy = tmp_path / "sources"
    leave = shutil.ignore_patterns("__pycache__", "editor")
    for name in PARTS:
        shutil.copytree(ROOT / name, copy / name, ignore=leave)
    for name in FILES:
        shutil.copy(ROOT / name, copy / name)
    return copy


def wheel(tree: Path, **environment: str) -> tuple[zipfile.ZipFile, str]:
    """The wheel that pip makes of the sources, and what was said about it."""
    folder = tree.parent / f"wheel-{time.monotonic_ns()}"
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "-v", "-w", folder, tree]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
        env={**os.environ, **environment},
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said[-2000:]
    (found,) = folder.glob("*.whl")
    return zipfile.ZipFile(found), said


def editor(found: zipfile.ZipFile) -> dict[str, bytes]:
    """The files of the editor in a wheel, by name."""
    return {
        name.removeprefix(EDITOR): found.read(name)
        for name in found.namelist()
        if name.startswith(EDITOR)
    }


@needs_node
def test_a_wheel_carries_the_editor_with_its_licences(tree: Path, tmp_path: Path) -> None:
    found, said = wheel(tree)
    if "npm ci failed" in said:
        pytest.skip("npm cannot fetch here what the editor is made of")
    files = editor(found)
    (script,) = [body for name, body in files.items() if name.endswith(".js")]
    assert len(script) < 1_048_576
    assert len(gzip.compress(script)) < 320_000
    assert b"Zazuko GmbH" in files["licences.txt"]
    assert not [name for name in found.namelist() if "web/assets" in name or "node_modules" in name]
    assert not list(tree.rglob("node_modules"))

    again, _ = wheel(tree, PATH=str(tmp_path))
    assert editor(again) == files, "what is up to date is not built again"
    with (tree / "server/fingerpost/web/assets/editor.css").open("a") as sheet:
        sheet.write("\n")
    changed, said = wheel(tree, PATH=str(tmp_path))
    assert PLAIN in said
    assert editor(changed) == {}


@needs_node
def test_without_a_network_a_wheel_is_made_all_the_same(tree: Path, tmp_path: Path) -> None:
    begin = time.monotonic()
    found, said = wheel(
        tree, npm_config_registry="http://127.0.0.1:9/", npm_config_cache=str(tmp_path / "npm")
    )
    assert time.monotonic() - begin < 120
    assert f"{PLAIN}: npm ci failed" in said
    assert editor(found) == {}


@pytest.fixture
def formed(tree: Path, tmp_path: Path, cache: Path) -> Iterator[str]:
    """The address of a server that was installed where there is no Node."""
    found, said = wheel(tree, PATH=str(tmp_path))
    assert f"{PLAIN}: there is no node" in said
    assert editor(found) == {}
    home = tmp_path / "installed"
    found.extractall(home)
    with served(cache, PYTHONPATH=str(home)) as address:
        yield address


def test_without_node_the_page_has_a_form_that_gives_rows(formed: str) -> None:
    def page(address: str) -> str:
        request = urllib.request.Request(formed + address, headers={"Accept": "text/html"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read().decode()

    form = page("/sparql")
    assert '<form id="plain" action="/sparql" method="get">' in form
    assert "static/editor" not in form
    assert 'id="editor"' not in form
    answer = page("/sparql?" + urllib.parse.urlencode({"query": QUERY, "format": "html"}))
    assert answer.count("<tr>") == 4
