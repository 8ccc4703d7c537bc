"""Servers under test, each a process of its own on a free port of the loopback."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from conformance import client
from conformance.client import Request, Response
from processes import free_port

START = 90.0
_KEPT = {"FINGERPOST_CACHE", "FINGERPOST_IN_MEMORY"}


@dataclass(frozen=True)
class Layout:
    """Where an endpoint answers: queries, updates, graphs, and what it says of itself."""

    name: str
    query: str
    update: str
    graphs: str
    description: str


OXIGRAPH = Layout("oxigraph", "/query", "/update", "/store", "/query")
FINGERPOST = Layout("fingerpost", "/sparql/", "/sparql/", "/graphs", "/sparql")
LAYOUTS = {layout.name: layout for layout in (OXIGRAPH, FINGERPOST)}


@dataclass
class Server:
    """A running server, and how many requests it has answered."""

    layout: Layout
    port: int
    requests: int = field(default=0)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def send(self, request: Request) -> Response:
        """The answer to a request."""
        self.requests += 1
        return client.send(self.port, request)

    def query(self, text: str, accept: str = "*/*") -> Response:
        """The answer to a query, by direct POST."""
        headers = (("Content-Type", "application/sparql-query"), ("Accept", accept))
        return self.send(Request("POST", self.layout.query, headers, text.encode()))

    def update(self, text: str) -> Response:
        """The answer to an update, by direct POST."""
        headers = (("Content-Type", "application/sparql-update"),)
        return self.send(Request("POST", self.layout.update, headers, text.encode()))


@contextmanager
def running(layout: Layout, folder: Path) -> Iterator[Server]:
    """A server that stops with the block; what it prints goes to a file in the folder."""
    port = free_port()
    log = folder / f"{layout.name}-{port}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            _command(layout, port),
            cwd=folder,
            env=_environment(),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        server = Server(layout, port)
        _wait(server, process, log)
        yield server
    finally:
        _stop(process)


def _command(layout: Layout, port: int) -> list[str]:
    if layout is OXIGRAPH:
        program = Path(sys.executable).with_name("oxigraph")
        return [os.fspath(program), "serve", "--bind", f"127.0.0.1:{port}"]
    options = ["serve", "--plain", "--open-writes", "--port", str(port)]
    return [sys.executable, "-m", "fingerpost", *options]


def _environment() -> dict[str, str]:
    """The environment without settings of Fingerpost's, but for where its graph is held."""
    return {
        name: value
        for name, value in os.environ.items()
        if name in _KEPT or not name.startswith("FINGERPOST_")
    }


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"{server.layout.name} ended: {log.read_text('utf-8').strip()}")
        try:
            if server.query("ASK {}").status == 200:
                return
        except (ConnectionError, client.Broken):
            time.sleep(0.05)
    raise RuntimeError(f"{server.layout.name} gave no answer within {START:g} s")
