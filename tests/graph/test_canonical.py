"""The canonical form: stable, faithful, and readable."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from fingerpost.errors import Unreadable
from fingerpost.files import Folders
from fingerpost.graph import canonical, records

MESSY = """
@prefix fp: <https://w3id.org/fingerpost/ontology#> .
@prefix k: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/fingerpost/id/tool/thing>
  k:altLabel "b"@en, "a"@en ; k:prefLabel "Th\\"ing\\n"@en ;
  fp:usedIn <https://w3id.org/fingerpost/id/phase/plan> ; a fp:Tool ; fp:order 01, 2.50, true .
<https://w3id.org/fingerpost/id/tool/thing#claim-x> a fp:Claim ;
  fp:subject <https://w3id.org/fingerpost/id/tool/thing> ; fp:value <http://x/y.z> .
"""
NEAT = """@base <https://w3id.org/fingerpost/id/tool/thing> .
@prefix fp: <https://w3id.org/fingerpost/ontology#> .
@prefix phase: <https://w3id.org/fingerpost/id/phase/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<>
  a fp:Tool ;
  skos:prefLabel "Th\\"ing\\n"@en ;
  skos:altLabel "a"@en ,
    "b"@en ;
  fp:usedIn phase:plan ;
  fp:order 01 ,
    2.50 ,
    true .

<#claim-x>
  a fp:Claim ;
  fp:subject <> ;
  fp:value <http://x/y.z> .
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "tool"
    folder.mkdir()
    return folder / "thing.ttl"


def test_a_record_is_written_in_one_form(file: Path) -> None:
    file.write_text(MESSY, "utf-8")
    assert canonical.turtle(records.record(file)) == NEAT


def test_the_canonical_form_is_its_own_and_says_the_same(file: Path) -> None:
    file.write_text(MESSY, "utf-8")
    before = records.record(file)
    file.write_text(canonical.turtle(before), "utf-8")
    after = records.record(file)
    assert set(after.triples) == set(before.triples)
    assert canonical.turtle(after) == canonical.turtle(before)


@pytest.mark.parametrize(
    "text", ["ÅÄÖ 😀", "tab\there", 'quote " and \\ slash', "line\nbreak\r", "\u202e"]
)
def test_any_text_survives(file: Path, text: str) -> None:
    escaped = (
        text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    )
    file.write_text(
        "@prefix fp: <https://w3id.org/fingerpost/ontology#> . "
        "<https://w3id.org/fingerpost/id/tool/thing> a fp:Tool ; "
        f'<http://purl.org/dc/terms/description> "{escaped}"@en .',
        "utf-8",
    )
    again = parse(canonical.turtle(records.record(file)), format=RdfFormat.TURTLE)
    assert text in {quad.object.value for quad in again if hasattr(quad.object, "language")}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<> a", "not Turtle"),
        ("@base <https://w3id.org/fingerpost/id/tool/thing> . <> <http://x/> [] .", "blank node"),
        ("<http://x/other> <http://x/> 1 .", "may only describe"),
        ("<https://w3id.org/fingerpost/id/tool/thing> <http://x/> 1 .", "no type fp:Tool"),
    ],
)
def test_a_file_that_is_no_record_is_named_with_its_fault(
    file: Path, text: str, message: str
) -> None:
    file.write_text(text, "utf-8")
    with pytest.raises(Unreadable, match=f"thing.ttl.*{message}"):
        records.record(file)


def test_the_faults_of_all_files_are_reported_together(tmp_path: Path) -> None:
    (tmp_path / "tool").mkdir()
    (tmp_path / "castle").mkdir()
    (tmp_path / "tool" / "one.ttl").write_text("nonsense", "utf-8")
    (tmp_path / "castle" / "two.ttl").write_text("", "utf-8")
    (tmp_path / "tool" / "three.ttl").write_bytes(b"\xff\xfe")
    with pytest.raises(Unreadable) as fault:
        records.records(tmp_path)
    assert len(fault.value.faults) >= 3


def test_every_shipped_record_is_in_canonical_form(folders: Folders) -> None:
    messy = [
        found.path.name
        for found in records.records(folders.instances)
        if found.path.read_text("utf-8") != canonical.turtle(found)
    ]
    assert not messy, "run `fingerpost format`"
