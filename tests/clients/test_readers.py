"""Several readers behind nginx over one store, of which another service is the writer."""

import itertools
import shutil
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest
import running_nginx
from local_servers import free_port

from writing.service import ALT, GRAPH, TOKEN, ZENODO, Service, store_at

pytestmark = pytest.mark.slow

SHOWN = Path(__file__).resolve().parent / "nginx" / "readers.conf"
SBIN = "/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin"
_NAMES = f"SELECT ?name {{ GRAPH <{GRAPH}> {{ <{ZENODO}> <{ALT}> ?name }} }}"


class Group:
    """A writer, two readers, and nginx before them."""

    def __init__(self, folder: Path, program: str) -> None:
        self.store = folder / "store"
        self.writer = Service(*store_at(self.store))
        self.readers = [self.reader(), self.reader()]
        self.port = free_port()
        text = SHOWN.read_text("utf-8").replace("listen 80;", f"listen 127.0.0.1:{self.port};")
        behind = (self.writer.port, *(one.port for one in self.readers))
        for shown, real in zip((8000, 8001, 8002), behind, strict=True):
            assert text.count(f"127.0.0.1:{shown}") == 1
            text = text.replace(f"127.0.0.1:{shown}", f"127.0.0.1:{real}")
        self.nginx = running_nginx.started(program, folder, "readers.conf", text)

    def reader(self, port: int | None = None) -> Service:
        return Service(*store_at(self.store), "--follow", port=port, token=None)

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


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Iterator[Group]:
    assert cache
    program = shutil.which("nginx", path=SBIN)
    if program is None:
        pytest.skip("needs nginx, which is not installed: apt-get install nginx")
    made = Group(tmp_path_factory.mktemp("readers"), program)
    yield made
    made.close()


def test_each_reader_goes_over_to_what_was_written_and_none_goes_back(group: Group) -> None:
    seen: dict[int, list[int]] = {one.port: [] for one in group.readers}
    stop = threading.Event()
    watching = [
        threading.Thread(target=_watch, args=(group, port, seen[port], stop)) for port in seen
    ]
    for thread in watching:
        thread.start()
    for number in range(8):
        group.write(f"name-{number}")
    for one in group.readers:
        _until(lambda one=one: "name-7" in group.names(one.port))  # type: ignore[misc]
    stop.set()
    for thread in watching:
        thread.join(timeout=30)
    for counts in seen.values():
        assert counts == sorted(counts)
        assert len(set(counts)) > 1


def test_a_reader_that_is_killed_costs_no_answer_and_no_acknowledged_write(group: Group) -> None:
    reading = Reading(group)
    acknowledged = []
    for number in range(4):
        group.write(f"kept-{number}")
        acknowledged.append(f"kept-{number}")
        if number == 1:
            group.readers[0].kill()
    time.sleep(1)
    reading.stop()
    assert reading.reads > 20
    assert reading.faults == []
    group.readers[0] = group.reader(group.readers[0].port)
    for port in (group.port, group.readers[0].port):
        _until(lambda port=port: set(acknowledged) <= group.names(port))  # type: ignore[misc]


def test_readers_are_started_anew_one_after_the_other_without_an_error(group: Group) -> None:
    reading = Reading(group)
    for at, one in enumerate(group.readers):
        one.stop()
        group.readers[at] = group.reader(one.port)
    reading.stop()
    assert reading.reads > 20
    assert reading.faults == []


def test_a_reader_takes_no_change(group: Group) -> None:
    answer = group.readers[0].update(f'INSERT DATA {{ <{ZENODO}> <{ALT}> "x" }}')
    assert answer.status in {401, 403}
    with suppress(AssertionError):
        Service(*store_at(group.store), "--follow")
        pytest.fail("a reader that takes a token has started")


def _watch(group: Group, port: int, counts: list[int], stop: threading.Event) -> None:
    while not stop.is_set():
        counts.append(len(group.names(port)))
        time.sleep(0.02)


def _until(true: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    for wait in itertools.repeat(0.05):
        if true():
            return
        assert time.monotonic() < end
        time.sleep(wait)
