"""Readers of ROR, bio.tools, tables, mapping sets, and of the snapshots that Bioregistry has."""

import io
import json
import tracemalloc
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from fingerpost.errors import NotOfRegistry
from fingerpost.registries import biotools, fairsharing, re3data, reading, ror, tables
from fingerpost.registries.entry import Broken, Entry
from fingerpost.registries.reading import Reader

NEW = {
    "id": "https://ror.org/05A28rw58",
    "admin": {"last_modified": {"date": "2024-12-11", "schema_version": "2.1"}},
    "names": [
        {"value": "CIG", "types": ["acronym"], "lang": None},
        {"value": "Cedar Institute", "types": ["ror_display", "label"], "lang": "en"},
        {"value": "Institut du cèdre", "types": ["label"], "lang": "fr"},
    ],
    "links": [
        {"type": "wikipedia", "value": "https://en.wikipedia.org/wiki/Cedar"},
        {"type": "website", "value": "https://cedar.example"},
    ],
    "locations": [{"geonames_details": {"country_code": "NA", "country_name": "Namibia"}}],
    "external_ids": [
        {"type": "isni", "all": ["0000 0001 2348 0690"], "preferred": None},
        {"type": "wikidata", "all": ["Q1", "Q2"], "preferred": "Q2"},
        {"type": "fundref", "all": ["100005595"], "preferred": "100005595"},
    ],
    "status": "withdrawn",
    "types": ["facility", "funder"],
}
OLD = {
    "id": "https://ror.org/05a28rw58",
    "name": "Cedar Institute",
    "labels": [{"label": "Institut du cèdre", "iso639": "fr"}],
    "aliases": [],
    "acronyms": ["CIG"],
    "links": ["https://cedar.example"],
    "country": {"country_code": "NA", "country_name": "Namibia"},
    "external_ids": {
        "ISNI": {"all": ["0000 0001 2348 0690"], "preferred": None},
        "Wikidata": {"all": ["Q1", "Q2"], "preferred": "Q2"},
        "FundRef": {"all": ["100005595"], "preferred": "100005595"},
        "GRID": {"all": "", "preferred": ""},
    },
    "status": "withdrawn",
    "types": ["facility", "funder"],
    "email_address": None,
}
ORGANISATION = {
    "id": "ror:05a28rw58",
    "name": "Cedar Institute",
    "homepage": "https://cedar.example",
    "kind": "facility, funder",
    "status": "withdrawn",
    "countries": ("NA",),
}
IDENTIFIERS = {"isni:0000000123480690", "wikidata:Q2", "wikidata:Q1", "funderregistry:100005595"}
TOOL = {
    "name": "Cedar",
    "description": "Counts rings.",
    "homepage": "https://cedar.example",
    "biotoolsID": "Cedar-2",
    "biotoolsCURIE": "biotools:Cedar-2",
    "toolType": ["Command-line tool", "Library"],
    "topic": [{"term": "Botany", "uri": "http://edamontology.org/topic_0780"}, {"uri": "x"}],
    "otherID": [
        {"type": "rrid", "value": "rrid:SCR_015644"},
        {"type": "doi", "value": "doi:10.5281/zenodo.1"},
        {"type": None, "value": "BIOTOOLS:cedar"},
        {"type": "cpe", "value": "cpe:/a:cedar"},
    ],
    "maturity": "Legacy",
    "accessibility": "Open access",
    "credit": [{"name": "A Person", "email": "a@person.example"}],
    "lastUpdate": "2019-11-11T14:45:04Z",
}


def taken(reader: Reader, found: object) -> Entry:
    (entry,) = list(reader(json.dumps(found).encode()))
    assert isinstance(entry, Entry), entry
    return entry


@pytest.mark.parametrize("form", [lambda one: one, lambda one: [one], lambda one: {"items": [one]}])
@pytest.mark.parametrize(("record", "modified"), [(NEW, "2024-12-11"), (OLD, "")])
def test_an_organisation_of_ror(record: object, modified: str, form: object) -> None:
    found = taken(ror.entries, form(record))  # type: ignore[operator]
    assert {name: getattr(found, name) for name in ORGANISATION} == ORGANISATION
    assert set(found.alt_names) == {"CIG", "Institut du cèdre"}
    assert set(found.identifiers) == IDENTIFIERS
    assert found.modified == modified


