"""Other servers on this machine: a free port for one, and the wait until it answers."""

import contextlib
import socket
import time
import urllib.error
import urllib.request


def free_port() -> int:
    """Return a port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(request: urllib.request.Request, seconds: float = 60) -> None:
    """Send a request until it is answered with success."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(request, timeout=5).close()
            return
        time.sleep(0.1)
    raise AssertionError(f"no answer from {request.full_url} within {seconds} s")
