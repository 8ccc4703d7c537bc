"""The servers that are compared, each on a free port of the loopback with the same data."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import DefaultGraph, RdfFormat, parse, serialize

from endpoint import answers, virtuoso

OURS = "fingerpost"
MEASURE = "oxigraph"
DISK = "oxigraph-disk"
RDFLIB = "rdflib-endpoint"
VIRTUOSO = "virtuoso"
WORKERS = 2
PROCESSES = 2

_STARTING = 60.0
"""Seconds that a server may take to start, beside those for its data."""
_PACE = 5_000_000
"""Bytes of N-Quads that the slowest server loads in a second."""


@dataclass(frozen=True)
class Server:
    """A running server: its name in the table, the address that takes queries, its process."""

    name: str
    endpoint: str
    process: int = 0


@contextlib.contextmanager
def running(name: str, dataset: Path, folder: Path) -> Iterator[Server]:
    """Run a server by its name over a file of N-Quads; what it writes lies in `folder`."""
    port = _free_port()
    command, path = _command(name, dataset, folder, port)
    root = f"http://127.0.0.1:{port}"
    server = Server(name, root + path)
    longest = patience(dataset)
    with _process(command, folder / f"{name}.log") as process:
        _wait(server, process, longest)
        if name == MEASURE:
            _store(root + "/store", dataset, longest)
        if name == VIRTUOSO:
            virtuoso.load(folder, _merge(dataset, folder))
        yield replace(server, process=process.pid)


def patience(dataset: Path) -> float:
    """Return the seconds in which every server has loaded a dataset."""
    return _STARTING + dataset.stat().st_size / _PACE


@contextlib.contextmanager
def ours(folder: Path, *options: str, longest: float = 300.0) -> Iterator[Server]:
    """Run Fingerpost as it is for its users, over the shipped graph; it answers in `longest` s."""
    port = _free_port()
    server = Server(OURS, f"http://127.0.0.1:{port}/sparql")
    with _process(_fingerpost(port, *options), folder / "served.log") as process:
        _wait(server, process, longest)
        yield replace(server, process=process.pid)


def _fingerpost(port: int, *options: str) -> list[str]:
    serve = [sys.executable, "-m", "fingerpost", "serve", "--port", str(port)]
    return [*serve, "--workers", str(WORKERS), "--processes", str(PROCESSES), *options]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _command(name: str, dataset: Path, folder: Path, port: int) -> tuple[list[str], str]:
    """Return how to start a server, and the path of its endpoint."""
    bind = ["serve", "--bind", f"127.0.0.1:{port}"]
    match name:
        case "fingerpost":
            return _fingerpost(port, "--plain", str(dataset)), "/sparql"
        case "fingerpost-disk":
            on_disk = ["--in-memory", "never"]
            return _fingerpost(port, "--plain", str(dataset), *on_disk), "/sparql"
        case "oxigraph":
            return [_tool("oxigraph"), *bind], "/query"
        case "oxigraph-disk":
            place = ["--location", str(folder / "disk")]
            load = [_tool("oxigraph"), "load", *place, "--file", str(dataset)]
            subprocess.run(load, check=True, capture_output=True)
            return [_tool("oxigraph"), *bind, *place], "/query"
        case "rdflib-endpoint":
            serve = [_tool("rdflib-endpoint"), "serve", "--host", "127.0.0.1"]
            return [*serve, "--port", str(port), str(_merge(dataset, folder))], "/"
        case "virtuoso":
            return virtuoso.command(folder, port, _free_port()), virtuoso.PATH
    raise ValueError(f'There is no server "{name}".')


def _merge(dataset: Path, folder: Path) -> Path:
    """Write the default graph alone: rdflib-endpoint would answer from all graphs together."""
    merge = folder / "merge.nt"
    quads = parse(path=dataset, format=RdfFormat.N_QUADS)
    triples = (quad.triple for quad in quads if quad.graph_name == DefaultGraph())
    serialize(triples, merge, RdfFormat.N_TRIPLES)
    return merge


def _tool(name: str) -> str:
    """Return a command that was installed beside this interpreter, or else on the path."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.is_file() else shutil.which(name)
    if not found:
        raise FileNotFoundError(f"The benchmark needs {name}: pip install {name}.")
    return found


@contextlib.contextmanager
def _process(command: list[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, env=dict(os.environ)
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(server: Server, process: subprocess.Popen[bytes], longest: float) -> None:
    end = time.monotonic() + longest
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"{server.name} ended at its start, status {process.returncode}.")
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            answers.ask(server.endpoint, "ASK {}", answers.JSON)
            return
        time.sleep(0.1)
    raise RuntimeError(f"{server.name} gave no answer in {longest:g} s.")


def _store(address: str, dataset: Path, longest: float) -> None:
    """Load a dataset by the Graph Store Protocol."""
    headers = {"Content-Type": "application/n-quads"}
    with dataset.open("rb") as file:
        headers["Content-Length"] = str(dataset.stat().st_size)
        request = urllib.request.Request(address, file, headers, method="POST")
        with urllib.request.urlopen(request, timeout=longest):
            return