def test_what_ror_lacks_is_named() -> None:
    records = [NEW, {"id": "https://ror.org/x", "names": []}, {**NEW, "names": []}, 7]
    found = list(ror.entries(json.dumps(records).encode()))
    assert [str(one) for one in found[1:]] == [
        "organisation 2 (https://ror.org/x), names: the displayed one is missing.",
        "organisation 3 (https://ror.org/05A28rw58), names: the displayed one is missing.",
        "organisation 4: this is no JSON object.",
    ]
    for data in (b"", b"<a/>", b'{"errors": ["no"]}', b"7"):
        with pytest.raises(NotOfRegistry):
            list(ror.entries(data))
    with pytest.raises(NotOfRegistry, match=r"not JSON after element 1"):
        list(ror.entries(json.dumps([NEW, NEW]).encode()[:-20]))


def test_the_newest_list_in_a_dump_of_ror_is_read(tmp_path: Path) -> None:
    path = tmp_path / "v1.60-ror-data.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("v1.60-ror-data.csv", "id,name\n")
        archive.writestr("v1.60-ror-data.json", json.dumps([{**OLD, "name": "Old"}]))
        archive.writestr("v1.60-ror-data_schema_v2.json", "\ufeff" + json.dumps([NEW]))
    (found,) = reading.read(path).entries
    assert found.name == "Cedar Institute"
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(NotOfRegistry):
        reading.read(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "")
    with pytest.raises(NotOfRegistry, match="no JSON file"):
        reading.read(path)


def test_a_long_list_is_not_held_at_once(tmp_path: Path) -> None:
    path = tmp_path / "ror.json"
    one = json.dumps({**NEW, "relationships": [{"label": "x" * 4000}]}, indent=2)
    with path.open("w") as file:
        file.write("[" + ",\n".join([one] * 2500) + "]")
    assert path.stat().st_size > 10_000_000
    tracemalloc.start()
    count = sum(1 for _ in reading.each(path))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 2500
    assert most < 9_000_000


def test_a_tool_of_biotools() -> None:
    expected = Entry(
        id="biotools:Cedar-2",
        name="Cedar",
        homepage="https://cedar.example",
        description="Counts rings.",
        kind="Command-line tool, Library",
        status="Legacy",
        access=("Open access",),
        subjects=("Botany",),
        identifiers=("rrid:SCR_015644", "doi:10.5281/zenodo.1", "biotools:cedar"),
        modified="2019-11-11",
    )
    assert taken(biotools.entries, TOOL) == expected
    assert taken(biotools.entries, {"count": 1, "next": None, "list": [TOOL]}) == expected
    assert taken(biotools.entries, [{**TOOL, "biotoolsID": None}]) == expected


def test_what_biotools_lacks_is_named() -> None:
    wrong = [{**TOOL, "name": ""}, {"name": "x", "biotoolsID": "a b"}, {**TOOL, "topic": [1]}]
    assert [str(one) for one in biotools.entries(json.dumps(wrong).encode())] == [
        "tool 1 (Cedar-2), name: this is missing.",
        "tool 2 (a b), biotoolsID: this is missing, or no identifier of bio.tools.",
        "tool 3 (Cedar-2), topic: this is a list of objects, not [1].",
    ]
    with pytest.raises(NotOfRegistry, match="Not found"):
        list(biotools.entries(b'{"detail": "Not found."}'))


def test_bioregistrys_snapshot_of_fairsharing() -> None:
    record = {
        "name": "Cedar",
        "short_names": ["CDR", "Cedar", "NA"],
        "homepage": "https://cedar.example",
        "description": "Trees.",
        "keywords": ["Botany"],
        "contact": {"email": "a@person.example", "name": "A Person"},
    }
    found = taken(fairsharing.entries, {"fairsharing.aB12": record})
    assert found == Entry(
        id="fairsharing:FAIRsharing.aB12",
        name="Cedar",
        alt_names=("CDR",),
        homepage="https://cedar.example",
        description="Trees.",
        subjects=("Botany",),
    )
    data = {"FAIRsharing.1": record, "FAIRsharing.2": {"name": 5}, "x": {}, "FAIRsharing.3": []}
    found_all = list(fairsharing.entries(json.dumps(data).encode()))
    assert [str(one) for one in found_all[1:]] == [
        "FAIRsharing.2, name: this is a text, not 5.",
        "x: this is no identifier of FAIRsharing.",
        "FAIRsharing.3: this is no JSON object.",
    ]


