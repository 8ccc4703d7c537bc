"""What the outcomes amount to: a table, the failures with their causes, and what is wrong."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from conformance.evaluation import Outcome

KNOWN = Path(__file__).with_name("known_failures.toml")
FLOORS = {
    "protocol": 34,
    "graph-store-direct": 4,
    "graph-store-indirect": 9,
    "service-description": 3,
}
TOGETHER = (("sparql10", "sparql11"), ("sparql12",))
OURS, THEIRS = "fingerpost", "oxigraph"
Outcomes = dict[str, list[Outcome]]


@cache
def known(server: str) -> dict[str, str]:
    """The failures that are known of a server, with their causes."""
    tables = tomllib.loads(KNOWN.read_text("utf-8"))
    return tables["engine"] | tables[server]


def passed(outcomes: Outcomes, *suites: str) -> int:
    """How many tests of the suites passed."""
    return sum(outcome.passed for suite in suites for outcome in outcomes[suite])


def table(results: dict[str, Outcomes]) -> str:
    """Passed, failed and total for each suite, the servers side by side."""
    heads = "".join(f"{name:>24}" for name in results)
    lines = [
        f"{'':22}{heads}",
        f"{'suite':22}" + f"{'passed':>10}{'failed':>8}{'of':>6}" * len(results),
    ]
    for suite in next(iter(results.values())):
        cells = ""
        for outcomes in results.values():
            total, good = len(outcomes[suite]), passed(outcomes, suite)
            cells += f"{good:>10}{total - good:>8}{total:>6}"
        lines.append(f"{suite:22}{cells}")
    return "\n".join(lines) + "\n"


def failures(results: dict[str, Outcomes], *, verbose: bool) -> str:
    """A line for each test that fails, with its cause; if verbose, with what each server did."""
    seen: dict[str, dict[str, str]] = {}
    for server, outcomes in results.items():
        for outcome in _failed(outcomes):
            seen.setdefault(outcome.id, {})[server] = outcome.cause
    return "".join(_failure(id_, seen[id_], verbose=verbose) for id_ in sorted(seen))


def _failure(id_: str, seen: dict[str, str], *, verbose: bool) -> str:
    causes = {known(server).get(id_, cause) for server, cause in seen.items()}
    lines = [f"{id_} ({', '.join(seen)}): {'; '.join(sorted(causes))}"]
    if verbose:
        lines += [f"    {server}: {cause}" for server, cause in seen.items()]
    return "".join(line + "\n" for line in lines)


def complaints(results: dict[str, Outcomes]) -> list[str]:
    """Everything that must not be: floors missed, failures unknown, known ones that pass."""
    found = [fault for server in results for fault in faults(server, results[server])]
    if OURS in results:
        found += _below(results[OURS])
    if OURS in results and THEIRS in results:
        found += _fewer(results[OURS], results[THEIRS])
    return found


def faults(server: str, outcomes: Outcomes) -> Iterator[str]:
    """Where the outcomes of a server and what is known of it differ."""
    causes = known(server)
    for outcome in _failed(outcomes):
        if outcome.id not in causes:
            yield f"{server}: {outcome.id} fails, which is not known"
    for outcome in (outcome for found in outcomes.values() for outcome in found):
        if outcome.passed and outcome.id in causes:
            yield f"{server}: {outcome.id} passes, but is known to fail"


def _failed(outcomes: Outcomes) -> list[Outcome]:
    found = [outcome for suite in outcomes.values() for outcome in suite if not outcome.passed]
    return sorted(found, key=lambda outcome: outcome.id)


def _below(outcomes: Outcomes) -> Iterator[str]:
    for suite, floor in FLOORS.items():
        if suite in outcomes and passed(outcomes, suite) < floor:
            yield f"{OURS}: {passed(outcomes, suite)} of {floor} of {suite}"


def _fewer(ours: Outcomes, theirs: Outcomes) -> Iterator[str]:
    for suites in TOGETHER:
        if set(suites) <= ours.keys():
            mine, other = passed(ours, *suites), passed(theirs, *suites)
            if mine < other:
                yield f"{OURS}: {mine} of {' and '.join(suites)}, {THEIRS} {other}"
