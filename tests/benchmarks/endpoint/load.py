"""Load on one server by wrk, and what it came to."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from endpoint.questions import CONSTANT, Question

_SCRIPT = Path(__file__).with_suffix(".lua")
_LONGEST = 60
"""Seconds after which wrk stops, whatever it has reached."""
_ROOM = 1_000_000
"""Different requests that one run of wrk may send."""

_runs = count(1)


class Failed(Exception):
    """A run that measures nothing: requests were refused or broken."""


@dataclass(frozen=True)
class Load:
    """How to ask: connections kept busy until both `seconds` and `answers` are reached.

    Where `distinct`, no request of this process is like another; otherwise all are the query as
    it is. `pause` is how many milliseconds each connection rests before a request.
    """

    distinct: bool
    connections: int
    seconds: float
    answers: int
    pause: int = 0


@dataclass(frozen=True)
class Reading:
    """What a load came to: answers a second, and the median latency in seconds."""

    rate: float
    median: float


def command() -> str:
    """Return the path of wrk.

    Raises:
        FileNotFoundError: it is not installed; the message says how to get it.
    """
    found = shutil.which("wrk")
    if not found:
        raise FileNotFoundError(
            "The benchmark needs wrk. On Debian: apt-get install wrk; "
            "elsewhere see github.com/wg/wrk."
        )
    return found


def drive(endpoint: str, question: Question, load: Load) -> Reading:
    """Return what the load comes to at an endpoint.

    Raises:
        Failed: a request was not answered with 200, or not at all.
    """
    first = int(CONSTANT) + (next(_runs) * _ROOM if load.distinct else 0)
    how = "distinct" if load.distinct else "repeated"
    arguments = [how, first, load.seconds, load.answers, load.connections, load.pause]
    process = subprocess.run(
        [
            *(command(), "-t1", f"-c{load.connections}", f"-d{_LONGEST}", f"--timeout={_LONGEST}"),
            *("-s", str(_SCRIPT), question.address(endpoint), "--"),
            *(str(argument) for argument in arguments),
            question.media_type,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    return _reading(process.stdout, f"{question.name}, {how}: {process.stderr}")


def _reading(output: str, what: str) -> Reading:
    lines = [line for line in output.splitlines() if line.startswith("{")]
    if not lines:
        raise Failed(f"{what}: wrk printed no result.\n{output}")
    found = json.loads(lines[-1])
    if found["refused"] or found["broken"] or not found["answers"]:
        raise Failed(
            f"{what}: of {found['answers']} answers {found['refused']} were not 200, "
            f"{found['broken']} broke off."
        )
    return Reading(found["answers"] / found["seconds"], found["median"])
