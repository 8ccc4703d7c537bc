"""How often one client may ask: a token bucket for each address."""

import threading
import time
from collections import OrderedDict

from fingerpost.errors import TooManyRequests

_CLIENTS = 10_000
_BURST = 5
"""How many seconds' worth of requests may come at once."""


class Rates:
    """At most `rate` requests a second from one address, on average; 0 is no limit."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, client: str) -> None:
        """Count a request of a client.

        Raises:
            TooManyRequests: it makes more than it may.
        """
        if not self._rate:
            return
        now = time.monotonic()
        most = max(1.0, self._rate * _BURST)
        with self._lock:
            left, before = self._left.pop(client, (most, now))
            left = min(most, left + (now - before) * self._rate)
            self._left[client] = (left - 1 if left >= 1 else left, now)
            if len(self._left) > _CLIENTS:
                self._left.popitem(last=False)
        if left < 1:
            raise TooManyRequests(f"One client may make {self._rate:g} requests a second.")
