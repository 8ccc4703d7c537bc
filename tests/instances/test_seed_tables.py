"""Every row that was read out of the five seed documents has its record, by its identifier."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from fingerpost.files import Folders
from fingerpost.graph import records
from fingerpost.graph.statement import Statement
from fingerpost.graph.vocabulary import IDS, TYPE, term

IDENTIFIER = term("dct:identifier")
SOURCE = term("dct:source")
Things = dict[str, list[NamedNode]]


@pytest.fixture(scope="module")
def triples(folders: Folders) -> list[Statement]:
    found = records.terminology(folders.ontology)
    for record in records.records(folders.instances):
        found.extend(record.triples)
    return found


@pytest.fixture(scope="module")
def things(triples: list[Statement]) -> Things:
    """Identifier of a row → what it became."""
    found: Things = defaultdict(list)
    for triple in triples:
        if triple.predicate == IDENTIFIER and isinstance(triple.object, Literal):
            assert isinstance(triple.subject, NamedNode)
            found[triple.object.value].append(triple.subject)
    return found


@pytest.fixture(scope="module")
def sources(triples: list[Statement]) -> dict[str, set[str]]:
    """Record → the sources that it, or a claim about it, names."""
    found: dict[str, set[str]] = defaultdict(set)
    for triple in triples:
        if triple.predicate == SOURCE and isinstance(triple.object, NamedNode):
            found[str(triple.subject).strip("<>").partition("#")[0]].add(triple.object.value)
    return found


def rows(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / "facts" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_every_entity_and_technique_has_its_record(shared: Path, things: Things) -> None:
    table = rows(shared, "seed_entities.tsv")
    assert len(table) == 190
    assert [row["id"] for row in table if row["id"] not in things] == []


def test_every_piece_of_advice_is_one_piece_of_guidance(shared: Path, things: Things) -> None:
    table = rows(shared, "seed_advice.tsv")
    assert len(table) == 53
    for row in table:
        found = things[row["id"]]
        assert len(found) == 1, row["id"]
        assert found[0].value.startswith(IDS + "guidance/")


def test_the_seeds_are_sources(things: Things) -> None:
    for seed in ("S0", "S1", "S2", "S3", "S4"):
        assert [one.value.startswith(IDS + "source/") for one in things[seed]] == [True]


def test_what_became_of_a_row_names_the_seeds_of_the_row(
    shared: Path, things: Things, sources: dict[str, set[str]]
) -> None:
    seeds = {name: things[name][0].value for name in ("S0", "S1", "S2", "S3", "S4")}
    missing = []
    for row in (*rows(shared, "seed_entities.tsv"), *rows(shared, "seed_advice.tsv")):
        wanted = {seeds[name] for name in row["seeds"].split(";") if name}
        named = {source for thing in things[row["id"]] for source in sources[thing.value]}
        named |= {thing.value for thing in things[row["id"]]}
        if not wanted <= named and row["id"] not in SOURCES_THEMSELVES:
            missing.append((row["id"], sorted(wanted - named)))
    assert missing == []


SOURCES_THEMSELVES = {"figure", "cimini", "hartley", "williams", "ljosa", "scilifelab"}
"""Rows that became sources, which speak for themselves; and one that a seed names in links only."""


def test_phases_and_strengths_of_guidance_are_those_of_the_table(
    shared: Path, things: Things, triples: list[Statement]
) -> None:
    said: dict[tuple[str, str], set[str]] = defaultdict(set)
    for triple in triples:
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode):
            local = triple.predicate.value.rpartition("#")[2]
            said[(triple.subject.value, local)].add(triple.object.value.rpartition("/")[2])
    seven = {"plan", "collect", "process", "analyse", "preserve", "share", "reuse"}
    for row in rows(shared, "seed_advice.tsv"):
        guidance = things[row["id"]][0].value
        phases = {phase.strip().lower() for phase in row["phases"].split(";")}
        assert said[(guidance, "inPhase")] == (seven if "any" in phases else phases), row["id"]
        kinds = said[(guidance, "strength")] | said[(guidance, "topic")]
        assert row["kind"] in kinds, row["id"]


def test_every_address_in_the_table_stands_in_the_record(
    shared: Path, things: Things, triples: list[Statement]
) -> None:
    said: dict[str, set[str]] = defaultdict(set)
    for triple in triples:
        record = str(triple.subject).strip("<>").partition("#")[0]
        if isinstance(triple.object, NamedNode):
            said[record].add(triple.object.value.rstrip("/"))
        elif isinstance(triple.object, Literal):
            said[record].add(triple.object.value)
    missing = []
    for row in rows(shared, "seed_entities.tsv"):
        for address in row["urls_in_seeds"].replace(" ; ", " ").split():
            if address.startswith("http") and row["id"] not in NOT_A_HOMEPAGE:
                known = {part for thing in things[row["id"]] for part in said[thing.value]}
                if address.rstrip("/") not in known:
                    missing.append((row["id"], address))
    assert missing == []


NOT_A_HOMEPAGE = {
    "elixir": "RDMkit's address is that of RDMkit",
    "cimini": "the figure's address is that of the figure",
    "bianca": "the address is that of the guide to it",
    "grus": "the address is that of the guide to it",
    "transit": "the address is that of the guide to it",
    "sftp": "the address is that of the guide to it",
    "broad": "the address is that of the BBBC",
    "ome": "the address is that of the Image Data Resource",
    "nmi": "the address is that of its project portal",
    "scilifelab": "the second address is that of its catalogue of services",
    "uu": "the address is that of the platform of the course",
}
"""Rows whose address is not their own."""


def test_no_record_holds_a_persons_address(triples: list[Statement]) -> None:
    email = term("schema:email")
    found = {
        triple.object.value
        for triple in triples
        if triple.predicate == email and isinstance(triple.object, Literal)
    }
    assert found <= FUNCTIONAL


FUNCTIONAL = {
    "data-management@scilifelab.se",
    "FAIRstorage@scilifelab.se",
    "fairstorage@scilifelab.se",
}


def test_every_record_of_a_kind_is_typed_so(triples: list[Statement]) -> None:
    typed = {triple.subject for triple in triples if triple.predicate == TYPE}
    described = {triple.subject for triple in triples}
    assert described - typed == set()
