"""The verdict: only what is known may fail, floors hold, and ours is not below."""

from conformance.evaluation import Outcome
from conformance.verdict import FLOORS, complaints, known, table

WELL = {suite: [Outcome(f"{suite}/{n}", "") for n in range(size)] for suite, size in FLOORS.items()}
CAUSES = known("fingerpost")


def evaluated(*failing: str, suite: str = "sparql12") -> dict[str, list[Outcome]]:
    """A suite in which all that is known to fail fails, and what is given fails too."""
    ids = [id_ for id_ in CAUSES if id_.startswith(suite + "/")] + [f"{suite}/a", f"{suite}/b"]
    outcomes = [Outcome(id_, "seen" if id_ in CAUSES or id_ in failing else "") for id_ in ids]
    return {suite: outcomes}


def test_nothing_is_wrong_where_only_known_failures_fail() -> None:
    assert complaints({"oxigraph": evaluated(), "fingerpost": evaluated() | WELL}) == []


def test_an_unknown_failure_is_a_fault_and_puts_ours_below() -> None:
    found = complaints({"oxigraph": evaluated(), "fingerpost": evaluated("sparql12/a")})
    assert found == [
        "fingerpost: sparql12/a fails, which is not known",
        "fingerpost: 1 of sparql12, oxigraph 2",
    ]


def test_a_known_failure_that_passes_is_a_fault() -> None:
    outcomes = {"sparql12": [Outcome("sparql12/grouping/group01", "")]}
    assert complaints({"oxigraph": outcomes}) == [
        "oxigraph: sparql12/grouping/group01 passes, but is known to fail"
    ]


def test_a_floor_that_is_missed_is_named() -> None:
    missed = WELL | {"graph-store-direct": WELL["graph-store-direct"][1:]}
    assert complaints({"fingerpost": missed}) == ["fingerpost: 3 of 4 of graph-store-direct"]


def test_every_known_failure_has_a_cause() -> None:
    causes = known("oxigraph") | known("fingerpost")
    assert all(len(cause) > 20 for cause in causes.values())


def test_the_table_has_a_line_a_suite() -> None:
    lines = table({"oxigraph": WELL, "fingerpost": WELL}).splitlines()
    assert lines[2].split() == ["protocol", "34", "0", "34", "34", "0", "34"]
