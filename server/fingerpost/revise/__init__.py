"""Writing, as far as the graph itself is concerned: what follows from a change, and is it right."""

from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from fingerpost import build, reason, shapes
from fingerpost.graph import dataset
from fingerpost.graph.dataset import INFERRED, ONTOLOGY, SHAPES, Name
from fingerpost.graph.statement import Statement, statement
from fingerpost.graph.vocabulary import SUBJECT, TYPE, Term
from fingerpost.revise import closure, merge
from fingerpost.revise.ledger import Delta, Ledger
from fingerpost.revise.merge import Change
from fingerpost.shapes import Report
from fingerpost.shapes.runs import Runs
from fingerpost.shapes.sight import Sight

__all__ = ["Delta", "Reviser", "Revision"]


@dataclass(frozen=True)
class Revision:
    """A change in full, with all that it makes follow, and what the shapes say of it."""

    delta: Delta
    report: Report


class Reviser:
    """Rules and shapes of one terminology, made ready once and used for many revisions."""

    def __init__(self, store: Store) -> None:
        self._rules = reason.rules(_held(store, ONTOLOGY))
        self._learn(_held(store, SHAPES))

    def revise(self, store: Store, asked: Delta) -> Revision:
        """Bring what is derived in `store` up to date, and return the whole change.

        The named graphs of `store` hold what was asked already; the default graph and the
        graph of inferences are those from before it. `asked` tells what was not there and is
        now, and the reverse. The exception is a statement that was there because a claim made
        it, where the claim goes and the statement is to stay: name it among the added.

        A change of the terminology or the shapes has everything computed anew, and is learnt
        for all later revisions; where it is turned down, make another Reviser.

        Raises:
            UnappliedAxiom: the ontology now goes beyond the rules; `store` is of no more use.
            ValueError: what was asked addresses the default graph or that of inferences.
        """
        names = {one.graph_name for one in asked.added | asked.removed}
        if names & {DefaultGraph(), INFERRED}:
            raise ValueError("the default graph and the inferences are derived, not written")
        ledger = Ledger(store, asked)
        change = merge.revise(ledger)
        if names & {ONTOLOGY, SHAPES}:
            report = self._anew(ledger)
        else:
            closure.revise(ledger, change, self._rules)
            report = self._checked(ledger, change)
        return Revision(ledger.delta(), report)

    def _learn(self, shape_triples: set[Statement]) -> None:
        self._shapes = shapes.parsed(shape_triples)
        self._sight = Sight(self._shapes)
        self._runs = Runs(self._sight)

    def _anew(self, ledger: Ledger) -> Report:
        """Derive everything as a build does, and bring the store to the same."""
        together = dataset.together(dataset.named(ledger.store))
        derived = build.derive(together)
        inferred = set(derived.inferred)
        for triple in _held(ledger.store, DefaultGraph()):
            right = together.merge if ledger.stated(triple) else inferred
            if triple not in right:
                ledger.forget(triple)
        for triple in together.merge:
            ledger.state(triple)
        for triple in inferred:
            ledger.infer(triple)
        self._rules = derived.rules
        self._learn(together.graphs[SHAPES])
        return derived.report

    def _checked(self, ledger: Ledger, change: Change) -> Report:
        """Return what the shapes say of the nodes that the change concerns."""
        changed = change.gained | change.lost
        nodes = self._runs.seeing(changed, ledger) | {triple.subject for triple in changed}
        nodes |= {t.object for t in _about(nodes, SUBJECT, ledger)}
        if self._sight.whole:
            stated = {t for t in _held(ledger.store, DefaultGraph()) if ledger.stated(t)}
            report = shapes.validate(stated, _held(ledger.store, SHAPES))
        else:
            report = shapes.validate_nodes(nodes, self._runs.seen(nodes, ledger), self._shapes)
        types = _about(nodes | ledger.typed(), TYPE, ledger)
        return build.with_contradictions(report, reason.contradictions(types, self._rules))


def _about(nodes: set[Term], property_: NamedNode, ledger: Ledger) -> set[Statement]:
    things = [node for node in nodes if not isinstance(node, Literal)]
    return {t for thing in things for t in ledger.matching(thing, property_, None)}


def _held(store: Store, name: Name | DefaultGraph) -> set[Statement]:
    return set(map(statement, store.quads_for_pattern(None, None, None, name)))
