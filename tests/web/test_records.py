"""Records as linked data: every format, every signpost, over HTTP."""

import http.client
import json
import re
import urllib.parse
from http.client import HTTPMessage

import pyoxigraph
import pytest
import rdflib
from rdflib.compare import isomorphic

BASE = "https://w3id.org/fingerpost/"
DCAT = "http://www.w3.org/ns/dcat#"
FORMATS = {
    "ttl": ("text/turtle", "turtle"),
    "jsonld": ("application/ld+json", "json-ld"),
    "nt": ("application/n-triples", "nt"),
    "rdf": ("application/rdf+xml", "xml"),
}
THINGS = (
    "repository/zenodo",
    "facility/national-genomics-infrastructure",
    "guidance/deposit-proteomics-in-pride",
    "source/rdmkit-tool-list",
    "organization/embl-ebi",
    "data-type/imaging-data",
    "phase/share",
    "criterion/data-exact",
    "scheme/phase",
)
"""One of each sort of thing."""


def fetch(
    address: str, accept: str = "*/*", method: str = "GET", **more: str
) -> tuple[int, HTTPMessage, bytes]:
    """Ask without following redirects, and without any help of a library."""
    parts = urllib.parse.urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    connection.request(method, path, headers={"Accept": accept, **more})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.headers, body


def graph(server: str, thing: str, suffix: str) -> rdflib.Graph:
    status, headers, body = fetch(f"{server}/{thing}.{suffix}")
    media_type, parser = FORMATS[suffix]
    assert status == 200
    assert headers.get_content_type() == media_type
    return rdflib.Graph().parse(data=body, format=parser)


@pytest.mark.parametrize("thing", THINGS)
def test_a_thing_leads_to_its_document(server: str, thing: str) -> None:
    status, headers, _ = fetch(f"{server}/id/{thing}", "text/turtle")
    assert (status, headers["Location"]) == (303, f"/{thing}")
    assert "Accept" in headers["Vary"]
    for suffix in ("html", *FORMATS):
        status, headers, _ = fetch(f"{server}/id/{thing}.{suffix}")
        assert (status, headers["Location"]) == (303, f"/{thing}.{suffix}")


@pytest.mark.parametrize("thing", THINGS)
def test_every_format_says_the_same(server: str, thing: str) -> None:
    graphs = [graph(server, thing, suffix) for suffix in FORMATS]
    assert len(graphs[0]) > 20
    assert all(isomorphic(graphs[0], other) for other in graphs[1:])
    _, _, body = fetch(f"{server}/{thing}.jsonld")
    read = {quad.triple for quad in pyoxigraph.parse(body, format=pyoxigraph.RdfFormat.JSON_LD)}
    assert len(read) == len(graphs[0])
    assert not any(isinstance(term, rdflib.BNode) for triple in graphs[0] for term in triple)


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/html", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle;q=0.9, text/html;q=0.8", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
    ],
)
def test_a_document_is_negotiated_and_says_where_its_format_is(
    server: str, accept: str, media_type: str
) -> None:
    status, headers, body = fetch(f"{server}/repository/zenodo", accept)
    assert (status, headers.get_content_type()) == (200, media_type)
    assert "Accept" in headers["Vary"]
    suffix = next((key for key, (one, _) in FORMATS.items() if one == media_type), "")
    own = f"{server}/repository/zenodo" + (f".{suffix}" if suffix else "")
    assert headers["Content-Location"] == own
    assert fetch(own, accept)[2] == body
    _, head, nothing = fetch(f"{server}/repository/zenodo", accept, "HEAD")
    assert nothing == b""
    assert (head["ETag"], head["Link"]) == (headers["ETag"], headers["Link"])
    assert head["Content-Length"] == str(len(body))
    again = fetch(f"{server}/repository/zenodo", accept, **{"If-None-Match": headers["ETag"]})
    assert (again[0], again[2]) == (304, b"")


def test_what_cannot_be_written_is_406_with_the_formats(server: str) -> None:
    status, _, body = fetch(f"{server}/repository/zenodo", "image/png")
    assert status == 406
    assert b"text/turtle" in body


@pytest.mark.parametrize("thing", THINGS)
def test_the_document_is_apart_from_the_thing(server: str, thing: str) -> None:
    found = graph(server, thing, "ttl")
    document, about = rdflib.URIRef(BASE + thing), rdflib.URIRef(f"{BASE}id/{thing}")
    assert (document, rdflib.RDF.type, rdflib.DCAT.Dataset) in found
    assert (about, rdflib.RDF.type, rdflib.DCAT.Dataset) not in found
    assert list(found.objects(document, rdflib.FOAF.primaryTopic)) == [about]
    for property_ in (
        *(rdflib.DCTERMS[name] for name in "title description creator publisher issued".split()),
        *(rdflib.DCTERMS[name] for name in "modified license accessRights identifier".split()),
        *(rdflib.URIRef(DCAT + name) for name in "distribution landingPage version".split()),
        rdflib.DCTERMS.isPartOf,
    ):
        assert len(list(found.objects(document, property_))) == 1, property_
    assert list(found.objects(document, rdflib.DCAT.keyword))
    (distribution,) = found.objects(document, rdflib.DCAT.distribution)
    (download,) = found.objects(distribution, rdflib.DCAT.downloadURL)
    assert str(download) == f"{server}/{thing}.ttl"
    assert fetch(str(download))[0] == 200


