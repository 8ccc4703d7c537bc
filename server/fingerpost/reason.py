"""What follows from what is stated: OWL 2 RL, from the closure of the terminology.

owlrl closes the terminology, which is small. What its axioms mean for all other statements
is the part of the OWL 2 RL rule table (W3C, "OWL 2 Profiles", 4.3) that such a terminology
can fire: prp-dom, prp-rng, prp-spo1, prp-symp, prp-trp, prp-inv1, prp-inv2 and cax-sco. An
ontology that uses any other construct is refused rather than half applied.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from itertools import chain

import owlrl
import rdflib
from pyoxigraph import NamedNode, RdfFormat, parse

from fingerpost.errors import UnappliedAxiom
from fingerpost.graph.statement import Statement, Subject, statement
from fingerpost.graph.vocabulary import PREFIXES, TYPE, Term, curie, term
from fingerpost.rules import AXIOMS, Rules, learned

_OWL = PREFIXES["owl"]
_UNDERSTOOD = {
    term(f"owl:{name}")
    for name in (
        "inverseOf disjointWith versionIRI versionInfo priorVersion deprecated "
        "backwardCompatibleWith Class ObjectProperty DatatypeProperty AnnotationProperty "
        "Ontology NamedIndividual SymmetricProperty TransitiveProperty"
    ).split()
}
_Neighbours = dict[Subject, set[Subject]]


def rules(terminology: Iterable[Statement]) -> Rules:
    """Return the rules of a terminology, after owlrl has closed it.

    Raises:
        UnappliedAxiom: the terminology uses an OWL construct beyond those named above.
    """
    stated = set(terminology)
    _refuse_the_rest(stated)
    return learned(_closed(stated))


def closure(stated: Iterable[Statement], by: Rules) -> set[Statement]:
    """Return what follows from `stated` by the rules, and is not stated itself."""
    return _closure(set(stated), set(), by)


def inferred(stated: Set[Statement], by: Rules) -> set[Statement]:
    """Return what follows from `stated`, the closed terminology with it, and is not stated."""
    return _closure(stated, by.schema - stated, by)


def _closure(stated: Set[Statement], found: set[Statement], by: Rules) -> set[Statement]:
    """Add to `found` what follows from both, and is not stated; return it."""
    waiting = list(found)
    fresh = _Fresh(by)
    for triple in chain(stated, _drained(waiting)):
        if triple.predicate in by.firing:
            for consequence in fresh.consequences(triple):
                if consequence not in stated and consequence not in found:
                    found.add(consequence)
                    waiting.append(consequence)
    return found


def _drained(waiting: list[Statement]) -> Iterator[Statement]:
    """Yield and remove the last, as long as there is one."""
    while waiting:
        yield waiting.pop()


def contradictions(triples: Iterable[Statement], by: Rules) -> list[str]:
    """Return a sentence for each thing that has two types declared disjoint (cax-dw)."""
    apart = {class_ for pair in by.disjoint for class_ in pair}
    types: dict[Term, set[Term]] = defaultdict(set)
    for triple in triples:
        if triple.predicate == TYPE and triple.object in apart:
            types[triple.subject].add(triple.object)
    return sorted(
        f"{curie(str(thing).strip('<>'))} is both {curie(one.value)} and {curie(other.value)}, "
        "which the ontology says nothing can be."
        for thing, classes in types.items()
        for one, other in by.disjoint
        if one in classes and other in classes
    )


class _Fresh:
    """What follows from statements as they arrive, and most of it only once."""

    def __init__(self, by: Rules) -> None:
        self._by = by
        self._chains = _Chains(by.transitive)
        self._members: dict[Term, set[Subject]] = defaultdict(set)

    def consequences(self, triple: Statement) -> Iterator[Statement]:
        """Yield what follows from a statement; that a thing is of a class, once."""
        for subject, property_, value in self._by.conclusions(triple):
            if property_ == TYPE:
                members = self._members[value]
                if subject in members:
                    continue
                members.add(subject)
            yield Statement(subject, property_, value)
        yield from self._chains.joined(triple)


class _Chains:
    """Statements of transitive properties, joined as they arrive (prp-trp)."""

    def __init__(self, transitive: set[NamedNode]) -> None:
        self._after: dict[NamedNode, _Neighbours] = {p: defaultdict(set) for p in transitive}
        self._before: dict[NamedNode, _Neighbours] = {p: defaultdict(set) for p in transitive}

    def joined(self, triple: Statement) -> Iterator[Statement]:
        property_ = triple.predicate
        if property_ not in self._after or not isinstance(triple.object, NamedNode):
            return
        subject, value = triple.subject, triple.object
        after, before = self._after[property_], self._before[property_]
        after[subject].add(value)
        before[value].add(subject)
        for further in list(after.get(value, ())):
            yield Statement(subject, property_, further)
        for earlier in list(before.get(subject, ())):
            yield Statement(earlier, property_, value)


def _refuse_the_rest(stated: set[Statement]) -> None:
    used: set[Term] = {triple.predicate for triple in stated}
    used |= {triple.object for triple in stated if triple.predicate == TYPE}
    strange = sorted(
        curie(name.value)
        for name in used - _UNDERSTOOD
        if isinstance(name, NamedNode) and name.value.startswith(_OWL)
    )
    if strange:
        raise UnappliedAxiom(
            f"The ontology uses {', '.join(strange)}, which no rule applies here. "
            f"Say it with {', '.join(sorted(curie(name.value) for name in AXIOMS))}."
        )


def _closed(stated: set[Statement]) -> Iterator[Statement]:
    axioms = [t for t in stated if t.predicate in AXIOMS or t.object in _UNDERSTOOD]
    graph = rdflib.Graph()
    graph.parse(data="".join(f"{one} .\n" for one in axioms), format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    named = (triple for triple in graph if all(isinstance(part, rdflib.URIRef) for part in triple))
    lines = "".join(f"{s.n3()} {p.n3()} {o.n3()} .\n" for s, p, o in named)
    for quad in parse(lines.encode(), format=RdfFormat.N_TRIPLES):
        yield statement(quad)
