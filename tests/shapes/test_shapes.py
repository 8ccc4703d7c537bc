"""Each shape has records that conform and that do not, and finds just the latter.

`examples/<shape>/` holds its examples, one a file: `conforms….ttl` breaks no shape at all,
`violates-<constraint>….ttl` breaks that constraint of that shape. What comes after the constraint
in a name tells the files apart. `neighbours/` holds the records that examples refer to.

Every shape has an address but plain value tests, such as `[ sh:datatype xsd:gYear ]` among the
choices of a date: they have no path, one test, and no meaning outside the shape that they are in.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse
from rdflib import RDF, SH, BNode, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from fingerpost import shapes
from fingerpost.files import Folders
from fingerpost.graph import records
from fingerpost.graph.statement import Statement, statement
from fingerpost.graph.vocabulary import PREFIXES, curie, term
from fingerpost.shapes import Report

HERE = Path(__file__).parent
EXAMPLES = HERE / "examples"
FILES = sorted(EXAMPLES.rglob("*.ttl"))
CONFORMING = [file for file in FILES if file.stem.split("-")[0] == "conforms"]
VIOLATING = [file for file in FILES if file.stem.split("-")[0] == "violates"]
SHAPE = PREFIXES["shape"]
SHACL = PREFIXES["sh"]
NO_CONSTRAINTS = {
    SH.path, SH.property, SH.severity, SH.message, SH.targetClass, SH.qualifiedValueShape,
}  # fmt: skip
"""What a shape says of itself; everything else of SHACL in it is a constraint."""

VALUE_TESTS = {SH["class"], SH.datatype, SH["in"], SH.languageIn}
"""What a shape without an address may say."""

CHOICES = (SH["or"], SH.xone, SH["in"])
"""Constraints that hold a list, one member of which is enough."""


def path(file: Path) -> str:
    return file.relative_to(EXAMPLES).as_posix()


def shape_of(file: Path) -> URIRef:
    return URIRef(SHAPE + file.parent.name)


def kebab(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def subjects(file: Path) -> set[str]:
    return {t.subject.value for t in records.read(file) if isinstance(t.subject, NamedNode)}


@pytest.fixture(scope="module")
def shape_graph(folders: Folders) -> rdflib.Graph:
    graph = rdflib.Graph()
    for file in sorted(folders.shapes.rglob("*.ttl")):
        graph.parse(file)
    return graph


@pytest.fixture(scope="module")
def data(folders: Folders) -> list[Statement]:
    """All examples, with the records and the terminology that they refer to."""
    return records.triples(
        [*sorted(folders.ontology.rglob("*.ttl")), *sorted((HERE / "neighbours").iterdir()), *FILES]
    )


def named(graph: rdflib.Graph) -> set[URIRef]:
    kinds = (SH.NodeShape, SH.PropertyShape)
    return {s for kind in kinds for s in graph.subjects(RDF.type, kind) if isinstance(s, URIRef)}


def in_use(graph: rdflib.Graph) -> set[Node]:
    """Return the shapes that are held against records by themselves."""
    targeted = set(graph.subjects(SH.targetClass))
    return targeted | {one for shape in targeted for one in graph.objects(shape, SH.property)}


def constraints(graph: rdflib.Graph, shape: Node) -> set[str]:
    found = {p for p in graph.predicates(shape) if p.startswith(SHACL) and p not in NO_CONSTRAINTS}
    return {kebab(str(p).removeprefix(SHACL)) for p in found}


def as_triples(graph: rdflib.Graph) -> list[Statement]:
    text = graph.serialize(format="nt")
    return [statement(quad) for quad in parse(text, format=RdfFormat.N_TRIPLES)]


@pytest.fixture(scope="module")
def report(shape_graph: rdflib.Graph, data: list[Statement]) -> Report:
    """What all shapes find; those that only others use are held against their own examples."""
    graph = rdflib.Graph() + shape_graph
    used = in_use(graph)
    for file in FILES:
        if shape_of(file) not in used:
            for subject in subjects(file):
                graph.add((shape_of(file), SH.targetNode, URIRef(subject)))
    return shapes.validate(data, as_triples(graph))


@pytest.fixture(scope="module")
def broken(report: Report) -> dict[str, set[tuple[Node, str]]]:
    """Record → the shapes that it breaks, and which constraint of each."""
    graph = rdflib.Graph().parse(data=report.turtle, format="turtle")
    found: dict[str, set[tuple[Node, str]]] = defaultdict(set)
    for result in graph.objects(None, SH.result):
        component = str(graph.value(result, SH.sourceConstraintComponent))
        name = kebab(component.removeprefix(SHACL).removesuffix("ConstraintComponent"))
        source = graph.value(result, SH.sourceShape)
        found[str(graph.value(result, SH.focusNode))].add((source or BNode(), name))
    return found


@pytest.mark.parametrize("file", VIOLATING, ids=path)
def test_a_violation_is_found_by_the_constraint_in_its_name(
    file: Path, broken: dict[str, set[tuple[Node, str]]]
) -> None:
    found = {name for one in subjects(file) for s, name in broken[one] if s == shape_of(file)}
    assert any(f"{file.stem}-".startswith(f"violates-{name}-") for name in found), found


@pytest.mark.parametrize("file", CONFORMING, ids=path)
def test_nothing_is_wrong_with_what_conforms(
    file: Path, broken: dict[str, set[tuple[Node, str]]]
) -> None:
    assert {one: broken[one] for one in subjects(file) if one in broken} == {}


def test_nothing_else_is_wrong(broken: dict[str, set[tuple[Node, str]]]) -> None:
    assert set(broken) <= {one for file in VIOLATING for one in subjects(file)}


def test_every_file_is_an_example_of_a_shape_that_exists(shape_graph: rdflib.Graph) -> None:
    assert len(CONFORMING) + len(VIOLATING) == len(FILES)
    assert {shape_of(file) for file in FILES} <= named(shape_graph)


def test_no_two_examples_describe_one_thing() -> None:
    described = [one for file in FILES for one in subjects(file)]
    assert sorted(set(described)) == sorted(described)


def test_every_constraint_has_an_example_that_breaks_it(shape_graph: rdflib.Graph) -> None:
    names = [f"{shape_of(file)}/{file.stem}-" for file in VIOLATING]
    missing = [
        f"{curie(shape)} {constraint}"
        for shape in sorted(named(shape_graph))
        for constraint in sorted(constraints(shape_graph, shape))
        if not any(name.startswith(f"{shape}/violates-{constraint}-") for name in names)
    ]
    assert missing == []


def test_every_shape_with_constraints_has_an_example_that_conforms(
    shape_graph: rdflib.Graph,
) -> None:
    constrained = {shape for shape in named(shape_graph) if constraints(shape_graph, shape)}
    assert constrained - {shape_of(file) for file in CONFORMING} == set()


def test_every_property_of_a_shape_has_a_value_in_an_example_that_conforms(
    shape_graph: rdflib.Graph,
) -> None:
    given = {
        (shape_of(file), triple.predicate.value)
        for file in CONFORMING
        for triple in records.read(file)
    }
    missing = [
        f"{curie(shape)} {curie(property_)}"
        for shape in sorted(named(shape_graph))
        for property_ in properties(shape_graph, shape)
        if (shape, property_) not in given
    ]
    assert missing == []


def properties(graph: rdflib.Graph, shape: URIRef) -> Iterator[str]:
    """Yield the properties that a shape is about, unless it forbids them."""
    about = graph.value(shape, SH.path)
    if about is None or graph.value(shape, SH.maxCount) == rdflib.Literal(0):
        return
    choices = graph.value(about, SH.alternativePath)
    yield from [str(about)] if choices is None else map(str, Collection(graph, choices))


def test_every_choice_that_a_shape_gives_is_taken_by_an_example(
    shape_graph: rdflib.Graph, data: list[Statement]
) -> None:
    """Without the choice, one of the shape's own examples does not conform any more."""
    graph = rdflib.Graph() + shape_graph
    graph.remove((None, SH.targetClass, None))
    probes = [probe for shape in named(shape_graph) for probe in without_a_choice(graph, shape)]
    missed = {str(one.shape) for one in shapes.validate(data, as_triples(graph)).results}
    assert probes
    assert sorted(curie(probe) for probe in probes if curie(probe) not in missed) == []


