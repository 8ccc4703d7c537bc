"""Clients that never finish: their connections cost them, and nobody else an answer."""

import itertools
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from attack import client, rules
from attack.target import Target

pytestmark = pytest.mark.slow

MANY = 100
"""More than any server has threads for."""
POST = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
LARGE = client.message(
    "GET", "/sparql?query=SELECT+*+%7B+%3Fa+%3Fb+%3Fc+.+%3Fd+%3Fe+%3Ff+%7D+LIMIT+500"
)
HALF_BODIES = (
    b"Content-Length: 99\r\n\r\nASK",
    b"Transfer-Encoding: chunked\r\n\r\nff\r\nASK",
)
UNFINISHED = {
    "nothing": b"",
    "half a line": b"GET /spar",
    "half a head": b"GET / HTTP/1.1\r\nHost: x\r\nX: ",
    "half a body": POST + b"Content-Length: 99\r\n\r\nASK",
    "half a chunk": POST + b"Transfer-Encoding: chunked\r\n\r\nff\r\nASK",
    "no chunk": POST + b"Transfer-Encoding: chunked\r\n\r\n",
    "a body only promised": POST + b"Content-Length: 99\r\nExpect: 100-continue\r\n\r\n",
    "a whole request, and no reading": LARGE,
}


def half(method: str, body: bytes) -> bytes:
    return method.encode() + b" /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\n" + body


@contextmanager
def waiting(port: int, sent: bytes, many: int = MANY) -> Iterator[list[socket.socket]]:
    """Hold many connections open, each with the same bytes sent and nothing read."""
    with ExitStack() as open_:
        held = []
        for _ in range(many):
            connection = open_.enter_context(socket.socket())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.connect(("127.0.0.1", port))
            connection.sendall(sent)
            held.append(connection)
        yield held


@pytest.mark.parametrize("sent", UNFINISHED.values(), ids=UNFINISHED)
def test_a_client_that_does_not_finish_keeps_nobody_waiting(target: Target, sent: bytes) -> None:
    lasting = target.lasting()
    client.exchange(target.port, LARGE)  # it is kept from then on
    with waiting(target.port, sent):
        answer = client.get(target.port, "/health/live")
        assert answer.status == 200, rules.show(answer)
        rules.alive(target, lasting)
    rules.alive(target, lasting)


def test_a_body_that_never_comes_ends_its_own_request_alone(target: Target) -> None:
    lasting = target.lasting()
    with ExitStack() as open_:
        held = [
            one
            for method, body in itertools.product(("POST", "PUT", "GET"), HALF_BODIES)
            for one in open_.enter_context(waiting(target.port, half(method, body), 5))
        ]
        for one in held:
            one.settimeout(60)
            assert one.recv(1000).startswith(b"HTTP/1.1 408")
        rules.alive(target, lasting)


@pytest.mark.parametrize("body", HALF_BODIES)
def test_no_body_is_waited_for_where_the_answer_has_none(target: Target, body: bytes) -> None:
    with waiting(target.port, half("HEAD", body), 5) as held:
        for one in held:
            one.settimeout(10)
            assert one.recv(1000).startswith(b"HTTP/1.1 200")
        rules.alive(target, target.lasting())


def test_a_request_sent_byte_by_byte_is_answered(target: Target) -> None:
    request = client.message("GET", "/sparql?query=ASK%7B%7D")
    with socket.create_connection(("127.0.0.1", target.port), timeout=10) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for place in range(len(request)):
            connection.sendall(request[place : place + 1])
        assert connection.recv(12) == b"HTTP/1.1 200"


def test_clients_that_hang_up_in_the_middle_cost_nothing(target: Target) -> None:
    lasting = target.lasting()
    for sent in UNFINISHED.values():
        with waiting(target.port, sent):
            pass
    rules.alive(target, lasting)


def test_a_client_that_hangs_up_frees_its_worker_in_time(target: Target) -> None:
    lasting = target.lasting()
    runaway = client.message(
        "GET", "/sparql?query=SELECT+*+%7B+%3Fa+%3Fb+%3Fc+.+%3Fd+%3Fe+%3Ff+%7D+ORDER+BY+RAND%28%29"
    )
    for _ in range(2):
        client.hang_up(target.port, runaway)
    time.sleep(3)  # the deadline of a query, and a second
    rules.alive(target, lasting)
