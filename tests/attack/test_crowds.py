"""Crowds: what one client makes the server do keeps the others waiting only a little."""

from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from attack import client, rules
from attack.target import Target

pytestmark = pytest.mark.slow

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
COSTLY = ["/sparql", "/.well-known/void", "/openapi.json", "/queries", "/recommend?data=imaging"]


def undisturbed(target: Target, crowd: list[Future[client.Answer]]) -> None:
    """Hold light requests to their usual time while others are at work, and those to the rules."""
    lasting = target.lasting()
    for _ in range(5):
        answer = client.get(target.port, "/health/live")
        assert answer.status == 200
        assert answer.seconds < rules.AT_ONCE
        rules.alive(target, lasting)
    for one in crowd:
        rules.check(one.result())


@pytest.mark.parametrize("path", COSTLY)
def test_a_costly_page_asked_anew_each_time_keeps_nobody_waiting(target: Target, path: str) -> None:
    requests = [client.message("GET", path, {"Host": f"host-{place}"}) for place in range(24)]
    with ThreadPoolExecutor(3) as clients:
        undisturbed(target, [clients.submit(client.exchange, target.port, one) for one in requests])


def test_a_runaway_query_keeps_nobody_waiting_while_a_worker_is_free(target: Target) -> None:
    with ThreadPoolExecutor(1) as clients:
        undisturbed(target, [clients.submit(client.ask, target.port, RUNAWAY) for _ in range(3)])


def test_refused_texts_from_many_clients_keep_nobody_waiting(target: Target) -> None:
    with ThreadPoolExecutor(8) as clients:
        text = "ASK { " + "(" * 20_000
        undisturbed(target, [clients.submit(client.ask, target.port, text) for _ in range(60)])


def test_with_every_worker_taken_the_others_are_told_so_in_time(target: Target) -> None:
    with ThreadPoolExecutor(12) as clients:
        crowd = [clients.submit(client.ask, target.port, RUNAWAY) for _ in range(24)]
        for one in crowd:
            rules.check(one.result())
            assert one.result().status in rules.FAILURES
    rules.alive(target, target.lasting())
