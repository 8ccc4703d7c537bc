"""Both registries' snapshots in the package `bioregistry`: imported into a store, and linked.

    pip install bioregistry && python tests/benchmarks/linking_snapshots.py

Each step is a command, as anybody would call it: its time by the clock, and of the processor. The
first makes the store. The status is 1 where the processor was busy for longer than two minutes.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

from fingerpost.graph import sssom

MOST = 120
"""The seconds that a processor may be busy with all of it."""


def main() -> None:
    spec = find_spec("bioregistry")
    if not spec or not spec.origin:
        sys.exit("This needs the data of the package bioregistry.")
    external = Path(spec.origin).parent / "external"
    files = {name: str(external / name / "processed.json") for name in ("fairsharing", "re3data")}
    with tempfile.TemporaryDirectory() as folder:
        store, links = str(Path(folder) / "store"), Path(folder) / "links.sssom.tsv"
        print(f"{'':>20} {'clock':>8} {'processor':>10}")
        for name, file in files.items():
            _run("import", name, file, "--store", store, "--from", "https://bioregistry.io/")
        _run("link", *files.values(), "--out", str(links))
        found = Counter(row.predicate_id for row in sssom.read(links))
    print(", ".join(f"{count:,} {predicate}" for predicate, count in sorted(found.items())))
    if (busy := _busy()) > MOST:
        sys.exit(f"That is more than {MOST} s of the processor: {busy:.0f}.")


def _run(*arguments: str) -> None:
    begin, busy = time.perf_counter(), _busy()
    subprocess.run(
        [sys.executable, "-m", "fingerpost", *arguments], check=True, capture_output=True
    )
    name = " ".join(one for one in arguments[:2] if len(one) < 12)
    print(f"{name:>20} {time.perf_counter() - begin:>6.1f} s {_busy() - busy:>8.1f} s", flush=True)


def _busy() -> float:
    """Return the seconds that processors were busy with what was run."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
