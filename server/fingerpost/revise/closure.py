"""What follows, brought up to date by delete and rederive.

A. Gupta, I. S. Mumick and V. S. Subrahmanian, "Maintaining views incrementally", SIGMOD 1993:
take out everything that what went has helped to derive, put back what still follows from the
rest, then derive from what came. Every step looks up the few statements that it needs.
"""

from collections.abc import Iterator

from pyoxigraph import NamedNode

from fingerpost.graph.statement import Statement
from fingerpost.revise.ledger import Ledger
from fingerpost.revise.merge import Change
from fingerpost.rules import Rules


def revise(ledger: Ledger, change: Change, by: Rules) -> None:
    """Carry out a change of the merge, and let follow what follows from the merge now."""
    doubtful = _overdeleted(ledger, change, by)
    for triple in doubtful:
        ledger.forget(triple)
    fresh = [triple for triple in change.gained if ledger.state(triple)]
    fresh.extend(t for t in doubtful if _follows(t, ledger, by) and ledger.infer(t))
    _derive(ledger, fresh, by)


def _overdeleted(ledger: Ledger, change: Change, by: Rules) -> set[Statement]:
    """Return what goes, and whatever it has helped to derive and no graph states."""
    doubtful = set(change.lost)
    waiting = list(doubtful)
    while waiting:
        for triple in _consequences(waiting.pop(), ledger, by):
            if triple in doubtful or triple in change.gained or triple in by.schema:
                continue
            if ledger.holds(triple) and not ledger.stated(triple):
                doubtful.add(triple)
                waiting.append(triple)
    return doubtful


def _derive(ledger: Ledger, fresh: list[Statement], by: Rules) -> None:
    while fresh:
        fresh.extend(t for t in _consequences(fresh.pop(), ledger, by) if ledger.infer(t))


def _consequences(triple: Statement, ledger: Ledger, by: Rules) -> Iterator[Statement]:
    """Yield what follows in one step from `triple`, with whatever else holds."""
    yield from by.consequences(triple)
    subject, property_, value = triple.subject, triple.predicate, triple.object
    if property_ in by.transitive and isinstance(value, NamedNode):
        for further in list(ledger.matching(value, property_, None)):
            if isinstance(further.object, NamedNode):
                yield Statement(subject, property_, further.object)
        before = ledger.matching(None, property_, subject)
        for earlier in list(before) if isinstance(subject, NamedNode) else ():
            yield Statement(earlier.subject, property_, value)


def _follows(triple: Statement, ledger: Ledger, by: Rules) -> bool:
    """Return whether a statement follows in one step from what holds."""
    if triple in by.schema:
        return True
    if any(any(ledger.matching(*pattern)) for pattern in by.premises(triple)):
        return True
    return triple.predicate in by.transitive and _joins(triple, ledger)


def _joins(triple: Statement, ledger: Ledger) -> bool:
    """Return whether two statements of a transitive property make `triple`."""
    subject, property_, value = triple.subject, triple.predicate, triple.object
    if not isinstance(value, NamedNode):
        return False
    # From both ends in step: of a thing with very many neighbours only a few are looked at.
    outward = ledger.matching(subject, property_, None)
    inward = ledger.matching(None, property_, value)
    for further, earlier in zip(outward, inward, strict=False):
        middle = further.object
        if isinstance(middle, NamedNode) and ledger.holds(Statement(middle, property_, value)):
            return True
        middle = earlier.subject
        if isinstance(middle, NamedNode) and ledger.holds(Statement(subject, property_, middle)):
            return True
    return False
