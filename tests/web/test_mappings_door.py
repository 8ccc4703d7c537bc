"""`/mappings` and `/resolve`: how our records and those of registries lead to each other."""

import csv
import io
import json
import urllib.parse
from collections import Counter
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from asking import fetch
from fingerpost.catalogue import Catalogue
from fingerpost.engine import rows
from fingerpost.engine.local import Local
from fingerpost.graph.vocabulary import GRAPHS, TYPE, term
from fingerpost.publish import mappings
from fingerpost.publish.mappings import Mapping
from fingerpost.registries import resolving

SSSOM = rdflib.Namespace("https://w3id.org/sssom/")
SKOS = "http://www.w3.org/2004/02/skos/core#"
BIA = "https://w3id.org/fingerpost/id/repository/bioimage-archive"
MAPPING = "/mapping/repository-bioimage-archive-re3data-r3d100013949"


@pytest.fixture(scope="module")
def all_(opened: Catalogue) -> tuple[Mapping, ...]:
    return mappings.all_(opened.engine)


def ask(server: str, id_: str, accept: str | None = None) -> tuple[int, str, bytes]:
    query = urllib.parse.urlencode({"id": id_})
    status, headers, body = fetch(f"{server}/resolve?{query}", accept)
    return status, headers.get("Location", ""), body


def test_the_whole_set_is_read_by_sssom_pydantic(
    server: str, tmp_path: Path, all_: tuple[Mapping, ...]
) -> None:
    reader = pytest.importorskip("sssom_pydantic", reason="sssom-pydantic is not installed")
    status, headers, body = fetch(f"{server}/mappings.sssom.tsv")
    assert status == 200
    assert headers["Content-Type"] == "text/tab-separated-values; charset=utf-8"
    path = tmp_path / "all.sssom.tsv"
    path.write_bytes(body)
    found, _, about = reader.read(path)
    assert str(about.id) == mappings.SET
    assert {(str(m.subject.curie), str(m.object.curie)) for m in found} == {
        one.row.pair for one in all_
    }
    rejected = sum(m.predicate_modifier == "Not" for m in found)
    assert rejected == sum(one.rejected for one in all_)


def test_the_whole_set_is_sssom_as_rdf(server: str, all_: tuple[Mapping, ...]) -> None:
    status, _, body = fetch(f"{server}/mappings", "text/turtle")
    assert status == 200
    graph = rdflib.Graph().parse(data=body, format="turtle")
    whole = rdflib.URIRef(mappings.SET)
    assert (whole, rdflib.RDF.type, SSSOM.MappingSet) in graph
    nodes = set(graph.objects(whole, SSSOM.mappings))
    assert {str(node) for node in nodes} == {one.iri for one in all_}
    for node in nodes:
        (triple,) = zip(
            graph.objects(node, rdflib.OWL.annotatedSource),
            graph.objects(node, rdflib.OWL.annotatedProperty),
            graph.objects(node, rdflib.OWL.annotatedTarget),
            strict=True,
        )
        rejected = (node, SSSOM.predicate_modifier, SSSOM.NegatedPredicate) in graph
        assert (triple in graph) is not rejected
        assert (node, rdflib.RDF.type, rdflib.OWL.Axiom) in graph


@pytest.mark.parametrize("accept", ["application/ld+json", "application/n-triples"])
def test_other_formats_say_the_same(server: str, accept: str) -> None:
    address = f"{server}/mappings?registry=ror"
    turtle = rdflib.Graph().parse(data=fetch(address, "text/turtle")[2], format="turtle")
    other = rdflib.Graph().parse(data=fetch(address, accept)[2], format=accept)
    assert len(turtle) == len(other) > 10


def test_facets_count_what_they_leave(server: str, all_: tuple[Mapping, ...]) -> None:
    _, _, body = fetch(f"{server}/mappings?registry=re3data&match=rejected&format=json")
    found = json.loads(body)
    expected = [one for one in all_ if one.registry == "re3data" and one.rejected]
    assert found["found"] == len(expected) == len(found["mappings"])
    _, _, page = fetch(f"{server}/mappings?registry=re3data", "text/html")
    for match, count in Counter(one.match for one in all_ if one.registry == "re3data").items():
        name = mappings.PREDICATES[match]
        assert f'<span>{name}</span> <span class="n">{count}</span>' in page.decode()


def test_a_narrowed_table_has_the_rows_that_are_listed(server: str) -> None:
    _, _, body = fetch(f"{server}/mappings?q=zenodo&format=tsv")
    lines = [line for line in body.decode().splitlines() if not line.startswith("#")]
    found = list(csv.DictReader(io.StringIO("\n".join(lines)), delimiter="\t"))
    assert {"fingerpost:repository/zenodo"} <= {row["subject_id"] for row in found}
    assert all("zenodo" in str(row).lower() for row in found)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/mappings?registry=nowhere", 400),
        ("/mappings?page=0", 400),
        ("/mappings.docx", 404),
        ("/mappings/nowhere", 404),
    ],
)
def test_what_there_is_not_is_refused(server: str, path: str, status: int) -> None:
    assert fetch(server + path)[0] == status


