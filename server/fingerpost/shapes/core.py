"""Shapes as tests: whether a node conforms, does not, or only pyshacl can tell.

The core constraints of SHACL (W3C, 2017, 4) are read once; a shape that uses anything else, or
refers to itself, has no verdict.
"""

import operator
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from pyoxigraph import Literal, NamedNode

from fingerpost.graph.statement import Statement
from fingerpost.graph.vocabulary import PREFIXES, TYPE, Term, term
from fingerpost.shapes import verdict
from fingerpost.shapes.facts import Facts
from fingerpost.shapes.verdict import Values, Verdict

_SHACL = PREFIXES["sh"]
_IRI = term("sh:IRI")
_UNHEARD = frozenset(
    "path severity message name description order group defaultValue targetClass targetNode "
    "qualifiedMinCount qualifiedMaxCount".split()
)
"""What a shape says of itself and not of a node, or what another of its parameters reads."""
OfValue = Callable[[Term], Verdict]
OfValues = Callable[[Values], Verdict]
_Said = dict[NamedNode, list[Term]]


@dataclass
class Shape:
    """Tests of each value of a path, or of the node itself, and of all values together."""

    path: tuple[NamedNode, ...] = ()
    """The properties whose values are tested; none where the node itself is."""
    each: list[OfValue] = field(default_factory=list)
    together: list[OfValues] = field(default_factory=list)
    parts: list["Shape"] = field(default_factory=list)
    """The property shapes that each value must conform to."""
    _known: dict[NamedNode, Verdict] = field(default_factory=dict)

    def of_node(self, node: Term, facts: Facts) -> Verdict:
        """Return whether a node conforms."""
        if not self.path:
            return self.of_values((node,), facts)
        if len(self.path) == 1:
            return self.of_values(facts.values(node, self.path[0]), facts)
        return self.of_values({v for p in self.path for v in facts.values(node, p)}, facts)

    def of_values(self, values: Values, facts: Facts) -> Verdict:
        """Return whether a node conforms that has these values."""
        of_all = verdict.every(test(values) for test in self.together)
        if of_all is False or not (self.each or self.parts):
            return of_all
        of_each = verdict.every(self._of_value(value, facts) for value in values)
        return of_each if of_all else verdict.every((of_all, of_each))

    def _of_value(self, value: Term, facts: Facts) -> Verdict:
        if not isinstance(value, NamedNode) or not self.path:
            return self._tested(value, facts)
        if value not in self._known:
            self._known[value] = self._tested(value, facts)
        return self._known[value]

    def _tested(self, value: Term, facts: Facts) -> Verdict:
        found = verdict.every(test(value) for test in self.each)
        if found is False or not self.parts:
            return found
        return verdict.every((found, *(part.of_node(value, facts) for part in self.parts)))


_UNKNOWN = Shape(together=[verdict.nobody_knows])


