"""Killed at any moment, a server that starts again holds every write that it acknowledged.

FINGERPOST_KILLS says how many times; the whole measure is 200.
"""

import http.client
import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph

from fingerpost import build
from fingerpost.generations.folder import Generations
from fingerpost.graph import dataset
from fingerpost.graph.dataset import INFERRED
from fingerpost.graph.statement import Statement, statement
from fingerpost.progress import silent
from processes import alive, descendants, free_port
from writing.service import ALT, GRAPH, Service, store_at

KILLS = int(os.environ.get("FINGERPOST_KILLS", "20"))
WRITERS = 2
PARTS = 3
PREFIX = "https://w3id.org/fingerpost/id/repository/"
RECORDS = ("zenodo", "figshare", "dryad")

pytestmark = pytest.mark.slow


class Load:
    """Clients that write and read without end, and remember what was acknowledged."""

    def __init__(self, service: Service, start: int) -> None:
        self.service = service
        self.acknowledged: set[str] = set()
        self.unsure: set[str] = set()
        self.reads = 0
        self.halves: list[str] = []
        self._stop = threading.Event()
        self._next = iter(range(start, start + 1_000_000))
        self._lock = threading.Lock()
        work = [*([self._write] * WRITERS), self._read]
        self._threads = [threading.Thread(target=one) for one in work]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=90)
            assert not thread.is_alive()

    def _write(self) -> None:
        while not self._stop.is_set():
            with self._lock:
                name = f"written {next(self._next)}"
            lines = " ".join(f'<{PREFIX}{one}> <{ALT}> "{name}"@en .' for one in RECORDS)
            with self._lock:
                self.unsure.add(name)
            with suppress(OSError, http.client.HTTPException):
                answer = self.service.update(f"INSERT DATA {{ GRAPH <{GRAPH}> {{ {lines} }} }}")
                if answer.status == 200:
                    with self._lock:
                        self.acknowledged.add(name)

    def _read(self) -> None:
        while not self._stop.is_set():
            with suppress(OSError, http.client.HTTPException, AssertionError):
                self.halves.extend(halves(self.service))
                self.reads += 1


def written(service: Service) -> dict[str, int]:
    """What was written, and how many of its parts are there."""
    rows = service.select(
        f"SELECT ?name (COUNT(?thing) AS ?parts) {{ ?thing <{ALT}> ?name "
        'FILTER (STRSTARTS(?name, "written ")) } GROUP BY ?name'
    )
    return {row["name"]: int(row["parts"]) for row in rows}


def halves(service: Service) -> Iterator[str]:
    return (name for name, parts in written(service).items() if parts != PARTS)


def victim(service: Service) -> int:
    """A process of the server: itself, its engine, one of its children, or the web process."""
    processes = sorted(descendants(service.process.pid))
    return random.choice([service.process.pid, *processes])


def assert_whole(folder: Path) -> None:
    """The store conforms, and what is derived in it is what a build from its graphs derives."""
    store, _ = Generations(folder).load(silent)
    named: dict[dataset.Name, set[Statement]] = {}
    default = set()
    inferred = set()
    for quad in store:
        if isinstance(quad.graph_name, DefaultGraph):
            default.add(statement(quad))
        elif quad.graph_name == INFERRED:
            inferred.add(statement(quad))
        else:
            named.setdefault(quad.graph_name, set()).add(statement(quad))
    together = dataset.together(named)
    derived = build.derive(together)
    assert default == together.merge | derived.inferred
    assert inferred == derived.inferred
    assert not derived.report.violations


def test_a_killed_server_loses_nothing_that_it_acknowledged(tmp_path: Path, cache: Path) -> None:
    assert cache
    folder = tmp_path / "store"
    port = free_port()
    random.seed(os.environ.get("FINGERPOST_SEED", "7"))
    acknowledged: set[str] = set()
    unsure: set[str] = set()
    service = Service(*store_at(folder), port=port)
    kills = restarts = 0
    try:
        while kills < KILLS:
            load = Load(service, start=len(unsure))
            while kills < KILLS and service.process.poll() is None:
                time.sleep(random.uniform(0.0, 0.8))
                with suppress(ProcessLookupError, FileNotFoundError):
                    os.kill(victim(service), signal.SIGKILL)
                    kills += 1
                time.sleep(0.05)
            load.stop()
            assert not load.halves
            acknowledged |= load.acknowledged
            unsure |= load.unsure
            family = descendants(service.process.pid) if service.process.poll() is None else set()
            service.kill()
            gone(family)
            service = Service(*store_at(folder), port=port)
            restarts += 1
            found = written(service)
            assert acknowledged <= found.keys() <= unsure
            assert set(found.values()) <= {PARTS}
    finally:
        service.stop()
    assert acknowledged
    assert restarts
    assert_whole(folder)
    print(f"{kills} kills, {restarts} restarts, {len(acknowledged)} writes acknowledged")


def gone(processes: set[int]) -> None:
    end = time.monotonic() + 10
    while any(map(alive, processes)) and time.monotonic() < end:
        time.sleep(0.02)
    assert not [process for process in processes if alive(process)]
