"""Imports point down only."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import fingerpost

PACKAGE = Path(fingerpost.__file__).parent
FLOORS = [
    {"errors", "memory"},
    {"apart", "clock", "counting", "files", "policy", "progress", "suggest"},
    {"graph", "remembered"},
    {"rules"},
    {"reason", "shapes"},
    {"build"},
    {"revise"},
    {"store", "generations"},
    {"engine"},
    {"queries"},
    {"index"},
    {"recommend"},
    {"route"},
    {"publish", "formatting", "inventory", "moments"},
    {"registries"},
    {"reconcile"},
    {"catalogue"},
    {"checking", "curation", "terminal", "trial", "stored", "export"},
    {"mcp", "importing"},
    {"web"},
    {"settings"},
    {"greeting", "listening", "published"},
    {"serving"},
    {"cli"},
    {"__main__"},
]
FLOOR = {name: height for height, names in enumerate(FLOORS) for name in names}
MODULES = sorted(PACKAGE.rglob("*.py"))


def part(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported(path: Path) -> set[str]:
    """The parts of the package that a module imports, at its head or in a function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
            if node.module == "fingerpost":
                names = [f"fingerpost.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("fingerpost.")}
    found.discard("__version__")
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_from_its_own_floor_or_below(path: Path) -> None:
    own = part(path)
    if own == "__init__":
        assert not imported(path)
        return
    above = {name for name in imported(path) - {own} if FLOOR[name] >= FLOOR[own]}
    assert not above, f"{own} may not import {', '.join(sorted(above))}"


def test_every_part_of_the_package_has_a_floor() -> None:
    assert {part(path) for path in MODULES} - {"__init__"} == set(FLOOR)


def test_only_the_engine_store_and_graph_know_the_triple_store() -> None:
    knowing = {
        part(path)
        for path in MODULES
        if "import Store" in path.read_text("utf-8") or ".Store(" in path.read_text("utf-8")
    }
    assert knowing <= {
        "engine",
        "store",
        "generations",
        "revise",
        "stored",
        "export",
        "checking",
        "trial",
    }


def test_only_the_web_knows_status_codes() -> None:
    knowing = {part(path) for path in MODULES if "HTTPStatus" in path.read_text("utf-8")}
    assert knowing == {"web"}


def test_what_only_reads_waits_for_no_reasoner() -> None:
    script = (
        "import sys, fingerpost.serving; print({'rdflib', 'owlrl', 'pyshacl'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60
    )
    assert done.stdout == "set()\n", done.stdout + done.stderr