class Core:
    """The shapes of a graph, to be held against facts."""

    def __init__(self, shapes: Iterable[Statement], facts: Facts) -> None:
        self._facts = facts
        self._said: dict[Term, _Said] = defaultdict(lambda: defaultdict(list))
        for triple in shapes:
            self._said[triple.subject][triple.predicate].append(triple.object)
        self._read: dict[Term, Shape] = {}

    def targets(self, property_: NamedNode) -> Iterator[tuple[Term, Term]]:
        """Yield what shapes target by a property such as sh:targetClass, each with its shape."""
        for name, said in tuple(self._said.items()):
            for target in said.get(property_, ()):
                yield target, name

    def shape(self, name: Term) -> Shape:
        """Return a shape by its name."""
        if name not in self._read:
            self._read[name] = _UNKNOWN
            self._read[name] = self._shape(name)
        return self._read[name]

    def _shape(self, name: Term) -> Shape:
        said = self._said.get(name, {})
        path = self._path(said.get(term("sh:path"), []))
        if path is None:
            return _UNKNOWN
        shape = Shape(path)
        for property_, values in said.items():
            parameter = property_.value.removeprefix(_SHACL)
            if parameter != property_.value and parameter not in _UNHEARD:
                self._learn(shape, parameter, values, said)
        return shape

    def _path(self, paths: list[Term]) -> tuple[NamedNode, ...] | None:
        """Return the properties that lead to the values; None for a path of another form."""
        steps = paths
        for path in paths:
            alternatives = self._said.get(path, {}).get(term("sh:alternativePath"))
            steps = self._list(alternatives[0]) if alternatives else paths
        named = tuple(step for step in steps if isinstance(step, NamedNode))
        return named if len(named) == len(steps) else None

    def _learn(self, shape: Shape, parameter: str, values: list[Term], said: _Said) -> None:
        """Add the tests of a parameter to a shape."""
        if parameter == "property":
            shape.parts.extend(map(self.shape, values))
        elif parameter in _TOGETHER:
            shape.together.extend(map(_TOGETHER[parameter], values))
        elif parameter in _EACH:
            shape.each.extend(map(_EACH[parameter], values))
        elif parameter == "qualifiedValueShape" and len(values) == 1:
            low, high = (said.get(term(f"sh:qualified{m}Count"), []) for m in ("Min", "Max"))
            least, most = max(map(_number, low), default=0), min(map(_number, high), default=None)
            shape.together.append(partial(self._qualified, self.shape(values[0]), least, most))
        elif parameter in _FURTHER:
            shape.each.extend(self._of_value(parameter, value) for value in values)
        else:
            shape.together.append(verdict.nobody_knows)

    def _of_value(self, parameter: str, value: Term) -> OfValue:
        """Return the test of a value by a parameter that needs more than the value."""
        if parameter == "class":
            return partial(self._is_a, value)
        if parameter == "in":
            return partial(verdict.among, frozenset(self._list(value)))
        if parameter == "languageIn":
            tags = frozenset(_text(one).lower() for one in self._list(value))
            return partial(verdict.in_language, tags)
        names = [value] if parameter in ("node", "not") else self._list(value)
        return partial(self._of_shapes, _JOINED[parameter], [self.shape(name) for name in names])

    def _list(self, head: Term) -> list[Term]:
        found: list[Term] = []
        while len(found) < len(self._said) and head in self._said:
            found.extend(self._said[head].get(term("rdf:first"), ()))
            head = self._said[head].get(term("rdf:rest"), [head])[0]
        return found

    def _is_a(self, class_: Term, value: Term) -> Verdict:
        return class_ in self._facts.classes(self._facts.values(value, TYPE))

    def _of_shapes(
        self,
        joined: Callable[[Iterable[Verdict]], Verdict],
        shapes: list[Shape],
        value: Term,
    ) -> Verdict:
        return joined(shape.of_node(value, self._facts) for shape in shapes)

    def _qualified(self, shape: Shape, least: int, most: int | None, values: Values) -> Verdict:
        if any(map(verdict.doubtful, values)):
            return None
        verdicts = (shape.of_node(value, self._facts) for value in values)
        return verdict.so_many(least, most, verdicts)


def _none(verdicts: Iterable[Verdict]) -> Verdict:
    return verdict.reverse(verdict.some(verdicts))


def _text(value: Term) -> str:
    return value.value if isinstance(value, Literal) else ""


def _number(value: Term) -> int:
    return int(_text(value))


def _at_least(value: Term) -> OfValues:
    return partial(verdict.at_least, _number(value))


def _at_most(value: Term) -> OfValues:
    return partial(verdict.at_most, _number(value))


def _has_value(value: Term) -> OfValues:
    return partial(verdict.holds, value)


def _unique_lang(value: Term) -> OfValues:
    return verdict.languages_apart if _text(value) == "true" else verdict.nobody_knows


def _datatype(value: Term) -> OfValue:
    return partial(verdict.of_datatype, value)


def _node_kind(value: Term) -> OfValue:
    return verdict.is_iri if value == _IRI else verdict.nobody_knows


def _pattern(value: Term) -> OfValue:
    return partial(verdict.matches, re.compile(_text(value)))


def _min_length(value: Term) -> OfValue:
    return partial(verdict.so_long, _number(value), None)


def _max_length(value: Term) -> OfValue:
    return partial(verdict.so_long, 0, _number(value))


def _limit(compare: Callable[[Decimal, Decimal], bool], value: Term) -> OfValue:
    return partial(verdict.within, compare, verdict.number(value))


_TOGETHER: dict[str, Callable[[Term], OfValues]] = {
    "minCount": _at_least,
    "maxCount": _at_most,
    "hasValue": _has_value,
    "uniqueLang": _unique_lang,
}
_EACH: dict[str, Callable[[Term], OfValue]] = {
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "pattern": _pattern,
    "minLength": _min_length,
    "maxLength": _max_length,
    "minInclusive": partial(_limit, operator.ge),
    "maxInclusive": partial(_limit, operator.le),
    "minExclusive": partial(_limit, operator.gt),
    "maxExclusive": partial(_limit, operator.lt),
}
_JOINED: dict[str, Callable[[Iterable[Verdict]], Verdict]] = {
    "and": verdict.every,
    "node": verdict.every,
    "not": _none,
    "or": verdict.some,
    "xone": verdict.just_one,
}
_FURTHER = frozenset({"class", "in", "languageIn", *_JOINED})
