"""What building costs: processor seconds a stage, the most memory held, and one changed record.

What a second process takes is counted where its result is waited for, and what two processes
share is counted once. Run as a module it builds the data of a folder in a process of its own and
prints the figures.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from ladder import serving
from ladder.shown import Rung

if TYPE_CHECKING:
    from pyoxigraph import Store

STAGES = {
    "Reading": "parse",
    "Inferring": "inference",
    "Validating": "validation",
    "Writing": "generation",
    "Counting": "description",
}
"""The first word that is told when a stage begins → its name here."""

_EVERY = 0.2
"""Seconds between two looks at the memory, at least."""
_AWAY = 30
"""How many times as long as such a look takes there is none."""
TIMES = 5
"""Records that are changed."""


def measure(data: Path, rung: Rung, reference: bool) -> dict[str, float]:
    """Return the figures of a build, in a process of its own; and what others take for it."""
    found = _watched(data)
    rung.statements, rung.quads = int(found.pop("statements")), int(found.pop("quads"))
    if reference:
        for stage, seconds in _run(data, "reference").items():
            rung.peers[f"build: {stage}"] = {"reference": seconds}
    return found


def changed(data: Path) -> dict[str, float]:
    """Return what a changed record of a built graph takes, in a process of its own."""
    return _run(data, "change")


def _watched(data: Path) -> dict[str, float]:
    """Return the figures of a build, and the most gigabytes that it and its children hold."""
    held = [0]
    with _started(data, "build") as running:
        while running.poll() is None:
            begin = time.perf_counter()
            held.append(serving.memory(running.pid))
            # The system goes through every page, and whoever has them waits for it.
            time.sleep(max(_EVERY, _AWAY * (time.perf_counter() - begin)))
        return {**_figures(running), "build: memory, GB": max(held) / 1e9}


def _run(data: Path, what: str) -> dict[str, float]:
    with _started(data, what) as running:
        return _figures(running)


def _started(data: Path, what: str) -> "subprocess.Popen[bytes]":
    here = Path(__file__).resolve().parents[1]
    command = [sys.executable, "-m", "ladder.building", str(data.resolve()), what]
    return subprocess.Popen(command, cwd=here, stdout=subprocess.PIPE)


def _figures(running: "subprocess.Popen[bytes]") -> dict[str, float]:
    told, _ = running.communicate()
    if running.returncode:
        raise SystemExit(f"{running.args} ended with {running.returncode}")
    return dict(json.loads(told))


def build(data: Path) -> dict[str, float]:
    """Build as every command does, and return seconds a stage, of all processes."""
    from fingerpost import catalogue, files

    begun: list[tuple[str, float]] = []

    def tell(message: str) -> None:
        begun.append((STAGES[message.split()[0]], _spent()))

    begin = time.perf_counter()
    paths = catalogue.dataset(files.folders(data), tell)
    wall = time.perf_counter() - begin
    begun.append(("end", _spent()))
    found = {f"build: {name}": later - earlier for (name, earlier), (_, later) in pairwise(begun)}
    summary = json.loads(paths[0].with_name("summary.json").read_text("utf-8"))
    with paths[0].open("rb") as file:
        quads = sum(1 for _ in file)
    return {
        **found,
        "build: all, s": sum(found.values()),
        "build: wall, s": wall,
        "statements": summary["stated"] + summary["inferred"],
        "quads": quads,
    }


def _spent() -> float:
    """Return the processor seconds of this process and of those that have ended beside it."""
    return sum(os.times()[:4])


def reference(data: Path) -> dict[str, float]:
    """Return what owlrl and pyshacl take for the same closure and report."""
    import owlrl
    import rdflib

    from fingerpost import files, shapes
    from fingerpost.graph import dataset, records
    from fingerpost.graph.dataset import SHAPES

    folders = files.folders(data)
    together = dataset.assemble(
        records.terminology(folders.ontology),
        records.terminology(folders.shapes),
        records.records(folders.instances),
    )
    graph = rdflib.Graph()
    graph.parse(data="".join(f"{one} .\n" for one in together.merge), format="nt")
    begin = time.process_time()
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    middle = time.process_time()
    shapes.validate(together.checked, together.graphs[SHAPES])
    return {"inference": middle - begin, "validation": time.process_time() - middle}


def change(data: Path) -> dict[str, float]:
    """Return the median seconds of revising the loaded graph for one renamed record."""
    from pyoxigraph import Literal, Quad

    from fingerpost import catalogue, files
    from fingerpost.graph.dataset import counts
    from fingerpost.graph.vocabulary import LABEL, term
    from fingerpost.revise import Delta, Reviser

    store = _opened(tuple(catalogue.dataset(files.folders(data))))
    reviser = Reviser(store)
    taken = []
    for number in range(TIMES):
        guidance = term(f"guidance:guidance-{number}")
        held = [q for q in store.quads_for_pattern(guidance, LABEL, None) if counts(q.graph_name)]
        name = Literal(f"Another name {number}", language="en")
        new = [Quad(guidance, LABEL, name, one.graph_name) for one in held]
        for one in held:
            store.remove(one)
        store.extend(new)
        begin = time.process_time()
        revision = reviser.revise(store, Delta(frozenset(new), frozenset(held)))
        taken.append(time.process_time() - begin)
        if revision.report.violations:
            raise SystemExit(f"the change was to conform: {revision.report.violations}")
    return {"change: one record, s": statistics.median(taken)}


def _opened(paths: tuple[Path, ...]) -> "Store":
    """Return the graph of files where a server would have it: in memory, or a copy of it on disk."""
    from fingerpost import files, memory
    from fingerpost.engine import held, placing
    from fingerpost.generations import files as generations

    if placing.place(placing.AUTO, placing.needed(paths, None), 0, memory.free()).on_disk:
        graph, _ = held.files_on_disk(files.cache() / "graphs", paths, built=True)
        return graph.write()
    store, _ = generations.load(paths)
    return store


if __name__ == "__main__":
    chosen = {"build": build, "reference": reference, "change": change}[sys.argv[2]]
    print(json.dumps(chosen(Path(sys.argv[1]))))
