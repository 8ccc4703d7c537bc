"""Each check query on a small graph of its own, `check/<name>.ttl`.

The graph holds what the query must find, with the sentence that it must say as `rdfs:comment`,
and near misses, which have none.
"""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Store

from fingerpost import reason
from fingerpost.build import Build
from fingerpost.engine import rows
from fingerpost.engine.local import Local
from fingerpost.files import Folders
from fingerpost.graph import dataset, records
from fingerpost.graph.records import Record
from fingerpost.graph.statement import Statement
from fingerpost.graph.vocabulary import TYPE, curie, term
from fingerpost.queries import bind, saved
from fingerpost.reason import Rules
from fingerpost.shapes import Report

GRAPHS = Path(__file__).parent / "check"
NAMES = sorted(file.stem for file in GRAPHS.glob("*.ttl"))
EXAMPLE = term("source:example")
DAY = {
    "ended-in-the-past-but-active": {"at": "2024-11-15"},
    "not-verified-for-a-year": {"at": "2027-11-22"},
}
"""What a query is given, where the answer depends on the day."""


@pytest.fixture(scope="module")
def rules(folders: Folders) -> Rules:
    return reason.rules(records.terminology(folders.ontology))


def engine(name: str, rules: Rules) -> Local:
    """The small graph as a build would serve it: said by one source, with what follows."""
    file = GRAPHS / f"{name}.ttl"
    written = records.read(file)
    sourced = {Statement(triple.subject, term("dct:source"), EXAMPLE) for triple in written}
    source = Statement(EXAMPLE, TYPE, term("fp:Source"))
    stated = dataset.assemble([], [], [Record(file, "", name, (*written, *sourced, source))])
    inferred = frozenset(reason.closure(stated.merge | rules.schema, rules))
    store = Store()
    store.bulk_extend(Build((), (), stated, inferred, lambda: Report((), "")).quads())
    return Local(store)


def query(name: str, folders: Folders, given: dict[str, str]) -> str:
    found = saved.load(folders.queries)[f"check/{name}"]
    return bind.bind(found, given, lambda _: {})


def expected(name: str) -> set[tuple[str, str]]:
    """Return what the graph itself says must be found."""
    return {
        (curie(triple.subject.value), triple.object.value)
        for triple in records.read(GRAPHS / f"{name}.ttl")
        if triple.predicate == term("rdfs:comment")
        and isinstance(triple.subject, NamedNode)
        and isinstance(triple.object, Literal)
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_check_finds_what_is_wrong_and_no_near_miss(
    name: str, folders: Folders, rules: Rules
) -> None:
    text = query(name, folders, DAY.get(name, {}))
    found = rows.select(engine(name, rules), text)
    told = [(curie(row["record"]), row["problem"]) for row in found]
    assert sorted(told) == sorted(expected(name))


def test_every_check_has_a_graph_with_faults_and_near_misses(folders: Folders) -> None:
    assert sorted(file.stem for file in (folders.queries / "check").glob("*.rq")) == NAMES
    for name in NAMES:
        described = {triple.subject for triple in records.read(GRAPHS / f"{name}.ttl")}
        assert len(expected(name)) >= 2, name
        assert len(described) > len({record for record, _ in expected(name)}) + 2, name


def test_without_a_day_the_end_counts_against_today(folders: Folders, rules: Rules) -> None:
    name = "ended-in-the-past-but-active"
    found = rows.select(engine(name, rules), query(name, folders, {}))
    told = {curie(row["record"]) for row in found}
    assert {"tool:this-year", "tool:this-month", "tool:today"} <= told
    assert not told & {"tool:ended", "tool:planned", "tool:seen"}


def test_the_day_may_be_as_rough_as_a_year(folders: Folders, rules: Rules) -> None:
    name = "ended-in-the-past-but-active"
    text = query(name, folders, {"at": "2024"})
    found = rows.select(engine(name, rules), text)
    assert {curie(row["record"]) for row in found} == {
        "tool:year", "tool:superseded", "organization:example",
    }  # fmt: skip


def test_what_only_time_makes_wrong_is_a_warning(folders: Folders) -> None:
    checks = saved.load(folders.queries)
    warnings = {
        name
        for name, query in checks.items()
        if name.startswith("check/") and query.severity == "warning"
    }
    assert warnings == {"check/not-verified-for-a-year"}


def test_a_year_counts_from_the_month_or_year_that_is_given(folders: Folders, rules: Rules) -> None:
    name = "not-verified-for-a-year"
    asked = {
        at: {
            curie(row["record"])
            for row in rows.select(engine(name, rules), query(name, folders, {"at": at}))
        }
        for at in ("2026", "2027-02")
    }
    assert asked["2026"] == {"organization:example"}
    assert asked["2027-02"] == {
        "organization:example", "guidance:example", "tool:verified-long-ago",
    }  # fmt: skip
