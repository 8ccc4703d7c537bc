"""The OpenAPI document: valid, and true of the application that it describes."""

import re
from typing import Any

import pytest
from flask import Flask
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from werkzeug.test import TestResponse

from fingerpost.catalogue import Catalogue
from fingerpost.engine import results
from fingerpost.publish import openapi
from fingerpost.queries import saved
from fingerpost.recommend.given import FIELDS
from fingerpost.web import create_app, problems
from fingerpost.web.site import Site

BASE = "https://data.example.org"
METHODS = {"get", "head", "put", "post", "delete"}
WIRED = {
    "/",
    "/graphs",
    "/graphs/{slug}",
    "/metrics",
    "/openapi.json",
    "/.well-known/void",
    "/recommend",
    "/route",
    "/route/{data}",
    "/quality",
    "/queries",
    "/sparql",
    "/id/{kind}/{slug}",
    "/{kind}/{slug}",
    "/health/live",
    "/health/ready",
}
"""Paths that the application must have for the tests here to mean anything."""


@pytest.fixture(scope="module")
def document(opened: Catalogue) -> dict[str, Any]:
    return openapi.document(opened.queries.queries, BASE, writable=False)


@pytest.fixture(scope="module")
def writing(opened: Catalogue) -> dict[str, Any]:
    return openapi.document(opened.queries.queries, BASE + "/", writable=True)


@pytest.fixture(scope="module")
def app(site: Site) -> Flask:
    return create_app(site)


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, item[method])
        for path, item in document["paths"].items()
        for method in item
        if method in METHODS
    ]


def parameters(document: dict[str, Any], path: str, method: str) -> dict[str, dict[str, Any]]:
    item = document["paths"][path]
    together = [*item.get("parameters", []), *item[method].get("parameters", [])]
    return {one["name"]: one for one in together}


def template(rule: str) -> str:
    """A rule, or a path, without the names of what varies in it."""
    return re.sub(r"[<{][^>}]*[>}]", "*", rule).rstrip("/") or "/"


def valid(document: dict[str, Any], schema: dict[str, Any], value: object) -> list[str]:
    """What is wrong with a value, by a schema that may refer to the document's components."""
    whole = {**schema, "components": document["components"]}
    return [fault.message for fault in Draft202012Validator(whole).iter_errors(value)]


@pytest.mark.parametrize("writable", [False, True])
def test_it_is_valid(opened: Catalogue, writable: bool) -> None:
    found = openapi.document(opened.queries.queries, BASE, writable=writable)
    assert [str(fault) for fault in OpenAPIV31SpecValidator(found).iter_errors()] == []


def test_no_operation_has_the_name_of_another(writing: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, _, operation in operations(writing)]
    assert len(names) == len(set(names)) > 45


def test_the_address_of_the_service_has_no_slash_at_its_end(writing: dict[str, Any]) -> None:
    assert writing["servers"] == [{"url": BASE}]


def test_every_route_of_the_application_is_described(app: Flask, writing: dict[str, Any]) -> None:
    described = {(template(path), method.upper()) for path, method, _ in operations(writing)} | {
        ("/queries/*", "GET")
    }
    routes = {
        (template(rule.rule), method)
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
        for method in (rule.methods or set()) & {"GET", "PUT", "POST", "DELETE"}
    }
    assert routes - described == set()
    assert {template(path) for path in WIRED} <= {rule for rule, _ in routes}


def test_every_saved_query_is_described_with_its_parameters(
    opened: Catalogue, document: dict[str, Any]
) -> None:
    for query in opened.queries.queries.values():
        operation = document["paths"][f"/queries/{query.name}"]["get"]
        assert operation["summary"] == query.summary
        described = parameters(document, f"/queries/{query.name}", "get")
        own = {"format", "page", "page_size"}
        assert set(described) == {one.name for one in query.parameters} | own
        for one in query.parameters:
            assert described[one.name].get("required", False) is one.required
            assert tuple(described[one.name]["schema"].get("enum", ())) == one.choices


