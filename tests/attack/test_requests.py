"""Malformed HTTP requests: each gets its status or a closed door, and the server lives on."""

import pytest

from attack import client, contents, heads, rules, targets
from attack.malformed import Case
from attack.target import Target

CASES = [
    *targets.methods(),
    *targets.addresses(),
    *targets.parameters(),
    *contents.types(),
    *contents.bodies(),
    *contents.lengths(),
    *heads.headers(),
    *heads.lines(),
    *heads.wishes(),
    *heads.origins(),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_malformed_request_is_answered_or_refused(target: Target, case: Case) -> None:
    lasting = target.lasting()
    answer = client.exchange(target.port, case.request, case.method, 10, ends=case.ends)
    assert answer.status in case.statuses, rules.show(answer)
    if answer.status and not (case.broken and not answer.body):
        sent = case.request[:20_000].decode("latin-1")
        rules.check(answer, sent, page="text/html" in sent)
    assert "x-evil" not in answer.headers
    assert b"root:" not in answer.body
    assert b"class FingerpostError" not in answer.body
    rules.alive(target, lasting)


def test_the_cases_are_many_and_each_is_named_once() -> None:
    assert len(CASES) >= 200
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names), {name for name in names if names.count(name) > 1}
