"""The server as a process: it says where to go, and leaves nothing behind."""

import itertools
import os
import platform
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fingerpost import serving
from processes import alive, descendants, free_port, wait_for


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_stopped_leaves_no_process_behind(
    how: signal.Signals, cache: Path
) -> None:
    port = free_port()
    command = [sys.executable, "-m", "fingerpost", "serve", "--port", str(port), "--workers", "2"]
    environment = {**os.environ, "FINGERPOST_CACHE": str(cache)}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    address = f"http://127.0.0.1:{port}"
    wait_for(address, server)
    with urllib.request.urlopen(f"{address}/sparql?query=ASK%7B%7D", timeout=10) as answer:
        assert answer.status == 200
    processes = descendants(server.pid)
    assert len(processes) >= 3  # the web process, the nursery, a worker
    server.send_signal(how)
    out, _ = server.communicate(timeout=20)
    assert f"{address}/sparql" in out
    end = time.monotonic() + 10
    while any(map(alive, processes)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not [process for process in processes if alive(process)]


def test_a_port_that_is_taken_is_said_before_anything_is_built(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        command = [sys.executable, "-m", "fingerpost", "serve", "--port", str(port)]
        environment = {**os.environ, "FINGERPOST_CACHE": str(tmp_path / "cache")}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert f"127.0.0.1, port {port}: Address already in use. Try another --port" in done.stderr
    assert not (tmp_path / "cache").exists()


def test_of_two_servers_started_together_one_has_the_port(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "data.ttl").write_text("<http://example.org/> a <http://example.org/Thing> .")
    port = free_port()
    command = [sys.executable, "-m", "fingerpost", "serve", "--plain", str(tmp_path / "data.ttl")]
    options = ["--port", str(port), "--processes", "2"]
    environment = {**os.environ, "FINGERPOST_CACHE": str(cache)}
    both = [
        subprocess.Popen(
            [*command, *options], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    try:
        end = time.monotonic() + 60
        while all(one.poll() is None for one in both):
            assert time.monotonic() < end, "both serve"
            time.sleep(0.1)
        ended = next(one for one in both if one.poll() is not None)
        serving = next(one for one in both if one is not ended)
        said, why = ended.communicate()
        assert (ended.returncode, said) == (2, b"")
        assert b"Address already in use. Try another --port" in why
        wait_for(f"http://127.0.0.1:{port}", serving)
    finally:
        for one in both:
            one.terminate()
            one.communicate(timeout=20)


HEAP = 64 * 1024**2
"""What glibc sets aside for a thread's arena, at a multiple of its size."""


def heaps(process: int) -> int:
    """How many heaps the arenas of threads have in a process."""
    lines = Path(f"/proc/{process}/maps").read_text("utf-8").splitlines()
    ranges = [(tuple(int(end, 16) for end in line.split()[0].split("-")), line) for line in lines]
    return sum(
        start % HEAP == 0 and after - start == HEAP and "rw-p 00000000 00:00 0" in line
        for ((start, middle), line), ((then, after), _) in itertools.pairwise(ranges)
        if middle == then
    )


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="needs the malloc of glibc")
def test_the_threads_of_a_server_process_share_what_memory_it_has(cache: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "fingerpost", "serve", "--port", str(port)]
    environment = {**os.environ, "FINGERPOST_CACHE": str(cache)}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        wait_for(f"http://127.0.0.1:{port}", server)
        doors = [f"http://127.0.0.1:{port}/sparql?query=ASK%7B%7D%23{one}" for one in range(24)]
        with ThreadPoolExecutor(len(doors)) as several:
            for answer in several.map(urllib.request.urlopen, doors):
                answer.read()
        assert max(map(heaps, descendants(server.pid))) <= 4
    finally:
        server.terminate()
        server.communicate(timeout=20)


@pytest.mark.parametrize(
    ("workers", "processes", "each"),
    [(1, 1, 1), (2, 1, 2), (2, 2, 2), (8, 2, 4), (3, 2, 2), (1, 3, 1)],
)
def test_a_runaway_query_leaves_each_process_a_worker(
    workers: int, processes: int, each: int
) -> None:
    assert serving.share(workers, processes) == each
