"""The catalogue, held against the shapes of the profile that it follows, and against their limits."""

import warnings
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, serialize
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import SH

from fingerpost.catalogue import Catalogue
from fingerpost.publish import dcat

SERVICE = "https://data.example.org"
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
FOCUSED = {"Catalog": 1, "Dataset": 50, "Distribution": 50, "DataService": 2, "CatalogRecord": 1}
"""How many nodes of each class there are at least: an empty graph conforms to anything."""


@pytest.fixture(scope="module")
def graph(opened: Catalogue) -> Graph:
    found = dcat.statements(dcat.find(opened.engine), SERVICE)
    text = serialize(found, format=RdfFormat.N_TRIPLES)
    return Graph().parse(data=text, format="nt")


@pytest.fixture(scope="module")
def profile(shared: Path) -> Graph:
    folder = shared / "validators" / "dcat-ap-3.0.1"
    found = Graph()
    for part in ("shapes", "range"):
        found.parse(folder / f"html_shacl_{part}.ttl")
    return found


def violations(data: Graph, shapes: Graph) -> list[tuple[str, ...]]:
    import pyshacl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="rdfs", advanced=False)
    assert isinstance(report, Graph)
    return [
        tuple(str(report.value(result, one)) for one in (SH.focusNode, SH.resultPath, SH.value))
        for result in report.subjects(SH.resultSeverity, SH.Violation)
    ]


def test_the_catalogue_breaks_no_shape_of_dcat_ap(graph: Graph, profile: Graph) -> None:
    for name, least in FOCUSED.items():
        assert len(set(graph.subjects(RDF.type, DCAT[name]))) >= least, name
    assert violations(graph, profile) == []


def test_the_shapes_find_what_is_wrong(graph: Graph, profile: Graph, shared: Path) -> None:
    control = Graph().parse(shared / "validators" / "examples" / "negative_control.ttl")
    assert len(violations(control, profile)) == 7
    broken = Graph()
    broken += graph
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    broken.remove((catalogue, rdflib.DCTERMS.title, None))
    broken.remove((None, DCAT.endpointURL, None))
    assert len(violations(broken, profile)) == 3


def test_what_the_profile_recommends_is_said(graph: Graph, shared: Path) -> None:
    folder = shared / "validators" / "dcat-ap-3.0.1"
    shapes = Graph().parse(folder / "html_shacl_shapes_recommended.ttl")
    asked = "catalog dataset service distribution".split()
    assert asked
    missing = {
        (path, URIRef(target))
        for shape in shapes.subjects(SH.targetClass, None)
        for target in shapes.objects(shape, SH.targetClass)
        for property_ in shapes.objects(shape, SH.property)
        for path in shapes.objects(property_, SH.path)
        if (property_, SH.minCount, None) in shapes
        for node in graph.subjects(RDF.type, target)
        if graph.value(node, path) is None
    }
    assert {str(path).rpartition("/")[2].rpartition("#")[2] for path, _ in missing} <= {
        "temporal",  # the graph has no span of time: it tells what holds, and since when
        "bbox",  # the shapes of countries are others' to tell
        "centroid",
        "conformsTo",
        "status",
    }


def test_the_catalogue_has_no_blank_nodes(graph: Graph) -> None:
    assert not any(isinstance(term, rdflib.BNode) for triple in graph for term in triple)


def test_every_source_and_every_resource_is_listed(graph: Graph, opened: Catalogue) -> None:
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    datasets = set(graph.objects(catalogue, DCAT.dataset))
    sources = {f"https://w3id.org/fingerpost/graph/{slug}" for slug in opened.slugs("source")}
    listed = {str(one) for one in datasets if "/graph/" in str(one)}
    assert len(listed) > 0.8 * len(sources)
    assert listed <= sources
    assert len(set(graph.objects(catalogue, DCAT.resource))) > 700
