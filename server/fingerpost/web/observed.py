"""What operators see of the requests: counts and times for Prometheus, and lines of JSON."""

import datetime
import itertools
import json
import os
import re
import secrets
import sys
from collections.abc import Mapping

from prometheus_client import (
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    multiprocess,
)
from prometheus_client.exposition import choose_encoder

_REQUESTS = Counter("fingerpost_requests", "Requests answered", ["door", "method", "status"])
_SECONDS = Histogram(
    "fingerpost_request_seconds",
    "Seconds until an answer is ready",
    ["door"],
    buckets=(0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30),
)
_BYTES = Counter("fingerpost_answer_bytes", "Bytes of answers that were made in one piece")
_DOORS = frozenset(
    "sparql graphs queries recommend id health metrics static openapi.json .well-known".split()
)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


_GENERATION = Gauge(
    "fingerpost_generation",
    "Number of the generation that is served",
    multiprocess_mode="mostrecent",
)
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The setting of the Prometheus library for a folder in which processes count together."""


def exposition(accept: str, generation: int) -> tuple[bytes, str]:
    """Return all counts, and the number of the generation that is served, with their media type."""
    _GENERATION.set(generation)
    registry = REGISTRY
    if os.environ.get(FOLDER):
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    encode, content_type = choose_encoder(accept)
    return encode(registry), content_type


class Observed:
    """Tells of requests; with `access_log` in a line of JSON each, on standard error."""

    def __init__(self, *, access_log: bool) -> None:
        self._access_log = access_log
        self._start = secrets.token_hex(6)
        self._count = itertools.count(1)
        self._counters: dict[tuple[str, str, int], Counter] = {}
        self._timers: dict[str, Histogram] = {}

    def identify(self, environ: Mapping[str, str]) -> str:
        """Return the identifier of a request: the client's own, or a new one."""
        given = environ.get("HTTP_X_REQUEST_ID", "")
        return given if _ID.fullmatch(given) else f"{self._start}-{next(self._count)}"

    def saw(
        self, environ: Mapping[str, str], identifier: str, status: int, size: int, seconds: float
    ) -> None:
        """Count an answer of `size` bytes that took `seconds`; say so in the log."""
        door = _door(environ["PATH_INFO"])
        method = environ["REQUEST_METHOD"]
        key = (door, method if method in _METHODS else "other", status)
        counter = self._counters.get(key)
        if counter is None:
            counter = self._counters[key] = _REQUESTS.labels(*map(str, key))
        timer = self._timers.get(door)
        if timer is None:
            timer = self._timers[door] = _SECONDS.labels(door)
        counter.inc()
        timer.observe(seconds)
        _BYTES.inc(size)
        if self._access_log:
            self._log(environ, identifier, status, size, seconds)

    def _log(
        self, environ: Mapping[str, str], identifier: str, status: int, size: int, seconds: float
    ) -> None:
        """Write a line; what a client asks is not in it, nor is its token."""
        line = {
            "time": datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds"),
            "id": identifier,
            "client": environ.get("REMOTE_ADDR", ""),
            "method": environ["REQUEST_METHOD"],
            "path": environ["PATH_INFO"][:200],
            "status": status,
            "bytes": size,
            "ms": round(seconds * 1000, 2),
        }
        sys.stderr.write(json.dumps(line) + "\n")


def _door(path: str) -> str:
    first = path.split("/", 2)[1] if path.count("/") else ""
    return first if first in _DOORS else "home" if not first else "page"
