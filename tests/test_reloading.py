"""SIGHUP and SIGTERM: what is read again, and that no request is dropped."""

import errno
import os
import shutil
import signal
import socket
import threading
import time
import urllib.parse
from collections.abc import Callable
from pathlib import Path

import pytest

from fingerpost.files import Folders
from processes import children
from writing.service import TOKEN, Service

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER (?a != ?d && STR(?c) < STR(?f)) }"


class Asking:
    """Four clients that ask without end, one request on each connection."""

    def __init__(self, service: Service) -> None:
        self.statuses: list[int] = []
        self.faults: list[str] = []
        self._service = service
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._ask) for _ in range(4)]
        for thread in self._threads:
            thread.start()

    def _ask(self) -> None:
        number = 0
        while not self._stop.is_set():
            number += 1
            query = urllib.parse.urlencode({"query": f"SELECT ?s {{ ?s ?p {number} }}"})
            try:
                self.statuses.append(self._service.ask(f"/sparql?{query}").status)
            except OSError as fault:
                self.faults.append(str(fault))

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=60)


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something holds for good: for a while old and new processes both answer."""
    end = time.monotonic() + seconds
    held = 0
    while held < 30:
        assert time.monotonic() < end
        held = held + 1 if condition() else 0
        time.sleep(0.05)


def listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) != errno.ECONNREFUSED


@pytest.mark.slow
def test_a_hangup_has_data_and_tokens_read_again_without_dropping_a_request(
    tmp_path: Path, part: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(part, data / "instances")
    tokens = tmp_path / "tokens"
    tokens.write_text(f"alice {TOKEN}\n", "utf-8")
    service = Service("--data", str(data), "--token-file", str(tokens), token=None)
    asking = Asking(service)
    try:
        record = data / "instances" / "repository" / "zenodo.ttl"
        text = record.read_text("utf-8").replace('"Zenodo"@en', '"Zenodo, read again"@en')
        record.write_text(text, "utf-8")
        tokens.write_text("bob another-token-of-the-tests\n", "utf-8")
        os.kill(service.process.pid, signal.SIGHUP)
        until(lambda: service.holds('?x <http://www.w3.org/2004/02/skos/core#prefLabel> "Zenodo, read again"@en'))  # fmt: skip
        until(lambda: service.update("INSERT DATA {}").status == 401)
        assert service.update("INSERT DATA {}", token="another-token-of-the-tests").status == 200
    finally:
        asking.stop()
        service.stop()
    assert not asking.faults
    assert set(asking.statuses) == {200}


@pytest.mark.slow
def test_data_that_cannot_be_used_are_not_taken(tmp_path: Path, folders: Folders) -> None:
    data = tmp_path / "data"
    shutil.copytree(folders.instances, data / "instances")
    service = Service("--data", str(data), token=None)
    try:
        (data / "instances" / "repository" / "zenodo.ttl").write_text("no turtle", "utf-8")
        os.kill(service.process.pid, signal.SIGHUP)
        time.sleep(3)
        assert service.holds('?x <http://www.w3.org/2004/02/skos/core#prefLabel> "Zenodo"@en')
    finally:
        said = service.stop()
    assert "zenodo.ttl:1: not Turtle" in said


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_stopped_finishes_what_is_running(how: signal.Signals) -> None:
    service = Service("--timeout", "5", token=None)
    answers: list[int] = []
    query = urllib.parse.urlencode({"query": SLOW})
    slow = threading.Thread(target=lambda: answers.append(service.ask(f"/sparql?{query}").status))
    slow.start()
    time.sleep(0.7)
    # As a terminal and a service manager do: to every process of the group.
    os.killpg(service.process.pid, how)
    # Nobody waits at an address where nobody will answer, until the last answer is given.
    while listens(service.port):
        time.sleep(0.05)
    assert not answers
    slow.join(timeout=30)
    service.stop()
    assert answers in ([200], [504])


@pytest.mark.slow
def test_what_a_reload_replaced_is_gone_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    service = Service("--processes", "2", token=None)

    def held() -> tuple[int, int]:
        return len(children(service.process.pid)), len(list(tmp_path.glob("fingerpost-*")))

    try:
        before = held()
        os.kill(service.process.pid, signal.SIGHUP)
        until(lambda: held() != before)
        until(lambda: held() == before)
    finally:
        service.stop()
