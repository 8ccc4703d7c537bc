"""Counts of requests as plain numbers, shared between processes by files, told to Prometheus.

Each process adds up by itself, which costs a request a microsecond or two; counters of the
Prometheus library that processes share cost a third of the time of an answer that is kept. Every
second a process leaves its sums in a file of its own, and whichever is asked tells those of all.
"""

import json
import os
import threading
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypedDict

from prometheus_client import CollectorRegistry
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

_BOUNDS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30)
_EVERY = 1.0


class _Counts(TypedDict):
    """What one process has counted; `times` has how many took up to each bound, and longer."""

    requests: list[tuple[str, str, int, int]]
    times: dict[str, list[int]]
    seconds: dict[str, float]
    bytes: int


class Tally:
    """What this process has counted; in `folder` several processes leave their sums."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._times: dict[str, list[int]] = defaultdict(lambda: [0] * (len(_BOUNDS) + 1))
        self._seconds: dict[str, float] = defaultdict(float)
        self._bytes = 0
        if folder:
            folder.mkdir(exist_ok=True)
            threading.Thread(target=self._leave_regularly, args=(folder,), daemon=True).start()

    def count(self, door: str, method: str, status: int, size: int, seconds: float) -> None:
        """Count an answer of `size` bytes that took `seconds`."""
        place = bisect_left(_BOUNDS, seconds)
        with self._lock:
            self._requests[door, method, status] += 1
            self._times[door][place] += 1
            self._seconds[door] += seconds
            self._bytes += size

    def exposition(self, accept: str, generation: int) -> tuple[bytes, str]:
        """Return the sums of all processes and the generation's number, and the media type."""
        registry = CollectorRegistry()
        registry.register(_Told(self._all(), generation))
        encode, content_type = choose_encoder(accept)
        return encode(registry), content_type

    def _all(self) -> list[_Counts]:
        if not self._folder:
            return [self._counts()]
        self._leave(self._folder)
        return [json.loads(path.read_text("utf-8")) for path in self._folder.glob("*.json")]

    def _counts(self) -> _Counts:
        with self._lock:
            return {
                "requests": [(*key, number) for key, number in self._requests.items()],
                "times": {door: list(times) for door, times in self._times.items()},
                "seconds": dict(self._seconds),
                "bytes": self._bytes,
            }

    def _leave(self, folder: Path) -> None:
        place = folder / f"{os.getpid()}.json"
        making = folder / f".{os.getpid()}-{threading.get_ident()}"
        making.write_text(json.dumps(self._counts()), "utf-8")
        making.rename(place)

    def _leave_regularly(self, folder: Path) -> None:
        """Leave the sums again and again, until the folder is gone with the server."""
        while folder.is_dir():
            try:
                self._leave(folder)
            except FileNotFoundError:
                return
            time.sleep(_EVERY)


class _Told(Collector):
    """The sums of several processes, as the library tells them."""

    def __init__(self, counted: Iterable[_Counts], generation: int) -> None:
        self._requests: Counter[tuple[str, str, str]] = Counter()
        self._times: dict[str, list[int]] = defaultdict(lambda: [0] * (len(_BOUNDS) + 1))
        self._seconds: dict[str, float] = defaultdict(float)
        self._bytes = 0
        self._generation = generation
        for one in counted:
            for door, method, status, number in one["requests"]:
                self._requests[door, method, str(status)] += number
            for door, times in one["times"].items():
                self._times[door] = [a + b for a, b in zip(self._times[door], times, strict=True)]
                self._seconds[door] += one["seconds"][door]
            self._bytes += one["bytes"]

    def collect(self) -> Iterator[Metric]:
        """Yield the families of what was counted."""
        requests = CounterMetricFamily(
            "fingerpost_requests", "Requests answered", labels=["door", "method", "status"]
        )
        for labels, number in sorted(self._requests.items()):
            requests.add_metric(list(labels), number)
        yield requests
        times = HistogramMetricFamily(
            "fingerpost_request_seconds", "Seconds until an answer is ready", labels=["door"]
        )
        for door, counts in sorted(self._times.items()):
            times.add_metric([door], list(_cumulative(counts)), self._seconds[door])
        yield times
        yield CounterMetricFamily(
            "fingerpost_answer_bytes", "Bytes of answers made in one piece", self._bytes
        )
        yield GaugeMetricFamily(
            "fingerpost_generation", "Number of the generation that is served", self._generation
        )


def _cumulative(counts: list[int]) -> Iterator[tuple[str, int]]:
    total = 0
    for bound, number in zip((*map(str, _BOUNDS), "+Inf"), counts, strict=True):
        total += number
        yield bound, total
