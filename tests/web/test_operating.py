"""What an operator sets: limits, proxies, other services; and what an operator sees."""

import json
import re
import threading
import time
import urllib.parse
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from writing.service import TOKEN, Answer, Service

ASK = "/sparql?query=ASK%7B%7D"


class Other(BaseHTTPRequestHandler):
    """Another endpoint, which answers every query with one row."""

    def do_GET(self) -> None:
        body = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"from elsewhere"}}]}}'
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def other() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Other)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def logged(other: str) -> Iterator[tuple[Service, list[str]]]:
    service = Service(
        "--access-log", "--proxy", "127.0.0.1", "--service", f"{other}allowed/", "--processes", "2"
    )
    said: list[str] = []
    yield service, said
    said.append(service.stop())


def query(service: Service, text: str, **headers: str) -> Answer:
    return service.ask(f"/sparql?{urllib.parse.urlencode({'query': text})}", **headers)


def test_a_service_that_is_allowed_is_asked_and_no_other(
    logged: tuple[Service, list[str]], other: str
) -> None:
    service, _ = logged
    found = query(service, f"SELECT ?x {{ SERVICE <{other}allowed/sparql> {{ ?x ?p ?o }} }}")
    assert (found.status, b"from elsewhere" in found.body) == (200, True)
    assert "ETag" not in found.headers
    for refused in (
        f"{other}allowed",
        f"{other}other/",
        "http://127.0.0.1:9/",
        f"{other}allowedx/",
    ):
        answer = query(service, f"SELECT ?x {{ SERVICE <{refused}> {{ ?x ?p ?o }} }}")
        assert (answer.status, "may only name" in str(answer.json()["detail"])) == (403, True)
    prefixed = f"PREFIX o: <{other}allowed/> SELECT ?x {{ SERVICE o:sparql {{ ?x ?p ?o }} }}"
    assert query(service, prefixed).status == 403


def test_a_trusted_proxy_says_where_a_request_came_from(logged: tuple[Service, list[str]]) -> None:
    service, _ = logged
    answer = service.ask(
        "/openapi.json", X_Forwarded_Proto="https", X_Forwarded_Host="public.example"
    )
    assert answer.json()["servers"] == [{"url": "https://public.example"}]


def test_forwarded_headers_of_anybody_else_count_for_nothing(server: str) -> None:
    import urllib.request

    request = urllib.request.Request(
        f"{server}/openapi.json", headers={"X-Forwarded-Host": "public.example"}
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert json.load(answer)["servers"] == [{"url": server}]


def test_every_request_has_an_identifier_its_own_or_ours(logged: tuple[Service, list[str]]) -> None:
    service, _ = logged
    assert service.ask(ASK, X_Request_Id="mine-1").headers["X-Request-Id"] == "mine-1"
    given = {service.ask(ASK).headers["X-Request-Id"] for _ in range(5)}
    assert len(given) == 5
    odd = service.ask(ASK, X_Request_Id="a b<script>").headers["X-Request-Id"]
    assert re.fullmatch(r"[0-9a-f]+-\d+", odd)


def test_counts_are_those_of_all_processes_together(logged: tuple[Service, list[str]]) -> None:
    service, _ = logged

    def counted() -> float:
        text = service.ask("/metrics").body.decode()
        pattern = r'fingerpost_requests_total\{door="graphs",method="GET",status="404"\} ([\d.]+)'
        return sum(float(value) for value in re.findall(pattern, text))

    before = counted()
    for number in range(12):
        service.ask(f"/graphs/none-{number}")
    # The others leave their sums every second.
    end = time.monotonic() + 10
    while counted() < before + 12 and time.monotonic() < end:
        time.sleep(0.2)
    assert counted() == before + 12
    text = service.ask("/metrics").body.decode()
    assert "fingerpost_request_seconds_bucket" in text
    assert re.search(r"^fingerpost_generation 0\.0$", text, re.MULTILINE)


def test_a_client_that_asks_too_often_is_told_to_wait() -> None:
    service = Service("--plain", "--rate", "2", token=None)
    try:
        answers = [service.ask(ASK) for _ in range(30)]
    finally:
        service.stop()
    refused = [one for one in answers if one.status == 429]
    assert {one.status for one in answers} == {200, 429}
    assert all(one.headers["Retry-After"] for one in refused)
    assert "2 requests a second" in str(refused[0].json()["detail"])


def test_the_log_has_a_line_for_each_request_and_no_query_and_no_token() -> None:
    service = Service("--access-log", "--plain", "--open-writes")
    try:
        query(service, "SELECT ?secretly { }", X_Request_Id="in-the-log")
        service.update("INSERT DATA { <a:hidden> <a:b> 1 }", X_Request_Id="a-change")
    finally:
        said = service.stop()
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    by_id = {line["id"]: line for line in lines}
    assert by_id["in-the-log"]["path"] == "/sparql"
    assert (by_id["a-change"]["method"], by_id["a-change"]["status"]) == ("POST", 200)
    assert by_id["in-the-log"]["ms"] > 0
    for word in ("secretly", "hidden", TOKEN):
        assert word not in said


def test_pages_of_a_saved_query_lead_on_and_say_that_there_is_more(server: str) -> None:
    import urllib.request

    address = f"{server}/queries/registry/identifiers?format=json&page_size=5"
    seen: list[str] = []
    pages = 0
    while address:
        with urllib.request.urlopen(address, timeout=20) as answer:
            table = json.load(answer)
            link = answer.headers.get_all("Link") or []
        rows = table["results"]["bindings"]
        assert len(rows) <= 5
        seen.extend(json.dumps(row) for row in rows)
        following = [one for one in link if 'rel="next"' in one]
        assert table["truncated"] is bool(following)
        address = following[0].split(">")[0].strip("<") if following else ""
        pages += 1
    with urllib.request.urlopen(address or f"{server}/queries/registry/identifiers?format=json", timeout=20) as answer:  # fmt: skip
        whole = json.load(answer)
    assert pages > 1
    assert whole["truncated"] is False
    assert seen == [json.dumps(row) for row in whole["results"]["bindings"]]
