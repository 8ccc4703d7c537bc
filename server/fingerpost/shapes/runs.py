"""Runs of what shapes can see over what is stated, from changes to nodes and from nodes on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Protocol

from pyoxigraph import Literal, NamedNode

from fingerpost.graph.statement import Statement, Subject
from fingerpost.graph.vocabulary import Term
from fingerpost.shapes.sight import Move, Sight, State


class Statements(Protocol):
    """Statements to run over, and which of them are stated and do not only follow."""

    def matching(
        self, subject: Subject | None, predicate: NamedNode | None, value: Term | None
    ) -> Iterator[Statement]:
        """Yield the statements of a pattern in which None stands for anything."""

    def stated(self, triple: Statement) -> bool:
        """Return whether one of the statements is stated."""


class Runs:
    """The automaton of the shapes, indexed both ways."""

    def __init__(self, sight: Sight) -> None:
        self._starts = frozenset(sight.starts)
        self._over: dict[NamedNode | None, list[Move]] = defaultdict(list)
        self._from: dict[State, list[Move]] = defaultdict(list)
        self._into: dict[State, list[Move]] = defaultdict(list)
        self._silent_from: dict[State, list[State]] = defaultdict(list)
        self._silent_into: dict[State, list[State]] = defaultdict(list)
        for move in sight.moves:
            self._over[move.predicate].append(move)
            self._from[move.here].append(move)
            self._into[move.there].append(move)
        for here, there in sight.silent:
            self._silent_from[here].append(there)
            self._silent_into[there].append(here)

    def seeing(self, changed: Iterable[Statement], statements: Statements) -> set[Term]:
        """Return the nodes from which a shape may look at one of the changed statements.

        The statements on the way are those of the merge as it is now. That is enough: of the
        changed statements on a way of old, the first comes after none that went.
        """
        stated = _Stated(statements)
        found: set[Term] = set()
        waiting = [(move.here, end) for triple in changed for move, end in self._crossing(triple)]
        seen = set(waiting)
        while waiting:
            state, node = waiting.pop()
            if state in self._starts:
                found.add(node)
            earlier = [(here, node) for here in self._silent_into.get(state, ())]
            for move in self._into.get(state, ()):
                if move.predicate is not None:
                    earlier += [(move.here, end) for end in stated.before(move, node)]
            waiting += [one for one in earlier if one not in seen]
            seen.update(earlier)
        return found

    def seen(self, nodes: Iterable[Term], statements: Statements) -> set[Statement]:
        """Return every stated statement that a shape may look at from one of the nodes."""
        stated = _Stated(statements)
        found: set[Statement] = set()
        waiting = [(start, node) for node in nodes for start in self._starts]
        seen = set(waiting)
        while waiting:
            state, node = waiting.pop()
            later = [(there, node) for there in self._silent_from.get(state, ())]
            for move in self._from.get(state, ()):
                crossed = stated.crossed(move, node)
                found.update(crossed)
                later += [(move.there, t.subject if move.back else t.object) for t in crossed]
            waiting += [one for one in later if one not in seen]
            seen.update(later)
        return found

    def _crossing(self, triple: Statement) -> Iterator[tuple[Move, Term]]:
        for move in (*self._over.get(triple.predicate, ()), *self._over.get(None, ())):
            yield move, triple.object if move.back else triple.subject


class _Stated:
    """Statements of the merge by subject or by value, each looked up once."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        self._known: dict[tuple[Term, NamedNode | None, bool], list[Statement]] = {}

    def crossed(self, move: Move, node: Term) -> list[Statement]:
        """Return the statements that a move crosses from `node`."""
        return self._of(node, move.predicate, move.back)

    def before(self, move: Move, node: Term) -> list[Term]:
        """Return the nodes from which a move leads to `node`."""
        crossed = self._of(node, move.predicate, not move.back)
        return [triple.object if move.back else triple.subject for triple in crossed]

    def _of(self, node: Term, predicate: NamedNode | None, back: bool) -> list[Statement]:
        key = (node, predicate, back)
        if key not in self._known:
            self._known[key] = list(self._look_up(node, predicate, back))
        return self._known[key]

    def _look_up(self, node: Term, predicate: NamedNode | None, back: bool) -> Iterator[Statement]:
        if back:
            found = self._statements.matching(None, predicate, node)
        elif isinstance(node, Literal):
            return
        else:
            found = self._statements.matching(node, predicate, None)
        yield from (triple for triple in found if self._statements.stated(triple))
