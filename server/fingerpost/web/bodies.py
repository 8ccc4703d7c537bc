"""The body of a request: read whole, within a limit and a time, before anybody looks at it."""

import io
import queue
import threading
from typing import IO, TYPE_CHECKING

from werkzeug.exceptions import RequestEntityTooLarge, RequestTimeout

from fingerpost.errors import BadRequest

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

BODY = 2 * 1024 * 1024
"""The largest body, in bytes, but that of a graph."""
GRAPH = 64 * 1024 * 1024
"""The largest graph that is taken, in bytes."""

_SECONDS = 20.0
"""How long a body may take to arrive."""
_PIECE = 64 * 1024
_BODILESS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def read(environ: "WSGIEnvironment") -> None:
    """Read the body of a request, and put it in place of the stream that it was read from.

    What is too large is read too, up to four times the limit, and dropped: a proxy that is still
    sending would not hear the refusal.

    Raises:
        BadRequest: there are fewer bytes than Content-Length says, or it says no number.
        RequestEntityTooLarge: there are more than are taken.
        RequestTimeout: they do not arrive in time.
    """
    length = environ.get("CONTENT_LENGTH") or ""
    if length and not (length.isascii() and length.isdecimal()):
        raise BadRequest(f'Content-Length is a number, not "{length[:20]}".')
    chunked = "HTTP_TRANSFER_ENCODING" in environ
    if environ["REQUEST_METHOD"] in _BODILESS and not chunked and not int(length or 0):
        environ["wsgi.input"] = io.BytesIO()
        return
    most = GRAPH if environ["PATH_INFO"].startswith("/graphs") else BODY
    body = _in_time(environ["wsgi.input"], most)
    if len(body) > most:
        raise RequestEntityTooLarge(f"A request of this kind has at most {most:,} bytes.")
    if length and len(body) != int(length):
        raise BadRequest(
            f"The body ends after {len(body):,} bytes; Content-Length says {int(length):,}."
        )
    environ["CONTENT_LENGTH"] = str(len(body))
    environ["wsgi.input"] = io.BytesIO(body)


def _in_time(stream: IO[bytes], most: int) -> bytes:
    """Return a body, read in a thread of its own: a read that waits cannot be called off."""
    found: queue.SimpleQueue[bytes | Exception] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(stream, most, found), daemon=True).start()
    try:
        body = found.get(timeout=_SECONDS)
    except queue.Empty as fault:
        raise RequestTimeout(f"The body did not arrive within {_SECONDS:g} seconds.") from fault
    if isinstance(body, Exception):
        raise BadRequest(f"The body cannot be read: {body}") from body
    return body


def _read(stream: IO[bytes], most: int, found: "queue.SimpleQueue[bytes | Exception]") -> None:
    pieces: list[bytes] = []
    size = 0
    try:
        while size <= 4 * most and (piece := stream.read(_PIECE)):
            size += len(piece)
            if size <= most + _PIECE:
                pieces.append(piece)
    except (OSError, ValueError, RuntimeError) as fault:
        found.put(fault)
    else:
        found.put(b"".join(pieces))
