"""The raw client: what it sends byte for byte, and answers that are not whole."""

import pytest

from conformance.client import Broken, Request, parsed


def test_a_request_is_sent_as_it_is_written_with_three_headers_more() -> None:
    request = Request("POST", "/a?b=%31&c", (("content-type", "text/plain"),), b"ASK {}")
    assert request.bytes_for("127.0.0.1:1") == (
        b"POST /a?b=%31&c HTTP/1.1\r\nHost: 127.0.0.1:1\r\ncontent-type: text/plain\r\n"
        b"Content-Length: 6\r\nConnection: close\r\n\r\nASK {}"
    )


def test_a_get_has_no_content_length() -> None:
    assert b"Content-Length" not in Request("GET", "/").bytes_for("x")


def test_an_answer_has_a_status_headers_and_a_body() -> None:
    raw = b"HTTP/1.1 200 OK\r\nContent-Type: Text/Turtle; charset=utf-8\r\nContent-Length: 2\r\n\r\nab"
    answer = parsed(raw, "GET")
    assert (answer.status, answer.media_type, answer.body) == (200, "text/turtle", b"ab")


def test_chunks_are_put_together() -> None:
    raw = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1;x=y\r\nc\r\n0\r\n\r\n"
    assert parsed(raw, "GET").body == b"abc"


def test_an_answer_that_only_announces_another_is_passed_over() -> None:
    raw = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n"
    assert parsed(raw, "PUT").status == 204


@pytest.mark.parametrize(
    ("raw", "method"),
    [
        (b"", "GET"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab", "GET"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab", "GET"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n", "GET"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab\r\n0\r\n\r\n", "GET"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab", "HEAD"),
    ],
    ids=["nothing", "too short", "too long", "no last chunk", "short chunk", "body after HEAD"],
)
def test_an_answer_that_is_not_whole_is_broken(raw: bytes, method: str) -> None:
    with pytest.raises(Broken):
        parsed(raw, method)
