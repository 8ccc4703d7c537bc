"""A soak: a writer and a reader behind it under mixed load, and whether anything leaks.

    python tests/benchmarks/soak.py                   ten minutes
    python tests/benchmarks/soak.py --minutes 0.5     what is certain in so short a time

Clients ask what users, programs and strangers ask, at a steady rate: queries, recommendations,
pages, saved queries, searches, changes, runaway queries, requests that are wrong, connections that
are given up. Memory (what processes share counted once), threads, open files and processes are
sampled; a line is fitted to their later half. The status is 1 where one of them grows, where more
is held at rest than before, where a process or a temporary file outlives the servers, or where an
answer was not to be.
"""

import argparse
import contextlib
import itertools
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from endpoint import servers
from endpoint.servers import Server
from soak import load, requests, samples, verdict
from soak.load import Told
from soak.samples import MEGABYTE, Samples

from attack import tree
from attack.tree import Size
from processes import alive, descendants

CLIENTS = 3
"""Clients of each server that read; one more writes."""
WRITES = 0.2
"""Requests a second of the client that writes; every other one is a change.

Each process reads concepts and queries anew after a change, which is a second of a processor.
"""
FENCES = ("--timeout", "4", "--memory", "128")
"""Short enough that runaway queries do not keep everybody else out."""
EVERY = 2.0
"""Seconds between samples."""
RESTING = 20
"""Samples, half a second apart, of which the least is what a server holds at rest."""


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(dir=options.place) as place:
        return _soak(Path(place), options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--rate", type=float, default=12, help="requests a second (default: 12)")
    parser.add_argument("--place", type=Path, help="where to put the store while it is used")
    parser.add_argument("--out", type=Path, help="a file for all samples, as JSON")
    return parser.parse_args()


def _soak(place: Path, options: argparse.Namespace) -> int:
    temporary = place / "temporary"
    temporary.mkdir()
    os.environ["TMPDIR"] = str(temporary)
    told = Told()
    with _running(place) as running:
        taken, before, after = _load(running, told, options)
        zombies = [one for root in taken.roots.values() for one in tree.zombies(root)]
        family = {one for root in taken.roots.values() for one in descendants(root)}
    found = list(verdict.growths(taken))
    print(*verdict.table(found), sep="\n")
    _print_answers(told, place / "store")
    if options.out:
        _write(options.out, taken)
    faults = [
        *(f"{one.server}: {one.what} grows" for one in found if one.leaks),
        *verdict.left(before, after),
        *(f"nobody waited for process {one}" for one in zombies),
        *(f"process {one} is left" for one in _outliving(family)),
        *(f"left behind: {path.name}" for path in temporary.iterdir()),
        *([f"{told.late} answers were late: ask for a lower --rate"] if told.overloaded else []),
        *told.faults[:20],
    ]
    print(*faults or ["Nothing leaks."], sep="\n")
    return int(bool(faults))


def _outliving(processes: set[int]) -> list[int]:
    """Return those that are there some seconds after their servers have ended."""
    end = time.monotonic() + 10
    while any(map(alive, processes)) and time.monotonic() < end:
        time.sleep(0.05)
    return [one for one in processes if alive(one)]


@contextlib.contextmanager
def _running(place: Path) -> Iterator[dict[str, Server]]:
    """Run a writer with a store, and a reader that follows it."""
    store = ("--store", str(place / "store"))
    tokens = place / "tokens"
    tokens.write_text(f"soak {requests.TOKEN}\n", "utf-8")
    for name in ("writer", "reader"):
        (place / name).mkdir()
    writing = (*store, "--token-file", str(tokens), *FENCES)
    with (
        servers.ours(place / "writer", *writing) as writer,
        servers.ours(place / "reader", *store, "--follow", *FENCES) as reader,
    ):
        yield {"writer": writer, "reader": reader}


def _load(
    running: dict[str, Server], told: Told, options: argparse.Namespace
) -> tuple[Samples, dict[str, Size], dict[str, Size]]:
    """Put the load on; return the samples taken, and what was held at rest before and after."""
    ports = {name: int(one.endpoint.split(":")[2].split("/")[0]) for name, one in running.items()}
    with ThreadPoolExecutor(len(ports)) as warming:
        list(warming.map(lambda port: _warm(port, told), ports.values()))
    roots = {name: server.process for name, server in running.items()}
    before = _at_rest(roots)
    stop = threading.Event()
    each = options.rate / (CLIENTS * len(ports))
    asking = [
        (port, requests.reading(place * 100 + seed), each, stop, told)
        for place, port in enumerate(ports.values())
        for seed in range(CLIENTS)
    ]
    asking.append((ports["writer"], requests.writing(), WRITES, stop, told))
    clients = [threading.Thread(target=load.drive, args=given) for given in asking]
    taken = Samples(roots)
    clients.append(threading.Thread(target=taken.until, args=(stop, EVERY)))
    for client in clients:
        client.start()
    time.sleep(options.minutes * 60)
    stop.set()
    for client in clients:
        client.join()
    return taken, before, _at_rest(roots)


def _warm(port: int, told: Told) -> None:
    """Ask once for everything, so that what is made at first use is there."""
    few = itertools.islice(requests.reading(0), 50)
    load.drive(port, itertools.chain(requests.pages(), few), 1000, threading.Event(), told)


def _at_rest(roots: dict[str, int]) -> dict[str, Size]:
    """Return the least that each server holds in some seconds without load."""
    resting = Samples(roots)
    for _ in range(RESTING):
        time.sleep(0.5)
        resting.take()
    return {name: _least(sizes) for name, sizes in resting.sizes.items()}


def _least(sizes: Sequence[Size]) -> Size:
    return Size(*(min(figures) for figures in zip(*map(astuple, sizes), strict=True)))


def _print_answers(told: Told, store: Path) -> None:
    statuses = ", ".join(
        f"{status or 'none'}: {times}" for status, times in sorted(told.statuses.items())
    )
    written = max(len(list((store / "generations").iterdir())) - 1, 1)
    room = samples.disk(store)
    print(f"answers: {statuses}\nstore: {written} changes, {room / MEGABYTE:.1f} MB")


def _write(path: Path, taken: Samples) -> None:
    sizes = {name: [vars(size) for size in ones] for name, ones in taken.sizes.items()}
    path.write_text(json.dumps({"seconds": taken.seconds, **sizes}), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
