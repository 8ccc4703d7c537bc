"""The Reconciliation API 0.2: every answer holds against the schemas of the specification."""

import json
import re
import urllib.parse
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from asking import fetch
from fingerpost.reconcile import asked

BATCH = {
    "q0": {"query": "BioImage Archive", "type": "Repository", "type_strict": "should", "limit": 3},
    "q1": {"query": "xyzzy quux plugh"},
    "q2": {"query": "lipidomics", "properties": [{"pid": "kind", "v": ["technique", "tool"]}]},
}
EXTEND = {
    "ids": ["repository/zenodo", "nothing/at-all"],
    "properties": [
        {"id": "homepage"},
        {"id": "dataType", "settings": {"limit": 1}},
        {"id": "dataType", "settings": {"limit": "1"}},
        {"id": "modified"},
        {"id": "re3data"},
        {"id": "operator", "settings": {}},
    ],
}


def reconcile(server: str, path: str = "", post: bool = False, **given: object) -> object:
    fields = {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in given.items()
    }
    body = urllib.parse.urlencode(fields)
    if post:
        form = "application/x-www-form-urlencoded"
        status, headers, found = fetch(f"{server}/reconcile{path}", None, body.encode(), form)
    else:
        status, headers, found = fetch(f"{server}/reconcile{path}?{body}")
    assert status == 200, found
    assert headers["Content-Type"] == "application/json"
    assert headers["Access-Control-Allow-Origin"] == "*"
    return json.loads(found)


def refused(server: str, path: str, status: int = 400) -> str:
    given, headers, body = fetch(f"{server}/reconcile{path}")
    assert (given, headers["Content-Type"]) == (status, "application/problem+json")
    assert headers["Access-Control-Allow-Origin"] == "*"
    return str(json.loads(body)["detail"])


@pytest.fixture(scope="module")
def specified(shared: Path) -> Path:
    folder = shared / "reconciliation" / "0.2"
    if not folder.is_dir():
        pytest.skip(f"needs the schemas of the specification in {folder}")
    return folder


def faults(specified: Path, name: str, found: object) -> list[str]:
    """What is wrong with an answer by a schema of the specification."""
    schemas = [json.loads(one.read_text()) for one in (specified / "schemas").glob("*.json")]
    registry: Registry[object] = Registry().with_resources(
        (one["$id"], Resource(one, DRAFT7)) for one in schemas
    )
    schema = json.loads((specified / "schemas" / f"{name}.json").read_text())
    return [
        fault.message for fault in Draft7Validator(schema, registry=registry).iter_errors(found)
    ]


def test_the_manifest_is_as_specified(server: str, specified: Path) -> None:
    found = reconcile(server)
    assert faults(specified, "manifest", found) == []
    assert faults(specified, "manifest", {**found, "versions": ["0.1"]})


@pytest.mark.parametrize("post", [False, True], ids=["GET", "POST"])
def test_a_batch_is_answered_as_specified(server: str, specified: Path, post: bool) -> None:
    assert faults(specified, "reconciliation-query-batch", BATCH) == []
    found = reconcile(server, queries=BATCH, post=post)
    assert faults(specified, "reconciliation-result-batch", found) == []


def test_the_examples_of_batches_are_taken_or_refused(server: str, specified: Path) -> None:
    examples = specified / "examples" / "reconciliation-query-batch"
    least = json.loads((examples / "valid" / "example-min.json").read_text())
    assert set(reconcile(server, queries=least, post=True)) == {"q1", "q2"}
    invalid = sorted((examples / "invalid").glob("*.json"))
    assert invalid
    for example in invalid:
        given = urllib.parse.urlencode({"queries": example.read_text()})
        assert refused(server, f"?{given}")


@pytest.mark.parametrize("post", [False, True], ids=["GET", "POST"])
def test_columns_are_given_as_specified(server: str, specified: Path, post: bool) -> None:
    assert faults(specified, "data-extension-query", EXTEND) == []
    found = reconcile(server, extend=EXTEND, post=post)
    assert faults(specified, "data-extension-response", found) == []


