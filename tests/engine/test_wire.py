"""Messages between server and engine: whole whatever their length, with their handle, in time."""

import os
import socket
import tempfile
import threading
import time
from collections.abc import Iterator

import pytest

from fingerpost.engine import wire

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    one, other = socket.socketpair()
    with one, other:
        yield one, other


@pytest.mark.parametrize("size", [0, 1, 5_000, 70_000, 3_000_000])
def test_a_message_arrives_whole(pair: Pair, size: int) -> None:
    head, body = {"media_type": "text/csv"}, os.urandom(size)
    sender = threading.Thread(target=wire.send, args=(pair[0], head, body))
    sender.start()
    assert wire.receive(pair[1]) == (head, body)
    sender.join()


def test_messages_follow_each_other(pair: Pair) -> None:
    for head in ({}, {"fault": "x" * 100_000}, {"fault": "memory"}, {}):
        sender = threading.Thread(target=wire.send, args=(pair[0], head))
        sender.start()
        assert wire.receive(pair[1]) == (head, b"")
        sender.join()


def test_a_handle_comes_with_its_message(pair: Pair) -> None:
    with tempfile.TemporaryFile() as file:
        file.write(b"long")
        file.flush()
        wire.send(pair[0], {"size": 4}, handles=[file.fileno()])
        head, _, handle = wire.receive_handle(pair[1])
    assert handle is not None
    with os.fdopen(handle, "rb") as same:
        same.seek(0)
        assert (head, same.read()) == ({"size": 4}, b"long")


@pytest.mark.parametrize("seconds", [0.0001, 0.2, 1.1])
def test_a_wait_ends_when_it_was_told_to(pair: Pair, seconds: float) -> None:
    wire.patient(pair[1], seconds)
    begin = time.monotonic()
    with pytest.raises(BlockingIOError):
        wire.receive(pair[1])
    assert seconds * 0.9 <= time.monotonic() - begin < seconds + 5


def test_who_is_gone_is_missed_on_both_sides(pair: Pair) -> None:
    pair[0].close()
    with pytest.raises(EOFError):
        wire.receive(pair[1])
    with pytest.raises(BrokenPipeError):
        wire.send(pair[1], {})
