"""The statements that shapes are held against, by what they speak of."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode

from fingerpost.graph.statement import Statement, Subject
from fingerpost.graph.vocabulary import Term, term

_SUB_CLASS = term("rdfs:subClassOf")


class Facts:
    """The statements that shapes are held against, by subject."""

    def __init__(self, stated: Iterable[Statement]) -> None:
        self._about: dict[Subject, list[Statement]] = defaultdict(list)
        self._of: dict[Term, list[Statement]] = {}
        for triple in stated:
            self._about[triple.subject].append(triple)
        self._classes: dict[NamedNode, frozenset[Term]] = {}
        self._last: tuple[Term | None, dict[NamedNode, list[Term]]] = (None, {})

    def subjects(self) -> Iterator[Subject]:
        """Yield everything that something is said of."""
        yield from self._about

    def said(self, node: Term) -> dict[NamedNode, list[Term]]:
        """Return what is said of a node, by property."""
        found: dict[NamedNode, list[Term]] = {}
        if not isinstance(node, Literal):
            for triple in self._about.get(node, ()):
                found.setdefault(triple.predicate, []).append(triple.object)
        self._last = (node, found)
        return found

    def values(self, node: Term, property_: NamedNode) -> list[Term]:
        """Return the values of a property of a node."""
        # Of one node much is asked: what is said of it is looked through once.
        if node is self._last[0]:
            return self._last[1].get(property_, [])
        if isinstance(node, Literal):
            return []
        return [t.object for t in self._about.get(node, ()) if t.predicate == property_]

    def classes(self, types: Iterable[Term]) -> set[Term]:
        """Return classes with everything that they are subclasses of (SHACL, 2.1.3.2)."""
        return {above for one in types for above in self._above(one)}

    def matching(
        self, subject: Subject | None, predicate: NamedNode | None, value: Term | None
    ) -> Iterator[Statement]:
        """Yield the statements of a pattern in which None stands for anything."""
        among = self._held(value) if subject is None else self._about.get(subject, ())
        for triple in among:
            if predicate in (None, triple.predicate) and value in (None, triple.object):
                yield triple

    def stated(self, _: Statement) -> bool:
        """Return True: nothing here only follows."""
        return True

    def _held(self, value: Term | None) -> Iterable[Statement]:
        """Return the statements of a value; an index of them is made when it is first needed."""
        if value is None:
            return (triple for triples in self._about.values() for triple in triples)
        if not self._of:
            for triples in self._about.values():
                for triple in triples:
                    self._of.setdefault(triple.object, []).append(triple)
        return self._of.get(value, ())

    def _above(self, class_: Term) -> frozenset[Term]:
        if not isinstance(class_, NamedNode):
            return frozenset({class_})
        if class_ not in self._classes:
            found: set[Term] = {class_}
            waiting: list[Term] = [class_]
            while waiting:
                fresh = set(self.values(waiting.pop(), _SUB_CLASS)) - found
                found |= fresh
                waiting.extend(fresh)
            self._classes[class_] = frozenset(found)
        return self._classes[class_]
