"""The server as clients meet it: over HTTP, on a real port."""

import contextlib
import csv
import io
import json
import re
import socket
import time
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPMessage

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper

COUNT = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/fingerpost/ontology#Repository> }"
LABELS = (
    "SELECT ?r ?name { ?r a <https://w3id.org/fingerpost/ontology#Repository> ; "
    '<http://www.w3.org/2004/02/skos/core#prefLabel> ?name FILTER (LANG(?name) = "en") } '
    "ORDER BY ?r"
)
GRAPH = "CONSTRUCT { ?s a ?t } { ?s a ?t } LIMIT 20"


def fetch(
    url: str, accept: str | None = None, data: bytes | None = None, type_: str | None = None
) -> tuple[int, HTTPMessage, bytes]:
    """Ask without following redirects; an error is an answer like any other."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            return None

    request = urllib.request.Request(url, data=data)
    if accept is not None:
        request.add_header("Accept", accept)
    if type_ is not None:
        request.add_header("Content-Type", type_)
    try:
        with urllib.request.build_opener(Stay).open(request, timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as fault:
        with fault:
            return fault.code, fault.headers, fault.read()


def sparql(server: str, query: str) -> str:
    return f"{server}/sparql?" + urllib.parse.urlencode({"query": query})


@pytest.mark.parametrize(
    ("accept", "type_"),
    [
        (None, "application/sparql-results+json"),
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.5, application/json", "application/json"),
        ("text/html, text/csv;q=0.1", "text/csv; charset=utf-8"),
    ],
)
@pytest.mark.parametrize("query", [COUNT, "ASK { ?s ?p ?o }"], ids=["select", "ask"])
def test_solutions_come_in_the_format_that_is_wanted(
    server: str, accept: str | None, type_: str, query: str
) -> None:
    status, headers, body = fetch(sparql(server, query), accept)
    assert (status, headers["Content-Type"]) == (200, type_)
    assert headers["Vary"] == "Accept, Accept-Encoding"
    assert body


@pytest.mark.parametrize(
    ("accept", "format_"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ],
)
@pytest.mark.parametrize(
    "query",
    [GRAPH, "DESCRIBE <https://w3id.org/fingerpost/id/phase/share>"],
    ids=["construct", "describe"],
)
def test_graphs_come_in_the_format_that_is_wanted(
    server: str, accept: str, format_: str, query: str
) -> None:
    status, headers, body = fetch(sparql(server, query), accept)
    assert status == 200
    assert headers["Content-Type"].startswith(accept)
    assert len(rdflib.Graph().parse(data=body, format=format_)) >= 10


@pytest.mark.parametrize(
    ("accept", "format_"),
    [
        ("text/turtle", "turtle"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
        ("*/*", "turtle"),
    ],
)
def test_the_endpoint_without_a_query_describes_itself(
    server: str, accept: str, format_: str
) -> None:
    status, _, body = fetch(f"{server}/sparql", accept)
    assert status == 200
    graph = rdflib.Graph().parse(data=body, format=format_)
    sd = "http://www.w3.org/ns/sparql-service-description#"
    assert rdflib.URIRef(f"{server}/sparql") in set(
        graph.objects(None, rdflib.URIRef(sd + "endpoint"))
    )


def test_the_service_says_that_it_lives_and_is_ready(server: str) -> None:
    assert json.loads(fetch(f"{server}/health/live")[2]) == {"status": "live"}
    status, _, body = fetch(f"{server}/health/ready")
    assert (status, json.loads(body)["status"]) == (200, "ready")


def test_a_query_comes_by_get_by_form_and_as_a_body(server: str) -> None:
    _, _, by_get = fetch(sparql(server, COUNT))
    form = urllib.parse.urlencode({"query": COUNT}).encode()
    _, _, by_form = fetch(f"{server}/sparql", None, form, "application/x-www-form-urlencoded")
    _, _, by_body = fetch(f"{server}/sparql", None, COUNT.encode(), "application/sparql-query")
    assert by_get == by_form == by_body


def test_the_dataset_of_a_request_is_the_one_it_names(server: str) -> None:
    graph = urllib.parse.quote("https://w3id.org/fingerpost/graph/ontology")
    count = urllib.parse.quote("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    named = urllib.parse.quote("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")

    def number(address: str) -> int:
        return int(fetch(address, "text/csv")[2].split()[1])

    everything = number(f"{server}/sparql?query={count}")
    one = number(f"{server}/sparql?query={count}&default-graph-uri={graph}")
    assert 0 < one < everything
    assert number(f"{server}/sparql?query={named}&named-graph-uri={graph}") == one
    assert number(f"{server}/sparql?query={named}&default-graph-uri={graph}") == 0


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    [
        ("/sparql?query=SELECT+*+%7B", 400, "Line 1"),
        ("/sparql?query=", 400, "none of SELECT"),
        ("/sparql?query=hello", 400, "none of SELECT"),
        ("/sparql?query=ASK%7B%7D&query=ASK%7B%7D", 400, "this one has 2"),
        ("/sparql?default-graph-uri=http://x/", 400, "this one has 0"),
        ("/sparql?query=ASK%7B%7D&default-graph-uri=%3Ca%3E", 400, "absolute IRI"),
        ("/sparql?query=ASK%7B%7D&format=pdf", 406, "no format"),
        ("/sparql?query=ASK%7B%22%00%22%7D", 400, "NUL"),
        ("/sparql?query=%FF%FE", 400, ""),
        ("/sparql?query=INSERT+DATA+%7B%7D", 403, "read-only"),
        ("/sparql?query=SELECT+*+%7BSERVICE+%3Chttp://127.0.0.1/%3E%7B%7D%7D", 403, "SERVICE"),
        ("/queries/nothing", 404, "No saved query"),
        ("/queries/recommend/recommend?format=json&colour=red", 400, "no parameter"),
        ("/queries/recommend/recommend?format=json&phase=dance", 400, "plan"),
        ("/queries/recommend/recommend?format=json&phase=share&phase=plan", 400, "2 times"),
        ("/queries/recommend/recommend?format=ttl", 406, "no format"),
        ("/recommend?format=json", 400, "needs"),
        ("/recommend?format=json&data=zzzzqqqq", 400, "No data type"),
        ("/recommend?format=json&data=" + "lipid%20" * 5000, 400, "at most 200"),
        ("/recommend?format=json&data=imaging&phase=" + "x" * 50_000, 400, "at most 200"),
        ("/queries/recommend/advice?format=json&phase=" + "x" * 50_000, 400, "plan"),
        ("/queries/" + "x" * 50_000, 404, "No saved query"),
        ("/id/repository/" + "x" * 50_000, 404, "No repository"),
        ("/recommend?format=json&data=genomics&limit=many", 400, "limit"),
        ("/recommend?format=json&data=genomics&country=Swedistan", 400, "two letters"),
        ("/recommend?format=json&data=genomics&sensitive=perhaps", 400, "true or false"),
        ("/recommend?format=json&data=genomics&at=yesterday", 400, "a day"),
        ("/recommend?format=json&data=genomics&kind=castle", 400, "facility"),
        ("/recommend?format=json&daata=genomics", 400, "data"),
        ("/id/repository/nothing", 404, "No repository"),
        ("/id/castle/nothing", 404, "Kinds"),
        ("/repository/zenodo.pdf", 404, "no format"),
        ("/nowhere", 404, ""),
        ("/id/repository/..%2f..%2fetc", 404, ""),
        ("/static/../../errors.py", 404, ""),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_bad_request_gets_a_problem_that_says_what_is_wrong(
    server: str, path: str, status: int, detail: str
) -> None:
    begin = time.monotonic()
    found, headers, body = fetch(server + path)
    assert (found, headers["Content-Type"]) == (status, "application/problem+json")
    assert time.monotonic() - begin < 20, "a bad request must not keep the server busy"
    problem = json.loads(body)
    assert problem["status"] == status
    assert detail in problem["detail"]
    assert "Traceback" not in problem["detail"]


def test_a_syntax_error_carries_its_position(server: str) -> None:
    _, _, body = fetch(sparql(server, "SELECT *\nWHERE { ?s ?p }"))
    problem = json.loads(body)
    assert problem["line"] == 2
    assert problem["column"] > 0


@pytest.mark.parametrize(
    ("accept", "status"), [("image/png", 406), ("*/*;q=0", 406), ("text/turtle", 406)]
)
def test_a_format_that_cannot_be_written_is_406(server: str, accept: str, status: int) -> None:
    found, _, body = fetch(sparql(server, COUNT), accept)
    assert found == status
    assert "text/csv" in json.loads(body)["detail"]


@pytest.mark.parametrize(
    ("type_", "status"),
    [
        ("text/plain", 415),
        ("application/json", 415),
        ("application/sparql-query; charset=utf-16", 415),
        ("application/sparql-update", 403),
    ],
)
def test_a_body_that_is_not_read_is_refused(server: str, type_: str, status: int) -> None:
    assert fetch(f"{server}/sparql", None, COUNT.encode(), type_)[0] == status


def test_a_method_that_is_not_offered_names_those_that_are(server: str) -> None:
    request = urllib.request.Request(f"{server}/sparql", method="DELETE")
    with pytest.raises(urllib.error.HTTPError) as fault:
        urllib.request.urlopen(request, timeout=10)
    assert fault.value.code == 405
    assert "GET" in fault.value.headers["Allow"]
    fault.value.close()


def test_a_body_of_ten_megabytes_is_refused(server: str) -> None:
    body = b"query=" + b"x" * 10_000_000
    try:
        status = fetch(f"{server}/sparql", None, body, "application/x-www-form-urlencoded")[0]
    except (urllib.error.URLError, ConnectionError):
        # The server may close the connection before it has read what it refuses.
        status = 413
    assert status == 413
    assert fetch(sparql(server, COUNT))[0] == 200


def test_bytes_that_are_no_http_leave_the_server_alive(server: str) -> None:
    host, port = server.removeprefix("http://").split(":")
    for noise in (
        b"\x00" * 100,
        b"GET\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: \xff\r\n\r\n",
        b"\x16\x03\x01",
    ):
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            connection.sendall(noise)
            with contextlib.suppress(OSError):  # it may have hung up at the first byte
                connection.shutdown(socket.SHUT_WR)
                connection.recv(1024)
    assert fetch(sparql(server, COUNT))[0] == 200


def test_many_clients_at_once_get_the_same_answer(server: str) -> None:
    with ThreadPoolExecutor(16) as clients:
        answers = list(
            clients.map(lambda _: fetch(sparql(server, LABELS), "text/csv")[2], range(200))
        )
    assert len(set(answers)) == 1


def test_sparqlwrapper_reads_every_format(server: str) -> None:
    client = SPARQLWrapper(f"{server}/sparql")
    client.setQuery(LABELS)
    client.setReturnFormat(JSON)
    rows = client.queryAndConvert()["results"]["bindings"]
    client.setReturnFormat(XML)
    assert len(client.queryAndConvert().getElementsByTagName("result")) == len(rows)
    client.setReturnFormat(CSV)
    table = list(csv.reader(io.StringIO(client.queryAndConvert().decode())))
    assert [row[0] for row in table[1:]] == [row["r"]["value"] for row in rows]
    client.setMethod(POST)
    client.setReturnFormat(JSON)
    assert client.queryAndConvert()["results"]["bindings"] == rows


def test_sparqlwrapper_reads_a_graph(server: str) -> None:
    client = SPARQLWrapper(f"{server}/sparql")
    client.setQuery(GRAPH)
    client.setReturnFormat(TURTLE)
    assert len(rdflib.Graph().parse(data=client.queryAndConvert(), format="turtle")) == 20


def test_rdflibs_store_reads_the_graph_as_its_own(server: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{server}/sparql"))
    rows = list(graph.query(LABELS))
    assert ("https://w3id.org/fingerpost/id/repository/zenodo", "Zenodo") in [
        (str(row.r), str(row.name)) for row in rows
    ]
    zenodo = rdflib.URIRef("https://w3id.org/fingerpost/id/repository/zenodo")
    assert (zenodo, rdflib.RDF.type, None) in graph


def test_an_identifier_leads_to_its_document_in_every_format(server: str) -> None:
    status, headers, _ = fetch(f"{server}/id/repository/zenodo")
    assert (status, headers["Location"]) == (303, "/repository/zenodo")
    graphs = []
    for suffix, format_ in (("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml"), ("jsonld", "json-ld")):
        _, _, body = fetch(f"{server}/repository/zenodo.{suffix}")
        graphs.append(set(rdflib.Graph().parse(data=body, format=format_)))
    assert len(graphs[0]) > 10
    assert all(graph == graphs[0] for graph in graphs)
    _, headers, body = fetch(f"{server}/repository/zenodo", "text/html")
    assert headers["Content-Type"].startswith("text/html")
    assert b"<h1>Zenodo</h1>" in body


def test_every_saved_query_without_required_parameters_answers_in_every_format(server: str) -> None:
    _, _, body = fetch(f"{server}/queries", "application/json")
    queries = [
        query for query in json.loads(body) if not any(p["required"] for p in query["parameters"])
    ]
    assert len(queries) >= 10
    for query in queries:
        for format_ in ("json", "xml", "csv", "tsv"):
            status, _, body = fetch(f"{server}/queries/{query['name']}?format={format_}")
            assert status == 200, (query["name"], format_, body)
        status, headers, _ = fetch(f"{server}/queries/{query['name']}", "text/html")
        assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")


def test_a_page_escapes_what_was_typed(server: str) -> None:
    typed = urllib.parse.quote("<script>alert(1)</script>")
    _, _, body = fetch(f"{server}/recommend?data={typed}", "text/html")
    assert b"<script>" not in body
    assert b"&lt;script&gt;" in body


@pytest.mark.parametrize(
    "path",
    ["/sparql?query=ASK%7B%7D", "/queries/curate/counts?format=csv", "/repository/zenodo.ttl"],
)
def test_a_client_that_has_the_answer_is_told_so(server: str, path: str) -> None:
    _, headers, body = fetch(server + path, "*/*")
    assert body
    tag = headers["ETag"]
    request = urllib.request.Request(server + path, headers={"If-None-Match": tag, "Accept": "*/*"})
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.urlopen(request, timeout=10)
    assert answer.value.code == 304
    assert answer.value.read() == b""
    answer.value.close()
    request = urllib.request.Request(
        server + path, headers={"If-None-Match": '"other"', "Accept": "*/*"}
    )
    with urllib.request.urlopen(request, timeout=10) as again:
        assert again.read() == body


def test_formats_have_tags_of_their_own_and_what_changes_has_none(server: str) -> None:
    tags = {
        fetch(sparql(server, COUNT), accept)[1]["ETag"]
        for accept in ("text/csv", "application/json", "application/sparql-results+json")
    }
    assert len(tags) == 3
    assert fetch(sparql(server, "SELECT (NOW() AS ?n) {}"))[1]["ETag"] is None


def test_pages_may_load_nothing_from_elsewhere(server: str) -> None:
    _, headers, body = fetch(f"{server}/", "text/html")
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    scripts = re.findall(rb"<script[^>]*>", body)
    assert [one for one in scripts if b'src="/static/' not in one and b"ld+json" not in one] == []
    assert b"style=" not in body


def test_any_page_may_read_what_machines_are_given(server: str) -> None:
    for path in (
        "/queries",
        "/recommend?data=imaging&format=json",
        "/repository/zenodo.ttl",
        "/sparql?query=ASK%7B%7D",
    ):
        _, headers, _ = fetch(server + path, "*/*")
        assert headers["Access-Control-Allow-Origin"] == "*", path


def test_a_browser_gets_pages_and_a_program_gets_data(server: str) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    for path in ("/", "/recommend", "/queries", "/sparql", "/recommend?data=imaging&phase=share"):
        status, headers, _ = fetch(server + path, browser)
        assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8"), path
    _, headers, _ = fetch(f"{server}/recommend?data=imaging", "application/json")
    assert headers["Content-Type"] == "application/json"
    _, headers, body = fetch(f"{server}/recommend?data=imaging", "text/csv")
    assert headers["Content-Type"] == "text/csv; charset=utf-8"
    assert body.startswith(b"rank,resource,name")
