"""What a client with nothing but runaway queries costs the others."""

import contextlib
import statistics
import threading
import urllib.error
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from endpoint import answers, load
from endpoint.load import Load
from endpoint.questions import Question

CEILING = 2.0
"""How many times its quiet median latency a light query may take beside a runaway one."""

_CROSS = """{{
  ?a ?b ?c . ?d ?e ?f . ?g ?h ?i .
  FILTER (STR(?a) != "{number}")
}}"""
_RUNAWAYS = (
    f"SELECT * WHERE {_CROSS} ORDER BY ?c ?f ?i",
    f"SELECT ?c (COUNT(*) AS ?n) WHERE {_CROSS} GROUP BY ?c ORDER BY DESC(?n) ?c",
)
"""One that fills memory, one that takes for ever; no two requests are alike."""
_CLIENTS = 4
_REST = 10
"""Milliseconds between the requests of each of the others, who do not fill the server."""


@dataclass(frozen=True)
class Noise:
    """Median latency beside the noise over that in quiet, and what the runaways got."""

    ratio: float
    quiet: float
    refused: Counter[int]


def measure(endpoint: str, light: Question, rounds: int, seconds: float) -> Noise:
    """Return what one client with runaway queries costs others that ask a light one.

    Quiet and noisy parts alternate; no two light requests are alike.
    """
    others = Load(True, _CLIENTS, seconds, _CLIENTS, pause=_REST)
    quiet, noisy = [], []
    refused: Counter[int] = Counter()
    for _ in range(rounds):
        quiet.append(load.drive(endpoint, light, others).median)
        with _attack(endpoint, refused):
            noisy.append(load.drive(endpoint, light, others).median)
    pairs = zip(noisy, quiet, strict=True)
    ratio = statistics.median(beside / alone for beside, alone in pairs)
    return Noise(ratio, statistics.median(quiet), refused)


@contextlib.contextmanager
def _attack(endpoint: str, refused: Counter[int]) -> Iterator[None]:
    """Send one runaway query after the other for as long as the context is open."""
    stop = threading.Event()
    attacker = threading.Thread(target=_runaways, args=(endpoint, refused, stop))
    attacker.start()
    try:
        yield
    finally:
        stop.set()
        attacker.join()


def _runaways(endpoint: str, refused: Counter[int], stop: threading.Event) -> None:
    for number in count():
        if stop.is_set():
            return
        try:
            runaway = _RUNAWAYS[number % 2].format(number=number)
            answers.ask(endpoint, runaway, answers.JSON)
            refused[200] += 1
        except urllib.error.HTTPError as fault:
            refused[fault.code] += 1
            fault.close()
