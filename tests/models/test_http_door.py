"""`/mcp` as a plain client meets it: messages, versions, origins, limits, many at once."""

import json
import sys
import urllib.request
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask.testing import FlaskClient
from mcp_types import CallToolResult
from talking import CALLS, talking
from werkzeug.test import TestResponse

from asking import send
from fingerpost.web import create_app
from fingerpost.web.site import Site

JSON = "application/json"
LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}


@pytest.fixture(scope="module")
def client(site: Site) -> FlaskClient:
    return create_app(site).test_client()


def post(server: str, body: object, **headers: str) -> tuple[int, Any, Any]:
    """Send a message; headers have underscores for dashes, and one that is empty is left out."""
    sent = {"Content-Type": JSON, "Accept": f"{JSON}, text/event-stream"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = urllib.request.Request(f"{server}/mcp", data=data, headers=sent)
    status, found, said = send(request)
    return status, found, json.loads(said) if said else None


@pytest.mark.parametrize("version", ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"])
def test_a_version_is_agreed_upon_without_a_session(server: str, version: str) -> None:
    hello = HELLO | {"params": HELLO["params"] | {"protocolVersion": version}}  # type: ignore[operator]
    status, headers, said = post(server, hello)
    assert (status, headers.get_content_type()) == (200, JSON)
    assert "mcp-session-id" not in headers
    assert said["result"]["protocolVersion"] == version
    assert set(said["result"]["capabilities"]) == {"tools", "resources"}
    assert "recommend" in said["result"]["instructions"]
    status, _, said = post(server, LIST, MCP_Protocol_Version=version)
    assert status == 200
    assert said["result"]["tools"]


def test_a_notification_is_taken_in(server: str) -> None:
    status, _, said = post(server, {"jsonrpc": "2.0", "method": "notifications/initialized"})
    assert (status, said) == (202, None)


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
def test_there_is_nothing_to_listen_to_and_no_session_to_end(
    client: FlaskClient, method: str
) -> None:
    answer = client.open("/mcp", method=method, headers={"Accept": "text/event-stream"})
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


@pytest.mark.parametrize(
    ("origin", "host", "status"),
    [
        ("http://localhost:6274", "127.0.0.1:8000", 200),
        ("http://127.0.0.1:8000", "localhost:8000", 200),
        ("http://[::1]:8000", "[::1]:8000", 200),
        ("https://page.example", "127.0.0.1:8000", 403),
        ("http://rebound.example:8000", "rebound.example:8000", 403),
        ("http://localhost:8000", "rebound.example:8000", 403),
        ("http://localhost.page.example", "localhost:8000", 403),
        ("http://localhost:8000@page.example", "localhost:8000", 403),
        ("null", "localhost:8000", 403),
        ("http://[", "localhost:8000", 403),
        ("", "localhost:8000", 403),
    ],
)
def test_on_this_machine_only_its_own_pages_may_ask(
    client: FlaskClient, origin: str, host: str, status: int
) -> None:
    headers = {"Origin": origin, "Host": host, "Accept": JSON}
    answer = apart(client.post, "/mcp", json=HELLO, headers=headers)
    assert answer.status_code == status, answer.text


@pytest.mark.parametrize(
    ("origin", "status"),
    [("https://data.example", 200), ("https://page.example", 403), ("http://localhost", 403)],
)
def test_elsewhere_only_pages_of_the_service_may_ask(
    client: FlaskClient, origin: str, status: int
) -> None:
    answer = apart(
        client.post,
        "/mcp",
        json=HELLO,
        headers={"Origin": origin, "Host": "data.example", "Accept": JSON},
        environ_overrides={"REMOTE_ADDR": "192.0.2.7"},
    )
    assert answer.status_code == status, answer.text


def apart(post: Callable[..., TestResponse], *given: object, **named: object) -> TestResponse:
    """Ask in a thread, as a server does; this one may hold the event loop of a browser's tests."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(post, *given, **named).result()


HOSTILE: list[tuple[str, bytes, dict[str, str], int]] = [
    ("no JSON", b"{", {}, 400),
    ("nothing", b"", {}, 400),
    ("a batch", json.dumps([LIST, LIST]).encode(), {}, 400),
    ("a batch of none", b"[]", {}, 400),
    ("a text", b'"tools/list"', {}, 400),
    ("no version of JSON-RPC", b'{"id":1,"method":"tools/list"}', {}, 400),
    ("nested", b"[" * 200_000 + b"]" * 200_000, {}, 400),
    ("not UTF-8", b'{"jsonrpc":"2.0","id":1,"method":"\xff"}', {}, 400),
    ("a form", b"a=b", {"Content_Type": "application/x-www-form-urlencoded"}, 415),
    ("text", json.dumps(LIST).encode(), {"Content_Type": "text/plain"}, 415),
    ("wants a page", json.dumps(LIST).encode(), {"Accept": "text/html"}, 406),
    ("a version of old", json.dumps(LIST).encode(), {"MCP_Protocol_Version": "1999-01-01"}, 400),
    ("a version of none", json.dumps(LIST).encode(), {"MCP_Protocol_Version": "x" * 5000}, 400),
    ("too large", b'"' + b"x" * (2 * 1024 * 1024) + b'"', {}, 413),
]


@pytest.mark.parametrize(
    ("body", "headers", "status"), [one[1:] for one in HOSTILE], ids=[one[0] for one in HOSTILE]
)
def test_what_is_no_message_is_refused_and_the_next_one_answered(
    server: str, body: bytes, headers: dict[str, str], status: int
) -> None:
    found, _, said = post(server, body, **headers)
    assert found == status, said
    assert {"error", "detail"} & set(said)
    assert post(server, LIST)[0] == 200


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"name": "delete_everything", "arguments": {}}, "Choose one of: "),
        ({"name": "show", "arguments": [1]}, "nvalid"),
        ({"arguments": {}}, "nvalid"),
        ({"name": "show", "arguments": {"record": "\ud800"}}, "Parse error"),
        ({"name": "show", "arguments": {"record": "a\x00b/../../etc"}}, "is no record"),
        ({"name": "recommend", "arguments": {"data": "\x00"}}, "called"),
        ({"name": "run_query", "arguments": {"name": "../../pyproject"}}, "No saved query"),
    ],
)
def test_what_a_tool_cannot_take_is_an_error_that_says_so(
    server: str, params: dict[str, Any], words: str
) -> None:
    status, _, said = post(server, LIST | {"method": "tools/call", "params": params})
    assert status in {200, 400}
    text = json.dumps(said)
    assert words in text
    assert "Traceback" not in text


def test_a_record_that_is_none_is_no_resource(server: str) -> None:
    for uri in ("file:///etc/passwd", "https://w3id.org/fingerpost/id/repository/nothing", "x"):
        _, _, said = post(server, LIST | {"method": "resources/read", "params": {"uri": uri}})
        assert said["error"]["code"] == -32602, said


def test_eight_clients_are_answered_at_once(server: str) -> None:
    def call(number: int) -> CallToolResult:
        with talking(f"{server}/mcp", ("auto", "legacy")[number % 2]) as talk:
            return talk.call(*CALLS[number % len(CALLS)])

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(call, range(8)))
    assert Counter(one.is_error for one in found) == {False: 8}


def test_without_the_sdk_the_door_says_how_to_get_it(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mcp", None)
    answer = create_app(site).test_client().post("/mcp", json=HELLO)
    assert answer.status_code == 501
    assert "pip install 'fingerpost[mcp]'" in answer.json["detail"]
