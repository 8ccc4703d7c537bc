"""Comunica finds the endpoint, and gets from it what one gets by asking it straight.

Comunica 4 is asked with one data factory for all its parts (`overrides` in package.json): those
that npm chooses by themselves disagree, and print a language-tagged literal without its language.
"""

import functools
import http.server
import json
import shutil
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import direct_answers
import pytest
import rdflib
import rdflib.compare
from direct_answers import Term, in_any_order
from local_servers import free_port, wait_for

pytestmark = pytest.mark.slow

Answer = list[dict[str, Term]] | bool | rdflib.Graph
Ask = Callable[..., Answer]
Script = subprocess.Popen[str]

PREFIXES = """
PREFIX ex: <http://example.org/>
PREFIX fp: <https://w3id.org/fingerpost/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
SELECTS = {
    "names": "SELECT ?r ?name { ?r a fp:Repository ; skos:prefLabel ?name } ORDER BY ?r",
    "counts": "SELECT ?kind (COUNT(?r) AS ?n) { ?r a ?kind . ?kind rdfs:subClassOf fp:Resource } "
    "GROUP BY ?kind ORDER BY ?kind",
    "path": "SELECT DISTINCT ?broader ?name { <https://w3id.org/fingerpost/id/data-type/light-sheet-microscopy-images> "
    "skos:broader*/^skos:broader ?broader . ?broader skos:prefLabel ?name } ORDER BY ?broader",
    "optional": "SELECT ?r ?other { ?r a fp:Repository OPTIONAL { ?r skos:altLabel ?other } } "
    "ORDER BY ?r ?other",
    "graphs": "SELECT ?g ?name { GRAPH ?g { <https://w3id.org/fingerpost/id/repository/zenodo> "
    "skos:prefLabel ?name } } ORDER BY ?g",
    "none": "SELECT ?r { ?r a ex:Nothing }",
}
GRAPHS = {
    "template": "CONSTRUCT { ?r skos:prefLabel ?name ; fp:called ?name } { ?r a fp:Repository ; "
    "skos:prefLabel ?name }",
    "where": "CONSTRUCT WHERE { <https://w3id.org/fingerpost/id/repository/zenodo> ?property ?value }",
    "describe": "DESCRIBE <https://w3id.org/fingerpost/id/phase/share>",
}
LAB = """
@prefix ex: <http://example.org/> .
ex:lab ex:deposits <https://w3id.org/fingerpost/id/repository/zenodo> ,
    <https://w3id.org/fingerpost/id/repository/dryad> ,
    <https://example.org/a-cupboard> .
"""
DEPOSITS = (
    "SELECT ?r ?name { ex:lab ex:deposits ?r . ?r a fp:Repository ; skos:prefLabel ?name } "
    "ORDER BY ?r"
)
DEPOSITED = (
    "SELECT ?r ?name { VALUES ?r { <https://w3id.org/fingerpost/id/repository/zenodo> "
    "<https://w3id.org/fingerpost/id/repository/dryad> } "
    "?r a fp:Repository ; skos:prefLabel ?name } ORDER BY ?r"
)


def by_command(comunica: Path, query: str, *sources: str) -> Answer:
    """Ask on the command line, in the format that goes with the query."""
    if "CONSTRUCT" in query or "DESCRIBE" in query:
        written = run(comunica, "application/n-triples", query, *sources)
        return rdflib.Graph().parse(data=written, format="nt")
    written = run(comunica, "application/sparql-results+json", query, *sources)
    found = json.loads(written)
    return found["boolean"] if "boolean" in found else direct_answers.rows(written)


def by_script(script: Script, query: str, *sources: str) -> Answer:
    """Ask by a script of the library's, which says of endpoints that they are."""
    typed = [f"sparql@{one}" if one.endswith(("/sparql", "/query")) else one for one in sources]
    assert script.stdin
    assert script.stdout
    script.stdin.write(json.dumps([PREFIXES + query, *typed]) + "\n")
    script.stdin.flush()
    found = json.loads(script.stdout.readline())
    if isinstance(found, bool):
        return found
    if "CONSTRUCT" in query or "DESCRIBE" in query:
        return triples(found)
    return [{name: tuple(value) for name, value in row.items()} for row in found]


