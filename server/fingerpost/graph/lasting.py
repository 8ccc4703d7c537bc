"""Work on millions of objects that last."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """Put off Python's search for garbage in cycles: statements form none, and are many to search.

    Whoever makes such garbage meanwhile, as rdflib does, calls `sweep`.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def sweep() -> None:
    """Search for garbage where Python does not by itself."""
    if not gc.isenabled():
        gc.collect()
