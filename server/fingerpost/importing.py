"""A registry's records made its snapshot in a store: first what would change, then the change."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from fingerpost import clock, stored
from fingerpost.engine.writes import Part, Write
from fingerpost.errors import BadParameter, Collapse, NotOfRegistry
from fingerpost.files import Folders
from fingerpost.generations.change import Made
from fingerpost.generations.folder import Generations
from fingerpost.graph import records
from fingerpost.graph.dataset import ONTOLOGY
from fingerpost.progress import Count, Progress, silent, uncounted
from fingerpost.registries import plainly, reading, retrieving, snapshot
from fingerpost.registries.difference import Difference
from fingerpost.registries.entry import Broken, Found
from fingerpost.registries.harvest import fetching
from fingerpost.registries.harvest.fetching import Harvest
from fingerpost.registries.known import Registry
from fingerpost.registries.reading import Read
from fingerpost.registries.snapshot import Snapshot

_COUNTED = 50
"""Of so many records one is told of."""
_NOTHING = Snapshot({}, frozenset())


@dataclass(frozen=True)
class Plan:
    """A snapshot to be, what it changes in the last one, and the records that cannot be taken."""

    registry: Registry
    difference: Difference
    broken: tuple[Broken, ...]

    @property
    def same(self) -> bool:
        """Whether the last snapshot has these very records."""
        return self.difference.new.digest == self.difference.old.digest

    def check(self) -> None:
        """Return if the new snapshot may take the place of the last one.

        Raises:
            Collapse: it has far fewer records, or cross-references.
            NotOfRegistry: it has no record at all.
        """
        if self.difference.collapse:
            raise Collapse(
                f"{self.difference.collapse}: nothing is imported. If that is right, add "
                "--allow-collapse."
            )
        if not self.difference.new.records:
            raise NotOfRegistry(f"There is no record of {self.registry.title} to import.")


def read(
    registry: Registry,
    source: str,
    format_: str | None,
    tell: Progress = silent,
    count: Count = uncounted,
) -> Read:
    """Return what a file, here or at an address, says.

    Without its format it is as the registry gives it, or, of one that is not known, as it looks.
    The records are counted.

    Raises:
        BadParameter: there is no such file or format.
        NotOfRegistry: it is not what the registry gives.
    """
    if format_ and format_ not in reading.READERS:
        raise BadParameter(f'"{format_}" is none of the formats {", ".join(reading.READERS)}.')
    own = registry.prefix if registry.prefix in reading.READERS else None
    path = retrieving.local(source, tell)
    tell(f"Reading {source}")
    return reading.gathered(_counted(reading.each(path, format_ or own), count))


def _counted(found: Iterable[Found], count: Count) -> Iterator[Found]:
    for number, one in enumerate(found, 1):
        if number % _COUNTED == 0:
            count(number, 0)
        yield one


def harvested(
    registry: Registry, harvest: Harvest, tell: Progress = silent, count: Count = uncounted
) -> Read:
    """Return what a registry says, asked live; its pages are counted.

    Raises:
        BadParameter: it cannot be asked.
        HarvestFault, NotOfRegistry: it does not answer as it should.
    """
    return reading.gathered(fetching.entries(registry.prefix, harvest, tell, count))


def plan(
    registry: Registry, found: Read, source: str, folders: Folders, place: Path | None
) -> Plan:
    """Return what it comes to if records become the snapshot of their registry in a store.

    `source` is the address they were retrieved from, today. The store may not be there yet.

    Raises:
        StoreFault, Unreadable: the store, or the data for a new one, cannot be used.
    """
    if place and stored.exists(place):
        generations = Generations(place)
        terminology = generations.graph(ONTOLOGY)
        old = snapshot.held(registry, generations.graph(NamedNode(registry.graph)))
    else:
        terminology = set(records.terminology(folders.ontology))
        old = _NOTHING
    words = plainly.words(terminology)
    day = clock.today().isoformat()
    new, broken = snapshot.made(registry, found.entries, words, day, source)
    return Plan(registry, Difference(old, new), (*found.broken, *broken))


def carry_out(plan: Plan, folders: Folders, place: Path, tell: Progress = silent) -> Made | None:
    """Make a snapshot that of its registry, in a generation of its own, which is returned.

    None is made where the last snapshot has the same records.

    A store that is not there yet is made, with the data of `folders`.

    Raises:
        StoreFault, DataFault: the store cannot be used, or not be made.
        WriteFault: the change is not made.
    """
    if plan.same:
        return None
    if not stored.exists(place):
        os.close(stored.prepare(place, folders, (), tell))
    part = Part("application/n-triples", plan.difference.new.bytes())
    write = Write(kind="put", by="import", graph=plan.registry.graph, parts=(part,))
    return stored.change(place, write, tell)
