"""`fingerpost check` finds nothing on the shipped data, and finds every planted fault."""

import datetime
import json
import re
import shutil
from collections.abc import Callable, Set
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner

from fingerpost import checking, store
from fingerpost.checking import Findings
from fingerpost.cli import commands
from fingerpost.errors import NotConforming
from fingerpost.files import Folders
from fingerpost.graph.vocabulary import KINDS, PREFIXES

Change = Callable[[str], str]


def replaced(pattern: str, by: str) -> Change:
    """A change that must change something."""

    def change(text: str) -> str:
        changed, times = re.subn(pattern, by, text, count=1, flags=re.DOTALL)
        assert times == 1, f"nothing to plant at: {pattern}"
        return changed

    return change


def added(statements: str) -> Change:
    return lambda text: text + "\n" + statements + "\n"


FAULTS: dict[str, tuple[str, Change, str]] = {
    "no preferred name": ("tool/sftp", replaced(r"  skos:prefLabel [^;]*;\n", ""), "name"),
    "two preferred names": (
        "tool/sftp", replaced(r'skos:prefLabel "SFTP"@en', 'skos:prefLabel "SFTP"@en , "FTP"@en'), "name",
    ),
    "no description": ("tool/sftp", replaced(r"  dct:description [^;]*;\n", ""), "description"),
    "homepage that is no address": (
        "repository/zenodo", replaced(r"schema:url <[^>]*>", "schema:url <ftp://zenodo.org/>"), "http",
    ),
    "no source": ("tool/sftp", replaced(r"  dct:source [^;]*;\n", ""), "source"),
    "no date": ("tool/sftp", replaced(r" ;\n  dct:modified [^.]*\.\n", " .\n"), "dct:modified"),
    "status that is none": (
        "tool/sftp", replaced("status:active", "status:sleepy"), "status",
    ),
    "superseded without a date or successor": (
        "tool/sftp", replaced("status:active", "status:superseded"), "superseded",
    ),
    "active and replaced": (
        "tool/sftp",
        replaced("fp:status status:active", "dct:isReplacedBy <https://w3id.org/fingerpost/id/tool/transit> ;\n  fp:status status:active"),
        "active",
    ),
    "data type that does not exist": (
        "repository/zenodo", replaced("data-type:any-data", "data-type:some-data"), "data type",
    ),
    "phase where a data type belongs": (
        "repository/zenodo", replaced("data-type:any-data", "<https://w3id.org/fingerpost/id/phase/share>"), "data type",
    ),
    "country spelt out": (
        "tool/transit", replaced('fp:country "SE"', 'fp:country "Sweden"'), "country",
    ),
    "identifier that does not match its registry": (
        "repository/zenodo", replaced("FAIRsharing.wy4egf", "wy4egf"), "identifier",
    ),
    "source that does not exist": (
        "tool/sftp", replaced("source:rdm-guidelines-collect-2022", "source:hearsay"), "source",
    ),
    "guidance without a phase": (
        "guidance/record-every-step-of-collection", replaced(r"  fp:inPhase [^;]*;\n", ""), "phase",
    ),
    "guidance without strength": (
        "guidance/record-every-step-of-collection", replaced(r"  fp:strength [^;]*;\n", ""), "strength",
    ),
    "guidance without a source": (
        "guidance/record-every-step-of-collection", replaced(r"  dct:source [^;]*;\n", ""), "source",
    ),
    "size limit without a unit": (
        "repository/zenodo", replaced(r'  fp:unit "GB" ;\n', ""), "unit",
    ),
    "size limit below nothing": (
        "repository/zenodo", replaced(r"fp:amount 50", "fp:amount -50"), "",
    ),
    "claim about another record": (
        "repository/zenodo",
        added("<#claim-strange> a fp:Claim ; fp:subject <https://w3id.org/fingerpost/id/repository/dryad> ; fp:property fp:country ; fp:value \"SE\" ; dct:source source:rdmkit-tool-list ; fp:statedOn \"2026\"^^<http://www.w3.org/2001/XMLSchema#gYear> ."),
        "",
    ),
    "repository without a scope": (
        "repository/zenodo", replaced(r"  fp:repositoryScope [^;]*;\n", ""), "scope",
    ),
    "email with a scheme": (
        "support/scilifelab-data-management", replaced('schema:email "', 'schema:email "mailto:'), "",
    ),
    "recommends what does not exist": (
        "guidance/write-a-data-management-plan", replaced("tool:ds-wizard", "tool:magic-wand"), "",
    ),
    "refers to what does not exist, by a property that no shape speaks of": (
        "tool/sftp", replaced("fp:status status:active", "<http://purl.org/dc/terms/relation> <https://w3id.org/fingerpost/id/tool/telnet> ;\n  fp:status status:active"), "tool/telnet",
    ),
    "ended before it began": (
        "tool/sftp", replaced("fp:status status:active", 'fp:startedOn "2024-11-15"^^xsd:date ;\n  fp:endedOn "2023"^^<http://www.w3.org/2001/XMLSchema#gYear> ;\n  fp:status status:ended'), "began in 2024-11-15",
    ),
    "active after its end": (
        "tool/sftp", replaced("fp:status status:active", 'fp:endedOn "2023"^^<http://www.w3.org/2001/XMLSchema#gYear> ;\n  fp:status status:active'), "ended in 2023",
    ),
    "no Turtle": ("tool/sftp", replaced("fp:Tool ;", "fp:Tool"), "Turtle"),
    "another record's address": ("tool/sftp", replaced("@base <[^>]*>", "@base <https://w3id.org/fingerpost/id/tool/ftp>"), "describe"),
    "a type of another folder": ("tool/sftp", replaced("a fp:Tool", "a fp:Storage"), "type"),
    "a resource that is guidance too": ("tool/sftp", replaced("a fp:Tool", "a fp:Tool , fp:Guidance"), ""),
}  # fmt: skip


