"""A store while it is brought up to date, and the account of what has changed in it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from fingerpost.graph.dataset import INFERRED, Name, quad
from fingerpost.graph.statement import Statement, Subject, statement
from fingerpost.graph.vocabulary import TYPE, Term

_DEFAULT = DefaultGraph()
_Account = dict[tuple[Subject, Name | DefaultGraph], set[Quad]]


@dataclass(frozen=True)
class Delta:
    """Statements, each in its graph, that came and that went."""

    added: frozenset[Quad]
    removed: frozenset[Quad]


class Ledger:
    """A store whose named graphs hold what was asked, and everything that changes in it since.

    Of the merge it knows what the store holds: a statement of the default graph that is not
    in the graph of inferences.
    """

    def __init__(self, store: Store, asked: Delta) -> None:
        self.store = store
        self.asked = asked
        self._added = _by_node(asked.added)
        self._removed = _by_node(asked.removed)

    def delta(self) -> Delta:
        """Return the whole change since the old generation."""
        return Delta(
            frozenset().union(*self._added.values()), frozenset().union(*self._removed.values())
        )

    def now(self, node: Subject, name: Name | DefaultGraph) -> set[Statement]:
        """Return what a named graph holds about `node`."""
        return set(map(statement, self.store.quads_for_pattern(node, None, None, name)))

    def before(self, node: Subject, name: Name | DefaultGraph) -> set[Statement]:
        """Return what a named graph of the old generation held about `node`."""
        came = set(map(statement, self._added.get((node, name), ())))
        went = set(map(statement, self._removed.get((node, name), ())))
        return self.now(node, name) - came | went

    def put(self, one: Quad) -> bool:
        """Add a statement to its graph; return whether it was not there yet."""
        if one in self.store:
            return False
        self.store.add(one)
        _enter(one, self._added, self._removed)
        return True

    def take(self, one: Quad) -> bool:
        """Remove a statement from its graph; return whether it was there."""
        if one not in self.store:
            return False
        self.store.remove(one)
        _enter(one, self._removed, self._added)
        return True

    def state(self, triple: Statement) -> bool:
        """Put a statement into the merge; return whether it did not hold at all until now."""
        self.take(quad(triple, INFERRED))
        return self.put(quad(triple, _DEFAULT))

    def infer(self, triple: Statement) -> bool:
        """Note what follows; return whether it did not hold until now."""
        return self.put(quad(triple, _DEFAULT)) and self.put(quad(triple, INFERRED))

    def forget(self, triple: Statement) -> None:
        """Take out what is neither stated nor follows."""
        self.take(quad(triple, _DEFAULT))
        self.take(quad(triple, INFERRED))

    def holds(self, triple: Statement) -> bool:
        """Return whether a statement is stated or follows."""
        return quad(triple, _DEFAULT) in self.store

    def stated(self, triple: Statement) -> bool:
        """Return whether a statement is in the merge."""
        return self.holds(triple) and quad(triple, INFERRED) not in self.store

    def typed(self) -> set[Subject]:
        """Return the nodes that are of a type now that they were not of before."""
        return {
            node
            for (node, name), came in self._added.items()
            if name == _DEFAULT and any(one.predicate == TYPE for one in came)
        }

    def matching(
        self, subject: Subject | None, predicate: NamedNode | None, value: Term | None
    ) -> Iterator[Statement]:
        """Yield what is stated or follows, of a pattern in which None stands for anything."""
        yield from map(statement, self.store.quads_for_pattern(subject, predicate, value, _DEFAULT))


def _by_node(quads: Iterable[Quad]) -> _Account:
    account: _Account = defaultdict(set)
    for one in quads:
        account[one.subject, one.graph_name].add(one)
    return account


def _enter(one: Quad, here: _Account, there: _Account) -> None:
    """Enter a change on its side of the account, or cancel its opposite on the other."""
    key = (one.subject, one.graph_name)
    if one in there[key]:
        there[key].remove(one)
    else:
        here[key].add(one)
