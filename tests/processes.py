"""Processes of servers under test: where they listen, when they answer, who belongs to them."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(cache: Path, **more: str) -> Iterator[str]:
    """The address of a real server of this installation, on a free port of the loopback."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "fingerpost", "serve", "--port", str(port)],
        env={**os.environ, "FINGERPOST_CACHE": str(cache), **more},
        stdout=subprocess.PIPE,
        text=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.communicate(timeout=20)


def wait_for(
    address: str, process: subprocess.Popen[str], seconds: float = 180, door: str = "/health/ready"
) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise AssertionError(f"the server ended with status {process.returncode}")
        try:
            with urllib.request.urlopen(address + door, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError(f"no answer from {address} within {seconds} s")


def children(process: int) -> set[int]:
    found: set[int] = set()
    for task in Path(f"/proc/{process}/task").iterdir():
        with suppress(FileNotFoundError):
            found |= {int(child) for child in (task / "children").read_text("ascii").split()}
    return found


def descendants(process: int) -> set[int]:
    found: set[int] = set()
    waiting = [process]
    while waiting:
        more = children(waiting.pop()) - found
        waiting.extend(more)
        found |= more
    return found


def alive(process: int) -> bool:
    try:
        return " Z " not in Path(f"/proc/{process}/stat").read_text("ascii")
    except FileNotFoundError:
        return False
