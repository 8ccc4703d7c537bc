"""Statements as a graph of millions is held: parts that many of them share, in a tuple.

A triple of pyoxigraph holds texts of its own, in several times the memory, and makes a new
object at each look at a part.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from fingerpost.graph.vocabulary import Term

Subject = NamedNode | BlankNode | Triple
"""Whatever something may be said of."""


class Statement(NamedTuple):
    """What is said of a subject; as a text it is a line of N-Triples without its full stop."""

    subject: Subject
    predicate: NamedNode
    object: Term

    def __str__(self) -> str:
        if isinstance(self.object, Triple):
            return str(Triple(*self))
        return f"{self.subject} {self.predicate} {self.object}"


def statement(said: Quad | Triple) -> Statement:
    """Return what pyoxigraph has read or holds, without its graph."""
    return Statement(said.subject, said.predicate, said.object)


class Shared:
    """Terms, of which each is kept once in its role."""

    def __init__(self) -> None:
        self._subjects: dict[Subject, Subject] = {}
        self._predicates: dict[NamedNode, NamedNode] = {}
        self._objects: dict[Term, Term] = {}

    def statements(self, said: Iterable[Quad | Triple]) -> Iterator[Statement]:
        """Yield statements whose parts are those kept here."""
        subjects, predicates = self._subjects.setdefault, self._predicates.setdefault
        objects = self._objects.setdefault
        for one in said:
            subject, predicate, value = one.subject, one.predicate, one.object
            yield Statement(
                subjects(subject, subject), predicates(predicate, predicate), objects(value, value)
            )
