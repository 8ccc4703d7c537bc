"""What serving costs: to the first answer, in memory, a query, a recommendation, an export."""

import contextlib
import statistics
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from urllib.parse import quote

from endpoint import answers, questions, servers, virtuoso
from endpoint.servers import OURS, VIRTUOSO, Server

from ladder import costs, queries
from ladder.shown import Rung

ASKED = "memory, asked: bytes a quad"
TIMES = 5
"""Questions of which the median is taken; each is put to every server before the next."""

DOORS = {
    "recommend": "/recommend?data={data}&phase={phase}&format=csv",
    "text search": "/search?q={word}",
}
DATA = "imaging-data genomics-data proteomics-data cryo-em-data metabolomics-data".split()
PHASES = "share preserve collect analyse process".split()
WORDS = "archive nordic image genome portal".split()
PAGES = (
    *("/", "/browse", "/browse?kind=repository&country=SE", "/browse?data=imaging-data&page=2"),
    *("/repository/bioimage-archive", "/data-type/imaging-data", "/source/source-1", "/catalog"),
    *("/mappings", "/mappings?registry=re3data", "/quality", "/sitemap.xml", "/.well-known/void"),
    *(
        "/resolve?id=https://w3id.org/fingerpost/id/repository/bioimage-archive",
        "/recommend?q=where+do+I+share+images",
        "/new/tool",
    ),
    *("/api/records?q=nordic", "/fdp", "/reconcile/suggest/entity?prefix=nord"),
    '/reconcile?queries={"q0":{"query":"Nordic Image Archive"}}',
)
"""What people and machines open, each for the first time since the graph changed."""
_LONGEST = 600.0
_SAFE = ":/?&=+,%"
_QUIET = 0.2
"""Processor seconds of two seconds that are next to nothing."""


def measure(place: Path, rung: Rung, peers: Sequence[str]) -> None:
    """Start the servers over the built graph, and enter what they take into `rung`.

    Beside peers ours has the same file as they. Alone it has it as our users do, and is asked
    all: to load a large graph twice takes long.
    """
    (dataset,) = (place / "cache").glob("*/dataset.nq")
    if peers:
        with contextlib.ExitStack() as stack:
            names = (OURS, *peers)
            running = [stack.enter_context(_started(one, dataset, place, rung)) for one in names]
            _ask(running, rung)
            for server in running:
                _enter(rung, ASKED, server.name, memory(server.process) / rung.quads)
            _export(running, rung)
    begin = time.perf_counter()
    longest = servers.patience(dataset)
    with servers.ours(place, "--data", str(place / "data"), longest=longest) as server:
        rung.measured["start: with pages, s"] = time.perf_counter() - begin
        settled = _settled(server, place / "cache", begin, 2 * longest)
        if settled:
            rung.measured["start: with index, s"] = settled
        _doors(server, rung)
        rung.measured.update(queries.measure(server.endpoint.removesuffix("/sparql")))
        rung.measured.update(costs.measure(server, rung.resources))
        if not peers:
            _enter(rung, "start: first answer, s", OURS, rung.measured["start: with pages, s"])
            _enter(rung, "memory, bytes a quad", OURS, memory(server.process) / rung.quads)
            _ask([server], rung)
            _enter(rung, ASKED, OURS, memory(server.process) / rung.quads)
            _export([server], rung)


def _settled(server: Server, cache: Path, begin: float, longest: float) -> float | None:
    """Return the seconds from `begin` until what is made in the background is there.

    None where that takes too long: all answers that are kept of a million resources take hours.
    """
    with contextlib.suppress(urllib.error.HTTPError):
        _fetch(server.endpoint.removesuffix("/sparql") + "/queries/explore/phases?format=json")
    while not all(any((cache / kind).glob("*.sqlite")) for kind in ("index", "answers")):
        if time.perf_counter() - begin > longest:
            return None
        time.sleep(0.2)
    taken = time.perf_counter() - begin
    _idle(server)
    return taken


def _idle(server: Server) -> None:
    """Wait until nothing goes on in the background any more."""
    before = -_QUIET
    while (now := costs.spent(server.process)) - before >= _QUIET:
        before = now
        time.sleep(2)


