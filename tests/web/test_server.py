"""The server as browsers and programs meet it: over HTTP, on a real port."""

import html
import json
import re
import urllib.error
import urllib.parse
import urllib.request

import pytest
import rdflib

from asking import COUNT, fetch, sparql


def test_the_service_says_that_it_lives_and_is_ready(server: str) -> None:
    assert json.loads(fetch(f"{server}/health/live")[2]) == {"status": "live"}
    status, _, body = fetch(f"{server}/health/ready")
    assert (status, json.loads(body)["status"]) == (200, "ready")
    assert json.loads(body)["graph"] == "in memory"


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


LONG = """
SELECT ?source
{ ?graph <http://www.w3.org/ns/prov#wasDerivedFrom> ?source GRAPH ?graph { ?s ?p ?o } }
GROUP BY ?source HAVING (COUNT(*) < 4000) ORDER BY DESC(COUNT(*)) LIMIT 1
"""


def test_a_long_answer_is_shown_by_pages_and_only_the_last_says_that_it_is(server: str) -> None:
    found = fetch(sparql(server, LONG), "application/sparql-results+json")[2]
    source = json.loads(found)["results"]["bindings"][0]["source"]["value"]
    first = f"{server}/queries/explore/everything-a-source-says?source={urllib.parse.quote(source)}"
    lines = len(fetch(f"{first}&format=csv")[2].splitlines()) - 1
    assert lines > 1000
    shown, told, address = 0, [], first
    while address:
        page = fetch(address, "text/html")[2].decode()
        said = page.partition('class="understood">')[2].partition("<span")[0]
        told.append(re.sub(r"<[^>]*>", "", said).strip())
        shown += page.partition("<tbody>")[2].partition("</tbody>")[0].count("<tr>")
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = html.unescape(following[1]) if following else ""
    assert shown == lines
    assert told[0] == "Rows 1 to 100, and there are more"
    assert {one.rpartition(", ")[2] for one in told[:-1]} == {"and there are more"}
    assert told[-1].endswith(f"to {lines:,}, the last ones")
    beyond = fetch(f"{first}&page={10**9}", "text/html")[2].decode()
    assert f"here {(len(told) - 1) * 100 + 1} to {lines}" in beyond
    assert 'rel="next"' not in beyond


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
