"""The graph that a keeper begins with, as its plan says: of files or of a store, and where held."""

from pathlib import Path

from fingerpost.engine import held
from fingerpost.engine.held import Held, InMemory
from fingerpost.engine.plan import Plan
from fingerpost.generations import files
from fingerpost.generations.change import Made
from fingerpost.generations.folder import Generations
from fingerpost.progress import silent


def opened(plan: Plan, generations: Generations | None) -> tuple[Held, Made]:
    """Return the graph that a keeper is to hold: the last of a store's generations, or files.

    Raises:
        DataFault, StoreFault: it cannot be loaded, or put on disk.
    """
    paths = tuple(Path(file) for file in plan.files)
    if generations and not plan.follows:
        generations.clear()
    if plan.disk:
        place = Path(plan.disk)
        if generations:
            return held.store_on_disk(place, generations)
        return held.files_on_disk(place, paths, built=not plan.plain)
    if not generations:
        store, made = files.load(paths, built=not plan.plain)
    elif plan.follows:
        store, made = generations.read(silent)
    else:
        store, made = generations.load(silent)
    return InMemory(store), made