def test_parameters_have_their_types_defaults_and_examples() -> None:
    text = """#+ summary: x
#+ defaults:
#+   - size: 2.5
#+   - most: 3
#+   - strict: true
#+ examples:
#+   - data: data-type:imaging-data
#+ enumerate:
#+   - kind: [one, two]
SELECT * { ?_data_iri ?p ?_size_decimal , ?_most_integer , ?_strict_boolean , ?__kind_literal ,
  ?__at_date }"""
    queries = {"a/b": saved.parse("a/b", text)}
    document = openapi.document(queries, BASE, writable=False)
    assert [str(fault) for fault in OpenAPIV31SpecValidator(document).iter_errors()] == []
    found = parameters(document, "/queries/a/b", "get")
    assert found["data"]["example"] == "data-type:imaging-data"
    assert found["size"]["schema"] == {"type": "number", "default": 2.5}
    assert found["most"]["schema"] == {"type": "integer", "default": 3}
    assert found["strict"]["schema"] == {"type": "boolean", "default": True}
    assert found["kind"]["schema"] == {"type": "string", "enum": ["one", "two"]}
    dates = re.compile(found["at"]["schema"]["pattern"])
    assert [bool(dates.search(one)) for one in ("2025", "2025-07", "2025-07-31", "x", "20255")] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_every_part_of_a_question_is_described(document: dict[str, Any]) -> None:
    described = parameters(document, "/recommend", "get")
    assert set(described) == {*FIELDS, "format"}
    for name in FIELDS:
        assert described[name]["description"] != name, f"{name} has no description"
        assert "example" in described[name]


@pytest.mark.parametrize("name", FIELDS)
def test_the_example_of_each_part_of_a_question_is_understood(
    app: Flask, document: dict[str, Any], name: str
) -> None:
    described = parameters(document, "/recommend", "get")
    asked = {one: described[one]["example"] for one in {"data", name}}
    answer = app.test_client().get("/recommend", query_string=asked, headers=JSON)
    assert answer.status_code == 200
    assert answer.get_json()["answers"], "nothing is recommended"


JSON = {"Accept": "application/json"}


def test_the_limits_of_a_question_are_those_described(app: Flask, document: dict[str, Any]) -> None:
    described = parameters(document, "/recommend", "get")
    limit, longest = described["limit"]["schema"], described["data"]["schema"]["maxLength"]
    client = app.test_client()
    for number, status in ((limit["minimum"], 200), (limit["maximum"], 200)):
        asked = {"data": "proteomics", "limit": number}
        assert client.get("/recommend", query_string=asked, headers=JSON).status_code == status
    for number in (limit["minimum"] - 1, limit["maximum"] + 1):
        asked = {"data": "proteomics", "limit": number}
        assert client.get("/recommend", query_string=asked, headers=JSON).status_code == 400
    fitting, long = "x" * longest, "x" * (longest + 1)
    told = client.get("/recommend", query_string={"data": long}, headers=JSON).get_json()["detail"]
    assert "characters" in told
    other = client.get("/recommend", query_string={"data": fitting}, headers=JSON).get_json()
    assert "characters" not in other["detail"]


def example(document: dict[str, Any], path: str) -> tuple[str, dict[str, Any]] | None:
    """The address and the fields of a request by the examples, or None where one is lacking."""
    fields = {}
    for name, one in parameters(document, path, "get").items():
        if one["in"] == "path":
            path = path.replace(f"{{{name}}}", one["example"])
        elif one.get("required"):
            if "example" not in one:
                return None
            fields[name] = one["example"]
    return path, fields | ({"data": "proteomics"} if path in {"/recommend", "/route"} else {})


