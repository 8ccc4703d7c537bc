"""What the clients need: the endpoint that they ask, and Comunica, installed once."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
NPM = ("package.json", "package-lock.json")


@pytest.fixture(scope="session")
def endpoint(server: str) -> str:
    return f"{server}/sparql"


@pytest.fixture(scope="session")
def comunica(request: pytest.FixtureRequest) -> Path:
    """The folder of an installed Comunica, kept from run to run while its lock file stays."""
    for command in ("node", "npm"):
        if shutil.which(command) is None:
            pytest.skip(f"needs {command}, which is not installed: apt-get install nodejs npm")
    lock = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in NPM)).hexdigest()[:16]
    assert request.config.cache is not None
    folder = request.config.cache.mkdir("clients") / f"comunica-{lock}"
    if not folder.exists():
        install(folder)
    shutil.copy(HERE / "ask.mjs", folder)
    return folder


def install(folder: Path) -> None:
    """Install what the lock file names; whoever is first of two at once wins."""
    making = Path(tempfile.mkdtemp(dir=folder.parent))
    for name in NPM:
        shutil.copy(HERE / name, making)
    command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(
        command, cwd=making, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    try:
        making.rename(folder)
    except OSError:
        shutil.rmtree(making)
    assert os.access(folder / "node_modules", os.R_OK)
