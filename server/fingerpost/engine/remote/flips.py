"""Updates that take an engine from one generation to the next in one step, or do nothing.

Each of their operations looks first for the marks that were found, and for no other. An update is
one transaction on the engines that `Dialect.own_default` names, so of two that come at once one is
first, and the other finds nothing to do.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from fingerpost.engine.remote import marks
from fingerpost.engine.remote.marks import Mark

_GRAPH = f"GRAPH <{marks.MARKS}>"
_ALL = "?s ?p ?o"


def replaced(found: Sequence[Mark], graphs: Mapping[str, bytes], default: str) -> Iterator[str]:
    """Yield the operations that fill graphs anew, each with its N-Triples.

    `default` is what stands for the default graph.
    """
    only = _while(found)
    for graph, lines in graphs.items():
        within = "{}" if graph == default else f"GRAPH <{graph}> {{{{ {{}} }}}}"
        held = within.format(_ALL)
        yield f"DELETE {{ {held} }} WHERE {{ {only} {held} }}"
        yield f"INSERT {{ {within.format(lines.decode())} }} WHERE {{ {only} }}"


def changed(found: Sequence[Mark], removed: Iterable[Quad], added: Iterable[Quad]) -> str:
    """Return the operation that takes statements away, and then adds others."""
    return (
        f"DELETE {{\n{_stated(removed)}}}\nINSERT {{\n{_stated(added)}}}\n"
        f"WHERE {{ {_while(found)} }}"
    )


def about(triples: Iterable[Triple]) -> list[Quad]:
    """Return what is said of generations, in the graph where it stands."""
    graph = NamedNode(marks.MARKS)
    return [Quad(one.subject, one.predicate, one.object, graph) for one in triples]


def _while(found: Sequence[Mark]) -> str:
    """Return the group that has one solution as long as the engine has these marks, else none."""
    values = [str(one.statement.object) for one in found]
    there = " ".join(f"{_GRAPH} {{ {marks.HOLDS} {value} }}" for value in values)
    other = f"{marks.HOLDS} ?other FILTER (?other NOT IN ({', '.join(values)}))"
    return f"{{ {there} FILTER NOT EXISTS {{ {_GRAPH} {{ {other} }} }} }}"


def _stated(quads: Iterable[Quad]) -> str:
    """Return ground statements as a template has them, graph by graph."""
    parts = []
    for graph, several in groupby(sorted(quads, key=_name), key=_name):
        lines = "".join(f"{quad.triple} .\n" for quad in several)
        parts.append(f"GRAPH <{graph}> {{\n{lines}}}\n" if graph else lines)
    return "".join(parts)


def _name(quad: Quad) -> str:
    return "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