def test_every_column_of_everything_is_as_specified(server: str, specified: Path) -> None:
    columns = [{"id": one["id"]} for one in reconcile(server, "/properties")["properties"]]
    assert len(columns) > 15
    offered = json.loads(fetch(f"{server}/search?q=a&limit=100")[2])
    ids = [one["id"] for one in offered]
    found = reconcile(server, extend={"ids": ids, "properties": columns}, post=True)
    assert faults(specified, "data-extension-response", found) == []
    assert set(found["rows"]) == set(ids)


@pytest.mark.parametrize(
    ("path", "schema", "given"),
    [
        ("/suggest/entity", "suggest-entities-response", {"prefix": "zen"}),
        ("/suggest/type", "suggest-types-response", {"prefix": "re"}),
        ("/suggest/property", "suggest-properties-response", {"prefix": "ident"}),
        ("/properties", "data-extension-property-proposal", {"type": "Repository", "limit": "5"}),
        ("/properties", "data-extension-property-proposal", {}),
    ],
)
def test_suggestions_are_as_specified(
    server: str, specified: Path, path: str, schema: str, given: dict[str, str]
) -> None:
    found = reconcile(server, path, **given)
    assert faults(specified, schema, found) == []
    assert found.get("result", found.get("properties"))


def test_the_first_candidate_is_the_one_that_is_meant(server: str) -> None:
    found = reconcile(server, queries=BATCH)
    first = found["q0"]["result"][0]
    assert (first["id"], first["score"], first["match"]) == (
        "repository/bioimage-archive",
        100.0,
        True,
    )
    assert first["type"][0] == {"id": "Repository", "name": "Repository"}
    assert {"id": "exact", "value": True} in first["features"]
    assert len(found["q0"]["result"]) == 3
    assert found["q1"]["result"] == []
    assert found["q2"]["result"][0]["id"] == "technique/lipidomics"
    assert found["q2"]["result"][0]["match"] is True


def test_columns_have_what_the_record_says(server: str) -> None:
    found = reconcile(server, extend=EXTEND)
    row = found["rows"]["repository/zenodo"]
    assert row["homepage"] == [{"str": "https://zenodo.org/"}]
    assert row["dataType"] == [{"id": "data-type/any-data", "name": "Any data"}]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", row["modified"][0]["date"])
    assert row["re3data"] == [{"str": "re3data:r3d100010468"}]
    assert row["operator"] == [{"id": "organization/cern", "name": "CERN"}]
    assert not any(found["rows"]["nothing/at-all"].values())
    assert found["meta"][1]["type"] == {"id": "DataType", "name": "Data type"}


def test_the_addresses_in_the_manifest_lead_somewhere(server: str) -> None:
    told = reconcile(server)
    for kind, id_ in (
        ("entity", "repository/zenodo"),
        ("type", "Repository"),
        ("property", "re3data"),
    ):
        service = told["suggest"][kind]
        flyout = service["service_url"] + service["flyout_service_path"]
        status, _, body = fetch(flyout.replace("${id}", urllib.parse.quote(id_, safe="")))
        assert status == 200
        assert json.loads(body)["id"] == id_
        assert "<p>" in json.loads(body)["html"]
        suggested = service["service_url"] + service["service_path"]
        assert fetch(f"{suggested}?prefix={id_[-4:]}")[0] == 200
    proposal = told["extend"]["propose_properties"]
    assert fetch(proposal["service_url"] + proposal["service_path"] + "?type=Tool")[0] == 200
    for id_ in ("repository/zenodo", "repository%2Fzenodo"):
        status, headers, _ = fetch(told["view"]["url"].replace("{{id}}", id_))
        assert (status, headers["Location"].rpartition("/")[2]) == (303, "zenodo")
    assert fetch(told["logo"])[0] == 200
    assert fetch(told["documentation"])[0] == 200


