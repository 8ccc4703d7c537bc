"""One build of the graph: read, put together, infer, validate."""

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Quad, Triple

from fingerpost import reason, shapes
from fingerpost.files import Folders
from fingerpost.graph import dataset, records
from fingerpost.graph.dataset import INFERRED, Dataset, quad
from fingerpost.graph.records import Record
from fingerpost.progress import Progress, silent
from fingerpost.shapes import Report, Result


@dataclass(frozen=True)
class Build:
    """A graph with what follows from it and what its shapes say, conforming or not."""

    records: tuple[Record, ...]
    dataset: Dataset
    inferred: frozenset[Triple]
    report: Report

    def quads(self) -> Iterator[Quad]:
        """Yield what is served: stated and inferred in the default graph, and every graph."""
        yield from self.dataset.quads()
        for triple in self.inferred:
            yield quad(triple, DefaultGraph())
            yield quad(triple, INFERRED)


def build(folders: Folders, tell: Progress = silent) -> Build:
    """Return the build of `folders`.

    Raises:
        Unreadable: a file is not Turtle, or a record is not where it belongs.
        UnappliedAxiom: the ontology goes beyond the rules.
    """
    tell("Reading the records")
    terminology = records.terminology(sorted(folders.ontology.rglob("*.ttl")))
    shape_triples = records.terminology(sorted(folders.shapes.rglob("*.ttl")))
    found = records.records(folders.instances)
    together = dataset.assemble(terminology, shape_triples, found)
    tell(f"Inferring from {len(together.merge):,} statements")
    rules = reason.rules(terminology)
    inferred = reason.closure(together.merge | rules.schema, rules)
    inferred |= rules.schema - together.merge
    tell(f"Validating {len(found):,} records")
    report = shapes.validate(together.merge, shape_triples)
    contradictions = reason.contradictions(together.merge | inferred, rules)
    if contradictions:
        report = _with(report, contradictions)
    return Build(tuple(found), together, frozenset(inferred), report)


def explain(result: Result) -> str:
    """Return a finding as one line: which record, which property, what to do."""
    where = f"{result.focus} {result.path}".strip()
    value = f" (found: {result.value})" if result.value and result.value != result.focus else ""
    return f"{where}: {result.message}{value}"


def _with(report: Report, contradictions: list[str]) -> Report:
    found = tuple(
        Result("violation", sentence.split(" ", 1)[0], "rdf:type", "", sentence, "")
        for sentence in contradictions
    )
    return Report((*found, *report.results), report.turtle)
