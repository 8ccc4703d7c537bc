"""Changes through a service whose store is put into an engine that is not ours."""

import http.client
import http.server
import threading
import time
import urllib.error
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from engines.conftest import Running, oxigraph, until
from fingerpost.engine.remote.exchange import Address
from writing.service import ALT, GRAPH, ZENODO, Service, store_at

pytestmark = pytest.mark.slow


def over(running: Running, store: Path, *, in_one_step: bool = True) -> Service:
    """A service with a store, over an engine."""
    address = running.address
    written = ["--engine", address.query, "--engine-graphs", address.graphs]
    more = ["--engine-update", address.update] if in_one_step else []
    return Service(*store_at(store), *written, *more)


def reading(running: Running) -> Service:
    return Service("--engine", running.query, token=None)


def insert(name: str) -> str:
    return f'INSERT DATA {{ GRAPH <{GRAPH}> {{ <{ZENODO}> <{ALT}> "{name}"@en }} }}'


def names(service: Service) -> set[str]:
    rows = service.select(f"SELECT ?name {{ GRAPH <{GRAPH}> {{ <{ZENODO}> <{ALT}> ?name }} }}")
    return {row["name"] for row in rows}


@pytest.fixture(scope="module")
def running(cache: Path) -> Iterator[Running]:
    assert cache
    with oxigraph() as found:
        yield found


@pytest.fixture
def service(running: Running, tmp_path: Path) -> Iterator[Service]:
    found = over(running, tmp_path / "store")
    yield found
    found.stop()


def test_what_is_acknowledged_is_in_the_engine_and_what_is_refused_is_not(
    running: Running, service: Service
) -> None:
    reader = reading(running)
    done = service.update(insert("in-the-engine"))
    assert done.status == 200
    assert "in-the-engine" in names(service)
    assert service.holds(f'<{ZENODO}> <{ALT}> "in-the-engine"@en')
    until(lambda: "in-the-engine" in names(reader))
    number = f"<{ZENODO}> <https://w3id.org/fingerpost/ontology#status> 1"
    refused = service.update(f"INSERT DATA {{ GRAPH <{GRAPH}> {{ {number} }} }}")
    assert refused.status == 422
    assert not service.holds(number)
    notes = b"<https://example.org/a> <http://www.w3.org/2000/01/rdf-schema#label> 'noted' ."
    put = service.ask("/graphs/our-notes", "PUT", notes, Content_Type="text/turtle")
    assert put.status == 201
    assert b"noted" in service.ask("/graphs/our-notes").body
    assert service.ask("/graphs/our-notes", "DELETE").status == 200
    assert service.ask("/graphs/our-notes").status == 404
    assert reader.update(insert("by-a-reader")).status in {401, 403}
    reader.stop()


def test_of_two_services_that_write_to_one_engine_the_first_is_told(
    running: Running, service: Service, tmp_path: Path
) -> None:
    second = over(running, tmp_path / "second")
    assert second.update(insert("of-the-second")).status == 200
    refused = service.update(insert("of-the-first"))
    assert refused.status == 409
    assert b"came from elsewhere" in refused.body
    assert second.update(insert("again")).status == 200
    assert "again" in names(second)
    assert "of-the-first" not in names(second)
    second.stop()


class Gate:
    """A proxy before an engine, which does something after one of its requests, or in its place."""

    def __init__(self, running: Running) -> None:
        self._target = urlsplit(running.query)
        self._act: tuple[str, bool, Callable[[], None]] | None = None
        self.open = True
        gate = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                gate.pass_on(self)

            do_PUT = do_DELETE = do_POST  # noqa: N815 - names that http.server calls

            def log_message(self, *_: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        base = f"http://127.0.0.1:{self._server.server_address[1]}"
        paths = (running.address.query, running.address.graphs, running.address.update)
        query, graphs, update = (base + urlsplit(one).path for one in paths)
        self.running = Running(running.name, Address(query, graphs, update=update))

    def once(self, what: str, act: Callable[[], None], *, instead: bool) -> None:
        """At the next request of that method and path, do something: after it, or in its place."""
        self._act = (what, instead, act)

    def pass_on(self, handler: http.server.BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        what, instead, act = self._act or ("", True, _nothing)
        mine = bool(what) and f"{handler.command} {handler.path}".startswith(what)
        if mine:
            self._act = None
        if mine and instead:
            act()
        if not self.open or (mine and instead):
            handler.close_connection = True
            return
        engine = http.client.HTTPConnection(self._target.hostname or "", self._target.port)
        head = {k: v for k, v in handler.headers.items() if k.lower() not in {"host", "connection"}}
        engine.request(handler.command, handler.path, body, head)
        reply = engine.getresponse()
        answer = reply.read()
        engine.close()
        if mine and not instead:
            act()
        with suppress(OSError):
            handler.send_response_only(reply.status)
            for name in ("Content-Type", "Server"):
                if value := reply.getheader(name):
                    handler.send_header(name, value)
            handler.send_header("Content-Length", str(len(answer)))
            handler.end_headers()
            handler.wfile.write(answer)

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def gate() -> Iterator[Gate]:
    with oxigraph() as running:
        found = Gate(running)
        yield found
        found.close()


def test_a_service_that_is_killed_at_any_step_has_lost_nothing(gate: Gate, tmp_path: Path) -> None:
    """What was acknowledged is there, and what is in the store comes into the engine."""
    kept = {"acknowledged"}
    service = over(gate.running, tmp_path / "store")
    assert service.update(insert("acknowledged")).status == 200
    steps = [("POST /update", True), ("POST /update", False), ("PUT /store", True)]
    for count, (what, instead) in enumerate(steps):
        gate.once(what, service.kill, instead=instead)
        with pytest.raises((urllib.error.URLError, ConnectionError, http.client.HTTPException)):
            service.update(insert(f"killed-{count}"))
        # The last of them goes on graph by graph.
        service = over(gate.running, tmp_path / "store", in_one_step=count != 1)
        kept.add(f"killed-{count}")
        assert names(service) >= kept
        assert service.update(insert(f"after-{count}")).status == 200
        kept.add(f"after-{count}")
        assert names(service) >= kept
    service.stop()


def test_an_engine_that_is_away_costs_no_change(gate: Gate, tmp_path: Path) -> None:
    service = over(gate.running, tmp_path / "store")
    service.ask("/")
    gate.open = False
    away = service.update(insert("while-away"))
    assert away.status == 503
    gate.open = True
    until(lambda: service.update(insert("back")).status == 200)
    gate.once("POST /update", lambda: setattr(gate, "open", False), instead=True)
    begin = time.monotonic()
    threading.Timer(3, lambda: setattr(gate, "open", True)).start()
    late = service.update(insert("late"))
    assert time.monotonic() - begin > 2
    assert late.status == 200
    assert names(service) >= {"back", "late"}
    assert "while-away" not in names(service)
    service.stop()


def _nothing() -> None:
    pass
