"""What is asked about an earlier day: the graph of that day, and what finds things in it."""

from dataclasses import dataclass

from fingerpost.engine import Engine
from fingerpost.index import shelf
from fingerpost.index.indexes import Indexes, of_engine


@dataclass(frozen=True)
class Then:
    """The engine of a day, with the files about what it holds."""

    engine: Engine
    shelf: Indexes
    indexes: Indexes


def of(engine: Engine) -> Then:
    """Return what is asked about the graph that an engine holds."""
    gathered = of_engine(engine)
    shelved = Indexes(engine, "shelf", shelf.write, of=gathered)
    return Then(engine, shelved, Indexes(engine, after=shelved, of=gathered))
