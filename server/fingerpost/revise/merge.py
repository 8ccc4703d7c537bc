"""From changed named graphs to the merge: what claims are about, then what is stated at all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from pyoxigraph import DefaultGraph, NamedNode, Quad

from fingerpost.graph.dataset import (
    CLAIM_PARTS,
    Claimed,
    Name,
    claimed,
    counts,
    derivation,
    quad,
)
from fingerpost.graph.statement import Statement, Subject, statement
from fingerpost.graph.vocabulary import SUBJECT
from fingerpost.revise.ledger import Ledger


@dataclass
class Change:
    """What the merge gains and loses; nothing of it is carried out yet."""

    gained: set[Statement] = field(default_factory=set)
    lost: set[Statement] = field(default_factory=set)


def revise(ledger: Ledger) -> Change:
    """Return how the merge changes, after the named graphs hold what their claims are about."""
    asked = {one for one in ledger.asked.added | ledger.asked.removed if counts(one.graph_name)}
    concerned = _settled(ledger, asked)
    triples = set(map(statement, concerned))
    for name in {one.graph_name for one in concerned}:
        triples |= derivation(name)
    claims = _Claims(ledger)
    change = Change()
    for triple in triples:
        before, now = ledger.stated(triple), _in_merge(triple, ledger, claims)
        if now and not before:
            change.gained.add(triple)
        if before and not now:
            change.lost.add(triple)
    return change


class _Claims:
    """What is claimed of a thing in a graph, looked up once; of no use after a change."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._known: dict[tuple[Subject, Name | DefaultGraph], list[Claimed]] = {}

    def state(self, one: Quad) -> bool:
        """Return whether a claim in its graph is about this statement."""
        return any(statement(one) in claim.about for claim in self._of(one.subject, one.graph_name))

    def lapsed(self, one: Quad) -> bool:
        """Return whether a lapsed claim in its graph is about this statement."""
        claims = self._of(one.subject, one.graph_name)
        return any(claim.lapsed and statement(one) in claim.about for claim in claims)

    def _of(self, thing: Subject, name: Name | DefaultGraph) -> list[Claimed]:
        if not isinstance(thing, NamedNode):
            return []
        if (thing, name) not in self._known:
            found = self._ledger.store.quads_for_pattern(None, SUBJECT, thing, name)
            nodes = {one.subject for one in found}
            claims = [claimed(node, self._ledger.now(node, name)) for node in nodes]
            self._known[thing, name] = claims
        return self._known[thing, name]


_Move = Callable[[Ledger, _Claims, Quad], bool]


def _settled(ledger: Ledger, changed: set[Quad]) -> set[Quad]:
    """Return what changed in the named graphs, or is or was claimed by what changed.

    What is claimed is put into its graph; what was claimed, and is no more, is taken out of
    it. A claim may be about a part of another claim, hence the rounds; all is put before
    anything is taken, so that the rounds come to an end.
    """
    concerned = set(changed)
    moves: tuple[_Move, ...] = (_put, _take)
    for move in moves:
        fresh = set(concerned)
        while fresh:
            about = _claimed_by(ledger, fresh) | (fresh & ledger.asked.removed)
            claims = _Claims(ledger)
            concerned |= about
            fresh = {one for one in about if move(ledger, claims, one)}
    return concerned


def _put(ledger: Ledger, claims: _Claims, one: Quad) -> bool:
    return claims.state(one) and ledger.put(one)


def _take(ledger: Ledger, claims: _Claims, one: Quad) -> bool:
    asked_for = one in ledger.asked.added
    return not asked_for and not claims.state(one) and ledger.take(one)


def _claimed_by(ledger: Ledger, quads: Iterable[Quad]) -> set[Quad]:
    """Return what the claims that `quads` are parts of are about, now and before."""
    nodes = {(one.subject, one.graph_name) for one in quads if one.predicate in CLAIM_PARTS}
    found: set[Quad] = set()
    for node, name in nodes:
        for triples in (ledger.now(node, name), ledger.before(node, name)):
            found |= {quad(triple, name) for triple in claimed(node, triples).about}
    return found


def _in_merge(triple: Statement, ledger: Ledger, claims: _Claims) -> bool:
    holding = ledger.store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    if any(counts(one.graph_name) and not claims.lapsed(one) for one in holding):
        return True
    name = triple.subject
    return (
        isinstance(name, NamedNode)
        and counts(name)
        and triple in derivation(name)
        and any(ledger.store.quads_for_pattern(None, None, None, name))
    )
