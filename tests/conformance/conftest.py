"""The W3C suites, where they lie beside the checkout."""

from pathlib import Path

import pytest

from conformance.manifests import Suites


@pytest.fixture(scope="session")
def suites(shared: Path) -> Suites:
    found = Suites(shared / "w3c" / "rdf-tests" / "sparql")
    if not found.root.is_dir():
        pytest.skip(f"needs the W3C test suites in {found.root}")
    return found
