"""An answer before it goes out: its conditions, its coding, and a place to keep whole ones."""

import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus

from fingerpost.web import coding

Headers = list[tuple[str, str]]
Key = tuple[str | None, ...]
"""What a request says as far as its answer may depend on it."""

_KEPT = 64 * 1024 * 1024
_LARGEST = 4 * 1024 * 1024
_OVERHEAD = 1024
_SENDING = 0.1
"""Seconds in which a short answer is on its way before its connection is closed."""
_CODED = ("text/", "application/", "image/svg")
_OF_A_BODY = frozenset({"content-type", "content-length", "content-encoding"})


@dataclass(frozen=True)
class Reply:
    """An answer: in one piece, or in `pieces` where it is long."""

    status: int
    headers: Headers
    body: bytes = b""
    pieces: Iterable[bytes] | None = None

    def header(self, name: str) -> str:
        """Return the value of a header, named in lower case; empty where there is none."""
        for key, value in self.headers:
            if key.lower() == name:
                return value
        return ""

    def close(self) -> None:
        """Release what the pieces of a reply that nobody reads hold open."""
        close = getattr(self.pieces, "close", None)
        if close:
            close()


def broken_off(reply: Reply) -> Reply:
    """Return an answer after which the connection is closed, as it has a byte less than it says.

    Nothing else ends a read of a body that does not come, and a request that is answered while it
    is being read makes Granian (2.8) wait for it with the interpreter's lock, and all with it.
    """
    headers = [pair for pair in reply.headers if pair[0].lower() != "content-length"]
    headers += [("Content-Length", str(len(reply.body) + 1)), ("Connection", "close")]
    return replace(reply, headers=headers, pieces=_sent(reply.body))


def _sent(body: bytes) -> Iterator[bytes]:
    yield body
    time.sleep(_SENDING)


def conditional(environ: Mapping[str, str], reply: Reply) -> Reply:
    """Return 304 in its place where the client has what a reply says (RFC 9110, 13.1.2)."""
    if reply.status != HTTPStatus.OK or "HTTP_IF_NONE_MATCH" not in environ:
        return reply
    if not held(environ, reply.header("etag")):
        return reply
    reply.close()
    headers = [pair for pair in reply.headers if pair[0].lower() not in _OF_A_BODY]
    return Reply(HTTPStatus.NOT_MODIFIED, headers)


def expected(environ: Mapping[str, str], found: Reply) -> bool:
    """Say whether a reply is in the state that If-Match names (RFC 9110, 13.1.1)."""
    wanted = environ.get("HTTP_IF_MATCH")
    if wanted is None or found.status != HTTPStatus.OK:
        return True
    named = {one.strip() for one in wanted.split(",")}
    return "*" in named or found.header("etag") in named


def held(environ: Mapping[str, str], tag: str) -> bool:
    """Say whether If-None-Match names the entity tag, quotes included."""
    wanted = environ.get("HTTP_IF_NONE_MATCH", "")
    named = {one.strip().removeprefix("W/") for one in wanted.split(",")}
    return bool(tag) and (tag in named or "*" in named)


def coded(environ: Mapping[str, str], reply: Reply) -> Reply:
    """Return a reply in the coding that the client wants; its entity tag tells them apart.

    What says that it may not be transformed (RFC 9111, 5.2.2.6) stays as it is.
    """
    chosen = coding.choose(environ.get("HTTP_ACCEPT_ENCODING", ""))
    small = reply.pieces is None and len(reply.body) < coding.SMALLEST
    if chosen is None or small or "no-transform" in reply.header("cache-control"):
        return reply
    compressible = reply.header("content-type").startswith(_CODED)
    if not compressible or reply.header("content-encoding"):
        return reply
    headers = [pair for pair in reply.headers if pair[0].lower() not in {"content-length", "etag"}]
    headers.append(("Content-Encoding", chosen))
    if tag := reply.header("etag"):
        headers.append(("ETag", f'{tag[:-1]}+{chosen}"'))
    if reply.pieces is not None:
        return replace(reply, headers=headers, pieces=coding.stream(reply.pieces, chosen))
    body = coding.encode(reply.body, chosen)
    return replace(reply, headers=[*headers, ("Content-Length", str(len(body)))], body=body)


class Kept:
    """Replies of one generation and one day, the least recently asked forgotten first.

    Answers about what is recommended depend on the day; nothing else outlives its generation.
    """

    def __init__(self, size: int = _KEPT) -> None:
        self._size = size
        self._held = 0
        self._age: tuple[int, int] = (-1, 0)
        self._replies: OrderedDict[Key, Reply] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, age: tuple[int, int], key: Key) -> Reply | None:
        """Return the reply to a request, if it is of this age."""
        if age != self._age:
            return None
        found = self._replies.get(key)
        if found is not None:
            with self._lock:
                if key in self._replies:
                    self._replies.move_to_end(key)
        return found

    def put(self, age: tuple[int, int], key: Key, reply: Reply) -> None:
        """Keep a reply, if it may be kept: whole, tagged, and not too large."""
        if reply.status != HTTPStatus.OK or reply.pieces is not None or not reply.header("etag"):
            return
        if len(reply.body) > _LARGEST:
            return
        with self._lock:
            if age != self._age:
                self._replies.clear()
                self._held, self._age = 0, age
            if key not in self._replies:
                self._replies[key] = reply
                self._held += _weight(key, reply)
            while self._held > self._size:
                self._held -= _weight(*self._replies.popitem(last=False))


def _weight(key: Key, reply: Reply) -> int:
    return sum(len(part) for part in key if part) + len(reply.body) + _OVERHEAD