def test_bioregistrys_snapshot_of_re3data() -> None:
    xrefs = {
        "doi": "10.17616/R31",
        "nif": "0000-00133",
        "omics": "00869",
        "fairsharing.legacy": "7418/",
        "isni": "0000 0004 7448 6517",
        "pssb": "1",
    }
    record = {"name": "Cedar", "prefix_synonyms": ["CDR"], "xrefs": xrefs}
    assert taken(re3data.entries, {"r3d100000001": record}) == Entry(
        id="re3data:r3d100000001",
        name="Cedar",
        alt_names=("CDR",),
        kind="repository",
        identifiers=(
            "doi:10.17616/R31",
            "fairsharing:7418",
            "isni:0000000474486517",
            "rrid:nif-0000-00133",
            "rrid:OMICS_00869",
        ),
    )
    with pytest.raises(NotOfRegistry):
        list(re3data.entries(b'{"a": {}}'))


def test_the_snapshots_in_bioregistrys_package_are_read_whole() -> None:
    package = pytest.importorskip("bioregistry")
    place = Path(package.__file__).parent / "external"
    for registry, least in (("fairsharing", 4000), ("re3data", 3500)):
        path = place / registry / "processed.json"
        assert reading.recognised(path) == registry
        found = reading.read(path)
        assert not found.broken
        assert len(found.entries) == len(json.loads(path.read_bytes())) >= least
        assert "@" not in "".join(
            identifier for one in found.entries for identifier in one.identifiers
        )


def test_a_table_of_entries() -> None:
    text = (
        "\ufeffName;id;alt_names;homepage;identifiers;contact\r\n"
        'Cedar;x:1;"CDR| |NA|The ""C""";https://cedar.example;ror:0|;A Person\r\n'
        ";x:2;;;;\r\n"
        "Elm;x:3;;;;;;\r\n"
        '"Oak\r\ntree";x:4\r\n'
    )
    cedar, second, third, oak = tables.entries(text.encode())
    assert cedar == Entry(
        id="x:1",
        name="Cedar",
        alt_names=("CDR", 'The "C"'),
        homepage="https://cedar.example",
        identifiers=("ror:0",),
    )
    assert str(second) == "line 3, name: this is missing."
    assert str(third) == "line 4: this row has more cells than there are columns."
    assert oak == Entry("x:4", "Oak tree")
    assert next(tables.entries(text.removeprefix("\ufeff").encode("utf-16"))) == cedar
    for data in (b"", b"a,b\n", b"\xfc", b"\xff\xfea", b"id\n"):
        with pytest.raises(NotOfRegistry):
            list(tables.entries(data))


def test_a_mapping_set_gives_cross_references() -> None:
    text = (
        "# license: x\n"
        "subject_id\tsubject_label\tpredicate_id\tpredicate_modifier\tobject_id\n"
        "a:1\tCedar\tskos:exactMatch\t\tb:1\n"
        "a:1\t\tskos:exactMatch\t\tc:1\n"
        "a:1\tCedar\tskos:exactMatch\tNot\td:1\n"
        "a:2\t\tskos:closeMatch\t\tb:2\n"
        "a:3\t\t\t\tb:2\n"
    )
    found = list(tables.mapped(text.encode()))
    assert found == [
        Broken("line 7", "predicate_id", "this is missing."),
        Entry("a:1", "Cedar", identifiers=("b:1", "c:1")),
        Entry("a:2", "a:2"),
    ]
    with pytest.raises(NotOfRegistry, match="predicate_id"):
        list(tables.mapped(b"subject_id\tobject_id\n"))


