"""The description of the default graph: every number counted again from the statements."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    Triple,
    parse,
    serialize,
)

from fingerpost.catalogue import Catalogue
from fingerpost.engine import Query
from fingerpost.engine.fences import Fences
from fingerpost.engine.guarded import Guarded, keeping
from fingerpost.engine.local import Local
from fingerpost.publish import void

VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
EXT = rdflib.Namespace("http://ldf.fi/void-ext#")
DATASET = rdflib.URIRef("https://data.example.org/.well-known/void#dataset")
ENDPOINT = "https://data.example.org/sparql"
OURS = "https://w3id.org/fingerpost/"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
MAPPINGS = {
    *(f"http://www.w3.org/2004/02/skos/core#{kind}Match" for kind in "exact close broad narrow related".split()),
    "http://www.w3.org/2002/07/owl#sameAs",
    "http://schema.org/sameAs",
}  # fmt: skip

AS_EDITORS_ASK = """
PREFIX void: <http://rdfs.org/ns/void#>
PREFIX void-ext: <http://ldf.fi/void-ext#>
SELECT DISTINCT ?subjectClass ?prop ?objectClass ?objectDatatype
WHERE {
  ?cp void:class ?subjectClass ; void:propertyPartition ?pp .
  ?pp void:property ?prop .
  OPTIONAL {
    { ?pp void:classPartition [ void:class ?objectClass ] . }
    UNION { ?pp void-ext:datatypePartition [ void-ext:datatype ?objectDatatype ] . }
  }
}
"""
Counts = dict[object, tuple[int, ...]]


@pytest.fixture(scope="module")
def described(opened: Catalogue) -> list[Triple]:
    return void.statements(opened.engine, str(DATASET), endpoint=ENDPOINT)


@pytest.fixture(scope="module")
def graph(described: list[Triple]) -> rdflib.Graph:
    return parsed(described)


@pytest.fixture(scope="module")
def scanned(opened: Catalogue) -> list[Triple]:
    """Every statement of the default graph."""
    everything = Query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    body = opened.engine.answer(everything, "application/n-triples")
    found = [quad.triple for quad in parse(body, format=RdfFormat.N_TRIPLES)]
    assert len(found) == opened.statements
    return found


@pytest.fixture(scope="module")
def types(scanned: list[Triple]) -> dict[object, set[str]]:
    return typed(scanned)


def typed(triples: Iterable[Triple]) -> dict[object, set[str]]:
    found: dict[object, set[str]] = defaultdict(set)
    for triple in triples:
        if triple.predicate == TYPE and isinstance(triple.object, NamedNode):
            found[triple.subject].add(triple.object.value)
    return found


def parsed(triples: list[Triple]) -> rdflib.Graph:
    text = serialize(triples, format=RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=text, format="nt")


def stated(graph: rdflib.Graph, node: rdflib.term.Node, *names: str) -> tuple[int, ...]:
    """The numbers that a node of the description states, each exactly once."""
    found = []
    for name in names:
        (value,) = graph.objects(node, VOID[name])
        found.append(int(str(value)))
    return tuple(found)


def counted(triples: Iterable[Triple]) -> tuple[int, int, int]:
    triples = list(triples)
    subjects, objects = {t.subject for t in triples}, {t.object for t in triples}
    return len(triples), len(subjects), len(objects)


def test_the_whole_is_counted(graph: rdflib.Graph, scanned: list[Triple]) -> None:
    assert stated(graph, DATASET, "triples", "distinctSubjects", "distinctObjects") == counted(
        scanned
    )
    iris = {t.subject.value for t in scanned if isinstance(t.subject, NamedNode)}
    entities = {iri for iri in iris if iri.startswith(OURS)}
    properties = {t.predicate for t in scanned}
    classes = {t.object for t in scanned if t.predicate == TYPE}
    wanted = (len(entities), len(properties), len(classes))
    assert stated(graph, DATASET, "entities", "properties", "classes") == wanted
    assert 0 < len(entities) < len(iris)


def test_every_class_is_a_part_and_counted(
    graph: rdflib.Graph, scanned: list[Triple], types: dict[object, set[str]]
) -> None:
    wanted: Counts = {}
    for class_ in set().union(*types.values()):
        inside = [t for t in scanned if class_ in types[t.subject]]
        subjects = {t.subject for t in inside}
        wanted[class_] = (len(subjects), len(inside), len({t.predicate for t in inside}))
    found: Counts = {}
    for part in graph.objects(DATASET, VOID.classPartition):
        name = str(graph.value(part, VOID["class"]))
        found[name] = stated(graph, part, "entities", "triples", "properties")
    assert found == wanted


def test_every_property_is_a_part_and_counted(graph: rdflib.Graph, scanned: list[Triple]) -> None:
    wanted: Counts = {
        p.value: counted(t for t in scanned if t.predicate == p)
        for p in {t.predicate for t in scanned}
    }
    found: Counts = {}
    for part in graph.objects(DATASET, VOID.propertyPartition):
        name = str(graph.value(part, VOID.property))
        found[name] = stated(graph, part, "triples", "distinctSubjects", "distinctObjects")
    assert found == wanted


def test_every_property_of_a_class_is_a_part_and_counted(
    graph: rdflib.Graph, scanned: list[Triple], types: dict[object, set[str]]
) -> None:
    inside: dict[object, list[Triple]] = defaultdict(list)
    for triple in scanned:
        for class_ in types[triple.subject]:
            inside[class_, triple.predicate.value].append(triple)
    wanted: Counts = {pair: counted(triples) for pair, triples in inside.items()}
    found: Counts = {}
    for class_, property_, part in parts(graph):
        numbers = stated(graph, part, "triples", "distinctSubjects", "distinctObjects")
        found[class_, property_] = numbers
    assert found == wanted


def test_the_classes_and_datatypes_of_values_are_counted(
    graph: rdflib.Graph, scanned: list[Triple], types: dict[object, set[str]]
) -> None:
    wanted: dict[object, int] = defaultdict(int)
    for triple in scanned:
        value = triple.object
        of = {value.datatype.value} if isinstance(value, Literal) else types.get(value, set())
        for class_ in types[triple.subject]:
            for one in of:
                wanted[class_, triple.predicate.value, one] += 1
    found: dict[object, int] = {}
    kinds = ((VOID.classPartition, VOID["class"]), (EXT.datatypePartition, EXT.datatype))
    for class_, property_, part in parts(graph):
        for leads, says in kinds:
            for inner in graph.objects(part, leads):
                name = str(graph.value(inner, says))
                (found[class_, property_, name],) = stated(graph, inner, "triples")
    assert found == wanted


def parts(graph: rdflib.Graph) -> list[tuple[str, str, rdflib.term.Node]]:
    return [
        (str(graph.value(one, VOID["class"])), str(graph.value(part, VOID.property)), part)
        for one in graph.objects(DATASET, VOID.classPartition)
        for part in graph.objects(one, VOID.propertyPartition)
    ]


def test_links_to_other_namespaces_are_counted(graph: rdflib.Graph, scanned: list[Triple]) -> None:
    wanted: dict[tuple[str, str], int] = defaultdict(int)
    for triple in scanned:
        value = triple.object
        mapped = triple.predicate.value in MAPPINGS and isinstance(value, NamedNode)
        if mapped and not value.value.startswith(OURS):
            cut = max(value.value.rfind("/"), value.value.rfind("#")) + 1
            wanted[triple.predicate.value, value.value[:cut]] += 1
    found = {}
    for links in graph.subjects(rdflib.RDF.type, VOID.Linkset):
        assert (DATASET, VOID.subset, links) in graph
        assert (links, VOID.subjectsTarget, DATASET) in graph
        target = graph.value(links, VOID.objectsTarget)
        pair = (
            str(graph.value(links, VOID.linkPredicate)),
            str(graph.value(target, VOID.uriSpace)),
        )
        (found[pair],) = stated(graph, links, "triples")
    assert found == wanted
    assert len(found) > 10


def test_a_link_inside_the_namespace_is_none_to_another() -> None:
    inside, outside = NamedNode(OURS + "id/phase/share"), NamedNode("https://example.org/share")
    match = NamedNode("http://www.w3.org/2004/02/skos/core#exactMatch")
    store = Store()
    for subject, value in ((inside, outside), (inside, NamedNode(OURS + "x")), (outside, outside)):
        store.add(Quad(subject, match, value, DefaultGraph()))
    graph = parsed(void.statements(Local(store), str(DATASET)))
    (links,) = graph.subjects(rdflib.RDF.type, VOID.Linkset)
    assert stated(graph, links, "triples") == (1,)
    target = graph.value(links, VOID.objectsTarget)
    assert str(graph.value(target, VOID.uriSpace)) == "https://example.org/"


def test_unless_nested_only_the_whole_and_its_parts_are_told(opened: Catalogue) -> None:
    found = parsed(void.statements(opened.engine, str(DATASET), nested=False))
    assert set(found.subjects(VOID.propertyPartition)) == {DATASET}
    whole = parsed(void.statements(opened.engine, str(DATASET)))
    assert set(found) < set(whole)
    assert len(found) < len(whole) / 5


def test_an_editor_finds_what_every_class_has(
    described: list[Triple], scanned: list[Triple]
) -> None:
    store = Store()
    store.extend(Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in described)
    rows = list(store.query(AS_EDITORS_ASK))
    assert {row["subjectClass"].value for row in rows} == set().union(*typed(scanned).values())
    values = {
        (row["prop"].value, row["objectClass"].value)
        for row in rows
        if row["objectClass"] and row["subjectClass"].value == f"{OURS}ontology#Repository"
    }
    assert (f"{OURS}ontology#accepts", f"{OURS}ontology#DataType") in values


def test_the_dataset_says_what_it_is_and_where(graph: rdflib.Graph) -> None:
    assert graph.value(DATASET, rdflib.RDF.type) == VOID.Dataset
    assert graph.value(DATASET, VOID.sparqlEndpoint) == rdflib.URIRef(ENDPOINT)
    assert str(graph.value(DATASET, VOID.uriSpace)) == OURS
    assert str(graph.value(DATASET, rdflib.DCTERMS.title)) == "Fingerpost"
    assert "publicdomain/zero" in str(graph.value(DATASET, rdflib.DCTERMS.license))


def test_every_term_lies_in_a_vocabulary_that_is_named(
    graph: rdflib.Graph, scanned: list[Triple]
) -> None:
    named = {str(one) for one in graph.objects(DATASET, VOID.vocabulary)}
    terms = {t.predicate.value for t in scanned} | set().union(*typed(scanned).values())
    used = {one[: max(one.rfind("/"), one.rfind("#")) + 1] for one in terms}
    assert named == used
    assert "http://www.w3.org/2004/02/skos/core#" in named


def test_no_node_is_blank_and_none_stands_for_two_things(graph: rdflib.Graph) -> None:
    assert not [node for triple in graph for node in triple if isinstance(node, rdflib.BNode)]
    for says in (VOID["class"], VOID.property, EXT.datatype):
        nodes = list(graph.subjects(says))
        assert len(nodes) == len(set(nodes))


def test_a_graph_that_is_not_ours_is_counted_and_nothing_is_claimed_of_it() -> None:
    a, b = NamedNode("https://example.org/a"), BlankNode()
    kind, size = NamedNode("https://example.org/Kind"), NamedNode("https://example.org/size")
    store = Store()
    for triple in (
        Triple(a, TYPE, kind),
        Triple(a, size, Literal(1)),
        Triple(b, TYPE, kind),
        Triple(a, TYPE, BlankNode()),
    ):
        store.add(Quad(triple.subject, triple.predicate, triple.object, DefaultGraph()))
    graph = parsed(void.statements(Local(store), str(DATASET), plain=True))
    numbers = stated(graph, DATASET, "triples", "entities", "distinctSubjects", "classes")
    assert numbers == (4, 1, 2, 2)
    (part,) = graph.objects(DATASET, VOID.classPartition)
    assert stated(graph, part, "entities", "triples") == (1, 4)
    assert not set(graph.predicates(DATASET)) & {
        rdflib.DCTERMS.title,
        rdflib.DCTERMS.license,
        rdflib.DCTERMS.description,
        VOID.uriSpace,
        VOID.sparqlEndpoint,
    }


def test_what_is_more_than_one_query_may_take_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "dataset.nq"
    lines = [f"<https://example.org/{i}> <https://example.org/p{i}> <a:b> ." for i in range(200)]
    file.write_text("\n".join(lines), "utf-8")
    fences = Fences(answer=2_000, workers=1)
    keeper = keeping((file,), fences)
    try:
        engine = Guarded(keeper.folder, fences)
        graph = parsed(void.statements(engine, str(DATASET), plain=True))
        engine.close()
    finally:
        keeper.close()
    assert stated(graph, DATASET, "triples", "properties") == (200, 200)
    assert not list(graph.objects(DATASET, VOID.propertyPartition))


def test_an_empty_graph_has_a_description_of_nothing() -> None:
    graph = parsed(void.statements(Local(Store()), str(DATASET), plain=True))
    names = ("triples", "entities", "distinctSubjects", "distinctObjects", "properties", "classes")
    assert stated(graph, DATASET, *names) == (0, 0, 0, 0, 0, 0)
    assert not list(graph.objects(DATASET, VOID.classPartition))


def test_it_says_where_to_begin_and_what_to_download(
    graph: rdflib.Graph, opened: Catalogue
) -> None:
    assert list(graph.objects(DATASET, VOID.rootResource)) == [rdflib.URIRef(OURS + "catalog")]
    (example,) = graph.objects(DATASET, VOID.exampleResource)
    kind, slug = str(example).rsplit("/", 2)[1:]
    assert slug in opened.slugs(kind)
    dumps = {str(one) for one in graph.objects(DATASET, VOID.dataDump)}
    assert dumps == {f"https://data.example.org/dump.{end}.gz" for end in ("ttl", "nq", "jsonld")}
    (modified,) = graph.objects(DATASET, rdflib.DCTERMS.modified)
    assert isinstance(modified, rdflib.Literal)
    assert modified.datatype == rdflib.XSD.date


def test_what_is_not_ours_gets_no_root_and_no_dump(opened: Catalogue) -> None:
    plain = parsed(void.statements(opened.engine, str(DATASET), endpoint=ENDPOINT, plain=True))
    assert not list(plain.objects(DATASET, VOID.dataDump))
    assert not list(plain.objects(DATASET, VOID.rootResource))
    assert list(plain.objects(DATASET, VOID.triples))
