"""The coding of an answer on its way, as the client accepts it (RFC 9110, 12.5.3)."""

import functools
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

import brotli
import zstandard

SMALLEST = 1024
"""Bytes below which nothing is gained."""

_ZSTD = 3
_BROTLI = 4
_GZIP = 6
_GZIP_WINDOW = 31


class _Coder(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...
    def flush(self) -> bytes: ...


class _Brotli:
    """Brotli's compressor, whose methods have other names."""

    def __init__(self) -> None:
        self._coder = brotli.Compressor(quality=_BROTLI)

    def compress(self, data: bytes, /) -> bytes:
        return bytes(self._coder.process(data))

    def flush(self) -> bytes:
        return bytes(self._coder.finish())


def _zstd() -> _Coder:
    return zstandard.ZstdCompressor(level=_ZSTD).compressobj()


def _gzip() -> _Coder:
    return zlib.compressobj(_GZIP, zlib.DEFLATED, _GZIP_WINDOW)


_CODERS: dict[str, Callable[[], _Coder]] = {"zstd": _zstd, "br": _Brotli, "gzip": _gzip}


@functools.lru_cache(maxsize=1024)
def choose(accept: str) -> str | None:
    """Return the coding that an Accept-Encoding header wants most, or None for none at all."""
    if not accept:
        return None
    wanted = dict(_weighed(part) for part in accept.lower().split(","))
    rest = wanted.get("*", 0.0)
    best = max(_CODERS, key=lambda name: wanted.get(name, rest))
    weight = wanted.get(best, rest)
    return best if weight > 0 and weight >= wanted.get("identity", 0.0) else None


def encode(body: bytes, coding: str) -> bytes:
    """Return `body` in a coding that `choose` gave."""
    coder = _CODERS[coding]()
    return coder.compress(body) + coder.flush()


def stream(pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """Yield `pieces` in a coding that `choose` gave, with little in memory."""
    coder = _CODERS[coding]()
    for piece in pieces:
        if coded := coder.compress(piece):
            yield coded
    yield coder.flush()


def _weighed(part: str) -> tuple[str, float]:
    name, _, parameter = part.partition(";")
    key, _, value = parameter.strip().partition("=")
    if key.strip() != "q":
        return name.strip(), 1.0
    try:
        return name.strip(), float(value)
    except ValueError:
        return name.strip(), 0.0
