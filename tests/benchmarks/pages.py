"""How soon a page begins: the time to its first byte, beside that of an answer that says nothing.

    cd tests && python -m benchmarks.pages

A server of its own is started and asked for one page of each kind: the first time, when nothing is
kept, and again. Times are medians in milliseconds, and multiples of what /health/live takes.
"""

import argparse
import http.client
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from browser.kinds import PAGES
from processes import free_port, wait_for

NOTHING = "/health/live"
CEILING = 50.0
"""Milliseconds to the first byte that are asked for, from a warm server."""


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--times", type=int, default=20, help="requests of a page (default: 20)")
    parser.add_argument("--floors", action="store_true", help="fail where a page takes longer")
    options = parser.parse_args()
    port = free_port()
    command = [sys.executable, "-m", "fingerpost", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=dict(os.environ), stdout=subprocess.PIPE, text=True)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, process, seconds=300, door="/queries")
        return _table(address, options.times, floors=options.floors)
    finally:
        process.terminate()
        process.communicate(timeout=30)


def _table(address: str, times: int, *, floors: bool) -> int:
    nothing = _median(lambda: first_byte(address, NOTHING), times)
    print(f"{NOTHING}: {nothing:.2f} ms\n")
    print(f"{'page':<18} {'first time':>10} {'again':>8} {'times nothing':>14}")
    late = []
    for name, path in PAGES.items():
        first = first_byte(address, path)
        again = _median(lambda path=path: first_byte(address, path), times)  # type: ignore[misc]
        print(f"{name:<18} {first:>10.1f} {again:>8.2f} {again / nothing:>14.1f}")
        if again > CEILING:
            late.append(name)
    print(f"\nover {CEILING:g} ms: {', '.join(late) or 'none'}")
    return int(floors and bool(late))


def first_byte(address: str, path: str) -> float:
    """Return the milliseconds until an answer begins, over a new connection."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    begin = time.perf_counter()
    connection.request("GET", path, headers={"Accept": "text/html", "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    spent = time.perf_counter() - begin
    answer.read()
    connection.close()
    return spent * 1000


def _median(action: Callable[[], float], times: int) -> float:
    return statistics.median(action() for _ in range(times))


if __name__ == "__main__":
    sys.exit(main())
