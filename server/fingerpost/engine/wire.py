"""Messages between the server and its engine: a JSON head, bytes and handles, over a socket."""

import functools
import json
import socket
import struct
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Head: TypeAlias = "Mapping[str, str | int | float | bool | None | list[str]]"

PATIENCE = 30.0
"""Seconds that a message between keeper and server may take: neither does anything long."""

_SIZES = struct.Struct("!IQ")
_HANDLE = struct.Struct("i")
_TIME = struct.Struct("ll")
_ROOM = socket.CMSG_SPACE(_HANDLE.size)
_FIRST = 1 << 16
"""Bytes read at once: nearly every message is shorter, and nobody sends one before the answer."""
_CHUNK = 1 << 20
_NOTHING = b"{}"
_SHORT = 200


def patient(connection: socket.socket, seconds: float) -> None:
    """Let the kernel give up a wait at a socket after so long: Python would ask it before each.

    What is not there in time is a BlockingIOError.
    """
    whole, part = divmod(seconds, 1)
    time = _TIME.pack(int(whole), max(int(part * 1_000_000), int(not whole)))
    connection.settimeout(None)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, time)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, time)


def send(
    connection: socket.socket, head: Head, body: bytes = b"", handles: Sequence[int] = ()
) -> None:
    """Send one message; raises BrokenPipeError where nobody listens any more."""
    text = json.dumps(head).encode() if head else _NOTHING
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
        TimeoutError, BlockingIOError: the socket's time-out passed.
    """
    head, body, handle = receive_handle(connection)
    if handle is not None:
        raise TypeError("a message brought a handle that nobody expected")
    return head, body


def receive_handle(connection: socket.socket) -> tuple[Head, bytes, int | None]:
    """Return the next message and the file handle that came with it, if one did."""
    start, beside, _, _ = connection.recvmsg(_FIRST, _ROOM)
    if not start:
        raise EOFError("the other side is gone")
    if len(start) < _SIZES.size:
        start += _exactly(connection, _SIZES.size - len(start))
    head_size, body_size = _SIZES.unpack_from(start)
    body_at = _SIZES.size + head_size
    missing = body_at - len(start)
    if missing > 0:
        start += _exactly(connection, missing)
    text = start[_SIZES.size : body_at]
    head = _read(text) if len(text) <= _SHORT else json.loads(text)
    body = start[body_at:]
    if len(body) < body_size:
        body += _exactly(connection, body_size - len(body))
    return head, body, _HANDLE.unpack(beside[0][2])[0] if beside else None


@functools.lru_cache
def _read(text: bytes) -> Head:
    """Return a short head: nearly all of them are one of a few."""
    head: Head = json.loads(text)
    return head


def _exactly(connection: socket.socket, size: int) -> bytes:
    parts = []
    while size:
        part = connection.recv(min(size, _CHUNK), socket.MSG_WAITALL)
        if not part:
            raise EOFError("the other side is gone")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
