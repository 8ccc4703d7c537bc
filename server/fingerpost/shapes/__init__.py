"""SHACL: what the shapes say about what is stated, in words that a curator understands.

The stated graph is validated, not its closure: a range axiom would give any misspelt IRI the
very class that a shape asks for. Subclasses count all the same, as SHACL itself defines
(W3C, SHACL, 2017, "SHACL instance"), because the terminology is part of the graph.
"""

import warnings
from collections.abc import Iterable
from dataclasses import dataclass

import pyshacl
import rdflib
from pyoxigraph import BlankNode, NamedNode, Triple
from rdflib.namespace import RDF, SH

from fingerpost.graph.statement import Statement
from fingerpost.graph.vocabulary import Term, curie, term

_STRING = term("xsd:string")
_SEVERITIES = {
    str(SH.Violation): "violation",
    str(SH.Warning): "warning",
    str(SH.Info): "information",
}


@dataclass(frozen=True, order=True)
class Result:
    """One finding: `severity` is violation, warning or information."""

    severity: str
    focus: str
    path: str
    value: str
    message: str
    shape: str


@dataclass(frozen=True)
class Report:
    """All findings, and the SHACL report itself as Turtle."""

    results: tuple[Result, ...]
    turtle: str

    @property
    def violations(self) -> tuple[Result, ...]:
        """The findings that keep a graph from being served."""
        return tuple(result for result in self.results if result.severity == "violation")


def validate(stated: Iterable[Statement], shapes: Iterable[Statement]) -> Report:
    """Return what pyshacl finds when it holds `shapes` against `stated`."""
    return _report(_findings(parsed(stated), parsed(shapes)))


def validate_nodes(
    nodes: Iterable[Term], stated: Iterable[Statement], shapes: rdflib.Graph
) -> Report:
    """Return what pyshacl finds about `nodes`, and drop what it finds about anything else.

    The shapes are held against all that is stated, not against the nodes alone: pyshacl's own
    choice of focus nodes misses violations.
    """
    return validate_parts([(nodes, stated)], shapes)


def validate_parts(
    parts: Iterable[tuple[Iterable[Term], Iterable[Statement]]], shapes: rdflib.Graph
) -> Report:
    """Return what pyshacl finds about the nodes of each part in what is stated there, together."""
    report = rdflib.Graph()
    whole = rdflib.BNode()
    for nodes, stated in parts:
        found = _findings(parsed(stated), shapes)
        report.namespace_manager = found.namespace_manager
        chosen = {_node(node) for node in nodes}
        for result in found.objects(None, SH.result):
            if found.value(result, SH.focusNode) in chosen:
                report += found.cbd(result)
                report.add((whole, SH.result, result))
    report.add((whole, RDF.type, SH.ValidationReport))
    report.add((whole, SH.conforms, rdflib.Literal((whole, SH.result, None) not in report)))
    return _report(report)


def parsed(triples: Iterable[Statement]) -> rdflib.Graph:
    """Return the triples as rdflib, and with it pyshacl, knows them."""
    graph = rdflib.Graph()
    for triple in triples:
        graph.add((_node(triple.subject), _node(triple.predicate), _node(triple.object)))
    return graph


def _findings(stated: rdflib.Graph, shapes: rdflib.Graph) -> rdflib.Graph:
    with warnings.catch_warnings():
        # rdflib warns of its own deprecated calls, which pyshacl makes.
        warnings.simplefilter("ignore", DeprecationWarning)
        _, graph, _ = pyshacl.validate(stated, shacl_graph=shapes, inference="none", advanced=False)
    if not isinstance(graph, rdflib.Graph):
        raise TypeError(f"pyshacl gave no report: {graph!r}")
    return graph


def _report(graph: rdflib.Graph) -> Report:
    # Only what the report lists: a result may hold others, of the shapes it refers to, as detail.
    results = sorted(_result(graph, node) for node in graph.objects(None, SH.result))
    return Report(tuple(results), graph.serialize(format="turtle"))


def _node(one: Term) -> rdflib.term.Node:
    if isinstance(one, NamedNode):
        return rdflib.URIRef(one.value)
    if isinstance(one, BlankNode):
        return rdflib.BNode(one.value)
    if isinstance(one, Triple):
        # rdflib has no statements about statements: a blank node stands for one.
        return rdflib.BNode(f"t{hash(one):x}".replace("-", "m"))
    if one.language:
        return rdflib.Literal(one.value, lang=one.language)
    # RDF 1.1 gives a plain text the datatype xsd:string, and rdflib gives it none.
    datatype = None if one.datatype == _STRING else rdflib.URIRef(one.datatype.value)
    return rdflib.Literal(one.value, datatype=datatype)


def _result(graph: rdflib.Graph, node: rdflib.term.Node) -> Result:
    messages = sorted(str(message) for message in graph.objects(node, SH.resultMessage))
    severity = graph.value(node, SH.resultSeverity)
    return Result(
        severity=_SEVERITIES.get(str(severity), str(severity)),
        focus=_text(graph.value(node, SH.focusNode)),
        path=_text(graph.value(node, SH.resultPath)),
        value=_text(graph.value(node, SH.value)),
        message=" ".join(messages),
        shape=_text(graph.value(node, SH.sourceShape)),
    )


def _text(node: rdflib.term.Node | None) -> str:
    if isinstance(node, rdflib.URIRef):
        return curie(str(node))
    return "" if node is None else str(node)
