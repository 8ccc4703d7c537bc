"""What a request costs: processor milliseconds of the whole server, which planning goes by."""

import os
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from http import HTTPStatus
from http.client import HTTPConnection
from itertools import islice, product
from pathlib import Path
from urllib.parse import quote, urlsplit

from endpoint import questions
from endpoint.servers import Server

from ladder import made

_TICKS = os.sysconf("SC_CLK_TCK")
_TIMES = {"recommend": 20, "saved query": 60, "record": 100, "SPARQL, light": 400}
"""Door → requests that are sent, each unlike the others; the more, the cheaper one is."""
_REPEATED = 2000
_REFUSED = {HTTPStatus.GATEWAY_TIMEOUT, HTTPStatus.INSUFFICIENT_STORAGE}
"""What is said of a query that takes too long, or too much memory."""
_PHASES = "share preserve collect analyse process plan".split()
_DATA = (
    "imaging-data genomics-data proteomics-data metabolomics-data structural-biology-data".split()
)


def measure(server: Server, resources: int) -> dict[str, float]:
    """Return figure → milliseconds of all processes of the server for one request."""
    where = urlsplit(server.endpoint).netloc
    found = {}
    with closing(HTTPConnection(where, timeout=600)) as connection:
        for door, targets in _doors(resources):
            before = spent(server.process)
            if all(_fetched(connection, target) for target in targets):
                taken = spent(server.process) - before
                found[f"{door}: processor, ms"] = taken * 1000 / len(targets)
    return found


def _doors(resources: int) -> Iterator[tuple[str, Sequence[str]]]:
    asked = list(product(_DATA, _PHASES))
    light = next(one for one in questions.load() if one.name == "ranked-join")
    texts = [quote(light.variant(10**6 + n), safe="") for n in range(_TIMES["SPARQL, light"])]
    every = {
        "recommend": [f"/recommend?data={d}&phase={p}&format=json" for d, p in asked],
        "saved query": [
            f"/queries/recommend/repositories-for-data?data={d}&country={c}&format=csv"
            for d, c in product(_DATA, made.COUNTRIES)
        ],
        "record": [f"/source/source-{number}.ttl" for number in range(20 + resources // 100)],
        "SPARQL, light": [f"/sparql?query={text}" for text in texts],
    }
    for door, most in _TIMES.items():
        yield door, list(islice(every[door], most))
    yield "SPARQL, repeated", [f"/sparql?query={texts[0]}"] * _REPEATED


def _fetched(connection: HTTPConnection, target: str) -> bool:
    """Ask for something; say whether it was given: what is too large has no figure."""
    connection.request("GET", target)
    answer = connection.getresponse()
    answer.read()
    if answer.status not in _REFUSED and answer.status != HTTPStatus.OK:
        raise SystemExit(f"{target} was answered by {answer.status}.")
    return answer.status == HTTPStatus.OK


def spent(process: int) -> float:
    """Return the processor seconds of a process, of its descendants, and of those that ended."""
    found = 0.0
    with suppress(FileNotFoundError, ProcessLookupError):
        parts = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
        found = sum(int(part) for part in parts[11:15]) / _TICKS
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text("ascii").split():
                found += spent(int(child))
    return found
