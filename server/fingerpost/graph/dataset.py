"""Records, claims and terminology put together as named graphs and their merge."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from fingerpost.graph.records import Record
from fingerpost.graph.vocabulary import (
    CLAIM,
    GRAPHS,
    IDS,
    PROPERTY,
    SIZE_LIMIT,
    SOURCE,
    SUBJECT,
    TYPE,
    VALID_UNTIL,
    VALUE,
    term,
)

ONTOLOGY = NamedNode(GRAPHS + "ontology")
SHAPES = NamedNode(GRAPHS + "shapes")
INFERRED = NamedNode(GRAPHS + "inferred")
_SOURCES = IDS + "source/"
_DERIVED_FROM = term("prov:wasDerivedFrom")


@dataclass
class Dataset:
    """What was stated: `merge` is the default graph, `graphs` who said what."""

    merge: set[Triple] = field(default_factory=set)
    graphs: dict[NamedNode, set[Triple]] = field(default_factory=lambda: defaultdict(set))

    def quads(self) -> Iterator[Quad]:
        """Yield every statement, once in the default graph and once in each of its graphs."""
        for triple in self.merge:
            yield quad(triple, DefaultGraph())
        for name, triples in self.graphs.items():
            for triple in triples:
                yield quad(triple, name)


def quad(triple: Triple, graph: NamedNode | DefaultGraph) -> Quad:
    """Return the statement as it lies in a graph."""
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def assemble(
    terminology: Iterable[Triple], shapes: Iterable[Triple], records: Iterable[Record]
) -> Dataset:
    """Return the dataset of what the files state.

    A record's plain statements are made by each of its sources and lie in their graphs. A
    claim is made by its own sources: the statement that it is about lies in their graphs, and
    in the merge unless the claim says until when it held.
    """
    dataset = Dataset()
    _add(dataset, set(terminology), [ONTOLOGY])
    dataset.graphs[SHAPES].update(shapes)
    for record in records:
        for subject, triples in _by_subject(record).items():
            _add(dataset, triples, _graphs_of(subject, triples))
            claimed = _claimed(subject, triples)
            if claimed is not None:
                _place(dataset, claimed, triples, subject)
    return dataset


def _by_subject(record: Record) -> dict[NamedNode, set[Triple]]:
    found: dict[NamedNode, set[Triple]] = defaultdict(set)
    for triple in record.triples:
        if isinstance(triple.subject, NamedNode):
            found[triple.subject].add(triple)
    return found


def _graphs_of(subject: NamedNode, triples: set[Triple]) -> list[NamedNode]:
    """Return the graphs of the sources that `triples` name; a source also speaks for itself."""
    named = [t.object for t in triples if t.predicate == SOURCE]
    sources = {source.value for source in named if isinstance(source, NamedNode)}
    if subject.value.startswith(_SOURCES):
        sources.add(subject.value)
    return [NamedNode(GRAPHS + iri.removeprefix(_SOURCES)) for iri in sorted(sources)]


def _add(dataset: Dataset, triples: set[Triple], graphs: list[NamedNode]) -> None:
    dataset.merge |= triples
    for graph in graphs:
        dataset.graphs[graph] |= triples
        if graph != ONTOLOGY:
            source = NamedNode(_SOURCES + graph.value.removeprefix(GRAPHS))
            dataset.merge.add(Triple(graph, _DERIVED_FROM, source))


def _claimed(subject: NamedNode, triples: set[Triple]) -> Triple | None:
    """Return the statement that a claim is about, or None where `triples` are no claim."""
    values = {t.predicate: t.object for t in triples}
    types = {t.object for t in triples if t.predicate == TYPE}
    if not types & {CLAIM, SIZE_LIMIT}:
        return None
    value = subject if SIZE_LIMIT in types else values.get(VALUE)
    about, property_ = values.get(SUBJECT), values.get(PROPERTY)
    if isinstance(about, NamedNode) and isinstance(property_, NamedNode) and value is not None:
        return Triple(about, property_, value)
    return None


def _place(dataset: Dataset, claimed: Triple, claim: set[Triple], subject: NamedNode) -> None:
    for graph in _graphs_of(subject, claim):
        dataset.graphs[graph].add(claimed)
    if not any(t.predicate == VALID_UNTIL for t in claim):
        dataset.merge.add(claimed)
