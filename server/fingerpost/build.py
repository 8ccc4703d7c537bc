"""One build of the graph: read, put together, infer, validate."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain

from pyoxigraph import DefaultGraph, Quad

from fingerpost import apart, reason
from fingerpost.files import Folders
from fingerpost.graph import dataset, mappings, records
from fingerpost.graph.dataset import INFERRED, ONTOLOGY, SHAPES, Dataset, quad
from fingerpost.graph.lasting import undisturbed
from fingerpost.graph.lines import Part
from fingerpost.graph.records import Record
from fingerpost.graph.statement import Statement
from fingerpost.progress import Progress, silent
from fingerpost.rules import Rules
from fingerpost.shapes import Report, Result, sieve

_MANY = 200_000
"""Statements; fewer are validated before another process would have begun."""


@dataclass(frozen=True)
class Build:
    """A graph with what follows from it and what its shapes say, conforming or not."""

    records: tuple[Record, ...]
    mappings: tuple[Record, ...]
    dataset: Dataset
    inferred: frozenset[Statement]
    verdict: Callable[[], Report]
    """Returns the report, perhaps after a while."""

    @cached_property
    def report(self) -> Report:
        """What the shapes say about what is stated."""
        return self.verdict()

    def parts(self) -> Iterator[Part]:
        """Yield what is served: stated and inferred in the default graph, and every graph."""
        yield DefaultGraph(), self.dataset.merge
        yield from self.dataset.graphs.items()
        yield DefaultGraph(), self.inferred
        yield INFERRED, self.inferred

    def quads(self) -> Iterator[Quad]:
        """Yield the statements of all parts."""
        return (quad(triple, name) for name, triples in self.parts() for triple in triples)


@dataclass(frozen=True)
class Derived:
    """What follows from a dataset, by which rules, and what its shapes say about it."""

    rules: Rules
    inferred: frozenset[Statement]
    report: Report


def build(folders: Folders, tell: Progress = silent) -> Build:
    """Return the build of `folders`; what is many is validated in a process of its own.

    Raises:
        Unreadable: a file is not Turtle, or a record is not where it belongs.
        UnappliedAxiom: the ontology goes beyond the rules.
    """
    with undisturbed():
        tell("Reading the records")
        terminology = records.terminology(folders.ontology)
        shape_triples = records.terminology(folders.shapes)
        found = records.records(folders.instances)
        mapped = mappings.read(folders.instances)
        together = dataset.assemble(terminology, shape_triples, [*found, *mapped])
        tell(f"Inferring from {len(together.merge):,} statements")
        rules = reason.rules(together.graphs[ONTOLOGY])
        checked = together.checked
        validate: Callable[[], Report] = partial(sieve.validate, checked, together.graphs[SHAPES])
        if len(checked) > _MANY and apart.possible():
            validate = apart.begun(validate)
        inferred = reason.inferred(together.merge, rules)
        contradictions = reason.contradictions(chain(checked, inferred), rules)

    def verdict() -> Report:
        tell(f"Validating {len(checked):,} statements")
        with undisturbed():
            return with_contradictions(validate(), contradictions)

    return Build(tuple(found), tuple(mapped), together, frozenset(inferred), verdict)


def derive(together: Dataset) -> Derived:
    """Return what follows from a dataset, and what its own shapes say about it.

    Raises:
        UnappliedAxiom: the ontology goes beyond the rules.
    """
    rules = reason.rules(together.graphs[ONTOLOGY])
    inferred = reason.inferred(together.merge, rules)
    report = sieve.validate(together.checked, together.graphs[SHAPES])
    contradictions = reason.contradictions(chain(together.checked, inferred), rules)
    return Derived(rules, frozenset(inferred), with_contradictions(report, contradictions))


def explain(result: Result) -> str:
    """Return a finding as one line: which record, which property, what to do."""
    where = f"{result.focus} {result.path}".strip()
    value = f" (found: {result.value})" if result.value and result.value != result.focus else ""
    return f"{where}: {result.message}{value}"


def with_contradictions(report: Report, contradictions: list[str]) -> Report:
    """Return the report with each contradiction as a violation of its own."""
    found = tuple(
        Result("violation", sentence.split(" ", 1)[0], "rdf:type", "", sentence, "")
        for sentence in contradictions
    )
    return Report((*found, *report.results), report.turtle)
