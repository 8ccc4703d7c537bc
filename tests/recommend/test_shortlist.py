"""The first answers by way of an index are those of the whole ranking."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

import pytest

from fingerpost.catalogue import Catalogue
from fingerpost.engine import rows
from fingerpost.engine.rows import Row
from fingerpost.errors import BadParameter
from fingerpost.files import Folders
from fingerpost.graph import records
from fingerpost.graph.vocabulary import IDS, PREFIXES, RESOURCE_KINDS, term
from fingerpost.index.indexes import Indexes
from fingerpost.index.kept import Index, Value
from fingerpost.recommend import candidates, facts
from fingerpost.recommend.leading import FITTING, RANKING, Group, _Known, fitting_of, leading
from fingerpost.recommend.shortlist import shortlist

QUESTIONS = 16
WORDS = (
    *("genome", "image", "ground", "truth", "archive", "single-cell", "rna", "national", "data"),
    *("umeå", "Örebro", "gnps/massive", "data management"),
)
DAYS = ("2026-11-21", "2026-11-21", "2027-01-01", "2029-03", "2024-12-31", "2019")
ORGANIZATIONS = (
    "SELECT DISTINCT ?iri { ?r fp:operatedBy|fp:eligibleInstitution ?iri } ORDER BY ?iri"
)
AUDIENCES = "SELECT DISTINCT ?iri { ?r fp:eligibleAffiliation ?iri } ORDER BY ?iri"


def questions(opened: Catalogue, seed: int) -> Iterator[dict[str, str]]:
    """Parameters of the ranking, drawn from all that there is."""
    chance = Random(seed)
    types, phases, techniques = (
        list(opened.queries.things(class_))
        for class_ in ("fp:DataType", "fp:Phase", "fp:Technique")
    )
    heads = f"PREFIX fp: <{PREFIXES['fp']}>\n"
    people = [
        row["iri"]
        for text in (ORGANIZATIONS, AUDIENCES)
        for row in rows.select(opened.engine, heads + text)
    ]
    named = [row["resource"] for row in opened.queries.rows(FITTING, {})]
    drawn = {
        "data": (0.85, lambda: chance.choice(types)),
        "phase": (0.7, lambda: chance.choice(phases)),
        "kind": (0.4, lambda: chance.choice(RESOURCE_KINDS)),
        "country": (0.3, lambda: chance.choice(["SE", "SE", "NO", "US", "DE"])),
        "sensitive": (0.2, lambda: "true"),
        "technique": (0.2, lambda: chance.choice(techniques)),
        "preferred": (0.3, lambda: chance.choice(techniques)),
        "size": (0.15, lambda: str(10 ** chance.randint(6, 14))),
        "stage": (0.15, lambda: f"{IDS}stage/{chance.choice(['raw', 'derived'])}"),
        "embargo": (0.15, lambda: "true"),
        "free": (0.15, lambda: "true"),
        "affiliation": (0.2, lambda: chance.choice(people)),
        "words": (0.3, lambda: "|".join(chance.sample(WORDS, chance.randint(1, 3)))),
        "rare": (0.2, lambda: chance.choice(WORDS)),
        "forms": (0.1, lambda: chance.choice(["model model-and-format format", "terminology"])),
        "mints": (0.1, lambda: chance.choice(["doi", "accession number"])),
        "named": (0.1, lambda: "".join(f"<{iri}>" for iri in chance.sample(named, 2))),
    }
    while True:
        asked = {name: draw() for name, (share, draw) in drawn.items() if chance.random() < share}
        yield {"at": chance.choice(DAYS), **asked}


def told(row: Row) -> dict[str, object]:
    return {**row, "reasons": sorted(row["reasons"].split("\n"))}


@pytest.mark.parametrize("seed", range(QUESTIONS))
def test_the_first_answers_are_those_of_the_whole_ranking(
    opened: Catalogue, index: Index, seed: int
) -> None:
    given = next(questions(opened, seed))
    most = (3, 10, 20)[seed % 3]
    whole = opened.queries.rows(RANKING, given)
    found = leading(opened.queries, index, given, [Group(most)])
    assert [told(row) for row in found.rows[:most]] == [told(row) for row in whole[:most]], given
    assert found.possible >= len(whole)
    assert fitting_of(opened.queries, given) == {row["resource"] for row in whole}
    listed = shortlist(index, given)
    assert listed
    listed.more(10_000)
    assert all(-int(listed.keys[row["resource"]][0]) >= int(row["score"]) for row in whole), given


@pytest.mark.parametrize("seed", range(QUESTIONS))
def test_a_page_of_the_saved_query_is_that_of_the_whole_ranking(
    opened: Catalogue, index: Index, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    assert index is opened.indexes.ready()
    monkeypatch.setattr("fingerpost.recommend.leading.small", lambda _: False)
    given = next(questions(opened, seed))
    if seed % 2:
        given = {name: one.removeprefix(f"{IDS}data-type/") for name, one in given.items()}
        del given["at"]
    whole = opened.queries.rows(RANKING, given)
    for start, size in ((0, 5), (3, 20), (40, 60), (1990, 20)):
        table, more = opened.queries.some(RANKING, given, start, size)
        expected = whole[start : start + size]
        assert [told(row) for row in table.rows] == [told(row) for row in expected], given
        assert more == (start + size < len(whole))


def test_a_page_looks_at_few_of_many_resources(
    opened: Catalogue, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert index is opened.indexes.ready()
    monkeypatch.setattr("fingerpost.recommend.leading.small", lambda _: False)
    asked: list[int] = []
    whole = _Known.ask

    def ask(known: _Known, iris: Sequence[str]) -> None:
        asked.append(len(iris))
        whole(known, iris)

    monkeypatch.setattr(_Known, "ask", ask)
    table, more = opened.queries.some(RANKING, {"data": "imaging-data", "free": "false"}, 0, 5)
    assert more
    assert len(table.rows) == 5
    assert 0 < sum(asked) < 200
    for given in ({"words": "Linköping|umeå"}, {"words": "gnps/massive", "at": "2019"}):
        asked.clear()
        assert opened.queries.some(RANKING, given, 0, 5)[0].rows
        assert 0 < sum(asked) < 200
    asked.clear()
    for given in (
        {"words": "genome|-"},
        {"words": "bio.tools"},
        {"words": "sequen(c|t)e"},
        {"resources": table.rows[0]["resource"]},
    ):
        assert opened.queries.some(RANKING, given, 0, 1)[0].rows
    assert not asked
    with pytest.raises(BadParameter, match="imaging-date"):
        opened.queries.some(RANKING, {"data": "imaging-date"}, 0, 5)


def test_what_is_read_in_order_is_not_sorted(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, tuple[Value, ...]] = {}
    select = Index.select

    def selecting(of: Index, sql: str, *values: Value) -> list[tuple[Value, ...]]:
        asked[sql] = values
        return select(of, sql, *values)

    monkeypatch.setattr(Index, "select", selecting)
    listed = shortlist(index, {"data": f"{IDS}data-type/imaging-data", "country": "SE"})
    assert listed
    listed.more(200)
    of_cells = {sql: values for sql, values in asked.items() if "FROM ranked" in sql}
    assert len(of_cells) == 2
    for sql, values in of_cells.items():
        assert "B-TREE" not in str(select(index, f"EXPLAIN QUERY PLAN {sql}", *values))


@pytest.mark.parametrize("seed", range(200, 208))
def test_nobody_has_more_points_than_is_thought_before_reading(
    opened: Catalogue, index: Index, seed: int
) -> None:
    given = next(questions(opened, seed))
    listed = shortlist(index, given)
    assert listed
    listed.more(10_000)
    asked = listed.asked
    for iri, key in listed.keys.items():
        row = candidates.called(index, iri)
        assert row
        assert asked.facts.points(row.id) == row.points
        besides = sum(listed._features([row])[0].values())
        assert -int(key[0]) <= row.points + besides + asked.most, (iri, given)


def test_of_many_who_are_advised_only_the_first_are_read(index: Index) -> None:
    given = {
        "data": f"{IDS}data-type/imaging-data",
        "phase": f"{IDS}phase/share",
        "at": "2026-11-21",
    }
    listed = shortlist(index, given)
    assert listed
    listed.more(3)
    read = len(listed._seen)
    advised = {id_ for has in listed._has.values() for id_ in has}
    assert read < len(advised) / 2
    listed.more(10_000)
    assert advised <= listed._seen


@pytest.mark.parametrize("name", [RANKING, FITTING, "recommend/not-recommended"])
@pytest.mark.parametrize("seed", range(100, 104))
def test_what_is_not_sent_to_the_engine_says_nothing(
    opened: Catalogue, name: str, seed: int
) -> None:
    given = next(questions(opened, seed))
    some = " ".join(row["resource"] for row in opened.queries.rows(FITTING, {})[seed::8])
    known = {one.name for one in opened.queries.queries[name].parameters}
    given = {key: value for key, value in given.items() if key in known} | {"resources": some}
    whole = rows.select(opened.engine, opened.queries.text(name, given))
    sent = opened.queries.rows(name, given)
    if name == RANKING:
        assert [told(row) for row in sent] == [told(row) for row in whole], given
    else:
        assert sent == whole, given


def test_a_few_are_told_as_if_all_had_been_asked_about(opened: Catalogue) -> None:
    given = {"data": "imaging-data", "phase": "share", "at": "2026-11-21"}
    whole = opened.queries.rows(RANKING, given)
    some = [row["resource"] for row in whole[2:9:3]]
    narrowed = opened.queries.rows(RANKING, {**given, "resources": " ".join(reversed(some))})
    assert [told(row) for row in narrowed] == [told(row) for row in whole[2:9:3]]
    fitting = opened.queries.rows(FITTING, {"resources": f"{IDS}repository/zenodo {IDS}tool/none"})
    assert [row["resource"] for row in fitting] == [f"{IDS}repository/zenodo"]


def test_the_hard_rules_stand_in_two_queries_word_for_word(folders: Folders) -> None:
    ranking, fitting = (
        (folders.queries / f"{name}.rq").read_text("utf-8") for name in (RANKING, FITTING)
    )
    rules = fitting[fitting.index("SELECT DISTINCT ?resource\n") : fitting.rindex("ORDER BY")]
    plain = "\n".join(line.strip() for line in ranking.splitlines())
    assert "\n".join(line.strip() for line in rules.strip().splitlines()) in plain


def test_every_criterion_is_known_to_the_bounds(folders: Folders) -> None:
    weighed = {
        str(triple.subject.value).removeprefix(PREFIXES["criterion"])
        for triple in records.read(folders.ontology / "ranking.ttl")
        if triple.predicate == term("fp:weight")
    }
    assert weighed == facts.KNOWN


def test_the_first_of_each_kind_are_found_at_once(opened: Catalogue, index: Index) -> None:
    given = {
        "data": f"{IDS}data-type/imaging-data",
        "phase": f"{IDS}phase/share",
        "at": "2026-11-21",
    }
    whole = opened.queries.rows(RANKING, given)
    groups = [Group(3), Group(4, ("standard", "format")), Group(2, ("training",))]
    found = leading(opened.queries, index, given, groups, also=[whole[-1]["resource"]]).rows
    assert found[:3] == whole[:3]
    for group in groups[1:]:
        of_kinds = [
            [
                row["resource"]
                for row in rows_
                if row["kind"].rpartition("#")[2].lower() in group.kinds
            ]
            for rows_ in (found, whole)
        ]
        assert of_kinds[0][: group.most] == of_kinds[1][: group.most]
    assert found[-1] == whole[-1]


def test_another_criterion_is_not_for_the_index(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"at": "2026-11-21"}
    assert shortlist(index, given)
    monkeypatch.setattr(facts, "KNOWN", frozenset({"data-exact"}))
    assert shortlist(Index(index.path), given) is None


def test_what_is_answered_is_the_same_without_an_index(opened: Catalogue, index: Index) -> None:
    assert opened.indexes.ready() is index
    for q in (
        "where can I share microscopy images of patients",
        "transmart",
        "600 GB of raw reads",
    ):
        parts = {"q": q, "limit": "5"}
        found = opened.recommend(parts)
        without = replace(opened, indexes=Never(opened.engine)).recommend(parts)
        assert found.json() == without.json()
        assert found.counted


class Never(Indexes):
    """Of a service that has no index yet."""

    def ready(self) -> Index | None:
        return None
