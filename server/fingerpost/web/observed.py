"""What operators see of the requests: counts and times for Prometheus, and lines of JSON."""

import datetime
import itertools
import json
import re
import secrets
import sys
from collections.abc import Mapping

from fingerpost.web.tally import Tally

_DOORS = frozenset(
    "sparql graphs queries recommend id health metrics static openapi.json .well-known".split()
)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class Observed:
    """Tells of requests; with `access_log` in a line of JSON each, on standard error."""

    def __init__(self, tally: Tally, *, access_log: bool) -> None:
        self._tally = tally
        self._access_log = access_log
        self._start = secrets.token_hex(6)
        self._count = itertools.count(1)

    def identify(self, environ: Mapping[str, str]) -> str:
        """Return the identifier of a request: the client's own, or a new one."""
        given = environ.get("HTTP_X_REQUEST_ID")
        if given and _ID.fullmatch(given):
            return given
        return f"{self._start}-{next(self._count)}"

    def saw(
        self, environ: Mapping[str, str], identifier: str, status: int, size: int, seconds: float
    ) -> None:
        """Count an answer of `size` bytes that took `seconds`; say so in the log."""
        method = environ["REQUEST_METHOD"]
        door = _door(environ["PATH_INFO"])
        self._tally.count(door, method if method in _METHODS else "other", status, size, seconds)
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
    first = path[1:].partition("/")[0]
    return first if first in _DOORS else "page" if first else "home"
