"""How what Fingerpost does grows with the graph: made graphs of growing size, measured on each.

    python tests/benchmarks/ladder.py                               1,000 and 10,000 resources
    python tests/benchmarks/ladder.py --rungs 1000,10000,100000     twelve minutes, some gigabytes
    python tests/benchmarks/ladder.py --rungs 1000,10000,100000,1000000 --peers ""
                                       hours, 13 GB of memory, 50 of disk
    python tests/benchmarks/ladder.py --rungs 1000 --peers ""       only building has peers then
    python tests/benchmarks/ladder.py --peers fingerpost-disk       beside our own engine on disk

A resource comes with about 27 statements. Building is measured in processor seconds, a stage at a
time, beside owlrl and pyshacl where the graph is small enough for them. What a server does is
measured in seconds, beside other servers in the same run: ratios are what to compare. The plot
and all figures as JSON go to --out.
"""

import argparse
import json
import os
import platform
import tempfile
from importlib.metadata import version
from pathlib import Path

from ladder import building, made, serving, shown
from ladder.shown import Rung

from fingerpost import files


def main() -> None:
    options = _options()
    rungs = []
    for resources in options.rungs:
        with tempfile.TemporaryDirectory(dir=options.place) as place:
            rungs.append(_rung(resources, Path(place), options))
        print(*shown.table(rungs), sep="\n", flush=True)
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        (options.out / "ladder.svg").write_text(shown.plot(rungs), "utf-8")
        (options.out / "ladder.json").write_text(
            json.dumps(shown.figures(rungs), indent=2), "utf-8"
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rungs", type=_numbers, default=[1_000, 10_000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--place", type=Path, help="where to put graphs while they are measured")
    parser.add_argument("--out", type=Path, help="a folder for the plot and the figures")
    parser.add_argument(
        "--peers",
        type=_names,
        default=["oxigraph", "rdflib-endpoint", "virtuoso"],
        help="servers beside ours",
    )
    parser.add_argument("--only", choices=["building"], help="measure nothing else")
    parser.add_argument(
        "--reference", type=int, default=1_000, help="the largest rung for owlrl and pyshacl"
    )
    parser.add_argument(
        "--slow", type=int, default=1_000, help="the largest rung for rdflib-endpoint"
    )
    return parser.parse_args()


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def _names(text: str) -> list[str]:
    return [name for name in text.split(",") if name]


def _rung(resources: int, place: Path, options: argparse.Namespace) -> Rung:
    """Make a graph, build it and serve it."""
    print(f"{resources:,} resources on {_machine()}", flush=True)
    made.write(resources, place / "data", files.folders(), options.seed)
    os.environ["FINGERPOST_CACHE"] = str(place / "cache")
    rung = Rung(resources)
    reference = resources <= options.reference
    rung.measured.update(building.measure(place / "data", rung, reference))
    if options.only != "building":
        slow = {"rdflib-endpoint"} if resources > options.slow else set()
        peers = [name for name in options.peers if name not in slow]
        serving.measure(place, rung, peers)
    # Last: what a server has put on disk is there for this, and not the reverse.
    rung.measured.update(building.changed(place / "data"))
    return rung


def _machine() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in ("pyoxigraph", "pyshacl", "owlrl"))
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {packages}"


if __name__ == "__main__":
    main()