@contextlib.contextmanager
def _started(name: str, dataset: Path, place: Path, rung: Rung):  # type: ignore[no-untyped-def]
    begin = time.perf_counter()
    with servers.running(name, dataset, place) as server:
        _enter(rung, "start: first answer, s", name, time.perf_counter() - begin)
        _enter(rung, "memory, bytes a quad", name, memory(server.process) / rung.quads)
        yield server


def _enter(rung: Rung, what: str, server: str, value: float) -> None:
    if server == OURS:
        rung.measured[what] = value
    else:
        rung.peers.setdefault(what, {})[server] = value


def memory(process: int) -> int:
    """Return the bytes that a process and its descendants hold, shared pages by their share."""
    found = 0
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                found += int(line.split()[1]) * 1024
        for task in Path(f"/proc/{process}/task").iterdir():
            children = (task / "children").read_text().split()
            found += sum(memory(int(child)) for child in children)
    return found


def _ask(running: Sequence[Server], rung: Rung) -> None:
    """Put the eight questions to every server in turn: each time another text, then the same."""
    for question in questions.load():
        numbers = count(1)
        for how in ("first", "again"):
            taken: dict[str, list[float]] = {server.name: [] for server in running}
            for _ in range(TIMES):
                text = question.variant(next(numbers)) if how == "first" else question.text
                for server in running:
                    asked = _asked(server, text, question.media_type)
                    with contextlib.suppress(urllib.error.HTTPError):  # no plan: no figure
                        taken[server.name].append(seconds(asked))
            for name, found in taken.items():
                if found:
                    # Whoever repeats itself may be asked a first time too.
                    ms = statistics.median(found) * 1000
                    _enter(rung, f"{question.name}, {how}, ms", name, ms)


def _asked(server: Server, text: str, media_type: str) -> Callable[[], object]:
    text = virtuoso.bounded(text) if server.name == VIRTUOSO else text
    return lambda: answers.ask(server.endpoint, text, media_type)


def _export(running: Sequence[Server], rung: Rung) -> None:
    """Take the whole default graph out of every server."""
    everything = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    if rung.resources > 10_000:
        return
    for server in running:
        asked = _asked(server, everything, "application/n-triples")
        _enter(rung, "export: default graph, s", server.name, seconds(asked))


def _doors(server: Server, rung: Rung) -> None:
    """Ask at the doors of the product, each time something else."""
    root = server.endpoint.removesuffix("/sparql")
    for name, door in DOORS.items():
        asked = [
            root + door.format(data=data, phase=phase, word=word)
            for data, phase, word in zip(DATA, PHASES, WORDS, strict=True)
        ]
        with contextlib.suppress(urllib.error.HTTPError):  # not there yet: no figure
            taken = [seconds(lambda address=address: _fetch(address)) for address in asked]
            rung.measured[f"{name}, ms"] = statistics.median(taken) * 1000
    _pages(root, rung)
    with contextlib.suppress(urllib.error.HTTPError):  # too large for a query: no figure
        rung.measured["export: dump.nq, s"] = seconds(lambda: _fetch(root + "/dump.nq"))


def _pages(root: str, rung: Rung) -> None:
    """Open the pages, and enter those that are slow by name; what is refused is counted."""
    taken = {}
    for page in PAGES:
        with contextlib.suppress(urllib.error.HTTPError):
            taken[page] = seconds(lambda page=page: _fetch(root + page)) * 1000
    rung.measured["pages: refused"] = len(PAGES) - len(taken)
    rung.measured["pages: median, ms"] = statistics.median(taken.values())
    for page, ms in sorted(taken.items(), key=lambda pair: -pair[1]):
        if ms >= queries.SLOW:
            rung.measured[f"page: {page}, ms"] = ms


def _fetch(address: str) -> None:
    asked = urllib.request.Request(quote(address, safe=_SAFE))
    with urllib.request.urlopen(asked, timeout=_LONGEST) as answer:
        while answer.read(1 << 20):
            pass


def seconds(action: Callable[[], object]) -> float:
    """Return how long something takes."""
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin
