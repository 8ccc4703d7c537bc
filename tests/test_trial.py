"""A draft among the others: what is found of it is what a whole check finds."""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from fingerpost.files import Folders
from fingerpost.graph import records
from fingerpost.graph.records import Record
from fingerpost.graph.statement import Statement
from fingerpost.graph.vocabulary import IDS, term
from fingerpost.trial import Ground
from test_checking import FAULTS

UNREADABLE = {"no Turtle", "another record's address", "a type of another folder"}
PLANTED = {name: fault for name, fault in FAULTS.items() if name not in UNREADABLE}


@pytest.fixture(scope="module")
def ground(folders: Folders) -> Ground:
    return Ground(folders)


@pytest.fixture(scope="module")
def some(folders: Folders, part: Path) -> Folders:
    """A part of the shipped records, among which a fault is found as among all, and sooner."""
    return Folders(folders.ontology, folders.shapes, part, folders.queries)


@pytest.fixture(scope="module")
def among_some(some: Folders) -> Ground:
    return Ground(some)


def draft(folders: Folders, tmp_path: Path, name: str) -> Record:
    """A record with a fault planted in it, at its own place."""
    path, change, _ = PLANTED[name]
    shipped = folders.instances / f"{path}.ttl"
    copy = tmp_path / path.partition("/")[0] / shipped.name
    copy.parent.mkdir()
    copy.write_text(change(shipped.read_text("utf-8")), "utf-8")
    found = records.record(copy)
    return Record(shipped, found.kind, found.slug, found.triples)


@pytest.mark.parametrize("path", ["repository/zenodo", "guidance/write-a-data-management-plan"])
def test_a_record_as_it_is_has_no_fault(ground: Ground, folders: Folders, path: str) -> None:
    as_it_is = records.record(folders.instances / f"{path}.ttl")
    assert [one for one in ground.findings(as_it_is) if one.fatal] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found(
    among_some: Ground, some: Folders, tmp_path: Path, name: str
) -> None:
    found = [one for one in among_some.findings(draft(some, tmp_path, name)) if one.fatal]
    word = PLANTED[name][2].lower()
    assert found
    assert any(word in f"{one.message} {one.path} {one.value}".lower() for one in found), found


@pytest.mark.slow
def test_a_twin_of_a_record_is_found(ground: Ground, folders: Folders) -> None:
    sftp = records.record(folders.instances / "tool/sftp.ttl")
    text = sftp.path.read_text("utf-8").replace("id/tool/sftp>", "id/tool/sftp-again>")
    path = sftp.path.with_name("sftp-again.ttl")
    triples = tuple(quad.triple for quad in parse(text, format=RdfFormat.TURTLE))
    found = ground.findings(Record(path, "tool", "sftp-again", triples))
    assert any("same name" in one.message for one in found if one.fatal)
    assert not path.exists()


@pytest.mark.slow
def test_among_those_that_it_names_the_same_is_found(
    among_some: Ground, some: Folders, tmp_path: Path
) -> None:
    near = Ground(some, near=True)
    for number, name in enumerate(PLANTED):
        place = tmp_path / str(number)
        place.mkdir()
        faulty = draft(some, place, name)
        assert said(near, faulty) == said(among_some, faulty), name


def said(ground: Ground, record: Record) -> set[tuple[str, str, str]]:
    """What is found; where a path has no name, each report gives it another."""
    return {(one.severity, one.message, one.value) for one in ground.findings(record)}


def test_no_file_elsewhere_is_read(folders: Folders) -> None:
    near = Ground(folders, near=True)
    shipped = records.record(folders.instances / "tool/sftp.ttl")
    for name in ("tool/../../elsewhere", "../pyproject", "tool/"):
        named = Statement(shipped.node, term("dct:source"), NamedNode(f"{IDS}{name}"))
        found = near._named(Record(shipped.path, "tool", "sftp", (named,)))
        assert found == {}, name
