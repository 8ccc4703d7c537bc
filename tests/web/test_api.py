"""`/api/records`: JSON:API that a client written for FAIRsharing reads."""

import json
import urllib.parse
from pathlib import Path
from typing import Any

import pytest

from asking import fetch
from fingerpost import web
from fingerpost.catalogue import Catalogue
from fingerpost.graph.vocabulary import IDS, RESOURCE_KINDS
from fingerpost.index import asking, indexes
from fingerpost.index.lists import Listing
from fingerpost.publish import jsonapi, narrowed, resembling
from fingerpost.publish.jsonapi import Page
from fingerpost.publish.narrowed import FILTERS, Records
from fingerpost.publish.openapi import listing
from fingerpost.publish.resembling import Json
from fingerpost.registries import fairsharing
from fingerpost.registries.entry import Entry
from fingerpost.web.site import Site

OURS = {"fingerpost"}
"""Attributes that a FAIRsharing record has not."""


Known = dict[str, Json]
"""Id → attributes."""


@pytest.fixture(scope="module")
def records(opened: Catalogue) -> Known:
    every = asking.of_kinds(opened.engine, RESOURCE_KINDS)
    return resembling.read(opened.engine, [iri.removeprefix(IDS) for iri in sorted(every)])


def get(server: str, path: str = "", **asked: object) -> Any:
    status, headers, body = fetch(f"{server}/api/records{path}?{urllib.parse.urlencode(asked)}")
    assert status == 200, body
    assert headers["Content-Type"] == "application/vnd.api+json"
    return json.loads(body)


def refused(server: str, path: str, status: int) -> str:
    given, headers, body = fetch(f"{server}/api/records{path}", "application/vnd.api+json")
    assert (given, headers["Content-Type"]) == (status, "application/vnd.api+json")
    (error,) = json.loads(body)["errors"]
    assert error["status"] == str(status)
    return str(error["detail"])


def read(document: object) -> list[Entry]:
    found = list(fairsharing.entries(json.dumps(document).encode()))
    assert all(isinstance(one, Entry) for one in found), found
    return [one for one in found if isinstance(one, Entry)]


def test_the_reader_for_fairsharing_reads_every_page(server: str) -> None:
    entries: list[Entry] = []
    address = f"{server}/api/records?page[size]=200"
    while address:
        document = json.loads(fetch(address)[2])
        entries += read(document)
        address = document["links"]["next"]
    assert len(entries) == document["meta"]["total"] > 800
    zenodo = next(one for one in entries if one.name == "Zenodo")
    assert zenodo.homepage == "https://zenodo.org/"
    assert zenodo.description.startswith("A general-purpose repository")
    assert (zenodo.kind, zenodo.status, zenodo.access) == ("repository", "ready", ("open",))
    assert zenodo.countries == ("Switzerland",)
    assert "Any data" in zenodo.subjects
    assert "re3data:r3d100010468" in zenodo.identifiers
    assert zenodo.modified >= "2026"


def test_attributes_are_those_of_a_real_record(records: Known, shared: Path) -> None:
    real = json.loads((shared / "registries" / "fairsharing" / "jsonapi_records.json").read_text())
    within = [one["attributes"] for one in real]
    names = {name for one in within for name in one}
    metadata = {name for one in within for name in one["metadata"]}
    linked = {name for one in within for each in one["linked_records"] for name in each}
    licences = {name for one in within for each in one["licence_links"] for name in each}
    for found in records.values():
        assert set(found) - OURS <= names
        assert set(found["metadata"]) <= metadata
        assert {name for one in found["linked_records"] for name in one} <= linked
        assert {name for one in found["licence_links"] for name in one} <= licences
    for name in ("fairsharing_registry", "countries"):
        assert types(within, name) & types(records.values(), name)


def types(records: Any, name: str) -> set[type]:
    return {type(one[name]) for one in records}


@pytest.mark.parametrize(
    ("id_", "registry", "type_", "status"),
    [
        ("repository/zenodo", "Database", "repository", "ready"),
        ("standard/envo", "Standard", "terminology_artefact", "ready"),
        ("format/bam", "Standard", "model_and_format", "ready"),
        ("tool/galaxy", None, "tool", "ready"),
        ("compute/rackham", None, "compute", "deprecated"),
    ],
)
def test_words_are_those_of_fairsharing_where_it_has_one(
    records: Known, id_: str, registry: str | None, type_: str, status: str
) -> None:
    found = records[id_]
    metadata = found["metadata"]
    assert (found["fairsharing_registry"], found["record_type"]) == (registry, type_)
    assert metadata["status"] == status
    assert found["doi"] is None


def test_what_has_ended_names_its_day_and_its_successor(records: Known) -> None:
    ended = [one for one in records.values() if one["metadata"]["status"] == "deprecated"]
    assert any(one["metadata"]["deprecation_date"] for one in ended)
    assert any(one["fingerpost"]["successors"] for one in ended)


def test_pages_lead_to_each_other(server: str) -> None:
    first = get(server, **{"page[size]": 10, "filter[kind]": "repository"})
    assert len(first["data"]) == 10
    assert first["links"]["prev"] is None
    assert "page%5Bnumber%5D=2&page%5Bsize%5D=10" in first["links"]["next"]
    second = json.loads(fetch(first["links"]["next"])[2])
    assert second["links"]["prev"] == first["links"]["first"] == first["links"]["self"]
    last = json.loads(fetch(first["links"]["last"])[2])
    assert last["links"]["next"] is None
    assert first["meta"]["total"] == 10 * (first["meta"]["pages"] - 1) + len(last["data"])
    ids = [one["id"] for document in (first, second) for one in document["data"]]
    assert len(set(ids)) == 20
    beyond = get(server, **{"page[number]": 10**6, "page[size]": 10, "kind": "repository"})
    assert beyond["data"] == []
    assert beyond["links"]["prev"] == first["links"]["last"].replace("filter%5Bkind%5D", "kind")


