"""A dataset as N-Quads in order, a part at a time: the same dataset always gives the same bytes.

Blank nodes are named by what is said of them (W3C, RDF Dataset Canonicalization, 2024), and only
what is said of them is canonicalised: everything else is named already.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
)

from fingerpost.graph.dataset import Name, quad
from fingerpost.graph.statement import Statement, Subject, statement

Part = tuple[Name | DefaultGraph, Iterable[Statement]]
"""Statements, and the graph in which they lie."""

_AT_A_TIME = 2_000
_PLAIN = (NamedNode, Literal)
"""Values that are no blank node, and no statement that might have one."""
_Held = dict[Subject, list[tuple[str, list[Statement]]]]


def n_quads(parts: Iterable[Part]) -> Iterator[bytes]:
    """Yield the lines of a dataset in order, those of some subjects at a time.

    No statement may stand in two parts of one graph.
    """
    held: _Held = defaultdict(list)
    blank: list[Quad] = []
    for name, triples in parts:
        blank.extend(_entered(held, name, triples))
    for one in _canonical(blank):
        held[one.subject].append((_end(one.graph_name), [statement(one)]))
    # A line begins with its subject, and no subject is the beginning of another.
    subjects = sorted(held, key=str)
    for first in range(0, len(subjects), _AT_A_TIME):
        some = (held.pop(subject) for subject in subjects[first : first + _AT_A_TIME])
        yield "".join(line for its in some for line in sorted(_lines(its))).encode()


def _lines(its: list[tuple[str, list[Statement]]]) -> Iterator[str]:
    """Yield the lines about a subject."""
    # The same statement lies in several graphs, and writing it out is what takes time.
    written: dict[int, str] = {}
    for end, triples in its:
        for triple in triples:
            text = written.get(id(triple))
            if text is None:
                text = written[id(triple)] = str(triple)
            yield f"{text} {end}\n"


def _entered(
    held: _Held, name: Name | DefaultGraph, triples: Iterable[Statement]
) -> Iterator[Quad]:
    """Enter statements under their subjects, and yield those that have a blank node."""
    about: dict[Subject, list[Statement]] = defaultdict(list)
    plain = not isinstance(name, BlankNode)
    for triple in triples:
        subject = triple.subject
        if plain and isinstance(subject, NamedNode) and isinstance(triple.object, _PLAIN):
            about[subject].append(triple)
        else:
            yield quad(triple, name)
    end = _end(name)
    for subject, its in about.items():
        held[subject].append((end, its))


def _end(name: Name | DefaultGraph) -> str:
    """Return what a line of a graph has after its statement."""
    return "." if isinstance(name, DefaultGraph) else f"{name} ."


def _canonical(quads: Iterable[Quad]) -> Iterable[Quad]:
    found = Dataset(quads)
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return found
