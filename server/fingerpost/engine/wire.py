"""Messages between the server and its engine: a JSON head, bytes and handles, over a socket."""

import json
import socket
import struct
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Head: TypeAlias = "Mapping[str, str | int | float | bool | None | list[str]]"

PATIENCE = 30.0
"""Seconds that a message between keeper and server may take: neither does anything long."""

_SIZES = struct.Struct("!IQ")
_FIRST = 1 << 16
"""Bytes read at once: nearly every message is shorter, and nobody sends one before the answer."""
_CHUNK = 1 << 20


def send(
    connection: socket.socket, head: Head, body: bytes = b"", handles: Sequence[int] = ()
) -> None:
    """Send one message; raises BrokenPipeError where nobody listens any more."""
    text = json.dumps(head).encode()
    start = _SIZES.pack(len(text), len(body)) + text
    if len(body) < _FIRST:
        start, body = start + body, b""
    if handles:
        sent = socket.send_fds(connection, [start], list(handles))
        connection.sendall(start[sent:])
    else:
        connection.sendall(start)
    if body:
        connection.sendall(body)


def receive(connection: socket.socket) -> tuple[Head, bytes]:
    """Return the next message, in full; see `receive_handle` for one that brings a handle.

    Raises:
        EOFError: the other side is gone.
        TimeoutError: the socket's time-out passed.
    """
    head, body, handle = receive_handle(connection)
    if handle is not None:
        raise TypeError("a message brought a handle that nobody expected")
    return head, body


def receive_handle(connection: socket.socket) -> tuple[Head, bytes, int | None]:
    """Return the next message and the file handle that came with it, if one did."""
    start, handles, _, _ = socket.recv_fds(connection, _FIRST, 1)
    if not start:
        raise EOFError("the other side is gone")
    if len(start) < _SIZES.size:
        start += _exactly(connection, _SIZES.size - len(start))
    head_size, body_size = _SIZES.unpack_from(start)
    body_at = _SIZES.size + head_size
    missing = body_at + body_size - len(start)
    if missing > 0:
        start += _exactly(connection, missing)
    head: Head = json.loads(start[_SIZES.size : body_at])
    return head, start[body_at:], handles[0] if handles else None


def _exactly(connection: socket.socket, size: int) -> bytes:
    found = bytearray()
    while len(found) < size:
        part = connection.recv(min(size - len(found), _CHUNK))
        if not part:
            raise EOFError("the other side is gone")
        found += part
    return bytes(found)
