"""What follows from what is stated: OWL 2 RL, from the closure of the terminology.

owlrl closes the terminology, which is small. What its axioms mean for all other statements
is the part of the OWL 2 RL rule table (W3C, "OWL 2 Profiles", 4.3) that such a terminology
can fire: prp-dom, prp-rng, prp-spo1, prp-symp, prp-trp, prp-inv1, prp-inv2 and cax-sco. An
ontology that uses any other construct is refused rather than half applied.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

import owlrl
import rdflib
from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse

from fingerpost.errors import UnappliedAxiom
from fingerpost.graph.statement import Statement, Subject, statement
from fingerpost.graph.vocabulary import PREFIXES, TYPE, Term, curie, term

_OWL = PREFIXES["owl"]
_BUILT_IN = tuple(PREFIXES[name] for name in ("owl", "rdf", "rdfs", "xsd"))
_SUB_CLASS = term("rdfs:subClassOf")
_SUB_PROPERTY = term("rdfs:subPropertyOf")
_DOMAIN = term("rdfs:domain")
_RANGE = term("rdfs:range")
_INVERSE = term("owl:inverseOf")
_DISJOINT = term("owl:disjointWith")
_SYMMETRIC = term("owl:SymmetricProperty")
_TRANSITIVE = term("owl:TransitiveProperty")
_AXIOMS = {_SUB_CLASS, _SUB_PROPERTY, _DOMAIN, _RANGE, _INVERSE, _DISJOINT}
_UNDERSTOOD = {
    term(f"owl:{name}")
    for name in (
        "inverseOf disjointWith versionIRI versionInfo priorVersion deprecated "
        "backwardCompatibleWith Class ObjectProperty DatatypeProperty AnnotationProperty "
        "Ontology NamedIndividual SymmetricProperty TransitiveProperty"
    ).split()
}
_TOO_GENERAL = {term("owl:Thing"), term("rdfs:Resource")}
_Index = dict[NamedNode, set[NamedNode]]
Pattern = tuple[Subject | None, NamedNode, Term | None]
"""Statements of one property, those of one subject or one value where these are given."""
Conclusion = tuple[Subject, NamedNode, Term]
_Neighbours = dict[Subject, set[Subject]]


@dataclass(frozen=True)
class _Effect:
    """What the axioms make of a statement of one property."""

    superproperties: tuple[NamedNode, ...]
    domains: tuple[NamedNode, ...]
    ranges: tuple[NamedNode, ...]
    inverses: tuple[NamedNode, ...]

    def conclusions(self, subject: Subject, value: Term) -> Iterator[Conclusion]:
        """Yield what follows from a statement with this subject and value."""
        for property_ in self.superproperties:
            yield subject, property_, value
        for class_ in self.domains:
            yield subject, TYPE, class_
        if isinstance(value, NamedNode):
            for class_ in self.ranges:
                yield value, TYPE, class_
            for property_ in self.inverses:
                yield value, property_, subject


@dataclass
class Rules:
    """The axioms of a closed terminology, indexed by the property or class that fires them."""

    superclasses: _Index = field(default_factory=lambda: defaultdict(set))
    superproperties: _Index = field(default_factory=lambda: defaultdict(set))
    domains: _Index = field(default_factory=lambda: defaultdict(set))
    ranges: _Index = field(default_factory=lambda: defaultdict(set))
    inverses: _Index = field(default_factory=lambda: defaultdict(set))
    transitive: set[NamedNode] = field(default_factory=set)
    disjoint: set[tuple[NamedNode, NamedNode]] = field(default_factory=set)
    schema: set[Statement] = field(default_factory=set)
    """The closed terminology's own statements, without those that hold of everything."""

    @cached_property
    def backwards(self) -> "Rules":
        """The same axioms, indexed by what they conclude instead of by what fires them."""
        return Rules(
            superclasses=_turned(self.superclasses),
            superproperties=_turned(self.superproperties),
            domains=_turned(self.domains),
            ranges=_turned(self.ranges),
            inverses=_turned(self.inverses),
        )

    @cached_property
    def firing(self) -> frozenset[NamedNode]:
        """The properties of which a statement may have a consequence at all."""
        indexes = (self.superproperties, self.domains, self.ranges, self.inverses)
        return frozenset({TYPE}.union(self.transitive, *indexes))

    @cached_property
    def _effects(self) -> dict[NamedNode, "_Effect"]:
        """What a statement has as consequences, by its property."""
        return {
            property_: _Effect(
                superproperties=tuple(self.superproperties.get(property_, ())),
                domains=tuple(self.domains.get(property_, ())),
                ranges=tuple(self.ranges.get(property_, ())),
                inverses=tuple(self.inverses.get(property_, ())),
            )
            for property_ in self.firing
        }

    def consequences(self, triple: Statement) -> Iterator[Statement]:
        """Yield what follows from `triple` alone, in one step."""
        return (Statement(*one) for one in self.conclusions(triple))

    def conclusions(self, triple: Statement) -> Iterator[Conclusion]:
        """Yield the parts of each of the `consequences`, which is quicker."""
        subject, predicate, value = triple.subject, triple.predicate, triple.object
        effect = self._effects.get(predicate)
        if effect is None:
            return
        if predicate == TYPE and isinstance(value, NamedNode):
            yield from ((subject, TYPE, class_) for class_ in self.superclasses.get(value, ()))
        yield from effect.conclusions(subject, value)

    def premises(self, triple: Statement) -> Iterator[Pattern]:
        """Yield what `triple` follows from alone, in one step: any one statement of a pattern."""
        subject, predicate, value = triple.subject, triple.predicate, triple.object
        back = self.backwards
        if predicate == TYPE and isinstance(value, NamedNode):
            yield from ((subject, TYPE, class_) for class_ in back.superclasses.get(value, ()))
            yield from ((subject, property_, None) for property_ in back.domains.get(value, ()))
            if isinstance(subject, NamedNode):
                yield from ((None, property_, subject) for property_ in back.ranges.get(value, ()))
        yield from (
            (subject, property_, value) for property_ in back.superproperties.get(predicate, ())
        )
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode | BlankNode):
            yield from (
                (value, property_, subject) for property_ in back.inverses.get(predicate, ())
            )