DAY = datetime.date(2026, 11, 21)
"""The day as of which the shipped data are checked, whenever the tests run."""


def test_nothing_is_wrong_with_the_shipped_data_and_the_command_says_so() -> None:
    done = CliRunner().invoke(commands, ["check", "--at", str(DAY)])
    assert done.exit_code == 0, done.output
    assert re.search(r"^[1-9][0-9,]{2,} records: 0 violations", done.output, re.MULTILINE)


START = ("repository/dryad", "tool/transit", *(record for record, _, _ in FAULTS.values()))
NAMED = re.compile(rf"\b({'|'.join(KINDS)})[:/]([a-z0-9][a-z0-9-]*)")


def mentioned(text: str, folder: Path) -> set[str]:
    """The records that a file speaks of, by prefixed name or by IRI."""
    found = {f"{kind}/{slug}" for kind, slug in NAMED.findall(text)}
    return {one for one in found if (folder / f"{one}.ttl").exists()}


def parted(folders: Folders, place: Path, more: Set[str] = frozenset()) -> Path:
    """Copy the shipped records in which faults are planted, and more, and all they refer to."""
    concepts = "".join(path.read_text("utf-8") for path in folders.ontology.rglob("*.ttl"))
    waiting = {*START, *more, *mentioned(concepts, folders.instances)}
    known: set[str] = set()
    while waiting:
        one = waiting.pop()
        known.add(one)
        text = (folders.instances / f"{one}.ttl").read_text("utf-8")
        waiting |= mentioned(text, folders.instances) - known
    for one in known:
        (place / one).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(folders.instances / f"{one}.ttl", place / f"{one}.ttl")
    return place


@pytest.fixture
def copy(tmp_path: Path, part: Path) -> Path:
    shutil.copytree(part, tmp_path / "instances")
    return tmp_path


def test_what_faults_are_planted_in_has_none(copy: Path, folders: Folders) -> None:
    whole = Folders(folders.ontology, folders.shapes, copy / "instances", folders.queries)
    found = checking.check(whole, at=DAY)
    assert [one for one in found.problems if one.severity == "violation"] == []
    assert 50 < found.records < 1_000


