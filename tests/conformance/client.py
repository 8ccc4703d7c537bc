"""A minimal HTTP/1.1 client over a raw socket: what is given is what is sent.

Host, Content-Length and Connection: close are the only headers that it adds.
"""

import socket
from contextlib import suppress
from dataclasses import dataclass, field

SECONDS = 60.0


class Broken(Exception):
    """The server ended the connection without a whole answer."""


@dataclass(frozen=True)
class Request:
    """A request, byte for byte; the target is sent as it is written."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None

    def bytes_for(self, host: str) -> bytes:
        """What goes over the wire."""
        lines = [f"{self.method} {self.target} HTTP/1.1", f"Host: {host}"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        if self.body is not None or self.method in {"POST", "PUT"}:
            lines.append(f"Content-Length: {len(self.body or b'')}")
        lines.append("Connection: close")
        return "\r\n".join([*lines, "", ""]).encode("utf-8") + (self.body or b"")


@dataclass(frozen=True)
class Response:
    """An answer; names of headers are in lower case."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def media_type(self) -> str:
        """The media type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


def send(port: int, request: Request) -> Response:
    """The answer of the server at a port of the loopback."""
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as connection:
        # A server may answer and close before it has read everything.
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(request.bytes_for(f"127.0.0.1:{port}"))
        raw = _everything(connection)
    return parsed(raw, request.method)


def parsed(raw: bytes, method: str) -> Response:
    """An answer from its bytes; Broken where they are not all there."""
    head, separator, body = raw.partition(b"\r\n\r\n")
    if not separator:
        raise Broken("no answer")
    first, *lines = head.decode("latin-1").split("\r\n")
    status = int(first.split(" ")[1])
    if status // 100 == 1:
        return parsed(body, method)
    pairs = (line.partition(":") for line in lines)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    if method != "HEAD":
        return Response(status, headers, _body(headers, body))
    if body:
        raise Broken("a body in an answer to HEAD")
    return Response(status, headers)


def _everything(connection: socket.socket) -> bytes:
    parts = []
    try:
        while part := connection.recv(65536):
            parts.append(part)
    except ConnectionResetError as error:
        if not parts:
            raise Broken("the server reset the connection") from error
    return b"".join(parts)


def _body(headers: dict[str, str], body: bytes) -> bytes:
    if headers.get("transfer-encoding", "").lower() == "chunked":
        return _unchunked(body)
    expected = int(headers.get("content-length", len(body)))
    if len(body) != expected:
        raise Broken(f"{len(body)} bytes of a body of {expected}")
    return body


def _unchunked(body: bytes) -> bytes:
    parts = []
    while True:
        size, separator, rest = body.partition(b"\r\n")
        if not separator:
            raise Broken("a chunk is missing")
        length = int(size.partition(b";")[0], 16)
        if length == 0:
            return b"".join(parts)
        parts.append(rest[:length])
        if rest[length : length + 2] != b"\r\n":
            raise Broken("a chunk is shorter than it says")
        body = rest[length + 2 :]
