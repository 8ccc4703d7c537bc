"""Requests made from the service's own OpenAPI description: it keeps what it promises."""

import contextlib
import os

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from attack import client, rules
from attack.target import Target

pytestmark = pytest.mark.slow

EXAMPLES = 8 * int(os.environ.get("FINGERPOST_FUZZ", "1"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
WORKING = {503, 504, 507}


@pytest.fixture(scope="module")
def described(target: Target) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_url(f"http://127.0.0.1:{target.port}/openapi.json")


def attack(operation: schemathesis.APIOperation, mode: GenerationMode) -> None:
    """Make requests of one operation, as described or against it, and check their answers.

    Raises:
        Unsatisfiable: there is nothing in the operation that a request could go against.
    """

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case: schemathesis.Case) -> None:
        answer = case.call(timeout=20)
        checks = CHECKS[1:] if answer.status_code in WORKING else CHECKS
        case.validate_response(answer, checks=checks)

    run()


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_every_answer_is_one_that_the_description_promises(
    described: schemathesis.BaseSchema, subtests: pytest.Subtests, mode: GenerationMode
) -> None:
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) >= 40
    attacked = 0
    for operation in operations:
        with subtests.test(operation.label), contextlib.suppress(Unsatisfiable):
            attack(operation, mode)
            attacked += 1
    assert attacked >= 40


def test_the_description_has_every_door(target: Target) -> None:
    answer = client.get(target.port, "/openapi.json")
    assert answer.status == 200, rules.show(answer)
    paths = schemathesis.openapi.from_url(
        f"http://127.0.0.1:{target.port}/openapi.json"
    ).raw_schema["paths"]
    assert {"/sparql", "/recommend", "/queries", "/health/live", "/health/ready"} <= set(paths)
    assert len([path for path in paths if path.startswith("/queries/")]) >= 30
