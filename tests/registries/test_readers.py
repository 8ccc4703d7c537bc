"""Readers of registries: what is there is kept, what is broken is named, nothing is made up."""

import json
from pathlib import Path

import pytest

from fingerpost.errors import NotOfRegistry
from fingerpost.registries import fairsharing, json_lines, rdmkit, re3data, reading
from fingerpost.registries.entry import Broken, Entry
from fingerpost.registries.reading import READERS, Reader

RECORD = {
    "id": "12",
    "type": "fairsharing_records",
    "attributes": {
        "name": "FAIRsharing record for: Cedar",
        "description": "This FAIRsharing record describes: Trees.",
        "fairsharing_registry": "Database",
        "record_type": "repository",
        "countries": ["Sweden"],
        "subjects": ["Botany"],
        "domains": ["Botany", "Seed"],
        "updated_at": "2022-10-13T09:43:39.004Z",
        "metadata": {
            "doi": "10.25504/FAIRSHARING.ab12cd",
            "abbreviation": "CDR",
            "homepage": "https://cedar.example",
            "status": "deprecated",
            "contacts": [{"contact_name": "A person", "contact_email": "a@person.example"}],
            "cross_references": [
                {"portal": "re3data", "name": "re3data:r3d100000001"},
                {"portal": "SciCrunch", "name": "SciCrunch:RRID:SCR_002122"},
                {"portal": "BioPortal", "name": "CDR"},
                {"portal": "Elsewhere", "name": "CDR"},
            ],
        },
    },
}
XML = """<r3d:re3data xmlns:r3d="http://www.re3data.org/schema/{schema}"><r3d:repository>
{fields}</r3d:repository></r3d:re3data>"""
COMMON = """<r3d:repositoryName>Cedar</r3d:repositoryName>
<r3d:additionalName>CDR</r3d:additionalName><r3d:description> Trees. </r3d:description>
<r3d:repositoryContact>a@person.example</r3d:repositoryContact>
<r3d:lastUpdate>2016-02-26</r3d:lastUpdate>
<r3d:institution><r3d:institutionName>X</r3d:institutionName>
<r3d:institutionCountry>SWE</r3d:institutionCountry></r3d:institution>
<r3d:databaseAccess><r3d:databaseAccessType>open</r3d:databaseAccessType></r3d:databaseAccess>"""
OLD = """<r3d:re3data.orgIdentifier>r3d100000001</r3d:re3data.orgIdentifier>
<r3d:repositoryURL>https://cedar.example</r3d:repositoryURL>
<r3d:repositoryIdentifier>FAIRsharing_doi:10.25504/FAIRsharing.ab12cd</r3d:repositoryIdentifier>
<r3d:repositoryIdentifier>RRID:SCR_002122</r3d:repositoryIdentifier>
<r3d:subject subjectScheme="DFG">2 Life Sciences</r3d:subject>
<r3d:startDate></r3d:startDate><r3d:endDate></r3d:endDate>"""
NEW = """<r3d:identifiers><r3d:re3data>r3d100000001</r3d:re3data>
<r3d:doi>https://doi.org/10.17616/R31</r3d:doi></r3d:identifiers>
<r3d:repositoryUrl>https://cedar.example</r3d:repositoryUrl>
<r3d:repositoryIdentifier><r3d:repositoryIdentifierType>X</r3d:repositoryIdentifierType>
<r3d:repositoryIdentifierValue>FAIRsharing_doi:10.25504/FAIRsharing.ab12cd</r3d:repositoryIdentifierValue>
</r3d:repositoryIdentifier>
<r3d:repositoryIdentifier>
<r3d:repositoryIdentifierValue>RRID:SCR_002122</r3d:repositoryIdentifierValue>
</r3d:repositoryIdentifier>
<r3d:subject><r3d:subjectId>2</r3d:subjectId><r3d:subjectName>Life Sciences</r3d:subjectName>
</r3d:subject>"""
ENDED = "<r3d:endDate><r3d:closed>2013-07-31</r3d:closed></r3d:endDate>"


def taken(reader: Reader, data: str) -> Entry:
    (found,) = list(reader(data.encode()))
    assert isinstance(found, Entry)
    return found