def without_a_choice(graph: rdflib.Graph, shape: URIRef) -> Iterator[URIRef]:
    """Add the shape again for each of its choices, without that choice, for its own examples."""
    for choice in CHOICES:
        listed = graph.value(shape, choice)
        members = list(Collection(graph, listed)) if listed is not None else []
        for number, member in enumerate(members):
            name = str(choice).removeprefix(SHACL)
            probe = URIRef(f"{shape}-{name}-without-{number}")
            graph += copied(graph, shape, probe, choice)
            rest = Collection(graph, BNode(), [one for one in members if one != member])
            graph.add((probe, choice, rest.uri))
            yield probe


def copied(graph: rdflib.Graph, shape: URIRef, probe: URIRef, but: Node) -> rdflib.Graph:
    """Return the shape under another address, without a constraint, for its own examples."""
    copy = rdflib.Graph()
    for _, property_, value in graph.triples((shape, None, None)):
        if property_ != but:
            copy.add((probe, property_, value))
    for file in CONFORMING:
        if shape_of(file) == shape:
            for subject in subjects(file):
                copy.add((probe, SH.targetNode, URIRef(subject)))
    return copy


def test_every_shape_has_an_address_a_message_and_a_severity(shape_graph: rdflib.Graph) -> None:
    for shape in named(shape_graph):
        assert shape_graph.value(shape, SH.message), shape
        assert shape_graph.value(shape, SH.severity), shape


def test_only_plain_value_tests_have_no_address(shape_graph: rdflib.Graph) -> None:
    unnamed = {one for one in shape_graph.subjects() if isinstance(one, BNode)}
    said = {one: list(shape_graph.predicates(one)) for one in unnamed}
    helpers = ([SH.alternativePath], sorted([RDF.first, RDF.rest]))
    odd = {
        one: of_it
        for one, of_it in said.items()
        if sorted(of_it) not in helpers and not (len(of_it) == 1 and of_it[0] in VALUE_TESTS)
    }
    assert odd == {}


def test_every_address_that_a_shape_uses_is_that_of_a_shape(folders: Folders) -> None:
    triples = records.terminology(folders.shapes)
    described = {t.subject for t in triples if t.predicate == term("sh:severity")}
    used = {
        t.object
        for t in triples
        if isinstance(t.object, NamedNode) and t.object.value.startswith(SHAPE)
    }
    assert used - described == set()
    assert not any(isinstance(one, BlankNode) for one in described)