def examples(app: Flask, document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Path, address and fields of each request that the application has a route for."""
    routes = {template(rule.rule) for rule in app.url_map.iter_rules()}
    made = []
    for path, method, _ in operations(document):
        wired = template(path) in routes or path.startswith("/queries/")
        asked = example(document, path) if method == "get" and wired else None
        if asked:
            made.append((path, *asked))
    return made


def test_every_described_format_is_given(app: Flask, document: dict[str, Any]) -> None:
    client = app.test_client()
    asked = examples(app, document)
    assert {path for path, _, _ in asked} >= WIRED
    assert len(asked) > 30
    for path, address, given in asked:
        described = document["paths"][path]["get"]["responses"]
        fields = given or ({"default": ""} if path == "/graphs" else {})
        for media_type in described.get("200", {}).get("content", {}):
            if path == "/sparql" and media_type not in results.GRAPHS:
                continue
            if path.startswith("/queries/") and media_type == "text/html":
                continue
            if media_type == "*/*":  # the address itself asks for a format
                continue
            answer = client.get(address, query_string=fields, headers={"Accept": media_type})
            assert (path, answer.status_code, answer.mimetype) == (path, 200, media_type)
            assert_as_described(document, described["200"], answer)


def assert_as_described(
    document: dict[str, Any], described: dict[str, Any], answer: TestResponse
) -> None:
    schema = described["content"][answer.mimetype]["schema"]
    if answer.mimetype.endswith("json"):
        assert valid(document, schema, answer.get_json(force=True)) == []


def test_a_query_gets_every_format_of_its_form(app: Flask, document: dict[str, Any]) -> None:
    text = parameters(document, "/sparql", "get")["query"]["example"]
    described = document["paths"]["/sparql"]["get"]["responses"]["200"]
    for media_type in results.SOLUTIONS:
        client = app.test_client()
        answer = client.get("/sparql", query_string={"query": text}, headers={"Accept": media_type})
        assert (answer.status_code, answer.mimetype) == (200, media_type)
        assert_as_described(document, described, answer)
        assert b"Zenodo" in answer.data


def test_every_body_that_may_be_posted_to_the_endpoint_is_read(
    app: Flask, document: dict[str, Any]
) -> None:
    content = document["paths"]["/sparql"]["post"]["requestBody"]["content"]
    assert set(content) == {"application/x-www-form-urlencoded", "application/sparql-query"}
    for media_type, body in content.items():
        answer = app.test_client().post("/sparql", data=body["example"], content_type=media_type)
        assert answer.status_code == 200
        assert b"Zenodo" in answer.data


@pytest.mark.parametrize(
    ("path", "address", "status"),
    [
        ("/sparql", "/sparql?query=SELECT", 400),
        ("/sparql", "/sparql?query=SELECT * {SERVICE <https://example.org/> {?s ?p ?o}}", 403),
        ("/sparql", "/sparql?query=ASK {}&format=ttl", 406),
        ("/recommend", "/recommend?data=no such thing at all", 400),
        ("/recommend", "/recommend?colour=blue", 400),
        ("/{kind}/{slug}", "/repository/gone", 404),
        ("/id/{kind}/{slug}", "/id/nothing/gone", 404),
        ("/queries/recommend/tools-for-phase", "/queries/recommend/tools-for-phase", 400),
    ],
)
def test_an_error_is_a_problem_as_described(
    app: Flask, document: dict[str, Any], path: str, address: str, status: int
) -> None:
    answer = app.test_client().get(address, headers={"Accept": "application/json"})
    if status == 406:
        answer = app.test_client().get(address)
    assert answer.status_code == status
    reference = document["paths"][path]["get"]["responses"][str(status)]["$ref"]
    described = document["components"]["responses"][reference.rpartition("/")[2]]
    assert answer.mimetype == "application/problem+json"
    assert_as_described(document, described, answer)


def test_a_problem_without_its_parts_is_none(document: dict[str, Any]) -> None:
    problem = {"$ref": "#/components/schemas/Problem"}
    whole = {"title": "Bad Request", "status": 400, "detail": "x"}
    assert valid(document, problem, whole) == []
    for name in whole:
        lacking = {key: value for key, value in whole.items() if key != name}
        assert valid(document, problem, lacking) != []
    assert valid(document, problem, whole | {"status": "400"}) != []


def test_every_status_of_an_error_is_described(writing: dict[str, Any]) -> None:
    described = {int(name.removeprefix("Problem")) for name in writing["components"]["responses"]}
    assert {int(status) for status in problems._STATUS.values()} <= described
    used = {
        reference["$ref"].rpartition("/")[2]
        for _, _, operation in operations(writing)
        for reference in operation["responses"].values()
        if "$ref" in reference
    }
    assert used == set(writing["components"]["responses"])


def test_what_changes_data_needs_a_token_and_is_described_only_where_it_is_done(
    document: dict[str, Any], writing: dict[str, Any]
) -> None:
    kept = {(path, method) for path, method, _ in operations(document)}
    assert not {method for _, method in kept} & {"put", "delete"}
    assert "securitySchemes" not in document["components"]
    more = {
        (path, method): operation
        for path, method, operation in operations(writing)
        if (path, method) not in kept
    }
    assert set(more) == {
        (path, method)
        for path in ("/graphs", "/graphs/{slug}")
        for method in ("put", "post", "delete")
    }
    for operation in more.values():
        assert operation["security"] == [{"token": []}]
        assert {"401", "403", "409", "422"} <= set(operation["responses"])
        assert "500" in operation["responses"]
    update = writing["paths"]["/sparql"]["post"]
    assert update["security"] == [{}, {"token": []}]
    assert "application/sparql-update" in update["requestBody"]["content"]
    assert writing["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def test_the_graph_store_has_every_method(writing: dict[str, Any]) -> None:
    for path in ("/graphs", "/graphs/{slug}"):
        assert set(writing["paths"][path]) - {"parameters"} == METHODS
