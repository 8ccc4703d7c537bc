"""Everything that has a name in a graph, numbered, with what is said of it, some at a time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from fingerpost.engine import Engine
from fingerpost.graph.vocabulary import KINDS, term
from fingerpost.index import asking, gathered
from fingerpost.index.kept import Index
from fingerpost.index.told import Told

_CONCEPTS = ("DataType", "Technique", "Phase")


@dataclass(frozen=True)
class Thing(Told):
    """A record or concept with its number."""

    id: int = 0


@dataclass(frozen=True)
class Things:
    """The things of a graph that are of some classes, numbered in the order of their IRIs."""

    engine: Engine
    gathered: Index
    classes: frozenset[str]

    def batches(self, properties: Sequence[str]) -> Iterator[list[Thing]]:
        """Yield all things with the values of some properties, prefixed names, some at a time.

        Raises:
            Preparing: their generation has passed.
        """
        every = (one for one in gathered.each(self.gathered) if of_classes(one, self.classes))
        numbered = (_thing(id_, one, properties) for id_, one in zip(count(1), every))
        yield from asking.batches(self.engine, numbered)

    def names(self, iris: Iterable[str]) -> dict[str, str]:
        """Return the English names of those of some things that have one."""
        return gathered.names(self.gathered, iris)


@dataclass(frozen=True)
class Kinds:
    """Some kinds of record, and the classes that they have."""

    kinds: frozenset[str]
    classes: frozenset[str]

    def has(self, one: Told) -> bool:
        """Say whether something is a record of one of them."""
        return one.kind in self.kinds and of_classes(one, self.classes)


def load(engine: Engine, gathered: Index) -> Things:
    """Return everything in a graph that has a name and an identifier of ours."""
    return Things(engine, gathered, _classes((*KINDS.values(), *_CONCEPTS)))


def kinds(names: Iterable[str]) -> Kinds:
    """Return some kinds by their names."""
    some = frozenset(names)
    return Kinds(some, _classes(KINDS[name] for name in some))


def of_classes(one: Told, classes: frozenset[str]) -> bool:
    """Say whether something is of one of some classes, which are IRIs."""
    return not classes.isdisjoint(one.of("rdf:type"))


def _thing(id_: int, one: Told, properties: Sequence[str]) -> Thing:
    said, stated = (
        {name: values[name] for name in properties if name in values}
        for values in (one.said, one.stated)
    )
    return Thing(one.iri, one.name, one.description, said, stated, id_)


def _classes(names: Iterable[str]) -> frozenset[str]:
    return frozenset(term(f"fp:{name}").value for name in names)
