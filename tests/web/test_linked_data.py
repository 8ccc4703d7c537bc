"""The whole as linked data: catalogue, data point, downloads, signposts, a door for every IRI."""

import base64
import gzip
import hashlib
import json
import urllib.parse
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib import RDF, Graph, URIRef
from test_records import BASE, DCAT, FORMATS, fetch

LDP = rdflib.Namespace("http://www.w3.org/ns/ldp#")
FDP = rdflib.Namespace("https://w3id.org/fdp/fdp-o#")
LINKSET = "application/linkset+json"
DOCUMENTS = ("ontology", "shapes", "catalog", "prefixes", "about/policy")


def select(server: str, query: str) -> list[dict[str, str]]:
    address = f"{server}/sparql?{urllib.parse.urlencode({'query': query})}"
    _, _, body = fetch(address, "application/sparql-results+json")
    found = json.loads(body)["results"]["bindings"]
    return [{name: value["value"] for name, value in row.items()} for row in found]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_comes_in_every_format_with_its_signposts(server: str, document: str) -> None:
    graphs = []
    for suffix, (media_type, parser) in FORMATS.items():
        status, headers, body = fetch(f"{server}/{document}.{suffix}")
        assert (status, headers.get_content_type()) == (200, media_type)
        assert headers["Content-Location"] == f"{server}/{document}.{suffix}"
        assert f'<{server}/{document}>;rel="describes"' in headers["Link"]
        graphs.append(Graph().parse(data=body, format=parser))
        negotiated = fetch(f"{server}/{document}", media_type)
        assert negotiated[2] == body
    assert len(graphs[0]) > 10
    assert {len(graph) for graph in graphs} == {len(graphs[0])}
    status, headers, page = fetch(f"{server}/{document}", "text/html")
    assert (status, headers.get_content_type()) == (200, "text/html")
    assert headers["Link"].count('rel="cite-as"') == 1
    assert b"<h1>" in page


def test_the_version_of_the_ontology_answers_and_no_other(server: str) -> None:
    body = fetch(f"{server}/ontology.ttl")[2]
    graph = Graph().parse(data=body)
    (version,) = graph.objects(URIRef(BASE + "ontology"), rdflib.OWL.versionIRI)
    path = str(version).removeprefix(BASE)
    assert fetch(f"{server}/{path}", "text/turtle")[2] == body
    assert fetch(f"{server}/{path}.ttl")[2] == body
    assert fetch(f"{server}/ontology/9.9.9")[0] == 404


def test_every_term_shape_and_scheme_has_an_anchor(server: str) -> None:
    ontology = fetch(f"{server}/ontology", "text/html")[2].decode()
    shapes = fetch(f"{server}/shapes", "text/html")[2].decode()
    terms = select(server, "SELECT DISTINCT ?t { GRAPH ?g { ?t a ?k ; ?p ?o } "
                   f'FILTER (STRSTARTS(STR(?t), "{BASE}ontology#") || STRSTARTS(STR(?t), "{BASE}shapes#")) }}')  # fmt: skip
    assert len(terms) > 150
    for row in terms:
        document, _, local = row["t"].removeprefix(BASE).partition("#")
        page = ontology if document == "ontology" else shapes
        assert page.count(f' id="{local}"') == 1, row["t"]
    assert ontology.count(' id="scheme-') > 10
    assert len(ontology) < 100_000


def test_the_classes_are_drawn_each_once(server: str) -> None:
    page = fetch(f"{server}/ontology", "text/html")[2].decode()
    drawing = page.partition("<svg")[2].partition("</svg>")[0]
    ElementTree.fromstring(f"<svg{drawing}</svg>")
    rows = select(server, "SELECT ?c { ?c a <http://www.w3.org/2002/07/owl#Class> "
                  f'FILTER (STRSTARTS(STR(?c), "{BASE}ontology#")) }}')  # fmt: skip
    assert len(rows) > 20
    for row in rows:
        assert drawing.count(f'href="#{row["c"].rpartition("#")[2]}"') == 1, row["c"]