def test_what_nobody_looked_at_for_a_year_is_warned_of_and_does_not_fail(copy: Path) -> None:
    file = copy / "instances/tool/sftp.ttl"
    text = file.read_text("utf-8")
    file.write_text(re.sub(r'(dct:modified ")[^"]*', r"\g<1>2025-11-20", text), "utf-8")
    asked = ["check", "--data", str(copy), "--at", str(DAY), "--format", "json"]
    found = CliRunner().invoke(commands, asked)
    assert found.exit_code == 0
    old = [one for one in json.loads(found.output)["problems"] if "held against" in one["message"]]
    assert [(one["severity"], one["file"]) for one in old] == [
        ("warning", "instances/tool/sftp.ttl")
    ]


def planted(copy: Path, folders: Folders, record: str, change: Change) -> Findings:
    file = copy / "instances" / f"{record}.ttl"
    file.write_text(change(file.read_text("utf-8")), "utf-8")
    return checking.check(
        Folders(folders.ontology, folders.shapes, copy / "instances", folders.queries)
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found_and_its_file_named(
    name: str, copy: Path, folders: Folders
) -> None:
    record, change, word = FAULTS[name]
    found = planted(copy, folders, record, change)
    hits = [one for one in found.problems if one.severity == "violation" and record in one.file]
    assert hits, found.problems
    assert any(word.lower() in f"{one.message} {one.path}".lower() for one in hits), hits


def test_at_least_fifteen_kinds_of_fault_are_planted() -> None:
    assert len(FAULTS) >= 15


def test_two_records_of_one_name_are_found(copy: Path, folders: Folders) -> None:
    text = (copy / "instances/tool/sftp.ttl").read_text("utf-8")
    twin = copy / "instances/tool/sftp-again.ttl"
    twin.write_text(text.replace("id/tool/sftp>", "id/tool/sftp-again>"), "utf-8")
    found = checking.check(
        Folders(folders.ontology, folders.shapes, copy / "instances", folders.queries)
    )
    assert found.violations >= 1


def test_a_cycle_in_the_hierarchy_is_found(tmp_path: Path, folders: Folders, part: Path) -> None:
    shutil.copytree(folders.ontology, tmp_path / "ontology")
    file = tmp_path / "ontology/concepts/data-types.ttl"
    broader = "data-type:imaging-data skos:broader data-type:light-sheet-microscopy-images ."
    file.write_text(file.read_text("utf-8") + "\n" + broader, "utf-8")
    found = checking.check(Folders(tmp_path / "ontology", folders.shapes, part, folders.queries))
    assert any("imaging-data" in one.record for one in found.problems)
    assert found.violations >= 1


def test_what_does_not_conform_is_not_served_and_not_kept(
    copy: Path, folders: Folders, cache: Path
) -> None:
    file = copy / "instances/tool/sftp.ttl"
    file.write_text(file.read_text("utf-8").replace("status:active", "status:sleepy"), "utf-8")
    broken = Folders(folders.ontology, folders.shapes, copy / "instances", folders.queries)
    cache.mkdir(exist_ok=True)
    before = sorted(cache.iterdir())
    with pytest.raises(NotConforming, match="tool:sftp"):
        store.current(broken)
    assert sorted(cache.iterdir()) == before


def test_the_command_fails_on_violations_and_writes_three_formats(copy: Path) -> None:
    file = copy / "instances/tool/sftp.ttl"
    file.write_text(file.read_text("utf-8").replace("status:active", "status:sleepy"), "utf-8")
    runner = CliRunner()
    text = runner.invoke(commands, ["check", "--data", str(copy)])
    assert text.exit_code == 1
    assert "violation: instances/tool/sftp.ttl" in text.output
    body = runner.invoke(commands, ["check", "--data", str(copy), "--format", "json"])
    assert any(
        one["file"] == "instances/tool/sftp.ttl" for one in json.loads(body.output)["problems"]
    )
    turtle = runner.invoke(commands, ["check", "--data", str(copy), "--format", "turtle"])
    report = rdflib.Graph().parse(data=turtle.output, format="turtle")
    conforms = rdflib.URIRef(PREFIXES["sh"] + "conforms")
    assert list(report.objects(None, conforms)) == [rdflib.Literal(False)]