def test_files_are_known_by_how_they_begin(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("ror.json", json.dumps([NEW]))
    mappings = b"subject_id\tpredicate_id\tobject_id\na:1\tskos:exactMatch\tb:1\n"
    files = {
        "a.json": (json.dumps([NEW]).encode(), "ror"),
        "b.json": (json.dumps({"items": [OLD], "number_of_results": 1}).encode(), "ror"),
        "c.zip": (buffer.getvalue(), "ror"),
        "d.json": (json.dumps({"count": 1, "list": [TOOL]}, indent=1).encode(), "biotools"),
        "e.json": (b'\n{"r3d100000001": {"name": "x"}}', "re3data"),
        "f.json": (b'{\n  "FAIRsharing.1": {"name": "x"}\n}', "fairsharing"),
        "g.csv": (b"id,name\nx:1,x\n", "csv"),
        "h.tsv": (mappings, "sssom"),
        "i.sssom.tsv": (b"# license: x\n" + mappings, "sssom"),
        "j.jsonl": (b'{"id": "https://ror.org/05a28rw58", "name": "x"}\n', "lines"),
        "k": (b'{"id": "x:1", "name": "x"}\n{"id": "x:2", "name": "x"}\n', "lines"),
    }
    for name, (data, registry) in files.items():
        path = tmp_path / name
        path.write_bytes(data)
        assert (name, reading.recognised(path)) == (name, registry)
        found = reading.read(path)
        assert found.entries
        assert not found.broken


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("<<<!!!<<< This archive is no longer available >>>!!!>>> Rings.", "offline"),
        ("<<<!!!<<< 2020-01-02: Cedar is offline. >>>!!!>>>", "offline"),
        ("<<<!!!<<<OFFLINE>>>!!!>>> Rings.", "offline"),
        ("Rings. <<<!!!<<< it seems to be offline !!!>>> What is no longer closed.", "offline"),
        ("<<<!!!<<< The data don't exist anymore >>> !!! >>>", "offline"),
        ("<<<!!!<<< duplicate, see r3d100000002 >>>!!!>>>", "superseded"),
        ("<<<!!!<<< Cedar has been replaced by Oak. >>>!!!>>>", "superseded"),
        ("<<<!!!<<< Cedar is no longer updated. >>>!!!>>> The old one is offline.", ""),
        ("<<<!!!<<< Mind the gap !!!>>> What was closed is open.", ""),
        ("Of what is no longer available elsewhere.", ""),
        ("<<<!!!<<<", ""),
    ],
)
def test_a_tombstone_in_a_description_of_re3data_is_a_status(said: str, status: str) -> None:
    found = taken(re3data.entries, {"r3d100000001": {"name": "Cedar", "description": said}})
    assert found.status == status
    assert found.description == said
    escaped = said.replace("<", "&lt;").replace(">", "&gt;")
    (other,) = re3data.entries(
        f"""<r3d:repository xmlns:r3d="x"><r3d:re3data.orgIdentifier>r3d100000001
        </r3d:re3data.orgIdentifier><r3d:repositoryName>Cedar</r3d:repositoryName>
        <r3d:description>{escaped}</r3d:description></r3d:repository>""".encode()
    )
    assert isinstance(other, Entry)
    assert other.status == status


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("This resource is no longer available, as its source is gone.", "deprecated"),
        ('Rings. This record was marked with a "Deprecated" status.', "deprecated"),
        ("Rings. The record has been marked as Uncertain.", "uncertain"),
        ("Rings that this resource is no longer available for.", ""),
        ("Deprecated units of rings.", ""),
    ],
)
def test_a_tombstone_in_a_description_of_fairsharing_is_a_status(said: str, status: str) -> None:
    found = taken(fairsharing.entries, {"FAIRsharing.1": {"name": "Cedar", "description": said}})
    assert (found.status, found.description) == (status, said)


def test_hundreds_of_records_in_bioregistrys_package_are_gone() -> None:
    package = pytest.importorskip("bioregistry")
    place = Path(package.__file__).parent / "external"
    for registry, least in (
        ("fairsharing", {"deprecated": 70, "uncertain": 10}),
        ("re3data", {"offline": 250, "superseded": 20}),
    ):
        found = reading.read(place / registry / "processed.json")
        counts = Counter(one.status for one in found.entries)
        assert counts.keys() == {"", *least}
        assert all(counts[status] >= number for status, number in least.items()), counts