def test_a_mapping_has_a_door_and_a_page(server: str) -> None:
    status, headers, _ = fetch(f"{server}/id{MAPPING}")
    assert (status, headers["Location"]) == (303, MAPPING)
    status, _, body = fetch(server + MAPPING, "text/html")
    assert status == 200
    assert "Both have the same name and the same home page." in body.decode()


def test_the_page_of_a_record_tells_what_registries_know_of_it(server: str) -> None:
    _, _, body = fetch(f"{server}/repository/biosamples", "text/html")
    page = body.decode()
    assert '<h2 id="registries">In registries</h2>' in page
    assert page.index("re3data.org/repository/r3d100012628") < page.index("not the same")
    assert "The database of NCBI; ours is that of EMBL-EBI." in page


@pytest.mark.parametrize(
    "id_",
    [
        "fairsharing:FAIRsharing.x38D2k",
        "FAIRsharing: FAIRsharing.X38D2K",
        "fairsharing.x38d2k",
        "https://fairsharing.org/FAIRsharing.x38D2k",
        "https://doi.org/10.25504/FAIRsharing.x38D2k",
        "doi:10.25504/fairsharing.x38d2k",
        "re3data:r3d100013949",
        "R3D100013949",
        "http://re3data.org/repository/r3d100013949/",
        "https://identifiers.org/re3data:r3d100013949",
        "https://bioregistry.io/re3data:r3d100013949",
        "https://rdmkit.elixir-europe.org/all_tools_and_resources#bioimagearchive",
        BIA,
        f"<{BIA}>",
        "fingerpost:repository/bioimage-archive",
        "repository/bioimage-archive",
    ],
)
def test_whatever_identifies_a_record_leads_to_it(server: str, id_: str) -> None:
    status, location, _ = ask(server, id_)
    assert (status, location) == (303, "/id/repository/bioimage-archive")


@pytest.mark.parametrize(
    ("id_", "record"),
    [
        ("https://bio.tools/idr", "repository/image-data-resource"),
        ("bio.tools:IDR", "repository/image-data-resource"),
        ("https://ror.org/02catss52", "organization/embl-ebi"),
        ("02catss52", "organization/embl-ebi"),
        ("www.zenodo.org", "repository/zenodo"),
        ("http://zenodo.org", "repository/zenodo"),
        ("data-type/imaging-data", "data-type/imaging-data"),
    ],
)
def test_registries_and_home_pages_lead_to_records(server: str, id_: str, record: str) -> None:
    assert ask(server, id_)[:2] == (303, f"/id/{record}")


def test_the_address_of_a_page_here_is_understood(server: str) -> None:
    assert ask(server, f"{server}/repository/zenodo")[:2] == (303, "/id/repository/zenodo")


def test_json_names_the_record(server: str) -> None:
    status, _, body = ask(server, "re3data:R3D100013949", "application/json")
    assert status == 200
    (match,) = json.loads(body)["matches"]
    assert match["record"] == BIA
    assert match["by"] == "identifier"
    assert match["known"] == "re3data:r3d100013949"


def test_several_that_may_be_meant_are_listed(server: str) -> None:
    status, location, body = ask(server, "https://www.ebi.ac.uk/bioimage-archive")
    assert (status, location) == (300, "")
    assert len(json.loads(body)["matches"]) == 2


@pytest.mark.parametrize("id_", ["re3data:r3d100099999", "biotools:castor", "no such thing", "%"])
def test_what_no_record_has_is_told_with_what_is_understood(server: str, id_: str) -> None:
    status, _, body = ask(server, id_)
    assert status == 404
    assert "Understood are identifiers of FAIRsharing" in json.loads(body)["detail"]


def test_nothing_asked_is_a_bad_request(server: str) -> None:
    assert ask(server, " ")[0] == ask(server, "x" * 2001)[0] == 400


def test_every_identifier_that_the_graph_knows_resolves(opened: Catalogue) -> None:
    index = resolving.index(opened.engine)
    known = rows.select(
        opened.engine,
        "PREFIX fp: <https://w3id.org/fingerpost/ontology#> "
        "SELECT ?record ?value { ?record fp:registryIdentifier ?value }",
    )
    assert len(known) > 400
    for row in known:
        assert row["record"] in {one.record for one in index.resolve(row["value"])}


def test_what_an_imported_registry_says_of_the_same_thing_resolves() -> None:
    record, there = term("repository:cedar"), NamedNode("https://fairsharing.org/FAIRsharing.ab12")
    snapshot = NamedNode(GRAPHS + "snapshot-fairsharing")
    identifier, doi = term("fp:registryIdentifier"), Literal("doi:10.17616/R3AB")
    said = [
        (record, TYPE, term("fp:Resource"), DefaultGraph()),
        (record, term("skos:prefLabel"), Literal("Cedar", language="en"), DefaultGraph()),
        (record, identifier, Literal("fairsharing:FAIRsharing.ab12"), DefaultGraph()),
        (record, term("skos:exactMatch"), there, DefaultGraph()),
        (there, identifier, doi, snapshot),
    ]
    store = Store()
    store.extend(Quad(*one) for one in said)
    index = resolving.index(Local(store))
    for text in ("https://doi.org/10.17616/r3ab", "doi:10.17616/R3AB", "10.17616/R3AB"):
        assert [(one.record, one.by) for one in index.resolve(text)] == [(record.value, "registry")]
