"""HTTP over a plain socket: requests byte for byte, answers read to their end."""

import contextlib
import http.client
import socket
import time
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass

Headers = Mapping[str, str]
FORM = "application/x-www-form-urlencoded"
JSON = "application/sparql-results+json"


@dataclass(frozen=True)
class Answer:
    """What came back: a whole message, or none, with the seconds that it took.

    `status` is 0 where the connection was closed without an answer; header names are in lower
    case.
    """

    status: int
    headers: Headers
    body: bytes
    seconds: float

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip()


def exchange(
    port: int, request: bytes, method: str = "GET", seconds: float = 10, *, ends: bool = False
) -> Answer:
    """Send bytes, and return the answer; a half answer raises IncompleteRead.

    Where the client `ends`, it closes its side behind them.
    """
    begin = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(request)  # it may answer, and close, before it has read it all
        if ends:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_WR)
        return _read(connection, method, begin)


def _read(connection: socket.socket, method: str, begin: float) -> Answer:
    response = http.client.HTTPResponse(connection, method=method)
    try:
        response.begin()
        body = response.read()
    except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
        return Answer(0, {}, b"", time.monotonic() - begin)
    finally:
        response.close()
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, headers, body, time.monotonic() - begin)


def message(
    method: str, target: str, headers: Headers | None = None, body: bytes | None = None
) -> bytes:
    """Return a well-formed HTTP/1.1 request with these parts."""
    lines = [f"{method} {target} HTTP/1.1"]
    given = {"Host": "127.0.0.1", "Connection": "close", **(headers or {})}
    if body is not None:
        given.setdefault("Content-Length", str(len(body)))
    lines += [f"{name}: {value}" for name, value in given.items()]
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + (body or b"")


def get(port: int, target: str, headers: Headers | None = None) -> Answer:
    return exchange(port, message("GET", target, headers))


def ask(port: int, query: str | bytes, **fields: str) -> Answer:
    """Ask a SPARQL query in a form; `fields` are further fields of it."""
    body = urllib.parse.urlencode({"query": query, **fields}).encode()
    return exchange(port, message("POST", "/sparql", {"Content-Type": FORM}, body), "POST")


def hang_up(port: int, request: bytes) -> None:
    """Send a request, and close the connection without waiting for its answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
