"""Whether two results are the same, up to the names of their blank nodes.

Solutions and statements are both tuples of terms. Two collections of tuples are the same where one
renaming of blank nodes, one to one, turns the first into the second: blank nodes are coloured by
the tuples in which they stand until no colour divides further, then equal colours are tried out.

Numbers and booleans of one datatype are the same where their values are: an operator of SPARQL
gives a value, and the suites write 2.0 or 1.0E6 where the canonical form is 2 or 1.0E6.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from conformance.results import Graph, Result, Solutions, Term
from conformance.values import value

Row = tuple[Term, ...]
Colours = dict[ox.BlankNode, int]
XSD = "http://www.w3.org/2001/XMLSchema#"


def difference(expected: Result, found: Result, *, ordered: bool = False, lax: bool = False) -> str:
    """What differs, in a few words; empty where nothing does.

    Rows are compared in their order where `ordered` says so or the expectation numbers them;
    `lax` lets a row that is expected several times be found less often, but once, as REDUCED does.
    """
    if type(expected) is not type(found):
        return f"{_kind(expected)} expected, {_kind(found)} found"
    if isinstance(expected, bool):
        return "" if expected == found else f"{expected} expected, {found} found"
    if isinstance(expected, Graph):
        return _graphs(expected, found)
    return _solutions(expected, found, ordered=ordered or expected.ordered, lax=lax)


def _kind(result: Result) -> str:
    return {bool: "a boolean", Graph: "a graph", Solutions: "a table"}[type(result)]


def _graphs(expected: Graph, found: Graph) -> str:
    left, right = list(expected.statements), list(found.statements)
    return "" if isomorphic(left, right) else _examples("statements", left, right)


def _solutions(expected: Solutions, found: Solutions, *, ordered: bool, lax: bool) -> str:
    if sorted(expected.variables) != sorted(found.variables):
        return f"?{' ?'.join(expected.variables)} expected, ?{' ?'.join(found.variables)} found"
    places = [found.variables.index(name) for name in expected.variables]
    left = list(expected.rows)
    right = [tuple(row[place] for place in places) for row in found.rows]
    if lax:
        fewer = Counter(map(_shown, right)) <= Counter(map(_shown, left))
        same = fewer and isomorphic(list(set(left)), list(set(right)))
    elif ordered:
        same = same_order(left, right)
    else:
        same = isomorphic(left, right)
    return "" if same else _examples("rows" + " in order" * ordered, left, right)


def _examples(what: str, expected: Sequence[Row], found: Sequence[Row]) -> str:
    missing = Counter(map(_shown, expected)) - Counter(map(_shown, found))
    extra = Counter(map(_shown, found)) - Counter(map(_shown, expected))
    parts = [f"{len(expected)} {what} expected, {len(found)} found"]
    parts += [f"expected {min(missing)}"] if missing else []
    parts += [f"found {min(extra)}"] if extra else []
    return "; ".join(parts)


def _shown(row: Row) -> str:
    return " ".join("_:" if isinstance(term, ox.BlankNode) else str(term) for term in row)


def same_order(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether the rows are the same one after the other."""
    if len(left) != len(right):
        return False
    return isomorphic(
        [(str(place), *row) for place, row in enumerate(left)],
        [(str(place), *row) for place, row in enumerate(right)],
    )


def isomorphic(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether one renaming of blank nodes turns the rows of one into those of the other."""
    if len(left) != len(right):
        return False
    return _matches(left, right, _start(left), _start(right))


def _start(rows: Sequence[Row]) -> Colours:
    return dict.fromkeys((node for row in rows for term in row for node in _blanks(term)), 0)


def _blanks(term: Term) -> Iterator[ox.BlankNode]:
    if isinstance(term, ox.BlankNode):
        yield term
    elif isinstance(term, ox.Triple):
        yield from (node for part in term for node in _blanks(part))


def _matches(left: Sequence[Row], right: Sequence[Row], mine: Colours, theirs: Colours) -> bool:
    mine, theirs = _refined(left, mine), _refined(right, theirs)
    if _painted(left, mine) != _painted(right, theirs):
        return False
    shared = [colour for colour, count in Counter(mine.values()).items() if count > 1]
    if not shared:
        return True
    colour, fresh = min(shared), object()
    chosen = next(node for node in mine if mine[node] == colour)
    return any(
        _matches(left, right, {**mine, chosen: hash(fresh)}, {**theirs, node: hash(fresh)})
        for node in theirs
        if theirs[node] == colour
    )


def _refined(rows: Sequence[Row], colours: Colours) -> Colours:
    """Colours that say of each blank node in which rows it stands, as finely as that tells."""
    while True:
        around: dict[ox.BlankNode, list[tuple[object, ...]]] = {node: [] for node in colours}
        for row in rows:
            for node in {node for term in row for node in _blanks(term)}:
                around[node].append(tuple(_paint(term, colours, node) for term in row))
        finer = {
            node: hash((colours[node], frozenset(Counter(around[node]).items())))
            for node in colours
        }
        if len(set(finer.values())) == len(set(colours.values())):
            return finer
        colours = finer


def _painted(rows: Sequence[Row], colours: Colours) -> Counter[tuple[object, ...]]:
    return Counter(tuple(_paint(term, colours) for term in row) for row in rows)


def _paint(term: Term, colours: Colours, own: ox.BlankNode | None = None) -> object:
    if isinstance(term, ox.BlankNode):
        return ("own",) if term == own else ("blank", colours[term])
    if isinstance(term, ox.Triple):
        return ("triple", *(_paint(part, colours, own) for part in term))
    return value(term) if isinstance(term, ox.Literal) else term
