"""Hostile queries over HTTP: each costs itself its time, and nobody else anything."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from attack import client, rules
from attack.cases import TOO_MUCH, Attack
from attack.runaways import RUNAWAYS
from attack.services import SERVICES
from attack.target import Listener, Target, serving
from attack.texts import RUNS, TEXTS

pytestmark = pytest.mark.slow

DEADLINE = 1
"""Seconds that a query may take on the server under attack: most here take all of them."""
SLACK = 3
"""Seconds more until the refusal must be here: parsing, killing, two cores and other tests."""


@pytest.fixture(scope="module")
def target(cache: Path) -> Iterator[Target]:
    fences = ("--timeout", str(DEADLINE), "--memory", "256", "--workers", "2")
    with serving(cache, *fences) as found:
        yield found


def held(target: Target, attack: Attack) -> client.Answer:
    """Return the answer, held to the rules and to the statuses that may come."""
    answer = client.ask(target.port, attack.text)
    rules.check(answer, attack.text)
    assert answer.status in attack.statuses, rules.show(answer)
    return answer


@pytest.mark.parametrize("attack", RUNAWAYS, ids=str)
def test_a_runaway_query_ends_in_time_and_alone(target: Target, attack: Attack) -> None:
    lasting = target.lasting()
    answer = held(target, attack)
    assert answer.seconds < DEADLINE + SLACK
    rules.alive(target, lasting)


@pytest.mark.parametrize("attack", TEXTS, ids=str)
def test_a_hostile_text_is_answered_at_once_or_refused(target: Target, attack: Attack) -> None:
    lasting = target.lasting()
    answer = held(target, attack)
    assert answer.seconds < DEADLINE + SLACK
    rules.alive(target, lasting)


@pytest.mark.parametrize("attack", RUNS, ids=str)
def test_a_long_run_of_characters_is_read_at_once(target: Target, attack: Attack) -> None:
    lasting = target.lasting()
    answer = held(target, attack)
    assert answer.seconds < rules.AT_ONCE
    rules.alive(target, lasting)


@pytest.mark.parametrize("attack", SERVICES, ids=str)
def test_no_query_reaches_another_address(
    target: Target, listener: Listener, attack: Attack
) -> None:
    lasting = target.lasting()
    url = f"http://127.0.0.1:{listener.port}/"
    text = attack.text.replace("URL", url).replace("PORT", str(listener.port))
    answer = client.ask(target.port, text)
    assert listener.visits == []
    rules.check(answer, text)
    assert answer.status in attack.statuses, rules.show(answer)
    rules.alive(target, lasting)


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri", "using-graph-uri"])
@pytest.mark.parametrize("address", ["http://127.0.0.1:PORT/", "file:///etc/passwd"])
def test_no_graph_of_a_request_is_fetched(
    target: Target, listener: Listener, name: str, address: str
) -> None:
    address = address.replace("PORT", str(listener.port))
    fields = {name: address}
    query = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } LIMIT 5"
    answer = client.ask(target.port, query, **fields)
    rules.check(answer, address)
    assert answer.status in {200, 400}, rules.show(answer)
    assert b"root:" not in answer.body
    assert listener.visits == []


@pytest.mark.parametrize("clause", ["FROM", "FROM NAMED"])
@pytest.mark.parametrize("file", ["file:///etc/passwd", "file:/etc/passwd", "/etc/passwd"])
def test_no_file_is_read_for_a_query(target: Target, clause: str, file: str) -> None:
    text = f"SELECT * {clause} <{file}> {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
    answer = client.ask(target.port, text)
    rules.check(answer, text)
    assert answer.status == 200
    assert json.loads(answer.body)["results"]["bindings"] == []


@pytest.mark.parametrize("form", ["application/json", "application/xml", "text/csv"])
def test_an_answer_too_large_is_refused_in_every_format(target: Target, form: str) -> None:
    text = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 400000"
    answer = client.ask(target.port, text, format=form)
    rules.check(answer, text)
    assert answer.status in TOO_MUCH
    rules.alive(target, target.lasting())
