"""What starting costs, what the fence costs, and what an attacker costs the others.

Run it with `python tests/benchmarks/first_light.py`. It prints ratios of medians measured in this
one run, and takes about half a minute.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable

from fingerpost import files, store
from fingerpost.engine import Engine, Query
from fingerpost.engine.fences import Fences
from fingerpost.engine.guarded import Guarded, keeping
from fingerpost.engine.local import Local
from fingerpost.errors import QueryFault

LIGHT = Query("SELECT ?r { ?r a fp:Repository } ORDER BY ?r LIMIT 5")
RUNAWAY = Query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
JSON = "application/json"


def seconds(action: Callable[[], object]) -> float:
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


def median(action: Callable[[], object], times: int) -> float:
    return statistics.median(seconds(action) for _ in range(times))


def recommend(cache: str) -> None:
    command = [sys.executable, "-m", "fingerpost", "recommend", "imaging", "--phase", "share"]
    environment = {**os.environ, "FINGERPOST_CACHE": cache}
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


def start(cache: str) -> None:
    first = seconds(lambda: recommend(cache))
    later = median(lambda: recommend(cache), 5)
    print(f"first answer, built    : {first / later:6.2f} times a later one ({later:.2f} s)")


def fence(local: Engine, guarded: Engine) -> float:
    inside = median(lambda: local.answer(LIGHT, JSON), 500)
    outside = median(lambda: guarded.answer(LIGHT, JSON), 500)
    print(f"query in a worker      : {outside / inside:6.2f} times one in process")
    return outside


def neighbour(guarded: Guarded, quiet: float) -> None:
    stop = threading.Event()

    def attack() -> None:
        while not stop.is_set():
            try:
                guarded.answer(RUNAWAY, JSON)
            except QueryFault:
                continue

    attacker = threading.Thread(target=attack)
    attacker.start()
    time.sleep(0.5)
    beside = median(lambda: guarded.answer(LIGHT, JSON), 500)
    stop.set()
    attacker.join()
    print(f"beside a runaway query : {beside / quiet:6.2f} times a quiet one")


def main() -> None:
    with tempfile.TemporaryDirectory() as cache:
        os.environ["FINGERPOST_CACHE"] = cache
        start(cache)
        generation = store.current(files.folders())
        fences = Fences(seconds=2, workers=2)
        keeper = keeping((generation.dataset,), fences)
        try:
            guarded = Guarded(keeper.folder, fences)
            neighbour(guarded, fence(Local(generation.load()), guarded))
        finally:
            keeper.close()


if __name__ == "__main__":
    main()
