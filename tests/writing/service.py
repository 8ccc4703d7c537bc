"""A real server that may be written, and a client of it."""

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

from processes import free_port, wait_for

TOKEN = "a-token-of-the-tests-0123456789"
GRAPH = "https://w3id.org/fingerpost/graph/rdm-guidelines-repository"
ZENODO = "https://w3id.org/fingerpost/id/repository/zenodo"
ALT = "http://www.w3.org/2004/02/skos/core#altLabel"


@dataclass
class Answer:
    status: int
    headers: Message
    body: bytes

    def json(self) -> dict[str, object]:
        found = json.loads(self.body)
        assert isinstance(found, dict)
        return found


class Service:
    """A server process on a port of its own, in a process group of its own."""

    def __init__(self, *options: str, port: int | None = None, token: str | None = TOKEN) -> None:
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        command = [sys.executable, "-m", "fingerpost", "serve", "--port", str(self.port), *options]
        environment = dict(os.environ)
        if token:
            environment["FINGERPOST_TOKEN"] = token
        self.process = subprocess.Popen(
            command,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            wait_for(self.address, self.process, door="/health/ready")
        except AssertionError as fault:
            raise AssertionError(f"{fault}\n{self.stop()}") from fault

    def stop(self) -> str:
        """End it as an operator does, and return what it said."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        out, _ = self.process.communicate(timeout=60)
        return out

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=60)

    def ask(
        self,
        path: str,
        method: str = "GET",
        body: bytes | None = None,
        *,
        token: str | None = TOKEN,
        timeout: float = 60,
        **headers: str,
    ) -> Answer:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if token and method != "GET":
            given["Authorization"] = f"Bearer {token}"
        request = urllib.request.Request(
            self.address + path, data=body, headers=given, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as fault:
            with fault:
                return Answer(fault.code, fault.headers, fault.read())

    def update(self, text: str, **options: object) -> Answer:
        return self.ask(
            "/sparql",
            "POST",
            text.encode(),
            Content_Type="application/sparql-update",
            **options,  # type: ignore[arg-type]
        )

    def select(self, text: str) -> list[dict[str, str]]:
        answer = self.ask(f"/sparql?{urllib.parse.urlencode({'query': text})}")
        assert answer.status == 200, answer.body
        rows = json.loads(answer.body)["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in rows]

    def holds(self, pattern: str) -> bool:
        answer = self.ask(f"/sparql?{urllib.parse.urlencode({'query': f'ASK {{ {pattern} }}'})}")
        assert answer.status == 200, answer.body
        return bool(json.loads(answer.body)["boolean"])


def store_at(folder: Path) -> tuple[str, str]:
    return "--store", str(folder)
