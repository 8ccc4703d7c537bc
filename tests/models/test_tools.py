"""Each tool over HTTP: it answers as the other doors do, by its schema, and says what is wrong."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from jsonschema import Draft202012Validator
from mcp import Client
from mcp_types import ListToolsResult, Tool
from talking import CALLS, QUESTION, Talk, talking, told

import fingerpost
from asking import fetch
from fingerpost import catalogue
from fingerpost.catalogue import Catalogue
from fingerpost.engine.fences import Fences
from fingerpost.engine.guarded import Guarded, keeping
from fingerpost.errors import QueryOutOfTime
from fingerpost.files import Folders
from fingerpost.mcp import tables

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def talk(server: str) -> Iterator[Talk]:
    with talking(f"{server}/mcp") as found:
        yield found


@pytest.fixture(scope="module")
def tools(talk: Talk) -> dict[str, Tool]:
    async def listed(client: Client) -> ListToolsResult:
        return await client.list_tools()

    return {one.name: one for one in talk.do(listed).tools}


def asked(server: str, path: str) -> Any:
    status, _, body = fetch(server + path, accept="application/json")
    assert status == 200
    return json.loads(body)


def test_every_tool_is_described_and_only_reads(tools: dict[str, Tool]) -> None:
    assert set(tools) == {name for name, _ in CALLS}
    for one in tools.values():
        assert one.title
        assert len(one.description or "") > 80
        assert one.annotations
        assert one.annotations.read_only_hint
        Draft202012Validator.check_schema(one.input_schema)
        Draft202012Validator.check_schema(one.output_schema or {})


def test_the_page_for_readers_names_every_tool(tools: dict[str, Tool]) -> None:
    page = (Path(fingerpost.__file__).parent / "web" / "docs" / "models.md").read_text("utf-8")
    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == list(tools)


@pytest.mark.parametrize(("tool", "arguments"), CALLS, ids=[name for name, _ in CALLS])
def test_a_tool_takes_and_gives_what_its_schemas_say(
    talk: Talk, tools: dict[str, Tool], tool: str, arguments: dict[str, Any]
) -> None:
    Draft202012Validator(tools[tool].input_schema).validate(arguments)
    found = talk.call(tool, arguments)
    assert not found.is_error, told(found)
    Draft202012Validator(tools[tool].output_schema or {}).validate(found.structured_content)
    assert len(told(found)) > 20


def test_recommend_answers_as_the_page_does(talk: Talk, server: str) -> None:
    found = talk.call("recommend", QUESTION)
    same = asked(server, f"/recommend?{urlencode(QUESTION, doseq=True)}")
    assert found.structured_content == same
    assert "1. BioImage Archive" in told(found)


def test_a_question_may_be_whole(talk: Talk) -> None:
    given = {"q": "where can I share single-cell RNA-seq from patients?", "sensitive": True}
    found = talk.call("recommend", given).structured_content
    assert found["question"]["sensitive"] is True
    assert found["question"]["phase"]["label"] == "Share"


def test_route_shows_every_phase(talk: Talk, opened: Catalogue) -> None:
    found = talk.call("route", {"data": ["proteomics"], "country": "SE"})
    way = opened.route({"data": "proteomics", "country": "SE"})
    phases = found.structured_content["phases"]
    assert [one["phase"] for one in phases] == [one.phase.slug for one in way.steps]
    first = [[one["resource"] for one in phase["choices"]] for phase in phases]
    assert first == [[one.resource for one in step.choices] for step in way.steps]
    assert any(phase["must"] for phase in phases)
    assert told(found).startswith("The way of Proteomics")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("bioimage archive", "repository/bioimage-archive"),
        ("BIA", "repository/bioimage-archive"),
        ("bioimage-archive", "repository/bioimage-archive"),
        ("https://zenodo.org/", "repository/zenodo"),
        ("FAIRsharing:FAIRsharing.wy4egf", "repository/zenodo"),
        ("https://www.re3data.org/repository/r3d100010468", "repository/zenodo"),
        ("https://w3id.org/fingerpost/id/phase/share", "phase/share"),
    ],
)
def test_find_and_show_know_a_thing_by_whatever_it_is_known_by(
    talk: Talk, name: str, slug: str
) -> None:
    iri = f"https://w3id.org/fingerpost/id/{slug}"
    first = talk.call("find", {"name": name}).structured_content["found"][0]
    assert (first["iri"], first["match"], first["score"]) == (iri, True, 100)
    assert talk.call("show", {"record": name}).structured_content["iri"] == iri


def test_find_forgives_spelling_and_is_then_not_certain(talk: Talk) -> None:
    found = talk.call("find", {"name": "Bioimage Archiv", "kind": "repository", "limit": 2})
    said = found.structured_content["found"]
    assert said[0]["name"] == "BioImage Archive"
    assert not any(one["match"] for one in said)
    assert {one["kind"] for one in said} == {"repository"}
    assert "BioImage Archive (repository, " in told(found)
    nothing = talk.call("find", {"name": "qqzzxxqq"})
    assert nothing.structured_content == {"found": []}


def test_show_says_what_is_said_and_by_whom(talk: Talk) -> None:
    found = talk.call("show", {"record": "https://w3id.org/fingerpost/id/repository/zenodo"})
    said = found.structured_content
    assert (said["kind"], said["slug"], said["name"]) == ("repository", "zenodo", "Zenodo")
    assert {"text": "https://zenodo.org/"} in [
        {"text": one.get("text") or one["iri"]} for one in said["properties"]["schema:url"]
    ]
    assert said["sources"]
    assert all(one["property"].startswith(("fp:", "schema:", "skos:")) for one in said["claims"])
    assert all(one["sources"] for one in said["claims"])
    assert "Zenodo (repository)" in told(found)


@pytest.mark.parametrize(
    "record", ["data-type/imaging-data", "phase:share", "source/rdmkit-affiliations"]
)
def test_show_takes_concepts_and_sources_too(talk: Talk, record: str) -> None:
    found = talk.call("show", {"record": record})
    assert not found.is_error, told(found)
    assert found.structured_content["iri"].endswith(record.replace(":", "/"))


def test_the_saved_queries_are_those_of_the_web(talk: Talk, server: str) -> None:
    found = talk.call("list_queries", {})
    assert found.structured_content["queries"] == asked(server, "/queries")


def test_a_saved_query_comes_by_pages(talk: Talk, server: str) -> None:
    name = "recommend/tools-for-phase"
    rows = asked(server, f"/queries/{name}?phase=share&format=json")["results"]["bindings"]
    whole = [{key: cell["value"] for key, cell in row.items()} for row in rows]
    given = {"name": name, "parameters": {"phase": "share"}, "page_size": 4}
    pages = [talk.call("run_query", {**given, "page": page}).structured_content for page in (1, 2)]
    assert [one["rows"] for one in pages] == [whole[:4], whole[4:8]]
    assert pages[0]["more"] is True
    assert pages[0]["total"] == len(whole)
    last = {**given, "page": -(-len(whole) // 4)}
    assert talk.call("run_query", last).structured_content["more"] is False


def test_sparql_answers_every_form(talk: Talk, server: str) -> None:
    select = "SELECT ?r { ?r a fp:Repository } ORDER BY ?r"
    found = talk.call("sparql", {"query": select, "limit": 2}).structured_content
    rows = asked(server, f"/sparql?query={quote(select)}")["results"]["bindings"]
    assert found["rows"] == [{"r": row["r"]["value"]} for row in rows[:2]]
    assert found["total"] == len(rows)
    assert found["more"] is True
    truth = talk.call("sparql", {"query": "ASK { ?r a fp:Repository }"})
    assert truth.structured_content == {"boolean": True}
    graph = talk.call("sparql", {"query": "CONSTRUCT WHERE { repository:zenodo a ?class }"})
    assert "repository:zenodo a " in graph.structured_content["turtle"]


WRONG = [
    ("recommend", {"dta": "imaging"}, 'no "dta". Did you mean: data'),
    ("recommend", {"data": "imagin dat", "kind": "castle"}, "is no kind. Choose one of: "),
    ("recommend", {"data": "zzqqzz"}, 'is called "zzqqzz"'),
    ("recommend", {"data": {"a": 1}}, "data is a text, a number"),
    ("recommend", {"data": "imaging", "limit": 1e9}, "from 1 to 100"),
    ("recommend", {"data": ["imaging"] * 20 + ["x" * 3000]}, "at most 200"),
    ("recommend", {"data": ["a"], "phase": ["share", "plan"]}, "give it once"),
    ("recommend", {}, "data"),
    ("route", {"data": "imaging", "kind": "tool"}, '"kind"'),
    ("find", {}, 'argument "name" is missing'),
    ("find", {"name": "x", "kind": "castle"}, 'no type "castle"'),
    ("find", {"name": "x", "limit": 500}, "from 1 to 50"),
    ("show", {}, 'argument "record" is missing'),
    ("show", {"record": "repository/zenod"}, "Did you mean: zenodo"),
    ("show", {"record": "x" * 501}, "at most 500"),
    ("show", {"record": "zenodo", "format": "pdf"}, 'no argument "format"'),
    ("run_query", {"name": "recommend/tools"}, "recommend/tools-for-phase"),
    ("run_query", {"name": "recommend/tools-for-phase"}, 'needs the parameter "phase"'),
    ("run_query", {"name": "a", "parameters": "phase=plan"}, "an object of names and values"),
    ("run_query", {"name": "a", "parameters": {"phase": ["plan"]}}, "phase takes one value"),
    ("run_query", {"name": "explore/phases", "page_size": 5000}, "from 1 to 1,000"),
    ("sparql", {"query": "SELECT ?x { ?x a }"}, "Line 1, column"),
    ("sparql", {"query": "hello"}, "none of SELECT"),
    ("sparql", {"query": "INSERT DATA { <a:b> <a:c> 1 }"}, "Nothing is written here"),
    ("sparql", {"query": "CLEAR ALL"}, "Nothing is written here"),
    ("sparql", {"query": "ASK { SERVICE <https://example.org/> { ?s ?p ?o } }"}, "SERVICE"),
    ("sparql", {"query": "SELECT * { ?s ?p ?o }"}, "at most 8,388,608"),
    ("sparql", {"query": "CONSTRUCT WHERE { ?s ?p ?o }"}, "at most 262,144"),
    ("sparql", {"query": "ASK " + "{" * 3000 + "}" * 3000}, "nested"),
    ("sparql", {"query": "ASK {} #" + "x" * 1_500_000}, "at most"),
]


@pytest.mark.parametrize(
    ("tool", "arguments", "words"), WRONG, ids=[f"{one[0]} {one[2]}" for one in WRONG]
)
def test_what_is_wrong_is_said_to_the_model(
    talk: Talk, tool: str, arguments: dict[str, Any], words: str
) -> None:
    found = talk.call(tool, arguments)
    assert found.is_error
    assert words in told(found)
    assert len(told(found)) < 700


def test_a_query_has_the_deadline_of_the_engine(opened: Catalogue, folders: Folders) -> None:
    keeper = keeping(catalogue.dataset(folders), Fences())
    try:
        guarded = Guarded(keeper.folder, Fences(seconds=0.3))
        with pytest.raises(QueryOutOfTime, match=r"longer than 0\.3 seconds"):
            tables.sparql(replace(opened, engine=guarded), {"query": RUNAWAY})
        guarded.close()
    finally:
        keeper.close()


def test_records_and_terms_are_resources(talk: Talk) -> None:
    zenodo = "https://w3id.org/fingerpost/id/repository/zenodo"

    async def work(client: Client) -> tuple[list[str], list[str], list[str]]:
        listed = [one.uri for one in (await client.list_resources()).resources]
        templates = (await client.list_resource_templates()).resource_templates
        read = [(await client.read_resource(one)).contents[0] for one in [*listed, zenodo]]
        assert {one.mime_type for one in read} == {"text/turtle"}
        return listed, [one.uri_template for one in templates], [one.text for one in read]

    listed, templates, (ontology, shapes, prefixes, record) = talk.do(work)
    assert [one.rpartition("/")[2] for one in listed] == ["ontology", "shapes", "prefixes"]
    assert templates == ["https://w3id.org/fingerpost/id/{kind}/{slug}"]
    assert "fp:Repository a " in ontology
    assert "sh:NodeShape" in shapes
    assert "skos" in prefixes
    assert 'skos:prefLabel "Zenodo"' in record
