"""The data in pages, held against what the profiles of Bioschemas ask for."""

import json
from pathlib import Path

import pytest

from fingerpost.catalogue import Catalogue
from fingerpost.graph.vocabulary import record_iri
from fingerpost.publish import places, record, schema_org

SERVICE = "https://data.example.org"
Profiles = dict[str, list[str]]


@pytest.fixture(scope="module")
def profiles(shared: Path) -> Profiles:
    """Class → the properties that must be there, as FAIR-Checker reads the profiles."""
    path = shared / "validators" / "bioschemas" / "fairchecker_bs_profiles.json"
    found = json.loads(path.read_text("utf-8"))
    return {
        one["name"]: [name.removeprefix("sc:") for name in one["required"]]
        for key, one in found.items()
        if key.rpartition("/")[2] in {"1.0-RELEASE", "0.3-RELEASE-2019_07_01"}
        and one["name"] in {"Dataset", "DataCatalog"}
    }


def missing(node: dict[str, object], profiles: Profiles) -> list[str]:
    return [name for name in profiles[str(node["@type"])] if not node.get(name)]


def test_every_sort_of_record_is_a_whole_dataset(opened: Catalogue, profiles: Profiles) -> None:
    seen = 0
    for kind in places.KNOWN:
        for slug in sorted(opened.slugs(kind))[:40:8]:
            found = record.find(opened.engine, record_iri(kind, slug))
            graph = schema_org.record(found, SERVICE)["@graph"]
            assert isinstance(graph, list)
            assert missing(graph[0], profiles) == [], (kind, slug)
            assert 50 <= len(graph[0]["description"]) <= 5000
            assert graph[1]["@id"] == found.iri.value
            seen += 1
    assert seen > 60


def test_a_repository_says_that_it_conforms_only_where_it_does(
    opened: Catalogue, profiles: Profiles
) -> None:
    kept = 0
    for slug in sorted(opened.slugs("repository"))[::3]:
        found = record.find(opened.engine, record_iri("repository", slug))
        graph = schema_org.record(found, SERVICE)["@graph"]
        assert isinstance(graph, list)
        thing = graph[1]
        assert thing["@type"] == "DataCatalog"
        if "dct:conformsTo" in thing:
            assert missing(thing, profiles) == [], slug
            kept += 1
    assert kept > 10


def test_the_whole_is_a_catalogue_and_a_dataset(opened: Catalogue, profiles: Profiles) -> None:
    graph = schema_org.catalogue(record.edition(opened.engine), SERVICE)["@graph"]
    assert isinstance(graph, list)
    catalogue, dataset = graph[:2]
    assert (catalogue["@type"], dataset["@type"]) == ("DataCatalog", "Dataset")
    assert missing(catalogue, profiles) == missing(dataset, profiles) == []
    del catalogue["provider"]
    assert missing(catalogue, profiles) == ["provider"]
