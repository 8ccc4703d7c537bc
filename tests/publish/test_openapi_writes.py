"""What the OpenAPI document says of changes, held against a server that takes them."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from writing.service import Service, store_at

pytestmark = pytest.mark.slow

TOKEN = "a-token-of-this-test-alone"
MAY = {"Authorization": f"Bearer {TOKEN}"}
TURTLE = {"Content-Type": "text/turtle"}
UPDATE = {"Content-Type": "application/sparql-update"}
GRAPH = b'<https://example.org/a> <http://purl.org/dc/terms/title> "A" .'
INSERT = b"INSERT DATA { GRAPH <https://example.org/g> { <https://example.org/a> a <https://example.org/B> } }"
AGAINST_SHAPES = b"""PREFIX fp: <https://w3id.org/fingerpost/ontology#>
INSERT DATA { GRAPH <https://example.org/g> {
  <https://w3id.org/fingerpost/id/repository/zenodo> a fp:Repository ; fp:status 5 } }"""
FILES = {"Content-Type": "multipart/form-data; boundary=cut"}
MULTIPART = (
    b'--cut\r\nContent-Disposition: form-data; name="graph"; filename="a.ttl"\r\n'
    b"Content-Type: text/turtle\r\n\r\n" + GRAPH + b"\r\n--cut--\r\n"
)
ONE, ALL, SPARQL = "/graphs/{slug}", "/graphs", "/sparql"

CHANGES: list[tuple[str, str, str, bytes, dict[str, str], int]] = [
    ("PUT", ONE, "/graphs/one", GRAPH, MAY | TURTLE, 201),
    ("PUT", ONE, "/graphs/one", GRAPH, MAY | TURTLE, 200),
    ("POST", ONE, "/graphs/one", GRAPH, MAY | TURTLE, 200),
    ("POST", ONE, "/graphs/several", MULTIPART, MAY | FILES, 201),
    ("POST", ALL, "/graphs", GRAPH, MAY | TURTLE, 201),
    ("PUT", ALL, "/graphs?graph=https://example.org/x", GRAPH, MAY | TURTLE, 201),
    ("PUT", ONE, "/graphs/one", GRAPH, TURTLE, 401),
    ("PUT", ONE, "/graphs/one", GRAPH, TURTLE | {"Authorization": "Bearer guessed"}, 401),
    ("PUT", ONE, "/graphs/inferred", GRAPH, MAY | TURTLE, 409),
    ("POST", ALL, "/graphs?default", GRAPH, MAY | TURTLE, 409),
    ("PUT", ONE, "/graphs/one", b"nonsense", MAY | TURTLE, 400),
    ("PUT", ONE, "/graphs/one", GRAPH, MAY | {"Content-Type": "image/png"}, 415),
    ("PUT", ONE, "/graphs/one", GRAPH, MAY | TURTLE | {"If-None-Match": "*"}, 412),
    ("PUT", ONE, "/graphs/one", GRAPH, MAY | TURTLE | {"Origin": "https://example.org"}, 403),
    ("DELETE", ONE, "/graphs/one", b"", MAY, 200),
    ("DELETE", ONE, "/graphs/one", b"", MAY, 404),
    ("POST", SPARQL, "/sparql", INSERT, MAY | UPDATE, 200),
    ("POST", SPARQL, "/sparql", INSERT, UPDATE, 401),
    ("POST", SPARQL, "/sparql", b"INSERT nonsense", MAY | UPDATE, 400),
    ("POST", SPARQL, "/sparql", AGAINST_SHAPES, MAY | UPDATE, 422),
    ("POST", SPARQL, "/sparql", AGAINST_SHAPES, MAY | UPDATE | {"Accept": "text/turtle"}, 422),
]
"""Method, path, address, body, headers and status, made one after the other."""


@pytest.fixture(scope="module")
def writable(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    assert cache
    service = Service(*store_at(tmp_path_factory.mktemp("store") / "kept"), token=TOKEN)
    yield service.address
    service.stop()


def ask(request: urllib.request.Request) -> tuple[int, str, bytes]:
    """Status, media type and body of an answer."""
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers.get_content_type(), answer.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.headers.get_content_type(), refused.read()


def described(document: dict[str, Any], path: str, method: str, status: int) -> dict[str, Any]:
    """The schemas of an answer, by media type."""
    found = document["paths"][path][method.lower()]["responses"][str(status)]
    name = found.get("$ref", "").rpartition("/")[2]
    content = (document["components"]["responses"][name] if name else found)["content"]
    return {media_type: one["schema"] for media_type, one in content.items()}


def test_changes_are_answered_as_described(writable: str) -> None:
    with urllib.request.urlopen(writable + "/openapi.json", timeout=60) as answer:
        document = json.load(answer)
    for method, path, address, body, headers, wanted in CHANGES:
        sent = {"Accept": "application/json", **headers}
        request = urllib.request.Request(writable + address, body or None, sent, method=method)
        status, media_type, content = ask(request)
        assert (method, address, status) == (method, address, wanted), content
        schema = described(document, path, method, status)[media_type]
        if media_type.endswith("json"):
            whole = {**schema, "components": document["components"]}
            faults = Draft202012Validator(whole).iter_errors(json.loads(content))
            assert [fault.message for fault in faults] == []
