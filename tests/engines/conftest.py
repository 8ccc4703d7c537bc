"""Engines that are not ours, each a real server on the loopback, with the graph put into it."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pyoxigraph import Store

from benchmarks.endpoint.virtuoso import Size, settings, started_by
from fingerpost import catalogue
from fingerpost.engine.fences import Fences
from fingerpost.engine.guarded import Guarded, keeping
from fingerpost.engine.remote.exchange import Address
from fingerpost.engine.remote.publishing import Publisher
from fingerpost.engine.remote.remote import Remote
from fingerpost.engine.remote.wanted import Wanted
from fingerpost.files import Folders
from fingerpost.generations import files
from processes import free_port, wait_for

SMALL = Size(buffers=40_000, dirty=20_000, sorts=10**9, rows=10**7)


@dataclass(frozen=True)
class Running:
    """An engine that runs: where it is asked, and where its graphs are written."""

    name: str
    address: Address

    @property
    def query(self) -> str:
        return self.address.query

    @property
    def by_names(self) -> Address:
        """Its address as of an engine that takes no updates."""
        return replace(self.address, update="")


def until(true: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for what is to become true, and does not at once."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


@contextmanager
def oxigraph() -> Iterator[Running]:
    port = free_port()
    command = [str(Path(sys.executable).with_name("oxigraph")), "serve", "--bind"]
    process = subprocess.Popen(
        [*command, f"127.0.0.1:{port}"], stderr=subprocess.DEVNULL, text=True
    )
    base = f"http://127.0.0.1:{port}"
    try:
        wait_for(base, process, door="/")
        address = Address(f"{base}/query", f"{base}/store", update=f"{base}/update")
        yield Running("oxigraph", address)
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextmanager
def virtuoso(folder: Path) -> Iterator[Running]:
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("needs Virtuoso: Debian's package virtuoso-opensource")
    http = free_port()
    command = started_by(program, settings(folder, free_port(), http, size=SMALL))
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL, text=True)
    base = f"http://127.0.0.1:{http}"
    try:
        wait_for(base, process, door="/sparql?query=ASK%7B%7D")
        graphs = f"{base}/sparql-graph-crud-auth"
        yield Running("virtuoso", Address(f"{base}/sparql", graphs, "dba:dba"))
    finally:
        process.terminate()
        process.wait(timeout=60)


@pytest.fixture(scope="session")
def shipped(cache: Path, folders: Folders) -> tuple[Store, str]:
    assert cache
    store, made = files.load(catalogue.dataset(folders))
    return store, made.id


@pytest.fixture(scope="session", params=["oxigraph", "virtuoso"])
def engine(
    request: pytest.FixtureRequest,
    shipped: tuple[Store, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Running]:
    """An engine with the shipped graph in it."""
    folder = tmp_path_factory.mktemp("virtuoso")
    with oxigraph() if request.param == "oxigraph" else virtuoso(folder) as running:
        Publisher(running.address).publish(*shipped)
        yield running


@pytest.fixture(scope="session")
def parser() -> Iterator[Guarded]:
    """Our own workers, over nothing."""
    keeper = keeping((), Fences())
    guarded = Guarded(keeper.folder)
    yield guarded
    guarded.close()
    keeper.close()


@pytest.fixture(scope="session")
def remote(engine: Running, parser: Guarded) -> Remote:
    return reach(engine.query, parser)


def reach(address: str, parser: Guarded, seconds: float = 40, kind: str = "") -> Remote:
    return Wanted(address, kind, "").reach(parser, Fences(seconds=seconds, workers=4))


@contextmanager
def serving(address: str, cache: Path) -> Iterator[str]:
    """Our own server, over an engine elsewhere."""
    port = free_port()
    options = ["--port", str(port), "--engine", address, "--timeout", "60"]
    process = subprocess.Popen(
        [sys.executable, "-m", "fingerpost", "serve", *options],
        env={**os.environ, "FINGERPOST_CACHE": str(cache)},
        stdout=subprocess.PIPE,
        text=True,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        wait_for(base, process)
        yield base
    finally:
        process.terminate()
        process.communicate(timeout=20)
