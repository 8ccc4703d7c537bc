"""What shapes can see from the nodes that they target, read out of the shapes themselves.

The shapes become a nondeterministic automaton over the statements of a graph: its states are
the shapes, and the places along their paths; a move crosses a statement, forwards or backwards,
or none. Whatever a shape looks at is crossed by a move. So a changed statement concerns just
the nodes from which a run leads to it, and what a node needs is what the runs from it cross.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import rdflib
from pyoxigraph import NamedNode
from rdflib.namespace import OWL, RDF, RDFS, SH
from rdflib.term import Node

from fingerpost.graph.vocabulary import TYPE, term

_SUB_CLASS = term("rdfs:subClassOf")
_ON_VALUES = (SH.node, SH.property, SH["not"], SH.qualifiedValueShape)
_LISTS = (SH["and"], SH["or"], SH.xone)
_COMPARED = (SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals)
_PATHS = (
    SH.inversePath,
    SH.alternativePath,
    SH.zeroOrMorePath,
    SH.oneOrMorePath,
    SH.zeroOrOnePath,
)
_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
# What looks at the values themselves and no further, or at nothing at all.
_OWN = {
    SH[name]
    for name in (
        "path datatype nodeKind minCount maxCount minExclusive minInclusive maxExclusive "
        "maxInclusive minLength maxLength pattern flags languageIn uniqueLang hasValue in "
        "qualifiedMinCount qualifiedMaxCount qualifiedValueShapesDisjoint closed "
        "ignoredProperties deactivated severity message name description order group "
        "defaultValue"
    ).split()
}
_UNDERSTOOD = {SH["class"], *_ON_VALUES, *_LISTS, *_COMPARED, *_PATHS, *_TARGETS, *_OWN}
_CLASSES = {RDFS.Class, OWL.Class}
State = int


@dataclass(frozen=True)
class Move:
    """From `here` to `there` over a statement of `predicate` (None: of any), or `back` over it."""

    here: State
    predicate: NamedNode | None
    back: bool
    there: State


class Sight:
    """The automaton of a graph of shapes: where runs start, and every move there is.

    `whole` says that the shapes use something that may look anywhere, such as SPARQL: then
    only the whole graph will do.
    """

    def __init__(self, shapes: rdflib.Graph) -> None:
        self._shapes = shapes
        self._numbers = count()
        self._of_shape: dict[Node, State] = {}
        self.whole = not _understood(shapes)
        self.starts: set[State] = set()
        self.moves: list[Move] = []
        self.silent: list[tuple[State, State]] = []
        """Pairs of states, the second reached from the first without crossing a statement."""
        self._end = next(self._numbers)
        self._class = next(self._numbers)
        self._move(self._class, _SUB_CLASS, self._class)
        for shape in self._targeting():
            self._target(shape)

    def _targeting(self) -> set[Node]:
        """Return the shapes with targets; a shape that is a class targets its instances."""
        found = {shape for target in _TARGETS for shape in self._shapes.subjects(target)}
        types = _CLASSES | set(self._shapes.subjects(RDFS.subClassOf, RDFS.Class))
        return found | {
            shape for type_ in types for shape in self._shapes.subjects(RDF.type, type_)
        }

    def _target(self, shape: Node) -> None:
        start = next(self._numbers)
        self.starts.add(start)
        self.silent.append((start, self._shape(shape)))
        self._move(start, TYPE, self._class)
        for property_ in self._shapes.objects(shape, SH.targetSubjectsOf):
            self._move(start, _named(property_), self._end)
        for property_ in self._shapes.objects(shape, SH.targetObjectsOf):
            self._move(start, _named(property_), self._end, back=True)

    def _shape(self, shape: Node) -> State:
        """Return the state of a run that has come to a node to hold `shape` against it."""
        if shape in self._of_shape:
            return self._of_shape[shape]
        here = self._of_shape[shape] = next(self._numbers)
        path = self._shapes.value(shape, SH.path)
        values = here if path is None else self._path(here, path)
        for other in self._others(shape):
            self.silent.append((values, self._shape(other)))
        if (shape, SH["class"], None) in self._shapes:
            self._move(values, TYPE, self._class)
        if (shape, SH.closed, None) in self._shapes:
            self._move(values, None, self._end)
        for compared in _COMPARED:
            for property_ in self._shapes.objects(shape, compared):
                self._move(here, _named(property_), self._end)
        return here

    def _others(self, shape: Node) -> Iterator[Node]:
        """Yield the shapes that `shape` holds against its values."""
        for parameter in _ON_VALUES:
            yield from self._shapes.objects(shape, parameter)
        for parameter in _LISTS:
            for listed in self._shapes.objects(shape, parameter):
                yield from self._shapes.items(listed)
        if (shape, SH.qualifiedValueShapesDisjoint, None) in self._shapes:
            siblings = SH.property / SH.qualifiedValueShape
            for parent in self._shapes.subjects(SH.property, shape):
                yield from self._shapes.objects(parent, siblings)

    def _path(self, here: State, path: Node, back: bool = False) -> State:
        """Return the state at the end of a path that begins `here`."""
        if isinstance(path, rdflib.URIRef):
            there = next(self._numbers)
            self._move(here, _named(path), there, back)
            return there
        if (path, RDF.first, None) in self._shapes:
            return self._sequence(here, list(self._shapes.items(path)), back)
        [(kind, inner)] = self._shapes.predicate_objects(path)
        if kind == SH.inversePath:
            return self._path(here, inner, not back)
        if kind == SH.alternativePath:
            return self._either(here, list(self._shapes.items(inner)), back)
        return self._repeated(here, kind, inner, back)

    def _sequence(self, here: State, steps: list[Node], back: bool) -> State:
        # SHACL walks the inverse of a sequence from its end, pyshacl in the order it is written.
        there = next(self._numbers)
        for order in (steps, steps[::-1]) if back else (steps,):
            end = here
            for step in order:
                end = self._path(end, step, back)
            self.silent.append((end, there))
        return there

    def _either(self, here: State, paths: list[Node], back: bool) -> State:
        there = next(self._numbers)
        for path in paths:
            self.silent.append((self._path(here, path, back), there))
        return there

    def _repeated(self, here: State, kind: Node, path: Node, back: bool) -> State:
        there = next(self._numbers)
        self.silent.append((self._path(here, path, back), there))
        if kind != SH.oneOrMorePath:
            self.silent.append((here, there))
        if kind != SH.zeroOrOnePath:
            self.silent.append((self._path(there, path, back), there))
        return there

    def _move(
        self, here: State, predicate: NamedNode | None, there: State, back: bool = False
    ) -> None:
        self.moves.append(Move(here, predicate, back, there))


def _understood(shapes: rdflib.Graph) -> bool:
    """Return whether all that the shapes use is known here."""
    used = {predicate for predicate in shapes.predicates() if str(predicate).startswith(str(SH))}
    return used <= _UNDERSTOOD


def _named(property_: Node) -> NamedNode:
    return NamedNode(str(property_))
