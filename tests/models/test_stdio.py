"""`fingerpost mcp` as a client starts it: every tool, and no process left however it ends."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from talking import CALLS, COMMAND, command, talking, told

from processes import alive, descendants

HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-11-25",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}
CLIENT = """
import sys, anyio
from mcp import Client
from talking import command
async def main():
    async with Client(command(sys.argv[1])) as client:
        await client.list_tools()
        print("connected", flush=True)
        await anyio.sleep_forever()
anyio.run(main)
"""


@pytest.fixture
def started(cache: Path, opened: object) -> Iterator[subprocess.Popen[bytes]]:
    """The command, after it has greeted."""
    assert opened
    environment = {**os.environ, "FINGERPOST_CACHE": str(cache)}
    process = subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps(HELLO).encode() + b"\n")
    process.stdin.flush()
    said = json.loads(process.stdout.readline())
    assert said["result"]["serverInfo"]["name"] == "fingerpost"
    yield process
    process.kill()
    process.stdin.close()
    process.stdout.close()
    process.wait(10)


def gone(processes: set[int], seconds: float = 15) -> bool:
    end = time.monotonic() + seconds
    while any(map(alive, processes)) and time.monotonic() < end:
        time.sleep(0.05)
    return not any(map(alive, processes))


def test_every_tool_answers_over_the_real_command(cache: Path, opened: object) -> None:
    assert opened
    with talking(command(cache), "legacy") as talk:
        found = [talk.call(*one) for one in CALLS]
        refused = talk.call("show", {"record": "repository/zenod"})
    assert [one.is_error for one in found] == [False] * len(CALLS)
    assert refused.is_error
    assert "Did you mean: zenodo" in told(refused)


def test_it_ends_when_the_input_does(started: subprocess.Popen[bytes]) -> None:
    others = descendants(started.pid)
    assert others
    assert started.stdin
    started.stdin.close()
    assert started.wait(15) == 0
    assert gone(others)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_signal_ends_it_and_all_that_it_started(
    started: subprocess.Popen[bytes], number: signal.Signals
) -> None:
    others = descendants(started.pid)
    started.send_signal(number)
    started.wait(15)
    assert gone(others)


def test_a_killed_client_leaves_no_process(cache: Path, opened: object) -> None:
    assert opened
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    client = subprocess.Popen(
        [sys.executable, "-c", CLIENT, str(cache)], stdout=subprocess.PIPE, env=environment
    )
    with client:
        assert client.stdout
        assert client.stdout.readline() == b"connected\n"
        others = descendants(client.pid)
        assert len(others) >= 3, "the command, its engine and a worker"
        client.kill()
    assert gone(others)


def test_without_the_sdk_it_says_how_to_get_it() -> None:
    code = (
        "import sys; sys.modules['mcp'] = None; sys.argv[1:] = ['mcp'];"
        "from fingerpost.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=30
    )
    assert done.returncode == 2
    assert "pip install 'fingerpost[mcp]'" in done.stderr
    assert not done.stdout


def test_the_rest_does_not_load_the_sdk() -> None:
    code = "import sys, fingerpost.web, fingerpost.cli; sys.exit('mcp' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=30)
