"""Requests made from the service's own OpenAPI description: it keeps what it promises."""

import os

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from attack import client, rules
from attack.target import Target

EXAMPLES = 8 * int(os.environ.get("FINGERPOST_FUZZ", "1"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
WORKING = {503, 504, 507}


@pytest.fixture(scope="session")
def described(target: Target) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_url(f"http://127.0.0.1:{target.port}/openapi.json")


schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_one_that_the_description_promises(case: schemathesis.Case) -> None:
    answer = case.call(timeout=20)
    checks = CHECKS[1:] if answer.status_code in WORKING else CHECKS
    case.validate_response(answer, checks=checks)


def test_the_description_has_every_door(target: Target) -> None:
    answer = client.get(target.port, "/openapi.json")
    assert answer.status == 200, rules.show(answer)
    paths = schemathesis.openapi.from_url(
        f"http://127.0.0.1:{target.port}/openapi.json"
    ).raw_schema["paths"]
    assert {"/sparql", "/recommend", "/queries", "/health/live", "/health/ready"} <= set(paths)
    assert len([path for path in paths if path.startswith("/queries/")]) >= 30