def run(comunica: Path, type_: str, query: str, *sources: str) -> str:
    command = [str(comunica / "node_modules" / ".bin" / "comunica-sparql")]
    return answer([*command, *sources, PREFIXES + query, "-t", type_])[0]


def logged(comunica: Path, query: str, *sources: str) -> tuple[list[dict[str, Term]], list[str]]:
    """Ask on the command line; return the rows, and what was requested and identified."""
    command = [str(comunica / "node_modules" / ".bin" / "comunica-sparql"), *sources]
    options = ["-t", "application/sparql-results+json", "-l", "info"]
    written, told = answer([*command, PREFIXES + query, *options])
    return direct_answers.rows(written), [line for line in told.splitlines() if "INFO" in line]


def answer(command: list[str]) -> tuple[str, str]:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=180)
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


def triples(found: list[list[list[str]]]) -> rdflib.Graph:
    graph = rdflib.Graph()
    for quad in found:
        subject, predicate, value = (node(*term) for term in quad)
        graph.add((subject, predicate, value))
    return graph


def node(kind: str, value: str, about: str) -> rdflib.term.Node:
    if kind == "uri":
        return rdflib.URIRef(value)
    if kind == "bnode":
        return rdflib.BNode(value)
    if about == str(rdflib.XSD.string):
        return rdflib.Literal(value)
    if "/" in about:
        return rdflib.Literal(value, datatype=about)
    return rdflib.Literal(value, lang=about)


