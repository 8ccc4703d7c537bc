"""The axioms of a closed terminology as rules: what fires them, and what they conclude.

They are the part of the OWL 2 RL rule table (W3C, "OWL 2 Profiles", 4.3) that `reason` applies:
prp-dom, prp-rng, prp-spo1, prp-symp, prp-trp, prp-inv1, prp-inv2 and cax-sco.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from pyoxigraph import BlankNode, NamedNode

from fingerpost.graph.statement import Statement, Subject
from fingerpost.graph.vocabulary import PREFIXES, TYPE, Term, term

_BUILT_IN = tuple(PREFIXES[name] for name in ("owl", "rdf", "rdfs", "xsd"))
_SUB_CLASS = term("rdfs:subClassOf")
_SUB_PROPERTY = term("rdfs:subPropertyOf")
_DOMAIN = term("rdfs:domain")
_RANGE = term("rdfs:range")
_INVERSE = term("owl:inverseOf")
_DISJOINT = term("owl:disjointWith")
_SYMMETRIC = term("owl:SymmetricProperty")
_TRANSITIVE = term("owl:TransitiveProperty")
AXIOMS = frozenset({_SUB_CLASS, _SUB_PROPERTY, _DOMAIN, _RANGE, _INVERSE, _DISJOINT})
"""The properties by which axioms are stated."""
_TOO_GENERAL = {term("owl:Thing"), term("rdfs:Resource")}
_Index = dict[NamedNode, set[NamedNode]]
Pattern = tuple[Subject | None, NamedNode, Term | None]
"""Statements of one property, those of one subject or one value where these are given."""
Conclusion = tuple[Subject, NamedNode, Term]


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


def learned(closed: Iterable[Statement]) -> Rules:
    """Return the rules of a terminology that is closed already."""
    found = Rules()
    for triple in closed:
        _learn(found, triple)
    return found


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
