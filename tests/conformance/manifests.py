"""What the W3C manifests ask for, as plain cases.

The files are read under the addresses at which W3C publishes them, so that relative IRIs in
queries, data and results resolve the same way on every machine.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

PUBLISHED = "https://w3c.github.io/rdf-tests/sparql/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"

TOPS = {
    "sparql10": "sparql10/manifest.ttl",
    "sparql11": "sparql11/manifest-all.ttl",
    "sparql12": "sparql12/manifest.ttl",
}
LEFT_OUT = {
    "entailment": "needs entailment regimes; a query sees the dataset as it stands",
    "service": "needs remote endpoints; SERVICE goes nowhere here",
    "syntax-fed": "needs SERVICE, which is part of federated query",
    "protocol": "run request by request, see protocol.py",
    "graph-store-protocol": "run request by request, see protocol.py",
    "service-description": "run request by request, see protocol.py",
}
FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
}
Node = ox.NamedNode | ox.BlankNode
Value = Node | ox.Literal | ox.Triple
FROM = re.compile(r"\bFROM\s+(?:NAMED\s+)?<([^>]*)>", re.IGNORECASE)


@dataclass(frozen=True)
class Dataset:
    """The files of a default graph, and of named graphs as (name, file)."""

    default: tuple[Path, ...] = ()
    named: tuple[tuple[str, Path], ...] = ()


@dataclass(frozen=True)
class Case:
    """One test of a query or an update."""

    id: str
    suite: str
    kind: str
    text: Path
    base: str
    before: Dataset
    result: Path | None
    after: Dataset | None
    lax: bool

    @property
    def is_update(self) -> bool:
        return "Update" in self.kind

    @property
    def is_syntax(self) -> bool:
        return "Syntax" in self.kind

    @property
    def is_negative(self) -> bool:
        return self.kind.startswith("Negative")

    @cached_property
    def source(self) -> str:
        return self.text.read_text("utf-8")


class Facts:
    """The statements of one file, asked by subject and property."""

    def __init__(self, path: Path, base: str) -> None:
        self._store = ox.Store()
        self._store.extend(ox.parse(path=str(path), format=FORMATS[path.suffix], base_iri=base))

    def values(self, subject: Node | None, property_: str) -> list[Value]:
        """Everything that stands in the property, in no order."""
        pattern = (subject, ox.NamedNode(property_), None)
        return [quad.object for quad in self._store.quads_for_pattern(*pattern)]

    def subjects(self, property_: str, iri: str) -> list[Node]:
        """Everything that has the IRI in the property."""
        pattern = (None, ox.NamedNode(property_), ox.NamedNode(iri))
        return [quad.subject for quad in self._store.quads_for_pattern(*pattern)]

    def value(self, subject: Node, property_: str) -> Value | None:
        """The one value of the property, or none."""
        found = self.values(subject, property_)
        return found[0] if found else None

    def text(self, subject: Node, property_: str) -> str | None:
        """The value of the property as text: an IRI or the characters of a literal."""
        found = self.value(subject, property_)
        return None if found is None else found.value

    def members(self, subject: Node | None, property_: str) -> Iterator[Node]:
        """The members of the lists in the property, in order."""
        for head in self.values(subject, property_):
            while head.value != RDF + "nil":
                yield self.value(head, RDF + "first")
                head = self.value(head, RDF + "rest")


@dataclass(frozen=True)
class Suites:
    """The folder that holds sparql10, sparql11 and sparql12."""

    root: Path

    def iri(self, path: Path) -> str:
        """The address at which W3C publishes a file."""
        return PUBLISHED + path.relative_to(self.root).as_posix()

    def path(self, iri: str) -> Path:
        """The file that W3C publishes at an address."""
        if not iri.startswith(PUBLISHED):
            raise ValueError(f"{iri} is no file of the suites")
        return self.root / iri.removeprefix(PUBLISHED)

    def facts(self, path: Path) -> Facts:
        """The statements of a file of the suites."""
        return Facts(path, self.iri(path))

    def entries(self, path: Path) -> Iterator[tuple[Path, Facts, Node]]:
        """Every test of a manifest and of those it includes, with its manifest."""
        facts = self.facts(path)
        for included in facts.members(None, MF + "include"):
            yield from self.entries(self.path(included.value))
        for test in facts.members(None, MF + "entries"):
            yield path, facts, test

    def cases(self, suite: str) -> list[Case]:
        """The tests of a suite that a query or an update decides."""
        return [
            self._case(suite, path, facts, test)
            for path, facts, test in self.entries(self.root / TOPS[suite])
            if path.parent.name not in LEFT_OUT
        ]

    def _case(self, suite: str, manifest: Path, facts: Facts, test: Node) -> Case:
        action, result = facts.value(test, MF + "action"), facts.value(test, MF + "result")
        iri = facts.text(action, QT + "query") or facts.text(action, UT + "request") or action.value
        text = self.path(iri)
        updated = isinstance(result, ox.BlankNode)
        return Case(
            id=f"{suite}/{manifest.parent.name}/{test.value.rpartition('#')[2]}",
            suite=suite,
            kind=facts.text(test, RDF + "type").removeprefix(MF),
            text=text,
            base=iri,
            before=self._before(facts, action, text),
            result=None if updated or result is None else self.path(result.value),
            after=self.updated(facts, result) if updated else None,
            lax=facts.text(test, MF + "resultCardinality") == MF + "LaxCardinality",
        )

    def _before(self, facts: Facts, action: Node, text: Path) -> Dataset:
        if facts.value(action, UT + "request"):
            return self.updated(facts, action)
        named = [iri.value for iri in facts.values(action, QT + "graphData")]
        if facts.value(action, QT + "query"):
            named += self._from(text)
        return Dataset(
            self._paths(facts.values(action, QT + "data")),
            tuple((iri, self.path(iri)) for iri in sorted(set(named))),
        )

    def updated(self, facts: Facts, node: Node) -> Dataset:
        """The dataset that a node states in the vocabulary of update tests."""
        named = [
            (facts.text(graph, RDFS + "label"), self.path(facts.text(graph, UT + "graph")))
            for graph in facts.values(node, UT + "graphData")
        ]
        return Dataset(self._paths(facts.values(node, UT + "data")), tuple(sorted(named)))

    def _paths(self, iris: list[Value]) -> tuple[Path, ...]:
        return tuple(sorted(self.path(iri.value) for iri in iris))

    def _from(self, text: Path) -> Iterator[str]:
        """The files beside a query that its FROM clauses name."""
        for name in FROM.findall(text.read_text("utf-8")):
            if (text.parent / name).is_file():
                yield self.iri(text.parent / name)