@pytest.fixture(scope="module")
def script(comunica: Path) -> Iterator[Script]:
    """The script, which answers one question after the other: Node starts but once."""
    command = ["node", str(comunica / "ask.mjs")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process


def both(test: Callable[..., None]) -> Callable[..., None]:
    """Ask on the command line too, which starts Node anew, for seconds each time."""
    return pytest.mark.parametrize("ask", ["command", "script"], indirect=True)(test)


@pytest.fixture
def ask(request: pytest.FixtureRequest, comunica: Path) -> Ask:
    if getattr(request, "param", "script") == "command":
        return functools.partial(by_command, comunica)
    return functools.partial(by_script, request.getfixturevalue("script"))


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[str]:
    """The address of a Turtle document on a file server of this machine."""
    (tmp_path / "lab.ttl").write_text(LAB, "utf-8")
    handler = functools.partial(Quiet, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as files:
        threading.Thread(target=files.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{files.server_port}/lab.ttl"
        files.shutdown()


class Quiet(http.server.SimpleHTTPRequestHandler):
    extensions_map = {".ttl": "text/turtle"}  # noqa: RUF012

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def oxigraph() -> Iterator[str]:
    """The address of another SPARQL endpoint, which holds the same document."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    assert program, "oxigraph is one of the test dependencies"
    address = f"127.0.0.1:{free_port()}"
    process = subprocess.Popen([program, "serve", "--bind", address], stderr=subprocess.DEVNULL)
    try:
        turtle = {"Content-Type": "text/turtle"}
        store = f"http://{address}/store?default"
        wait_for(urllib.request.Request(store, LAB.encode(), turtle))
        yield f"http://{address}/query"
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.mark.parametrize(
    ("ask", "name"),
    [("command", "names"), *(("script", name) for name in SELECTS)],
    indirect=["ask"],
)
def test_a_select_gets_what_a_straight_question_gets(ask: Ask, endpoint: str, name: str) -> None:
    direct = direct_answers.solutions(endpoint, PREFIXES + SELECTS[name])
    assert bool(direct) == (name != "none")
    assert ask(SELECTS[name], endpoint) == direct


@pytest.mark.parametrize(
    ("ask", "query", "expected"),
    [
        ("command", "ASK { ?r a fp:Repository }", True),
        ("script", "ASK { ?r a fp:Repository }", True),
        ("script", "ASK { ?r a ex:Nothing }", False),
    ],
    indirect=["ask"],
)
def test_an_ask_gets_a_truth_value(ask: Ask, endpoint: str, query: str, expected: bool) -> None:
    assert ask(query, endpoint) is expected


@pytest.mark.parametrize(
    ("ask", "name"),
    [("command", "template"), *(("script", name) for name in GRAPHS)],
    indirect=["ask"],
)
def test_a_graph_is_the_one_that_a_straight_question_gets(
    ask: Ask, endpoint: str, name: str
) -> None:
    direct = direct_answers.graph(endpoint, PREFIXES + GRAPHS[name])
    assert len(direct) >= 5
    found = ask(GRAPHS[name], endpoint)
    assert isinstance(found, rdflib.Graph)
    assert rdflib.compare.isomorphic(found, direct)


def test_the_description_of_the_service_leads_to_the_endpoint(
    comunica: Path, endpoint: str
) -> None:
    """An address that does not end in /sparql is known as an endpoint by its description only."""
    found, told = logged(comunica, SELECTS["names"], f"{endpoint}/")
    assert found == direct_answers.solutions(endpoint, PREFIXES + SELECTS["names"])
    assert f"Requesting {endpoint}/ {{" in told[0]
    assert f"Identified {endpoint}/ as sparql source with service URL: {endpoint}/" in told[1]


def test_a_query_over_one_endpoint_is_sent_whole(comunica: Path, endpoint: str) -> None:
    _, told = logged(comunica, SELECTS["path"], endpoint)
    assert len([line for line in told if "?query=" in line]) == 1


@pytest.mark.parametrize("other", ["lab", "oxigraph"])
def test_a_join_over_two_sources_is_split_and_comes_out_whole(
    comunica: Path, endpoint: str, other: str, request: pytest.FixtureRequest
) -> None:
    found, told = logged(comunica, DEPOSITS, endpoint, request.getfixturevalue(other))
    assert found == direct_answers.solutions(endpoint, PREFIXES + DEPOSITED)
    assert len(found) == 2
    parts = [line for line in told if f"Requesting {endpoint}?query=" in line]
    assert len(parts) >= 2
    assert not any("deposits" in line and "prefLabel" in line for line in parts)


@both
def test_a_script_joins_two_sources_as_the_command_does(
    ask: Ask, endpoint: str, lab: str, oxigraph: str
) -> None:
    expected = direct_answers.solutions(endpoint, PREFIXES + DEPOSITED)
    assert ask(DEPOSITS, endpoint, lab) == expected
    assert ask(DEPOSITS, oxigraph, endpoint) == expected


@both
def test_a_query_over_a_file_calls_the_endpoint_as_a_service(
    ask: Ask, endpoint: str, lab: str
) -> None:
    query = (
        "SELECT ?r ?name { ex:lab ex:deposits ?r . SERVICE <%s> { ?r a fp:Repository ; "
        "skos:prefLabel ?name } } ORDER BY ?r"
    )
    expected = direct_answers.solutions(endpoint, PREFIXES + DEPOSITED)
    assert ask(query % endpoint, lab) == expected


def test_a_join_with_every_record_is_posted_in_parts_and_loses_none(
    comunica: Path, endpoint: str, lab: str, tmp_path: Path
) -> None:
    names = "SELECT ?r ?name { ?r a fp:Resource ; skos:prefLabel ?name }"
    direct = direct_answers.solutions(endpoint, PREFIXES + names)
    records = {row["r"][1] for row in direct}
    assert len(records) > 50
    seen = "".join(f"<{iri}> <http://example.org/seen> true .\n" for iri in records)
    (tmp_path / "lab.ttl").write_text(seen, "utf-8")
    query = "SELECT ?r ?name { ?r ex:seen true ; a fp:Resource ; skos:prefLabel ?name }"
    found, told = logged(comunica, query, lab, endpoint)
    assert in_any_order(found) == in_any_order(direct)
    assert len([line for line in told if "method: 'POST'" in line]) >= 2


def test_a_refused_query_is_an_error_and_not_an_empty_answer(comunica: Path, endpoint: str) -> None:
    query = "SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }"
    command = [str(comunica / "node_modules" / ".bin" / "comunica-sparql"), endpoint, query]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=180)
    assert done.returncode != 0
