"""The body of a request: read whole, within a limit and a time, before anybody looks at it."""

import io
import queue
import threading
from typing import IO, TYPE_CHECKING

from werkzeug.exceptions import RequestEntityTooLarge, RequestTimeout

from fingerpost.errors import BadRequest, EngineBusy

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

BODY = 2 * 1024 * 1024
"""The largest body, in bytes, but that of a graph."""
GRAPH = 64 * 1024 * 1024
"""The largest graph that is taken, in bytes."""

_SECONDS = 20.0
"""How long a body may take to arrive."""
_AT_ONCE = 192
"""How many bodies may be on their way at once, of the requests that a process has in hand: so
many clients that never finish stop nobody who sends no body. A proxy before the server, which
takes bodies whole, stops them all."""
_PIECE = 64 * 1024
_DROPPED = 4
"""How many times what is taken is read of a larger body before it is refused."""
_arriving = threading.BoundedSemaphore(_AT_ONCE)
_BODILESS = frozenset({"GET", "OPTIONS", "TRACE"})


def read(environ: "WSGIEnvironment") -> None:
    """Read the body of a request, and put it in place of the stream that it was read from.

    What is too large is read too, up to four times the limit, and dropped: a proxy that is still
    sending would not hear the refusal.

    Raises:
        BadRequest: there are fewer bytes than Content-Length says, or it says no number.
        RequestEntityTooLarge: there are more than are taken.
        RequestTimeout: they do not arrive in time.
        EngineBusy: too many others are on their way.
    """
    length = environ.get("CONTENT_LENGTH") or ""
    if length and not (length.isascii() and length.isdecimal()):
        raise BadRequest(f'Content-Length is a number, not "{length[:20]}".')
    chunked = "HTTP_TRANSFER_ENCODING" in environ
    method = environ["REQUEST_METHOD"]
    # What is answered without a body cannot be broken off, and its own is of no use: see `reply`.
    if method == "HEAD" or (method in _BODILESS and not chunked and not int(length or 0)):
        environ["wsgi.input"] = io.BytesIO()
        return
    most = GRAPH if environ["PATH_INFO"].startswith("/graphs") else BODY
    too_large = RequestEntityTooLarge(f"A request of this kind has at most {most:,} bytes.")
    if int(length or 0) > _DROPPED * most:
        raise too_large
    body = _in_time(environ["wsgi.input"], most)
    if len(body) > most:
        raise too_large
    if length and len(body) != int(length):
        raise BadRequest(
            f"The body ends after {len(body):,} bytes; Content-Length says {int(length):,}."
        )
    environ["CONTENT_LENGTH"] = str(len(body))
    environ["wsgi.input"] = io.BytesIO(body)


def _in_time(stream: IO[bytes], most: int) -> bytes:
    """Return a body, read in a thread of its own: a read that waits cannot be called off."""
    found: queue.SimpleQueue[bytes | Exception] = queue.SimpleQueue()
    if not _arriving.acquire(blocking=False):
        raise EngineBusy("Too many requests are on their way at once. Try again soon.")
    try:
        threading.Thread(target=_read, args=(stream, most, found), daemon=True).start()
        body = found.get(timeout=_SECONDS)
    except queue.Empty as fault:
        raise RequestTimeout(f"The body did not arrive within {_SECONDS:g} seconds.") from fault
    finally:
        _arriving.release()
    if isinstance(body, Exception):
        raise BadRequest(f"The body cannot be read: {body}") from body
    return body


def _read(stream: IO[bytes], most: int, found: "queue.SimpleQueue[bytes | Exception]") -> None:
    pieces: list[bytes] = []
    size = 0
    try:
        while size <= _DROPPED * most and (piece := stream.read(_PIECE)):
            size += len(piece)
            if size <= most + _PIECE:
                pieces.append(piece)
    except (OSError, ValueError, RuntimeError) as fault:
        found.put(fault)
    else:
        found.put(b"".join(pieces))