@pytest.mark.parametrize(
    "asked",
    [
        {"fairsharing_registry": "standard"},
        {"filter[record_type]": "Terminology_artefact"},
        {"countries": "sweden", "kind": "facility"},
        {"domains": "Imaging data"},
        {"status": "deprecated"},
        {"status": "active", "phases": "share"},
        {"q": "BioImage archive"},
    ],
    ids=str,
)
def test_filters_narrow_the_list(server: str, records: Known, asked: dict[str, str]) -> None:
    found = get(server, **asked, **{"page[size]": 500})
    assert 0 < found["meta"]["total"] < len(records)
    for one in found["data"]:
        text = json.dumps(one["attributes"]).casefold()
        assert all(word in text for value in asked.values() for word in value.casefold().split())


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"q": "bioimage ARCHIVE"},
        {"q": "ß"},
        {"fairsharing_registry": "none"},
        {"record_type": " Repository ", "q": "data"},
        {"status": "ready", "countries": "sweden"},
        {"status": "Ended"},
        {"domains": "any data", "phases": "Share", "kind": "repository"},
    ],
    ids=str,
)
def test_what_is_listed_is_what_looking_at_every_record_finds(
    opened: Catalogue, records: Known, wanted: dict[str, str]
) -> None:
    index = narrowed.listed(opened.engine).made()
    assert index
    listed = Records(Listing(index))
    found = listed.find(wanted)
    seen = [id_ for id_, one in records.items() if fits(one, wanted)]
    assert listed.ids(found) == sorted(seen)
    assert listed.ids(found, 3, 7) == sorted(seen)[3:7]
    assert found.bit_count() == len(seen)


def fits(record: Json, wanted: dict[str, str]) -> bool:
    for name, value in wanted.items():
        plain = value.strip().casefold()
        if name == "q" and not all(word in resembling.told(record) for word in plain.split()):
            return False
        values = {one.casefold() for one in resembling.values(record, name)}
        if name != "q" and plain not in values:
            return False
    return True


def test_until_the_records_are_listed_one_is_told_to_come_again(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINGERPOST_CACHE", str(tmp_path))
    monkeypatch.setattr(indexes, "_WAIT", 0.0)
    new = Site(site.guarded, site.folders)
    application = web.create_app(new)
    client = application.test_client()
    with client.get("/api/records") as answer:
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "being made" in answer.json["errors"][0]["detail"]
    assert new.catalogue.listed.made()
    with client.get("/api/records") as answer:
        assert answer.json["meta"]["total"] > 800
    assert new.catalogue.answers.made()


def test_a_filter_that_fits_nothing_gives_an_empty_page(server: str) -> None:
    found = get(server, q="xyzzy quux plugh")
    assert (found["data"], found["meta"]["total"], found["links"]["next"]) == ([], 0, None)
    assert read(found) == []


@pytest.mark.parametrize(
    "id_",
    [
        "repository/zenodo", "repository%2Fzenodo", "zenodo", "re3data:r3d100010468",
        "FAIRsharing.wy4egf", "https://doi.org/10.25504/FAIRsharing.wy4egf",
    ],
)  # fmt: skip
def test_a_record_is_found_by_slug_or_identifier(server: str, id_: str) -> None:
    found = get(server, f"/{id_}")
    assert found["data"]["id"] == "repository/zenodo"
    assert found["links"]["self"] == f"{server}/api/records/repository/zenodo"
    assert fetch(found["data"]["attributes"]["url"])[0] == 303
    assert [one.name for one in read(found)] == ["Zenodo"]


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/repository/zenodoo", 404, "repository/zenodo"),
        ("/data-type/imaging-data", 404, "No record"),
        ("?page[size]=0", 400, "page[size]"),
        ("?page[size]=501", 400, "500"),
        ("?page[number]=x", 400, "page[number]"),
        ("?colour=blue", 400, "colour"),
        ("?filter[colour]=blue", 400, "filter[colour]"),
        ("?kind=tool&kind=format", 400, "kind"),
        ("/repository/zenodo?q=x", 400, "q"),
    ],
)
def test_errors_are_documents_of_the_standard(
    server: str, path: str, status: int, told: str
) -> None:
    assert told in refused(server, path, status)


def test_a_method_and_a_format_that_are_not_offered_are_refused_alike(server: str) -> None:
    status, headers, _ = fetch(f"{server}/api/records", None, b"x")
    assert (status, headers["Content-Type"]) == (405, "application/vnd.api+json")
    status, headers, _ = fetch(f"{server}/api/records", "text/csv")
    assert (status, headers["Content-Type"]) == (406, "application/vnd.api+json")
    assert (
        fetch(f"{server}/api/records", "application/json")[1]["Content-Type"] == "application/json"
    )


def test_a_list_of_no_records_has_one_page() -> None:
    found = jsonapi.listed([], Page(1, 25, 0), "https://example.org/r", {}, {})
    assert found["links"]["last"] == found["links"]["first"]
    assert (found["links"]["prev"], found["links"]["next"]) == (None, None)


def test_the_description_for_programs_names_the_same_filters(server: str) -> None:
    described = listing.paths()["/api/records"]["get"]["parameters"]
    names = {one["name"] for one in described}
    assert names == {*FILTERS, "page[number]", "page[size]"}
    for one in described:
        assert get(server, **{one["name"]: one.get("example", 1)})["meta"]["total"] > 0
