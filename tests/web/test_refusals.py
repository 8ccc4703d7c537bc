"""What the server refuses, and that it says why and lives on."""

import contextlib
import json
import socket
import time
import urllib.error
import urllib.request

import pytest

from asking import COUNT, fetch, sparql


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    [
        ("/sparql?query=SELECT+*+%7B", 400, "Line 1"),
        ("/sparql?query=", 400, "none of SELECT"),
        ("/sparql?query=hello", 400, "none of SELECT"),
        ("/sparql?query=ASK%7B%7D&query=ASK%7B%7D", 400, "this one has 2"),
        ("/sparql?default-graph-uri=http://x/", 400, "this one has 0"),
        ("/sparql?query=ASK%7B%7D&default-graph-uri=%3Ca%3E", 400, "absolute IRI"),
        ("/graphs?graph=urn:%C2%95", 400, "absolute IRI"),
        ("/graphs/no%20name", 400, "absolute IRI"),
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
