"""Messages between the server and its engine: a JSON head, bytes and handles, over a socket."""

import json
import socket
import struct
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Head: TypeAlias = "Mapping[str, str | int | float | bool | None | list[str]]"

_SIZES = struct.Struct("!IQ")
_CHUNK = 1 << 20


def send(
    connection: socket.socket, head: Head, body: bytes = b"", handles: Sequence[int] = ()
) -> None:
    """Send one message; raises BrokenPipeError where nobody listens any more."""
    text = json.dumps(head).encode()
    start = _SIZES.pack(len(text), len(body)) + text
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
    start, handles, _, _ = socket.recv_fds(connection, _SIZES.size, 1)
    if not start:
        raise EOFError("the other side is gone")
    start += _exactly(connection, _SIZES.size - len(start))
    head_size, body_size = _SIZES.unpack(start)
    head: Head = json.loads(_exactly(connection, head_size))
    return head, bytes(_exactly(connection, body_size)), handles[0] if handles else None


def _exactly(connection: socket.socket, size: int) -> bytearray:
    found = bytearray()
    while len(found) < size:
        part = connection.recv(min(size - len(found), _CHUNK))
        if not part:
            raise EOFError("the other side is gone")
        found += part
    return found