def test_a_record_of_fairsharing() -> None:
    found = taken(fairsharing.entries, json.dumps({"data": [RECORD]}))
    assert found == Entry(
        id="fairsharing:FAIRsharing.ab12cd",
        name="Cedar",
        alt_names=("CDR",),
        homepage="https://cedar.example",
        description="Trees.",
        kind="repository",
        status="deprecated",
        subjects=("Botany", "Seed"),
        countries=("Sweden",),
        identifiers=("re3data:r3d100000001", "rrid:SCR_002122", "bioportal:CDR"),
        modified="2022-10-13",
    )
    assert "person" not in repr(found)


def test_a_record_without_a_doi_goes_by_its_number() -> None:
    found = taken(fairsharing.entries, '[{"id": "467", "attributes": {"name": "Oak"}}]')
    assert (found.id, found.name) == ("fairsharing:467", "Oak")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'{"message": "You must sign in"}', "it says: You must sign in"),
        (b"<html>", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b'[{"type": "users"}]', 'the type "fairsharing_records"'),
    ],
)
def test_an_error_of_fairsharing_is_one(data: bytes, told: str) -> None:
    with pytest.raises(NotOfRegistry, match=told):
        list(fairsharing.entries(data))


def test_a_broken_record_is_named_and_the_others_taken() -> None:
    wrong = {"id": "13", "attributes": {"name": "Oak", "countries": "Sweden, ", "subjects": [1]}}
    found = list(fairsharing.entries(json.dumps([RECORD, wrong, 5, {}]).encode()))
    assert isinstance(found[0], Entry)
    assert found[1] == Broken("record 2 (13)", "subjects", "this is a list of texts, not [1].")
    assert [str(one) for one in found[2:]] == [
        "record 3: this is no JSON object.",
        "record 4 (without id), name: this is missing.",
    ]


@pytest.mark.parametrize(
    ("schema", "fields", "status"),
    [
        ("2-2", OLD, ""),
        ("3-0/", NEW + ENDED, "closed 2013-07-31"),
        ("4-0", NEW + "<r3d:endDate>2020-01-02</r3d:endDate>", "closed 2020-01-02"),
    ],
)
def test_a_repository_of_re3data(schema: str, fields: str, status: str) -> None:
    assert taken(re3data.entries, XML.format(schema=schema, fields=COMMON + fields)) == Entry(
        id="re3data:r3d100000001",
        name="Cedar",
        alt_names=("CDR",),
        homepage="https://cedar.example",
        description="Trees.",
        kind="repository",
        status=status,
        access=("open",),
        subjects=("Life Sciences",),
        countries=("SWE",),
        identifiers=(
            *(("doi:10.17616/R31",) if fields.startswith(NEW) else ()),
            "fairsharing:FAIRsharing.ab12cd",
            "rrid:SCR_002122",
        ),
        modified="2016-02-26",
    )


def test_what_re3data_lacks_is_named() -> None:
    found = list(re3data.entries(XML.format(schema="2-2", fields=COMMON).encode()))
    assert [str(one) for one in found] == [
        "repository 1 (Cedar), re3data identifier: r3d1 and eight digits are missing."
    ]
    for data in (b"", b"<a", b"<a/>", b"[]"):
        with pytest.raises(NotOfRegistry):
            list(re3data.entries(data))


def test_tools_of_rdmkit() -> None:
    text = """
- {id: cedar, name: Cedar, url: "https://cedar.example", description: Trees.,
   registry: {fairsharing: ab12cd, biotools: cedar, tess: NA, fairsharing-coll: x}}
- {id: oak, name: Oak, registry: {fairsharing: NA}}
- {id: elm, registry: null}
"""
    cedar, oak, elm = rdmkit.entries(text.encode())
    assert isinstance(cedar, Entry)
    assert cedar.identifiers == ("fairsharing:FAIRsharing.ab12cd", "biotools:cedar")
    assert oak == Entry("rdmkit:oak", "Oak", kind="tool")
    assert elm == Broken("tool 3 (elm)", "name", "this is missing.")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 2: this is not JSON"),
        ("[]", "line 2: an entry is a JSON object"),
        ('{"name": "x"}', "line 2, id: this is missing."),
        ('{"id": "a:2", "name": " NA "}', "line 2, name: this is missing."),
        ('{"id": "a:2", "name": "x", "alt_names": {}}', "line 2, alt_names: this is a list"),
        ('{"id": "a:2", "name": "x", "homepage": 5}', "line 2, homepage: this is a text, not 5"),
    ],
)
def test_a_line_that_is_no_entry_is_named(line: str, told: str) -> None:
    first, second = json_lines.entries(b'{"id": "a:1", "name": "x"}\n' + line.encode())
    assert first == Entry("a:1", "x")
    assert str(second).startswith(told)


