"""What the attacks share: one server with short fences, one listener."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from attack.target import Listener, Target, listen, serving


@pytest.fixture(scope="session")
def target(cache: Path) -> Iterator[Target]:
    with serving(cache, "--timeout", "2", "--memory", "256", "--workers", "2") as found:
        yield found


@pytest.fixture(scope="session")
def listener() -> Iterator[Listener]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        found = Listener(server.getsockname()[1])
        threading.Thread(target=listen, args=(server, found.visits), daemon=True).start()
        yield found
