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
from pyoxigraph import RdfFormat, Triple, serialize
from rdflib.namespace import SH

from fingerpost.graph.vocabulary import curie

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


def validate(stated: Iterable[Triple], shapes: Iterable[Triple]) -> Report:
    """Return what pyshacl finds when it holds `shapes` against `stated`."""
    with warnings.catch_warnings():
        # rdflib warns of its own deprecated calls, which pyshacl makes.
        warnings.simplefilter("ignore", DeprecationWarning)
        _, graph, _ = pyshacl.validate(
            _rdflib(stated), shacl_graph=_rdflib(shapes), inference="none", advanced=False
        )
    if not isinstance(graph, rdflib.Graph):
        raise TypeError(f"pyshacl gave no report: {graph!r}")
    # Only what the report lists: a result may hold others, of the shapes it refers to, as detail.
    results = sorted(_result(graph, node) for node in graph.objects(None, SH.result))
    return Report(tuple(results), graph.serialize(format="turtle"))


def _rdflib(triples: Iterable[Triple]) -> rdflib.Graph:
    graph = rdflib.Graph()
    graph.parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")
    return graph


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


def _text(term: rdflib.term.Node | None) -> str:
    if isinstance(term, rdflib.URIRef):
        return curie(str(term))
    return "" if term is None else str(term)
