"""Fingerpost beside `oxigraph serve` and rdflib-endpoint: the same data, queries and load.

    python tests/benchmarks/endpoint.py                     the shipped graph
    python tests/benchmarks/endpoint.py --resources 10000   a made one, about 27 triples a resource
    python tests/benchmarks/endpoint.py noisy               light queries beside runaway ones

Every figure is a ratio to `oxigraph serve` in memory, measured in the same run: the servers are
asked in turn, a cell each, round after round, by wrk. A repeated request is the very same each
time; of the distinct ones no two are alike. With --floors the status is 1 where one is missed.
"""

import argparse
import contextlib
import os
import sys
import tempfile
import time
from pathlib import Path

from endpoint import data, load, noisy, questions, rounds, servers, table

from fingerpost import files, store

NAMES = [servers.OURS, servers.MEASURE, servers.DISK, servers.RDFLIB]


def main() -> int:
    options = _options()
    load.command()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        return _noisy(options, folder) if options.mode == "noisy" else _beside(options, folder)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("mode", nargs="?", choices=["beside", "noisy"], default="beside")
    parser.add_argument(
        "--resources", type=int, help="make a graph of so many; default: the shipped one"
    )
    parser.add_argument("--seconds", type=float, default=0.6, help="of each cell (default: 0.6)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="one short round, in under a minute")
    parser.add_argument("--floors", action="store_true", help="fail where a floor is missed")
    options = parser.parse_args()
    if options.quick:
        options.seconds, options.rounds = 0.1, 1
    return options


def _beside(options: argparse.Namespace, folder: Path) -> int:
    begin, busy = time.monotonic(), os.getloadavg()[0]
    dataset = _dataset(options.resources, folder)
    asked = questions.load()
    with contextlib.ExitStack() as stack:
        running = [stack.enter_context(servers.running(name, dataset, folder)) for name in NAMES]
        rounds.compare(running, asked)
        results = rounds.run(running, asked, options.rounds, options.seconds)
    names = [question.name for question in asked]
    print(_heading(options, dataset))
    print(*table.lines(results, names, NAMES), sep="\n")
    for how in rounds.LOADS:
        times = table.beside_rdflib(results, names, how)
        print(f"{how}: {times:.1f} times rdflib-endpoint's answers a second (geometric mean)")
    print(f"measured in {time.monotonic() - begin:.0f} s; load average before: {busy:.1f}\n")
    return _judged(list(table.verdicts(results, names))) if options.floors else 0


def _heading(options: argparse.Namespace, dataset: Path) -> str:
    with dataset.open("rb") as file:
        statements = sum(1 for _ in file)
    return (
        f"{statements:,} statements, {rounds.CONNECTIONS} connections (*: 2), "
        f"{options.seconds:g} s a cell, medians of {options.rounds} rounds.\n"
        f"Answers a second and median latency, {servers.MEASURE} serve in memory = 1:\n"
    )


def _dataset(resources: int | None, folder: Path) -> Path:
    if resources is None:
        return store.current(files.folders()).dataset
    data.write(resources, folder / "dataset.nq")
    return folder / "dataset.nq"


def _noisy(options: argparse.Namespace, folder: Path) -> int:
    light = next(question for question in questions.load() if question.name == "ranked-join")
    with servers.ours(folder, "--timeout", "2") as server:
        found = noisy.measure(server.endpoint, light, options.rounds, max(options.seconds * 5, 1))
    outcome = ", ".join(f"{status}: {times}" for status, times in sorted(found.refused.items()))
    print(
        f"A light query beside a client with runaway ones: {found.ratio:.2f} times its quiet "
        f"median latency ({found.quiet * 1000:.1f} ms).\nThe runaways were answered {outcome}."
    )
    if 200 in found.refused:
        print("A runaway query was answered: it did not run away.")
        return 1
    kept = found.ratio <= noisy.CEILING
    if options.floors:
        print(f"{'kept' if kept else 'MISSED'}: at most {noisy.CEILING:g}")
    return int(options.floors and not kept)


def _judged(verdicts: list[tuple[bool, str]]) -> int:
    print(*(line for _, line in verdicts), sep="\n")
    return int(not all(kept for kept, _ in verdicts))


if __name__ == "__main__":
    sys.exit(main())
