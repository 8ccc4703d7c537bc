"""The report of pyshacl on a large graph, from a look at all nodes and pyshacl on a few.

Almost all nodes of a graph conform, and that is soon seen. Those of which it is not seen are
pyshacl's, with what shapes can see from them: what it finds there, it finds in the whole.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from fingerpost import shapes
from fingerpost.graph.lasting import sweep
from fingerpost.graph.statement import Statement
from fingerpost.graph.vocabulary import TYPE, Term, term
from fingerpost.shapes import Report
from fingerpost.shapes.core import Core, Shape
from fingerpost.shapes.facts import Facts
from fingerpost.shapes.runs import Runs
from fingerpost.shapes.sight import Sight

_AT_A_TIME = 5_000
_OTHER_TARGETS = {term("sh:targetSubjectsOf"), term("sh:targetObjectsOf")}
_CLASSES = {term("rdfs:Class"), term("owl:Class")}


def validate(stated: Iterable[Statement], by: Iterable[Statement]) -> Report:
    """Return what pyshacl finds when it holds the shapes `by` against `stated`."""
    by = list(by)
    parsed = shapes.parsed(by)
    sight = Sight(parsed)
    if sight.whole or _targets_otherwise(by):
        return shapes.validate(stated, by)
    facts = Facts(stated)
    nodes, runs = doubted(facts, by), Runs(sight)
    return shapes.validate_parts(_parts(nodes, runs, facts), parsed)


def _parts(
    nodes: list[Term], runs: Runs, facts: Facts
) -> Iterator[tuple[list[Term], set[Statement]]]:
    """Yield some of the nodes at a time, with what shapes can see from them."""
    # A few thousand: rdflib holds a statement in a kilobyte.
    for first in range(0, len(nodes), _AT_A_TIME):
        part = nodes[first : first + _AT_A_TIME]
        yield part, runs.seen(part, facts)
        sweep()


def doubted(facts: Facts, by: Iterable[Statement]) -> list[Term]:
    """Return the targeted nodes of which it is not sure that they conform."""
    core = Core(by, facts)
    of_class: dict[Term, list[Shape]] = defaultdict(list)
    for class_, name in core.targets(term("sh:targetClass")):
        of_class[class_].append(core.shape(name))
    found = [
        node
        for node, name in core.targets(term("sh:targetNode"))
        if core.shape(name).of_node(node, facts) is not True
    ]
    plans = _Plans(facts, of_class)
    found.extend(node for node in facts.subjects() if not plans.clear(node))
    return found


def _targets_otherwise(by: list[Statement]) -> bool:
    """Return whether shapes find nodes by anything but their class or name."""
    # A shape that is a class targets its instances (SHACL, 2.1.3.3).
    return any(t.predicate in _OTHER_TARGETS or t.object in _CLASSES for t in by)


@dataclass
class _Plan:
    """What is tested of every node of some types, and what where it has a property."""

    always: list[Shape] = field(default_factory=list)
    where: dict[NamedNode, list[Shape]] = field(default_factory=lambda: defaultdict(list))


class _Plans:
    """What is tested of a node by its types, worked out once for each set of them."""

    def __init__(self, facts: Facts, of_class: dict[Term, list[Shape]]) -> None:
        self._facts = facts
        self._of_class = of_class
        self._known: dict[frozenset[Term], _Plan] = {}

    def clear(self, node: Term) -> bool:
        """Return whether it is sure that a node conforms to all that targets it."""
        said = self._facts.said(node)
        types = frozenset(said.get(TYPE, ()))
        if types not in self._known:
            self._known[types] = self._plan(types)
        plan = self._known[types]
        if any(shape.of_node(node, self._facts) is not True for shape in plan.always):
            return False
        for property_, values in said.items():
            for shape in plan.where.get(property_, ()):
                if len(shape.path) > 1:
                    if shape.of_node(node, self._facts) is not True:
                        return False
                elif shape.of_values(values, self._facts) is not True:
                    return False
        return True

    def _plan(self, types: Iterable[Term]) -> _Plan:
        plan = _Plan()
        for class_ in self._facts.classes(types):
            for shape in self._of_class.get(class_, ()):
                for part in self._parts(shape):
                    # What holds of no values needs no look at nodes that have none.
                    if part.path and part.of_values((), self._facts) is True:
                        for property_ in part.path:
                            plan.where[property_].append(part)
                    else:
                        plan.always.append(part)
        return plan

    def _parts(self, shape: Shape) -> Iterator[Shape]:
        """Yield shapes that together say the same: its property shapes, and the rest of it."""
        if shape.path:
            yield shape
            return
        yield from shape.parts
        yield Shape(each=shape.each, together=shape.together)
