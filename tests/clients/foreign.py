"""Clients that want an environment of their own, because they want other versions than we do."""

import subprocess
import sys
from pathlib import Path

import pytest


def python_with(folder: Path, *packages: str) -> Path:
    """The interpreter of a new environment that has `packages`; skips where pip cannot make it."""
    command = [sys.executable, "-m", "venv", "--without-pip", folder]
    subprocess.run(command, check=True, timeout=120)
    python = folder / "bin" / "python"
    # What is imported is compiled then; most of what comes along never is.
    pip = [sys.executable, "-m", "pip", "--python", python]
    command = [*pip, "install", "--quiet", "--no-compile", *packages]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    if done.returncode != 0:
        pytest.skip(f"pip cannot install {packages[-1]} here: {done.stderr.strip()[-300:]}")
    return python