def test_a_file_is_read_as_what_it_looks_like(tmp_path: Path) -> None:
    files = {
        "a.json": json.dumps({"data": [RECORD]}, indent=1),
        "b.xml": XML.format(schema="2-2", fields=COMMON + OLD),
        "c.yml": "- {id: cedar, name: Cedar}\n",
        "d.jsonl": '{"id": "x:1", "name": "Old"}\n{"id": "x:1", "name": "Cedar"}\n',
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
        (found,) = reading.read(tmp_path / name).entries
        assert found.name == "Cedar"


def test_every_file_of_the_registries_is_read(shared: Path) -> None:
    place = shared / "registries"
    for path in sorted((place / "fairsharing").rglob("*.json")):
        found = reading.read(path, "fairsharing")
        assert not found.broken
        assert found.entries or path.stem == "search_junk"
    whole = reading.read(place / "fairsharing/jsonapi_records.json")
    assert len(whole.entries) == 118
    assert sum(one.id.startswith("fairsharing:FAIRsharing.") for one in whole.entries) == 104
    for path in sorted((place / "re3data").glob("*.xml")):
        (one,) = reading.read(path).entries
        assert one.homepage
        assert one.modified
    tools = reading.read(shared / "upstream/rdmkit/tool_and_resource_list.yml")
    assert not tools.broken
    assert len(tools.entries) == 631
    (repository,) = reading.read(place / "re3data/ontology_re3dataRepoExample30.ttl").entries
    assert repository.id == "re3data:r3d100000001"


def test_no_file_of_the_registries_breaks_a_reader(shared: Path) -> None:
    for path in sorted((shared / "registries").rglob("*")):
        if path.is_dir() or path.suffix in {".owl", ".obo"}:
            continue
        for registry in (None, *READERS):
            try:
                reading.read(path, registry)
            except NotOfRegistry as fault:
                assert path.name in str(fault)  # noqa: PT017 - it may be raised, or not


@pytest.mark.parametrize("encoding", ["unheard-of", "big5", "idna", "base64", "undefined"])
@pytest.mark.parametrize("name", ["re3data", "rdf"])
def test_an_encoding_that_cannot_be_read_is_told(name: str, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><repository/>'
    with pytest.raises(NotOfRegistry, match="not XML"):
        list(READERS[name](text.encode()))


@pytest.mark.parametrize("text", ["[" * 200_000, "- " * 200_000 + "x", "- {a: *b}", "\0"])
def test_yaml_that_would_end_the_process_is_refused(text: str) -> None:
    with pytest.raises(NotOfRegistry):
        list(rdmkit.entries(text.encode()))


def test_what_yaml_makes_much_of_is_shown_in_short() -> None:
    lines = [
        "a: &a0 [x, x]",
        *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)),
    ]
    inside = "".join(f"  {line}\n" for line in lines)
    text = f"- {inside.strip()}\n  id: *a11\n- {{id: x, name: *a11}}\n"
    found = [str(one) for one in rdmkit.entries(text.encode())]
    assert all("this is a text, not [[" in one and len(one) < 200 for one in found)
    assert len(found) == 2


def test_a_number_too_long_for_python_is_no_json() -> None:
    for name in ("fairsharing", "ror", "biotools", "re3data"):
        with pytest.raises(NotOfRegistry):
            list(READERS[name](b'{"r3d100000001": ' + b"1" * 5000 + b"}"))
    with pytest.raises(NotOfRegistry):
        list(READERS["ror"](b"[" + b"1" * 5000 + b"]"))