def test_a_preview_may_be_framed_by_any_page(server: str) -> None:
    address = reconcile(server)["preview"]["url"].replace("{{id}}", "repository%2Fzenodo")
    status, headers, body = fetch(address)
    assert status == 200
    assert "frame-ancestors" not in headers["Content-Security-Policy"]
    assert re.search(rb"<h1[^>]*><a [^>]*>Zenodo</a></h1>", body)
    assert "frame-ancestors 'none'" in fetch(f"{server}/about")[1]["Content-Security-Policy"]


def test_a_callback_gets_a_script(server: str) -> None:
    for path in ("", "/suggest/entity?prefix=zen", "/flyout/type?id=Tool", "/properties"):
        joined = "&" if "?" in path else "?"
        status, headers, body = fetch(f"{server}/reconcile{path}{joined}callback=jQuery12.got")
        assert (status, headers["Content-Type"]) == (200, "application/javascript")
        script = re.fullmatch(rb"/\*\*/jQuery12\.got\((.*)\);", body)
        assert script
        assert json.loads(script.group(1)) == reconcile(server, path) if not path else True
    assert "callback" in refused(server, "?callback=alert(1)//")


def test_the_cursor_leaves_out_what_was_seen(server: str) -> None:
    first = reconcile(server, "/suggest/entity", prefix="data")["result"]
    then = reconcile(server, "/suggest/entity", prefix="data", cursor="5")["result"]
    assert first[5:] == then[: len(first) - 5]
    assert then[: len(first) - 5]


def test_two_letters_bring_the_same_beyond_what_is_kept_of_them(server: str) -> None:
    kept = reconcile(server, "/suggest/entity", prefix="en", cursor="90")["result"]
    looked = reconcile(server, "/suggest/entity", prefix="en", cursor="95")["result"]
    assert len(kept) == len(looked) == 10
    assert kept[5:] == looked[:5]
    named = reconcile(server, "/suggest/entity", prefix="z", type="Repository")["result"]
    assert {"repository/zenodo"} <= {one["id"] for one in named}


def test_suggestions_keep_to_a_type(server: str) -> None:
    found = reconcile(server, "/suggest/entity", prefix="micro", type="Technique")["result"]
    assert found
    assert {one["id"].partition("/")[0] for one in found} == {"technique"}


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("?queries=%7B", 400, "not JSON"),
        ("?queries=%7B%7D&extend=%7B%7D", 400, "not both"),
        ("?extend=%7B%22ids%22:1%7D", 400, "ids"),
        ("/suggest/nothing?prefix=x", 404, "entity"),
        ("/suggest/entity?prefix=x&type=Nothing", 400, "Nothing"),
        ("/suggest/entity?prefix=x&cursor=-1", 400, "cursor"),
        ("/flyout/entity?id=nothing/at-all", 404, "nothing/at-all"),
        ("/flyout/entity", 400, "id"),
        ("/preview?id=nothing/at-all", 404, "nothing/at-all"),
        ("/properties?type=Nothing", 400, "Nothing"),
        ("/properties?limit=x", 400, "limit"),
    ],
)
def test_what_cannot_be_answered_says_why(server: str, path: str, status: int, told: str) -> None:
    assert told in refused(server, path, status)


def test_a_batch_that_is_too_large_is_refused(server: str) -> None:
    many = {str(number): {"query": "x"} for number in range(asked.BATCH + 1)}
    body = urllib.parse.urlencode({"queries": json.dumps(many)}).encode()
    form = "application/x-www-form-urlencoded"
    status, _, found = fetch(f"{server}/reconcile", None, body, form)
    assert (status, "at most 1,000" in json.loads(found)["detail"]) == (400, True)


def test_a_page_elsewhere_may_post(server: str) -> None:
    status, headers, _ = fetch(
        f"{server}/reconcile", None, b"queries=%7B%7D", "application/x-www-form-urlencoded"
    )
    assert (status, headers["Access-Control-Allow-Origin"]) == (200, "*")
