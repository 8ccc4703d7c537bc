"""After many killed queries everything is as it was: processes, handles, memory."""

import itertools
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from attack import client, rules, tree
from attack.target import Target, serving

pytestmark = pytest.mark.slow

QUERIES = 200
CLIENTS = 4
MEGABYTE = 1024 * 1024
MORE_MEMORY = 64 * MEGABYTE
"""What may be kept: caches, and what the allocators of a few processes hold back."""
STILL = MEGABYTE
"""What memory may differ by from one second to the next."""
WORKERS = 2
MORE_HANDLES = 32
"""What two idle workers hold open, more or less; a handle lost each time would be hundreds."""
_THREE = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
RUNAWAYS = (
    f"SELECT (COUNT(*) AS ?n) {{ {_THREE} }}",
    f"SELECT * {{ {_THREE} }} ORDER BY ?i ?f ?c",
    f"SELECT DISTINCT * {{ {_THREE} }}",
    "SELECT (COUNT(*) AS ?n) { ?a (!<a:b>|^!<a:b>)* ?b . ?b (!<a:b>|^!<a:b>)* ?c }",
    'SELECT (STRLEN(?z) AS ?n) { BIND(REPLACE("'
    + "x" * 1000
    + '", "x", "'
    + "x" * 1000
    + '") AS ?y) BIND(REPLACE(?y, "x", ?y) AS ?z) }',
)


@pytest.fixture(scope="module")
def hurried(cache: Path) -> Iterator[Target]:
    """A server whose queries have a quarter of a second."""
    with serving(cache, "--timeout", "0.25", "--memory", "128", "--workers", "2") as found:
        yield found


def settled(target: Target) -> tree.Size:
    """Return the size of the tree once it stands still, warm, with workers that have rested."""
    attack(target, [f"ASK {{ ?s ?p {place} }}" for place in range(20)])
    end = time.monotonic() + 30
    before, now = None, tree.size(target.process)
    while before is None or abs(now.memory - before.memory) > STILL:
        assert time.monotonic() < end, f"memory does not stand still: {before}, {now}"
        time.sleep(1)
        before, now = now, tree.size(target.process)
    return now


def attack(target: Target, texts: list[str]) -> Counter[int]:
    """Ask all at once from a few clients; return how often each status came."""
    with ThreadPoolExecutor(CLIENTS) as clients:
        answers = list(clients.map(lambda text: client.ask(target.port, text), texts))
    for answer in answers:
        rules.check(answer)
    return Counter(answer.status for answer in answers)


def nothing_left(
    target: Target, lasting: frozenset[int], before: tree.Size, cached: int = 0
) -> None:
    """Hold the tree to its earlier size; `cached` is what answers kept may take."""
    after = settled(target)
    assert tree.zombies(target.process) == []
    assert after.processes <= len(lasting) + WORKERS
    assert after.handles <= before.handles + MORE_HANDLES
    assert after.memory <= before.memory + MORE_MEMORY + cached
    rules.alive(target, lasting)


def test_two_hundred_killed_queries_leave_nothing_behind(hurried: Target) -> None:
    runaways = itertools.cycle(RUNAWAYS)
    attack(hurried, [next(runaways) for _ in range(20)])
    lasting, before = hurried.lasting(), settled(hurried)
    statuses = attack(hurried, [next(runaways) for _ in range(QUERIES)])
    assert set(statuses) <= rules.FAILURES
    assert statuses[504] + statuses[507] > QUERIES // 2, "most were to be killed, not sent away"
    nothing_left(hurried, lasting, before)


def test_refused_texts_leave_nothing_behind(hurried: Target) -> None:
    lasting, before = hurried.lasting(), settled(hurried)
    texts = [f"ASK {{ {'(' * 3000} {place} }}" for place in range(QUERIES)]
    assert set(attack(hurried, texts)) == {400}
    nothing_left(hurried, lasting, before)


def test_large_answers_leave_no_more_than_the_cache_may_hold(hurried: Target) -> None:
    lasting, before = hurried.lasting(), settled(hurried)
    texts = [f"SELECT ?s ?p ?o {{ ?s ?p ?o }} LIMIT 9000 OFFSET {place}" for place in range(60)]
    assert set(attack(hurried, texts)) <= {200, *rules.FAILURES}
    nothing_left(hurried, lasting, before, cached=128 * MEGABYTE)


def test_clients_that_hang_up_leave_nothing_behind(hurried: Target) -> None:
    lasting, before = hurried.lasting(), settled(hurried)
    body = ("query=" + RUNAWAYS[0].replace(" ", "+")).encode()
    request = client.message("POST", "/sparql", {"Content-Type": client.FORM}, body)
    for _ in range(60):
        client.hang_up(hurried.port, request)
        time.sleep(0.02)
    time.sleep(1)
    end = time.monotonic() + 60
    while client.ask(hurried.port, "ASK { ?hung ?up ?now }").status != 200:
        assert time.monotonic() < end, "the server is still at work for clients that are gone"
    nothing_left(hurried, lasting, before)