def test_every_identifier_has_a_door(server: str) -> None:
    rows = select(server, f"""
        SELECT DISTINCT ?iri WHERE {{
          {{ ?iri ?p ?o }} UNION {{ ?s ?q ?iri }} UNION {{ GRAPH ?iri {{ ?a ?b ?c }} }}
          FILTER (isIRI(?iri) && STRSTARTS(STR(?iri), "{BASE}"))
        }}""")  # fmt: skip
    documents = {row["iri"].partition("#")[0] for row in rows}
    assert len(documents) > 1300
    sorts: dict[str, list[str]] = {}
    for iri in sorted(documents):
        sorts.setdefault(iri.removeprefix(BASE).rpartition("/")[0], []).append(iri)
    for sort, iris in sorts.items():
        # What lies below /queries is where tables are, not an identifier of data.
        formats = ("text/html",) if sort.startswith("queries/") else ("text/html", "text/turtle")
        for iri in [*iris[:3], *(one for one in iris if one.endswith(("/inferred", "/service")))]:
            for accept in formats:
                status, headers, _ = fetch(f"{server}/{iri.removeprefix(BASE)}", accept)
                if status == 303:
                    status, headers, _ = fetch(server + headers["Location"], accept)
                assert status == 200, (sort, iri, accept, status)


def test_the_front_page_leads_to_everything(server: str) -> None:
    _, headers, body = fetch(f"{server}/", "text/html")
    links = headers["Link"]
    assert '.well-known/api-catalog>;rel="api-catalog";type="application/linkset+json"' in links
    assert links.count('rel="cite-as"') == 1
    text = body.decode()
    embedded = text.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    catalogue, dataset = json.loads(embedded)["@graph"][:2]
    assert (catalogue["@type"], dataset["@type"]) == ("DataCatalog", "Dataset")
    for name in "name description url keywords provider dct:conformsTo license".split():
        assert catalogue[name], name
    assert 50 <= len(dataset["description"]) <= 5000


def test_the_interfaces_are_listed_as_the_standard_has_it(server: str) -> None:
    status, headers, body = fetch(f"{server}/.well-known/api-catalog")
    assert (status, headers.get_content_type()) == (200, LINKSET)
    contexts = json.loads(body)["linkset"]
    anchors = {context["anchor"] for context in contexts}
    assert {f"{server}/sparql", f"{server}/queries"} <= anchors
    for context in contexts:
        relations = context.keys() - {"anchor"}
        assert relations <= {"service-doc", "service-desc", "service-meta"}
        for relation in relations:
            for target in context[relation]:
                assert urllib.parse.urlsplit(target["href"]).scheme in {"http", "https"}
                assert target["type"]
                if target["href"].startswith(server):
                    assert fetch(target["href"], target["type"])[0] == 200


def test_the_link_set_of_a_record_is_whole(server: str) -> None:
    status, headers, body = fetch(f"{server}/id/repository/zenodo/linkset")
    assert (status, headers.get_content_type()) == (200, LINKSET)
    contexts = {one.pop("anchor"): one for one in json.loads(body)["linkset"]}
    page = f"{server}/repository/zenodo"
    assert set(contexts) == {page, *(f"{page}.{suffix}" for suffix in FORMATS)}
    assert [one["href"] for one in contexts[page]["cite-as"]] == [f"{BASE}id/repository/zenodo"]
    for address in set(contexts) - {page}:
        assert [one["href"] for one in contexts[address]["describes"]] == [page]


def test_a_client_that_is_not_ours_follows_the_signposts(server: str) -> None:
    signposting = pytest.importorskip("signposting", reason="needs the client `signposting`")
    page = f"{server}/repository/zenodo"
    by_header = signposting.find_signposting_http(page)
    by_markup = signposting.find_signposting_html(page)
    assert by_header.linksets
    (address,) = (str(one.target) for one in by_header.linksets)
    by_linkset = signposting.find_signposting_linkset(address).for_context(page)
    for found in (by_header, by_markup, by_linkset):
        assert str(found.citeAs.target) == f"{BASE}id/repository/zenodo"
        assert {str(one.type) for one in found.describedBy} == {
            media_type for media_type, _ in FORMATS.values()
        }
        assert {str(one.target) for one in found.types} == {
            "https://schema.org/DataCatalog",
            "https://schema.org/AboutPage",
        }
        assert str(found.license.target) == "https://spdx.org/licenses/CC0-1.0"
        assert [str(one.target) for one in found.items] == [f"{page}.ttl"]
        assert len(found.authors) == 1


@pytest.mark.parametrize("suffix", ["ttl", "nq", "jsonld"])
def test_a_download_is_what_its_digest_says_packed_or_not(server: str, suffix: str) -> None:
    bodies = {}
    for end in ("", ".gz"):
        status, headers, body = fetch(
            f"{server}/dump.{suffix}{end}", **{"Accept-Encoding": "gzip, zstd"}
        )
        assert status == 200
        assert headers["Content-Encoding"] is None
        digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
        assert headers["Repr-Digest"] == f"sha-256=:{digest}:"
        assert "fingerpost-0.1.0-" in headers["Content-Disposition"]
        bodies[end] = body
        again = fetch(f"{server}/dump.{suffix}{end}", **{"If-None-Match": headers["ETag"]})
        assert (again[0], again[2]) == (304, b"")
        head = fetch(f"{server}/dump.{suffix}{end}", method="HEAD")
        assert (head[1]["Content-Length"], head[2]) == (str(len(body)), b"")
    assert gzip.decompress(bodies[".gz"]) == bodies[""]


def test_the_downloads_hold_the_merge_and_no_snapshot(server: str) -> None:
    (row,) = select(server, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    formats = {"ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD}
    sizes = {
        suffix: len(set(parse(fetch(f"{server}/dump.{suffix}")[2], format=format_)))
        for suffix, format_ in formats.items()
    }
    assert set(sizes.values()) == {int(row["n"])}
    quads = list(parse(fetch(f"{server}/dump.nq")[2], format=RdfFormat.N_QUADS))
    names = {str(quad.graph_name) for quad in quads}
    assert sum(name == "DEFAULT" for name in map(str, (q.graph_name for q in quads))) == int(
        row["n"]
    )
    assert len(names) > 100
    assert not any("snapshot" in name or "provenance" in name for name in names)


def test_what_has_no_download_is_404_with_the_choices(server: str) -> None:
    status, _, body = fetch(f"{server}/dump.csv")
    assert status == 404
    assert b"ttl" in body


def test_crawlers_find_every_page(server: str) -> None:
    robots = fetch(f"{server}/robots.txt")[2].decode()
    assert f"Sitemap: {server}/sitemap.xml" in robots
    body = fetch(f"{server}/sitemap.xml")[2]
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    pages = ElementTree.fromstring(body.decode()).findall(f"{space}url")
    addresses = [str(page.findtext(f"{space}loc")) for page in pages]
    assert len(addresses) == len(set(addresses)) > 1300
    assert all(len(str(page.findtext(f"{space}lastmod"))) == 10 for page in pages)
    assert {f"{server}/repository/zenodo", f"{server}/phase/share"} <= set(addresses)
    for address in addresses[:12] + addresses[12::150]:
        assert fetch(address, "text/html")[0] == 200, address


def data_point(server: str) -> dict[str, Graph]:
    """The documents of the data point, found by following what it contains."""
    found: dict[str, Graph] = {}
    waiting = [f"{server}/fdp"]
    while waiting and len(found) < 60:
        address = waiting.pop(0)
        status, headers, body = fetch(address)
        assert (status, headers.get_content_type()) == (200, "text/turtle")
        found[address] = Graph().parse(data=body)
        contained = sorted(str(one) for one in found[address].objects(None, LDP.contains))
        waiting = contained[:1] + waiting + contained[1:]
    return found


def test_the_data_point_is_walked_from_its_root_and_breaks_none_of_its_shapes(
    server: str, shared: Path
) -> None:
    import warnings

    import pyshacl

    shapes = Graph()
    for path in sorted((shared / "validators" / "fdp" / "production").glob("*.ttl")):
        shapes.parse(path)
    documents = data_point(server)
    sorts = {str(type_) for one in documents.values() for type_ in one.objects(None, RDF.type)}
    assert {
        str(FDP.FAIRDataPoint),
        f"{DCAT}Catalog",
        f"{DCAT}Dataset",
        f"{DCAT}Distribution",
    } <= sorts
    assert len(documents) == 60
    together = Graph()
    for document in documents.values():
        together += document
    resources = list(together.subjects(RDF.type, URIRef(f"{DCAT}Resource")))
    assert len(resources) == 60
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        conforms, _, text = pyshacl.validate(together, shacl_graph=shapes)
        assert conforms, text
        (point,) = together.subjects(RDF.type, FDP.FAIRDataPoint)
        together.remove((point, rdflib.DCTERMS.title, None))
        assert not pyshacl.validate(together, shacl_graph=shapes)[0]


def test_the_data_point_speaks_json_ld_too(server: str) -> None:
    _, headers, body = fetch(f"{server}/fdp", "application/ld+json")
    assert headers.get_content_type() == "application/ld+json"
    turtle = Graph().parse(data=fetch(f"{server}/fdp")[2])
    assert len(Graph().parse(data=body, format="json-ld")) == len(turtle) > 20
    assert fetch(f"{server}/fdp/catalog/nothing")[0] == 404
