"""A server to attack, and a listener that must hear nothing."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from attack import tree
from processes import free_port, wait_for

SECRET = "canary-7c1f0e"
"""A part of the server's environment that no answer may hold."""


START = [sys.executable, "-P", "-m", "fingerpost"]
"""As the installed command does, without the working folder among the places of modules."""


@dataclass(frozen=True)
class Target:
    """A running server: its port, its first process."""

    port: int
    process: int

    def lasting(self) -> frozenset[int]:
        return tree.lasting(self.process)


@dataclass(frozen=True)
class Listener:
    """A port of this machine that remembers who came."""

    port: int
    visits: list[bytes] = field(default_factory=list)


@contextmanager
def serving(cache: Path, *options: str, folder: Path | None = None) -> Iterator[Target]:
    """Serve the shipped data until the block ends, from a working folder."""
    port = free_port()
    command = [*START, "serve", "--port", str(port), *options]
    environment = {**os.environ, "FINGERPOST_CACHE": str(cache), "FINGERPOST_CANARY": SECRET}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, cwd=folder)
    try:
        wait_for(f"http://127.0.0.1:{port}", process, door="/queries")
        yield Target(port, process.pid)
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a server and all that it started, also one that no longer listens to signals."""
    below = [one.number for one in tree.walk(process.pid)]
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        for number in below:
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        process.wait(timeout=10)


def listen(server: socket.socket, visits: list[bytes]) -> None:
    """Note every connection until the socket is closed."""
    while True:
        try:
            client, _ = server.accept()
        except OSError:
            return
        with client:
            client.settimeout(2)
            visits.append(client.recv(1024))