def test_a_description_holds_claims_sources_guidance_and_what_leads_to_it(server: str) -> None:
    found = graph(server, "repository/pride", "ttl")
    pride = rdflib.URIRef(BASE + "id/repository/pride")
    ours = rdflib.Namespace(BASE + "ontology#")
    claims = list(found.subjects(ours.subject, pride))
    assert len(claims) >= 5
    assert all(list(found.objects(claim, rdflib.DCTERMS.source)) for claim in claims)
    sources = set(found.objects(pride, rdflib.DCTERMS.source))
    assert all(list(found.objects(one, rdflib.SKOS.prefLabel)) for one in sources)
    advice = list(found.subjects(ours.recommends, pride))
    assert advice
    assert all(list(found.objects(one, ours.strength)) for one in advice)
    share = graph(server, "phase/share", "ttl")
    assert len(set(share.subjects(ours.usedIn, rdflib.URIRef(BASE + "id/phase/share")))) > 50


def test_an_ended_record_says_so_and_where_to_go(server: str) -> None:
    query = (
        "PREFIX fp: <https://w3id.org/fingerpost/ontology#> SELECT ?gone ?next WHERE { "
        "?gone <http://purl.org/dc/terms/isReplacedBy> ?next ; fp:status ?status . "
        'FILTER (STRENDS(STR(?status), "ed")) } ORDER BY ?gone LIMIT 5'
    )
    _, _, body = fetch(f"{server}/sparql?query={urllib.parse.quote(query)}", "application/json")
    rows = json.loads(body)["results"]["bindings"]
    assert rows
    for row in rows:
        gone, successor = (
            row[name]["value"].removeprefix(f"{BASE}id/") for name in ("gone", "next")
        )
        status, _, page = fetch(f"{server}/{gone}", "text/html")
        assert status == 200
        assert "Not in use" in page.decode()
        assert f'href="/{successor}"' in page.decode()


def test_json_ld_is_compact_and_in_the_context_of_the_service(server: str) -> None:
    _, _, body = fetch(f"{server}/repository/zenodo.jsonld")
    document = json.loads(body)
    whole = json.loads(fetch(f"{server}/context.jsonld")[2])["@context"]
    own = document["@context"]
    assert own.items() <= whole.items()
    assert b"https://w3id.org/fingerpost/ontology#" not in json.dumps(document["@graph"]).encode()
    graph = rdflib.Graph().parse(data=body, format="json-ld")
    elsewhere = {**document, "@context": f"{server}/context.jsonld"}
    read = rdflib.Graph().parse(data=json.dumps(elsewhere), format="json-ld")
    assert isomorphic(graph, read)
    assert len(graph) > 100


def test_the_page_has_its_record_in_schema_org_terms(server: str) -> None:
    _, headers, body = fetch(f"{server}/repository/zenodo", "text/html")
    text = body.decode()
    assert text.count('<script type="application/ld+json">') == 1
    embedded = text.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    document = json.loads(embedded)
    assert "script-src" not in headers["Content-Security-Policy"]  # data is no script
    record, thing = document["@graph"][:2]
    for name in "name description identifier keywords license url creator dct:conformsTo".split():
        assert record[name], name
    assert 50 <= len(record["description"]) <= 5000
    assert record["about"]["@id"] == thing["@id"] == f"{BASE}id/repository/zenodo"
    assert thing["@type"] == "DataCatalog"
    graph = rdflib.Graph().parse(data=embedded, format="json-ld")
    schema = rdflib.Namespace("http://schema.org/")
    assert (rdflib.URIRef(BASE + "repository/zenodo"), rdflib.RDF.type, schema.Dataset) in graph


def test_the_embedded_data_cannot_end_the_script(server: str) -> None:
    for thing in THINGS:
        text = fetch(f"{server}/{thing}", "text/html")[2].decode()
        embedded = text.partition('<script type="application/ld+json">')[2].partition("</script>")[
            0
        ]
        assert "<" not in embedded
        assert json.loads(embedded)["@graph"]


def test_a_page_says_first_what_a_reader_looks_for(server: str) -> None:
    page = fetch(f"{server}/repository/pride", accept="text/html")[2].decode()
    names = re.findall(r'<dt id="fact-[^"]*">([^<]*)</dt>', page)
    assert names[:3] == ["Homepage", "Accepts", "Used in"]
    assert names[-1] == "Type"
    assert names[3:-1].index("Country") > names[3:-1].index("Cost")
    assert "<dd>United Kingdom</dd>" in page
