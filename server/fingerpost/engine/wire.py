"""Messages between the server and its query workers: a JSON head and bytes, over a socket."""

import json
import socket
import struct
from collections.abc import Mapping
from typing import TypeAlias

Head: TypeAlias = "Mapping[str, str | int | list[str]]"

_SIZES = struct.Struct("!II")
_CHUNK = 1 << 20


def send(connection: socket.socket, head: Head, body: bytes = b"") -> None:
    """Send one message; raises BrokenPipeError where nobody listens any more."""
    text = json.dumps(head).encode()
    connection.sendall(_SIZES.pack(len(text), len(body)) + text)
    if body:
        connection.sendall(body)


def receive(connection: socket.socket) -> tuple[Head, bytes]:
    """Return the next message, in full.

    Raises:
        EOFError: the other side is gone.
        TimeoutError: the socket's time-out passed.
    """
    head_size, body_size = _SIZES.unpack(_exactly(connection, _SIZES.size))
    head: Head = json.loads(_exactly(connection, head_size))
    return head, bytes(_exactly(connection, body_size))


def _exactly(connection: socket.socket, size: int) -> bytearray:
    found = bytearray()
    while len(found) < size:
        part = connection.recv(min(size - len(found), _CHUNK))
        if not part:
            raise EOFError("the other side is gone")
        found += part
    return found
