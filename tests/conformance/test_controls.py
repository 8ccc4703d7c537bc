"""The runner against expectations that are not the test's own: none of them may pass."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from conformance import compare, results, servers
from conformance.evaluation import Runner, statements
from conformance.manifests import Case, Suites
from conformance.results import Graph, Result
from conformance.servers import Server


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with servers.running(servers.OXIGRAPH, tmp_path_factory.mktemp("oxigraph")) as server:
        yield server


def wanted(suites: Suites, path: Path) -> Result:
    return results.expected(path, suites.iri(path))


def swapped(suites: Suites, suite: str) -> Iterator[Case]:
    """Each query with the expectation of the next, where that is another one of the same format."""
    cases = [case for case in suites.cases(suite) if case.result and not case.lax]
    for case, other in zip(cases, cases[1:] + cases[:1], strict=True):
        same = case.result.suffix == other.result.suffix
        if same and compare.difference(wanted(suites, other.result), wanted(suites, case.result)):
            yield replace(case, result=other.result)


@pytest.mark.parametrize("suite", ["sparql10", "sparql11", "sparql12"])
def test_no_query_passes_with_the_result_of_another(
    engine: Server, suites: Suites, suite: str
) -> None:
    outcomes = list(Runner(engine, suites).run(swapped(suites, suite)))
    assert len(outcomes) > 40
    assert [outcome.id for outcome in outcomes if outcome.passed] == []


def test_no_update_passes_with_the_dataset_of_another(engine: Server, suites: Suites) -> None:
    cases = [case for case in suites.cases("sparql11") if case.after]
    graphs = {case.id: Graph(frozenset(statements(suites, case.after))) for case in cases}
    wrong = [
        replace(case, after=other.after)
        for case, other in zip(cases, cases[1:] + cases[:1], strict=True)
        if compare.difference(graphs[case.id], graphs[other.id])
    ]
    outcomes = list(Runner(engine, suites).run(wrong))
    assert len(outcomes) > 40
    assert [outcome.id for outcome in outcomes if outcome.passed] == []


def test_no_syntax_test_passes_with_the_opposite_expectation(
    engine: Server, suites: Suites
) -> None:
    flip = {"Positive": "Negative", "Negative": "Positive"}
    own = {case.id: case for case in suites.cases("sparql12") if case.is_syntax}
    turned = [replace(case, kind=flip[case.kind[:8]] + case.kind[8:]) for case in own.values()]
    runner = Runner(engine, suites)
    right = {outcome.id for outcome in runner.run(own.values()) if outcome.passed}
    wrong = {outcome.id for outcome in runner.run(turned) if outcome.passed}
    assert len(right) > 150
    assert right & wrong == set()
