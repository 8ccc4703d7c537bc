"""Services behind nginx, of which one is written to: how tests start them, and read them."""

import itertools
import shutil
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
import running_nginx
from local_servers import free_port

from writing.service import ALT, GRAPH, TOKEN, ZENODO, Service

SHOWN = Path(__file__).resolve().parent / "nginx" / "readers.conf"
SBIN = "/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin"
_NAMES = f"SELECT ?name {{ GRAPH <{GRAPH}> {{ <{ZENODO}> <{ALT}> ?name }} }}"


class Group:
    """A writer, two readers, each with options of its own, and nginx before them."""

    def __init__(self, folder: Path, writing: tuple[str, ...], reading: tuple[str, ...]) -> None:
        program = shutil.which("nginx", path=SBIN)
        if program is None:
            pytest.skip("needs nginx, which is not installed: apt-get install nginx")
        self._options = writing
        self.reading = reading
        self.writer = self.writing()
        self.readers = [self.reader(), self.reader()]
        self.port = free_port()
        text = SHOWN.read_text("utf-8").replace("listen 80;", f"listen 127.0.0.1:{self.port};")
        behind = (self.writer.port, *(one.port for one in self.readers))
        for shown, real in zip((8000, 8001, 8002), behind, strict=True):
            assert text.count(f"127.0.0.1:{shown}") == 1
            text = text.replace(f"127.0.0.1:{shown}", f"127.0.0.1:{real}")
        self.nginx = running_nginx.started(program, folder, "readers.conf", text)

    def writing(self, port: int | None = None) -> Service:
        return Service(*self._options, port=port)

    def reader(self, port: int | None = None) -> Service:
        return Service(*self.reading, port=port, token=None)

    def close(self) -> None:
        self.nginx.terminate()
        self.nginx.wait(timeout=20)
        for one in (*self.readers, self.writer):
            one.stop()

    def write(self, name: str) -> None:
        """Change the graph by way of nginx; return once it is acknowledged."""
        text = f'INSERT DATA {{ GRAPH <{GRAPH}> {{ <{ZENODO}> <{ALT}> "{name}"@en }} }}'
        head = {"Content-Type": "application/sparql-update", "Authorization": f"Bearer {TOKEN}"}
        address = f"http://127.0.0.1:{self.port}/sparql"
        request = urllib.request.Request(address, text.encode(), head)
        with urllib.request.urlopen(request, timeout=60) as answer:
            assert answer.status < 300

    def names(self, port: int) -> set[str]:
        address = f"http://127.0.0.1:{port}/sparql?query={quote(_NAMES)}"
        request = urllib.request.Request(address, headers={"Accept": "text/csv"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return set(answer.read().decode().split())


class Reading:
    """Clients that read through nginx without end, and remember what went wrong."""

    def __init__(self, group: Group, clients: int = 3) -> None:
        self.faults: list[str] = []
        self.reads = 0
        self._group = group
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._read) for _ in range(clients)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=60)

    def _read(self) -> None:
        while not self._stop.is_set():
            try:
                self._group.names(self._group.port)
                self.reads += 1
            except (urllib.error.URLError, ConnectionError, TimeoutError) as fault:
                self.faults.append(str(fault))


@contextmanager
def watched(group: Group, ports: Iterable[int]) -> Iterator[dict[int, list[int]]]:
    """Count the names that each port has, again and again, and once more as the block ends."""
    seen: dict[int, list[int]] = {port: [] for port in ports}
    stop = threading.Event()
    watching = [threading.Thread(target=_watch, args=(group, one, stop, seen[one])) for one in seen]
    for thread in watching:
        thread.start()
    try:
        yield seen
    finally:
        stop.set()
        for thread in watching:
            thread.join(timeout=30)


def _watch(group: Group, port: int, stop: threading.Event, counts: list[int]) -> None:
    while not stop.is_set():
        counts.append(len(group.names(port)))
        time.sleep(0.02)
    counts.append(len(group.names(port)))


def until(true: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    for wait in itertools.repeat(0.05):
        if true():
            return
        assert time.monotonic() < end
        time.sleep(wait)