def rules(terminology: Iterable[Statement]) -> Rules:
    """Return the rules of a terminology, after owlrl has closed it.

    Raises:
        UnappliedAxiom: the terminology uses an OWL construct beyond those named above.
    """
    stated = set(terminology)
    _refuse_the_rest(stated)
    found = Rules()
    for triple in _closed(stated):
        _learn(found, triple)
    return found


def relearned(closed: Iterable[Statement]) -> Rules:
    """Return the rules of a terminology that `rules` and `closure` have closed already."""
    found = Rules()
    for triple in closed:
        _learn(found, triple)
    return found


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
            f"Say it with {', '.join(sorted(curie(name.value) for name in _AXIOMS))}."
        )


def _closed(stated: set[Statement]) -> Iterator[Statement]:
    axioms = [t for t in stated if t.predicate in _AXIOMS or t.object in _UNDERSTOOD]
    graph = rdflib.Graph()
    graph.parse(data="".join(f"{one} .\n" for one in axioms), format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    named = (triple for triple in graph if all(isinstance(part, rdflib.URIRef) for part in triple))
    lines = "".join(f"{s.n3()} {p.n3()} {o.n3()} .\n" for s, p, o in named)
    for quad in parse(lines.encode(), format=RdfFormat.N_TRIPLES):
        yield statement(quad)


def _learn(found: Rules, triple: Statement) -> None:
    subject, predicate, value = triple.subject, triple.predicate, triple.object
    if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode):
        return
    if subject == value or value in _TOO_GENERAL:
        return
    if not subject.value.startswith(_BUILT_IN) and not value.value.startswith(_BUILT_IN):
        found.schema.add(triple)
    if predicate == TYPE and value == _SYMMETRIC:
        found.inverses[subject].add(subject)
    elif predicate == TYPE and value == _TRANSITIVE:
        found.transitive.add(subject)
    elif predicate == _INVERSE:
        found.inverses[subject].add(value)
        found.inverses[value].add(subject)
    elif predicate == _DISJOINT:
        first, second = sorted((subject, value), key=str)
        found.disjoint.add((first, second))
    else:
        _index(found, predicate)[subject].add(value)


def _turned(index: _Index) -> _Index:
    turned: _Index = defaultdict(set)
    for key, values in index.items():
        for value in values:
            turned[value].add(key)
    return turned


def _index(found: Rules, predicate: NamedNode) -> _Index:
    return {
        _SUB_CLASS: found.superclasses,
        _SUB_PROPERTY: found.superproperties,
        _DOMAIN: found.domains,
        _RANGE: found.ranges,
    }.get(predicate, defaultdict(set))
