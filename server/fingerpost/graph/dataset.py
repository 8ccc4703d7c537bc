"""Named graphs and their merge: what each source states, and what is stated altogether.

One definition serves the build and every later change. Some named graphs count: all but the
inferred statements, the shapes, the provenance and the snapshots of registries. A claim in a
graph that counts puts the statement that it is about into that graph, and what that statement
implies. A statement is in the merge if a graph that counts holds it and has no lapsed claim
about it, and of each source's graph the merge says from which source it derives.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad

from fingerpost.graph import identifiers
from fingerpost.graph.records import Record
from fingerpost.graph.statement import Statement, Subject, statement
from fingerpost.graph.vocabulary import (
    CLAIM,
    GRAPHS,
    IDS,
    MAPPING,
    PROPERTY,
    SIZE_LIMIT,
    SOURCE,
    SUBJECT,
    TYPE,
    VALID_UNTIL,
    VALUE,
    Term,
    term,
)

ONTOLOGY = NamedNode(GRAPHS + "ontology")
SHAPES = NamedNode(GRAPHS + "shapes")
INFERRED = NamedNode(GRAPHS + "inferred")
SERVICE = NamedNode(GRAPHS + "service")
"""What the service says of itself; like a source it is part of the merge."""
SNAPSHOTS = GRAPHS + "snapshot-"
"""How the names of the graphs of registries' snapshots begin."""
CLAIM_PARTS = frozenset({TYPE, SUBJECT, PROPERTY, VALUE, VALID_UNTIL})
"""The properties of a claim that decide what it puts into its graph and into the merge."""

Name = NamedNode | BlankNode
_APART = frozenset({INFERRED, SHAPES, NamedNode(GRAPHS + "provenance")})
_OWN = frozenset({ONTOLOGY, SERVICE})
_CLAIMING = frozenset({CLAIM, SIZE_LIMIT, MAPPING})
_SOURCES = IDS + "source/"
_DERIVED_FROM = term("prov:wasDerivedFrom")
_NOWHERE = BlankNode("without-a-source")


@dataclass
class Dataset:
    """What was stated: `merge` is the default graph, `graphs` who said what.

    What no source states is `unsourced`, and in neither.
    """

    merge: set[Statement] = field(default_factory=set)
    graphs: dict[Name, set[Statement]] = field(default_factory=lambda: defaultdict(set))
    unsourced: set[Statement] = field(default_factory=set)

    @property
    def checked(self) -> Set[Statement]:
        """What the shapes are held against: the merge, and what no source states."""
        return self.merge | self.unsourced if self.unsourced else self.merge

    def quads(self) -> Iterator[Quad]:
        """Yield every statement, once in the default graph and once in each of its graphs."""
        for triple in self.merge:
            yield quad(triple, DefaultGraph())
        for name, triples in self.graphs.items():
            for triple in triples:
                yield quad(triple, name)


@dataclass(frozen=True)
class Claimed:
    """The statements that one claim is about, and whether it held only until some day."""

    about: frozenset[Statement] = frozenset()
    lapsed: bool = False


def quad(triple: Statement, graph: Name | DefaultGraph) -> Quad:
    """Return the statement as it lies in a graph."""
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def assemble(
    terminology: Iterable[Statement], shapes: Iterable[Statement], records: Iterable[Record]
) -> Dataset:
    """Return the dataset of what the files state.

    A record's plain statements, and each of its claims, lie in the graphs of its sources. What
    no source states lies in no graph and is not in the merge: it is only checked.
    """
    graphs: dict[Name, set[Statement]] = defaultdict(set)
    graphs[ONTOLOGY].update(terminology)
    graphs[SHAPES].update(shapes)
    for record in records:
        for subject, triples in _by_subject(record.triples).items():
            for name in _graphs_of(subject, triples):
                graphs[name] |= triples
    unsourced = graphs.pop(_NOWHERE, set())
    found = together(graphs)
    found.unsourced = together({_NOWHERE: unsourced}).merge
    return found


