"""What of a graph a query looks at: as long as nothing of that changes, its answer stands.

A pattern with a property in it finds statements with that property and no others, in the default
graph or in named ones. So what a query answers is the same of two graphs that differ only in
statements with properties that none of its patterns there has. A variable in the place of a
property stands for all of them, unless VALUES that the pattern is joined with say for which (SPARQL
1.1, 18.2 to 18.5); of a path of no length, whose ends may be anything in the graph, one end must be
found by another pattern beside it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from rdflib import URIRef, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, Path, SequencePath
from rdflib.plugins.sparql.algebra import translateGroupGraphPattern, translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node

from fingerpost.engine.trail import DEFAULT, NAMED, Touched

_KNOWN = 1_000
"""Texts of queries that are read once: they are the same in each generation."""
_NONE_LONG = frozenset("*?")
"""Marks of paths that may be of no length."""

_Bound = Mapping[Node, frozenset[str]]
"""Variable → the values that it has; a solution with another one comes to nothing."""
_Triple = tuple[Node, Node | Path, Node]
_Looked = Iterator[tuple[str, str]]
"""In which graph, and the property."""


class _Anything(Exception):
    """A query may look at any statement."""


@dataclass(frozen=True)
class _Place:
    """Where a part of a query stands: in which graph, and among which values."""

    graph: str = DEFAULT
    bound: _Bound = field(default_factory=dict)

    def among(self, *parts: CompValue) -> "_Place":
        """Return where what is joined with some parts stands."""
        return replace(self, bound={**self.bound, **_values(parts)})

    def beside(self, *parts: CompValue) -> "_Place":
        """Return where what only those parts lead to stands, whatever they are joined with.

        Of what is optional, taken away or a condition even that counts which comes to nothing
        later: by it one is found, or is not.
        """
        return replace(self, bound=_values(parts))


@lru_cache(_KNOWN)
def statements(text: str) -> Touched | None:
    """Return the graphs and properties of all statements that a SELECT looks at.

    What is `touched` besides does not change its answer. None where it may be any.
    """
    try:
        return frozenset(_looked_at(translateQuery(parseQuery(text)).algebra, _Place()))
    except _Anything:
        return None


def _looked_at(part: object, place: _Place) -> _Looked:
    """Yield what a part of a query looks at."""
    if isinstance(part, CompValue):
        yield from _OPERATORS.get(part.name, _of_any)(part, place)
    elif isinstance(part, list | tuple | set | frozenset):
        for one in part:
            yield from _looked_at(one, place)


def _of_any(part: CompValue, place: _Place) -> _Looked:
    """Yield the same of an expression; of a query in a query, of which the outside says nothing."""
    if "triples" in part or part.datasetClause:
        raise _Anything
    within = place if _is_expression(part.name) else place.beside()
    yield from _looked_at([one for key, one in part.items() if key != "_vars"], within)


def _is_expression(name: str) -> bool:
    return name.endswith("Expression") or name.startswith(("Builtin_", "Unary"))


def _of_join(part: CompValue, place: _Place) -> _Looked:
    yield from _looked_at([part.p1, part.p2], place.among(part.p1, part.p2))


def _of_union(part: CompValue, place: _Place) -> _Looked:
    yield from _looked_at([part.p1, part.p2], place)


def _of_first(part: CompValue, place: _Place) -> _Looked:
    """Yield the same of what is first, and of what is optional beside it or taken away from it."""
    yield from _looked_at(part.p1, place)
    yield from _looked_at([part.p2, part.expr], place.beside(part.p1))


def _of_condition(part: CompValue, place: _Place) -> _Looked:
    yield from _looked_at(part.p, place)
    yield from _looked_at(part.expr, place.beside(part.p))


def _of_graph(part: CompValue, place: _Place) -> _Looked:
    # Without a pattern it asks which graphs there are.
    if part.p.triples == []:
        raise _Anything
    yield from _looked_at(part.p, replace(place, graph=NAMED))


def _of_existence(part: CompValue, place: _Place) -> _Looked:
    yield from _looked_at(_translated(part.graph), place)


def _of_service(_part: CompValue, _place: _Place) -> _Looked:
    raise _Anything


def _translated(pattern: CompValue) -> CompValue:
    """Return the algebra of a pattern, where rdflib has left it as it was written."""
    written = pattern.name == "GroupGraphPatternSub"
    return translateGroupGraphPattern(pattern) if written else pattern


def _of_patterns(part: CompValue, place: _Place) -> _Looked:
    triples: Sequence[_Triple] = part.triples
    beside = {
        node
        for subject, path, value in triples
        if not _may_be_none_long(path)
        for node in (subject, value)
    }
    for subject, path, value in triples:
        loose = isinstance(subject, Variable) and isinstance(value, Variable)
        if _may_be_none_long(path) and loose and beside.isdisjoint((subject, value)):
            raise _Anything
        yield from ((place.graph, one) for one in _of_path(path, place.bound))


def _may_be_none_long(path: object) -> bool:
    if isinstance(path, MulPath):
        return path.mod in _NONE_LONG or _may_be_none_long(path.path)
    if isinstance(path, InvPath):
        return _may_be_none_long(path.arg)
    if isinstance(path, SequencePath):
        return all(map(_may_be_none_long, path.args))
    if isinstance(path, AlternativePath):
        return any(map(_may_be_none_long, path.args))
    return False


def _of_path(path: object, bound: _Bound) -> Iterator[str]:
    if isinstance(path, URIRef):
        yield str(path)
    elif isinstance(path, MulPath):
        yield from _of_path(path.path, bound)
    elif isinstance(path, InvPath):
        yield from _of_path(path.arg, bound)
    elif isinstance(path, SequencePath | AlternativePath):
        for one in path.args:
            yield from _of_path(one, bound)
    elif isinstance(path, Variable) and path in bound:
        yield from bound[path]
    elif isinstance(path, NegatedPath | Variable):
        raise _Anything
    else:
        raise TypeError(f"{path!r} is no path")


def _values(parts: Iterable[CompValue]) -> _Bound:
    """Return the variables that have one of some IRIs in every solution of all parts."""
    return {name: values for one in parts for name, values in _of_one(one).items()}


def _of_one(part: CompValue) -> _Bound:
    if part.name == "ToMultiSet" and part.p.name == "values":
        return _of_rows(part.p.res)
    inside = {"Join": "p1 p2", "LeftJoin": "p1", "Minus": "p1"}
    of = inside.get(part.name, "p" if part.name in {"Filter", "Extend", "Graph"} else "")
    return _values(part[one] for one in of.split())


def _of_rows(rows: Iterable[Mapping[Node, object]]) -> _Bound:
    every = list(rows)
    named = {name for row in every for name in row}
    return {
        name: frozenset(str(row[name]) for row in every)
        for name in named
        if all(isinstance(row.get(name), URIRef) for row in every)
    }


_OPERATORS: Mapping[str, Callable[[CompValue, _Place], _Looked]] = {
    "BGP": _of_patterns,
    "Join": _of_join,
    "Union": _of_union,
    "LeftJoin": _of_first,
    "Minus": _of_first,
    "Filter": _of_condition,
    "Extend": _of_condition,
    "Graph": _of_graph,
    "Builtin_EXISTS": _of_existence,
    "Builtin_NOTEXISTS": _of_existence,
    "ServiceGraphPattern": _of_service,
}
"""Operators of the algebra (18.2.2) by the names that rdflib has for them."""
