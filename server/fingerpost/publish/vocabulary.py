"""The ontology and the shapes as documentation reads them, from the graph itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode, Triple

from fingerpost.engine import Engine
from fingerpost.graph.dataset import ONTOLOGY, SHAPES
from fingerpost.graph.vocabulary import BASE, IDS, Term, curie, term
from fingerpost.publish.places import PROJECT
from fingerpost.publish.statements import Statements, construct
from fingerpost.publish.terms import LICENCE, english

NAMESPACE = BASE + "ontology#"
DOCUMENT = NamedNode(BASE + "ontology")
SHAPES_DOCUMENT = NamedNode(BASE + "shapes")

_GRAPH = """
CONSTRUCT {{ ?subject ?property ?value }}
WHERE {{ GRAPH <{graph}> {{ ?subject ?property ?value }} }}
"""
_SHAPES = "Shapes that records and concepts must have, and what to mend where one has not."
_SECTIONS = (
    ("classes", "Classes", ("owl:Class",)),
    ("object-properties", "Properties that lead to other things", ("owl:ObjectProperty",)),
    ("datatype-properties", "Properties that hold values", ("owl:DatatypeProperty",)),
    ("annotation-properties", "Properties that annotate", ("owl:AnnotationProperty",)),
)
_RELATIONS = (
    ("Broader than this", "rdfs:subClassOf"),
    ("Broader than this", "rdfs:subPropertyOf"),
    ("Of", "rdfs:domain"),
    ("Leads to", "rdfs:range"),
    ("The other way round", "owl:inverseOf"),
    ("The same elsewhere", "skos:exactMatch"),
    ("Close to", "skos:closeMatch"),
)


@dataclass(frozen=True)
class Relation:
    """What a term has to do with others, by their IRIs."""

    name: str
    iris: list[str]


@dataclass(frozen=True)
class Described:
    """A term of ours: `id` is its anchor."""

    id: str
    iri: str
    label: str
    definition: str
    examples: list[str]
    relations: list[Relation]
    used: list[str]


@dataclass(frozen=True)
class Section:
    """Terms of a sort, in the order of their labels."""

    id: str
    title: str
    terms: list[Described]


@dataclass(frozen=True)
class Scheme:
    """A concept scheme with its concepts: the IRI and name of each."""

    id: str
    iri: str
    title: str
    description: str
    concepts: list[tuple[str, str]]


@dataclass(frozen=True)
class Constraint:
    """One demand of a shape, and what it says where it is not met."""

    id: str
    path: str
    demands: list[str]
    severity: str
    message: str


@dataclass(frozen=True)
class Shape:
    """A shape, what it is for, and its demands; the last of a list has no IRI."""

    id: str
    iri: str
    targets: list[str]
    message: str
    constraints: list[Constraint]


def terminology(engine: Engine) -> Statements:
    """Return everything that the graph of the ontology holds, concepts included."""
    return Statements(construct(engine, _GRAPH.format(graph=ONTOLOGY.value)))


def shapes(engine: Engine) -> Statements:
    """Return the graph of the shapes."""
    return Statements(construct(engine, _GRAPH.format(graph=SHAPES.value)))


def ontology(all_: Statements) -> list[Triple]:
    """Return the document of the ontology: its head, its terms, its schemes without concepts."""
    return [triple for triple in all_.triples if _belongs(triple)]


def shapes_document(all_: Statements) -> list[Triple]:
    """Return the document of the shapes, with a head of its own."""
    head = [Triple(SHAPES_DOCUMENT, term(one), value) for one, value in _shapes_head()]
    return [*all_.triples, *head]


def _shapes_head() -> Iterator[tuple[str, Term]]:
    yield "rdf:type", term("owl:Ontology")
    yield "dct:title", english("The shapes of Fingerpost")
    yield "dct:description", english(_SHAPES)
    yield "dct:license", LICENCE
    yield "dct:creator", PROJECT
    yield "dct:publisher", PROJECT
    yield "dct:isPartOf", DOCUMENT


def _belongs(triple: Triple) -> bool:
    subject = triple.subject
    if not isinstance(subject, NamedNode):
        return False
    return not subject.value.startswith(IDS) or subject.value.startswith(f"{IDS}scheme/")


def sections(all_: Statements) -> list[Section]:
    """Return our own terms by sort."""
    domains = _by_domain(all_)
    found = []
    for id_, title, types in _SECTIONS:
        nodes = [node for node in _typed(all_, types) if node.value.startswith(NAMESPACE)]
        terms = [_described(all_, node, domains.get(node.value, [])) for node in nodes]
        found.append(Section(id_, title, sorted(terms, key=lambda one: one.label.lower())))
    return found


def borrowed(all_: Statements) -> list[tuple[str, str]]:
    """Return the terms of others that the graph uses: IRI and label."""
    nodes = _typed(all_, [type_ for *_, types in _SECTIONS for type_ in types])
    others = {node.value for node in nodes if not node.value.startswith(BASE)}
    return [(iri, all_.name(NamedNode(iri))) for iri in sorted(others)]


def schemes(all_: Statements) -> list[Scheme]:
    """Return the concept schemes, each with its concepts."""
    found = []
    for node in _typed(all_, ("skos:ConceptScheme",)):
        concepts = [
            (one.value, all_.name(one))
            for one in all_.subjects()
            if node in all_.of(one, "skos:inScheme")
        ]
        slug = node.value.rpartition("/")[2]
        title, description = all_.name(node), all_.text(node, "dct:description")
        found.append(Scheme(f"scheme-{slug}", node.value, title, description, concepts))
    return found


def classes(all_: Statements) -> list[tuple[str, str, list[str]]]:
    """Return our classes as IRI, label and the classes that each is a direct part of."""
    nodes = [one for one in _typed(all_, ("owl:Class",)) if one.value.startswith(NAMESPACE)]
    return [
        (node.value, all_.name(node), [one.value for one in all_.iris(node, "rdfs:subClassOf")])
        for node in nodes
    ]


def shape_list(all_: Statements) -> list[Shape]:
    """Return the shapes of nodes with what each demands."""
    found = [_shape(all_, node) for node in _typed(all_, ("sh:NodeShape",))]
    listed = {one.id for shape in found for one in shape.constraints}
    parts = [one for one in _typed(all_, ("sh:PropertyShape",)) if _anchor(one) not in listed]
    constraints = [_constraint(all_, one) for one in parts]
    return [*found, Shape("parts", "", [], "Shapes that others draw on.", constraints)]


def _typed(all_: Statements, types: Iterable[str]) -> list[NamedNode]:
    wanted = {term(one) for one in types}
    return [node for node in all_.subjects() if wanted & set(all_.of(node, "rdf:type"))]


def _by_domain(all_: Statements) -> dict[str, list[str]]:
    """Return the properties that are of each class."""
    found: dict[str, list[str]] = {}
    for node in all_.subjects():
        for domain in all_.iris(node, "rdfs:domain"):
            found.setdefault(domain.value, []).append(node.value)
    return found


def _described(all_: Statements, node: NamedNode, used: list[str]) -> Described:
    relations = [
        Relation(name, [one.value for one in all_.iris(node, property_)])
        for name, property_ in _RELATIONS
    ]
    return Described(
        id=node.value.removeprefix(NAMESPACE),
        iri=node.value,
        label=all_.name(node),
        definition=all_.text(node, "skos:definition", "rdfs:comment"),
        examples=all_.texts(node, "skos:example"),
        relations=[one for one in relations if one.iris],
        used=used,
    )


def _shape(all_: Statements, node: NamedNode) -> Shape:
    own = [one for one in all_.of(node, "sh:property") if isinstance(one, NamedNode)]
    return Shape(
        id=_anchor(node),
        iri=node.value,
        targets=[one.value for one in all_.iris(node, "sh:targetClass")],
        message=all_.text(node, "sh:message"),
        constraints=[_constraint(all_, one) for one in own],
    )


def _constraint(all_: Statements, node: NamedNode) -> Constraint:
    (path,) = all_.of(node, "sh:path")[:1] or [node]
    (severity,) = all_.iris(node, "sh:severity")[:1] or [term("sh:Violation")]
    return Constraint(
        id=_anchor(node),
        path=_path(all_, path),
        demands=list(_demands(all_, node)),
        severity=severity.value.rpartition("#")[2].lower(),
        message=all_.text(node, "sh:message"),
    )


_APART = frozenset(
    term(one).value
    for one in "rdf:type sh:path sh:severity sh:message sh:property sh:order sh:name".split()
)


def _demands(all_: Statements, node: NamedNode) -> Iterator[str]:
    for property_, values in all_.properties(node):
        if property_.value not in _APART:
            name = property_.value.rpartition("#")[2]
            yield f"{name} {', '.join(_path(all_, value) for value in values)}"


def _path(all_: Statements, value: Term) -> str:
    """Return a value of a shape in words; a node without a name by what it says."""
    if isinstance(value, NamedNode):
        return curie(value.value)
    if not isinstance(value, BlankNode):
        return str(getattr(value, "value", value))
    if all_.of(value, "rdf:first"):
        return f"({' '.join(_path(all_, one) for one in _items(all_, value))})"
    return "; ".join(
        f"{property_.value.rpartition('#')[2]} {' '.join(_path(all_, one) for one in values)}"
        for property_, values in all_.properties(value)
    )


def _items(all_: Statements, node: Term) -> Iterator[Term]:
    while isinstance(node, BlankNode):
        yield from all_.of(node, "rdf:first")
        (node,) = all_.of(node, "rdf:rest")[:1] or [term("rdf:nil")]


def _anchor(node: NamedNode) -> str:
    return node.value.rpartition("#")[2]