def together(graphs: Mapping[Name, set[Statement]]) -> Dataset:
    """Return the dataset of named graphs, each with the statements that its claims are about."""
    found = Dataset()
    for name, triples in graphs.items():
        found.graphs[name] = triples
        if triples and counts(name):
            whole, lapsed = _with_claimed(triples)
            found.graphs[name] = whole
            found.merge |= whole - lapsed
            found.merge |= derivation(name)
    return found


def counts(name: Name | DefaultGraph) -> bool:
    """Return whether the statements of a graph belong in the merge."""
    if isinstance(name, NamedNode):
        return name not in _APART and not name.value.startswith(SNAPSHOTS)
    return isinstance(name, BlankNode)


def derivation(name: Name | DefaultGraph) -> frozenset[Statement]:
    """Return what the merge says of a graph that holds anything: from which source it derives."""
    if name in _OWN or not isinstance(name, NamedNode) or not name.value.startswith(GRAPHS):
        return frozenset()
    source = NamedNode(_SOURCES + name.value.removeprefix(GRAPHS))
    return frozenset({Statement(name, _DERIVED_FROM, source)})


def claimed(node: Subject, triples: Iterable[Statement]) -> Claimed:
    """Return what `node` claims, as far as the `triples` about it tell; nothing if no claim."""
    values: dict[NamedNode, set[Term]] = defaultdict(set)
    for triple in triples:
        values[triple.predicate].add(triple.object)
    if not values[TYPE] & _CLAIMING:
        return Claimed()
    if SIZE_LIMIT in values[TYPE]:
        values[VALUE].add(node)
    about = {
        Statement(subject, property_, value)
        for subject in values[SUBJECT]
        for property_ in values[PROPERTY]
        for value in values[VALUE]
        if isinstance(subject, NamedNode) and isinstance(property_, NamedNode)
    }
    about |= {also for triple in about for also in identifiers.implied(triple)}
    return Claimed(frozenset(about), bool(values[VALID_UNTIL]))


def about(triples: set[Statement]) -> set[Statement]:
    """Return the statements that the claims among `triples` put into their graph."""
    return {t for claim in _claims(triples) for t in claim.about}


def named(quads: Iterable[Quad]) -> dict[Name, set[Statement]]:
    """Return the named graphs that state something; inferences are not among them."""
    graphs: dict[Name, set[Statement]] = defaultdict(set)
    for one in quads:
        if not isinstance(one.graph_name, DefaultGraph) and one.graph_name != INFERRED:
            graphs[one.graph_name].add(statement(one))
    return graphs


def claims(triples: Iterable[Statement]) -> dict[Subject, set[Statement]]:
    """Return the nodes that speak of another, each with what is said of it."""
    kept = list(triples)
    subjects = {t.subject for t in kept if t.predicate == SUBJECT}
    return _by_subject(t for t in kept if t.subject in subjects)


def _claims(triples: set[Statement]) -> list[Claimed]:
    """Return what each node that speaks of another claims."""
    return [claimed(node, its) for node, its in claims(triples).items()]


def _by_subject(triples: Iterable[Statement]) -> dict[Subject, set[Statement]]:
    found: dict[Subject, set[Statement]] = defaultdict(set)
    for triple in triples:
        found[triple.subject].add(triple)
    return found


def _graphs_of(subject: Subject, triples: set[Statement]) -> list[Name]:
    """Return the graphs of the sources that `triples` name; a source also speaks for itself."""
    named = [t.object for t in triples if t.predicate == SOURCE]
    sources = {source.value for source in named if isinstance(source, NamedNode)}
    if isinstance(subject, NamedNode) and subject.value.startswith(_SOURCES):
        sources.add(subject.value)
    names = [NamedNode(GRAPHS + iri.removeprefix(_SOURCES)) for iri in sorted(sources)]
    return [*names] or [_NOWHERE]


def _with_claimed(triples: set[Statement]) -> tuple[set[Statement], set[Statement]]:
    """Return a graph with what its claims are about, and what its lapsed claims are about."""
    whole = set(triples)
    while True:
        claims = _claims(whole)
        fresh = {triple for claim in claims for triple in claim.about} - whole
        whole |= fresh
        # Only what a claim says of a claim can make another claim of it.
        if not any(triple.predicate in CLAIM_PARTS for triple in fresh):
            return whole, {t for claim in claims if claim.lapsed for t in claim.about}
