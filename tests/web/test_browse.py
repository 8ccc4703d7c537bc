"""Browsing narrows one facet at a time, and counts what each choice leaves."""

import json
import re
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from fingerpost import inventory, web
from fingerpost.catalogue import Catalogue
from fingerpost.engine import rows
from fingerpost.graph.vocabulary import IDS, RESOURCE_KINDS
from fingerpost.index import indexes
from fingerpost.index.shelf import FACETS
from fingerpost.publish.openapi import browsing
from fingerpost.web import shelf
from fingerpost.web.shelf import Shelf
from fingerpost.web.site import Site

PAGE = {"Accept": "text/html"}
SAID = {
    "phase": "fp:usedIn",
    "data": "fp:concernsData/skos:broader*",
    "country": "fp:country",
    "access": "fp:access",
    "status": "fp:status",
}
TOLD = """
SELECT ?resource ?name ?text ?other
WHERE {
  ?resource a fp:Resource ; skos:prefLabel ?name .
  FILTER (LANG(?name) = "en")
  OPTIONAL { ?resource dct:description ?text . FILTER (LANG(?text) = "en") }
  OPTIONAL { ?resource skos:altLabel ?other }
}
"""


@pytest.fixture(scope="module")
def held(opened: Catalogue) -> Shelf:
    assert opened.shelf.made()
    return shelf.filled(opened, shelf.labels(opened.engine))


def prefixed(query: str) -> str:
    known = {
        "dct": "http://purl.org/dc/terms/",
        "fp": "https://w3id.org/fingerpost/ontology#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
    }
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in known.items()) + query


def listed(server: str, **chosen: str) -> dict[str, object]:
    address = f"{server}/browse?" + urllib.parse.urlencode({**chosen, "format": "json"})
    with urllib.request.urlopen(address, timeout=20) as answer:
        return json.loads(answer.read())


def test_every_resource_stands_once_with_its_name_and_what_it_is(
    opened: Catalogue, held: Shelf
) -> None:
    told = rows.select(opened.engine, prefixed(TOLD))
    known = {
        row["resource"]: (row["name"], row.get("text", ""))
        for row in told
        if row["resource"].removeprefix(IDS).partition("/")[0] in RESOURCE_KINDS
    }
    items = held.items(held.find({}))
    assert {one.iri: (one.name, one.description) for one in items} == known
    assert len(items) == len(known) == sum(held.counts("kind", held.find({})).values()) > 500
    assert items == sorted(items, key=lambda one: (one.name.lower(), one.iri))


@pytest.mark.parametrize("facet", FACETS[1:])
def test_a_resource_stands_under_what_the_graph_says_of_it(
    opened: Catalogue, held: Shelf, facet: str
) -> None:
    query = f"SELECT DISTINCT ?resource ?value {{ ?resource a fp:Resource ; {SAID[facet]} ?value }}"
    known: dict[str, set[str]] = {}
    for row in rows.select(opened.engine, prefixed(query)):
        known.setdefault(row["resource"], set()).add(row["value"].rpartition("/")[2])
    for one in held.items(held.find({})):
        assert one.filed[facet] == sorted(known.get(one.iri, ()))


@pytest.mark.parametrize("facet", FACETS)
def test_a_count_is_what_the_choice_leaves(held: Shelf, facet: str) -> None:
    before = held.find({"phase": "share"})
    counts = held.counts(facet, before)
    assert counts
    for value, count in counts.items():
        chosen = {"phase": "share", facet: value}
        if facet != "phase":
            assert held.find(chosen).bit_count() == count
        assert value in held.labels[facet]


def test_a_broader_type_of_data_holds_what_is_filed_under_a_narrower_one(held: Shelf) -> None:
    narrow = held.find({"data": "light-microscopy-images"})
    broad = held.find({"data": "imaging-data"})
    assert narrow & broad == narrow != broad


@pytest.mark.parametrize("text", ["BIA", "embl-EBI", "data image", "é", "no such words at all"])
def test_words_are_looked_for_in_every_name_and_description(
    opened: Catalogue, held: Shelf, text: str
) -> None:
    told: dict[str, str] = {}
    for row in rows.select(opened.engine, prefixed(TOLD)):
        every = (row["name"], row.get("text", ""), row.get("other", ""))
        told[row["resource"]] = " ".join((told.get(row["resource"], ""), *every)).lower()
    found = {one.iri for one in held.items(held.named(text))}
    everything = {one.iri for one in held.items(held.find({}))}
    assert found == {
        iri
        for iri, said in told.items()
        if iri in everything and all(word in said for word in text.lower().split())
    }


def test_the_numbers_are_those_of_the_graph(opened: Catalogue, site: Site) -> None:
    assert site.catalogue.shelf.made()
    assert (site.catalogue.records, site.catalogue.statements) == inventory.sizes(opened.engine)


def test_until_the_list_is_made_a_page_says_so_and_the_front_page_does_without(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINGERPOST_CACHE", str(tmp_path))
    monkeypatch.setattr(indexes, "_WAIT", 0.0)
    new = Site(site.guarded, site.folders)
    client = web.create_app(new).test_client()
    with client.get("/browse", headers=PAGE) as answer:
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "being made" in answer.text
    with client.get("/", headers=PAGE) as answer:
        assert answer.status_code == 200
        assert "ETag" not in answer.headers
        assert "counted and indexed" in answer.text
    assert new.catalogue.shelf.made()
    with client.get("/browse", headers=PAGE) as answer:
        assert answer.status_code == 200
    with client.get("/", headers=PAGE) as answer:
        assert "ETag" in answer.headers
        assert "Three questions" in answer.text
    assert new.catalogue.answers.made()


def test_the_page_and_the_list_agree(server: str) -> None:
    found = listed(server, kind="repository", country="SE")
    request = urllib.request.Request(f"{server}/browse?kind=repository&country=SE", headers=PAGE)
    with urllib.request.urlopen(request, timeout=20) as answer:
        page = answer.read().decode()
    assert f"<strong>{found['found']}</strong>" in page
    for one in found["resources"]:
        assert one["resource"].replace("https://w3id.org/fingerpost/", "/") in page


def test_pages_follow_each_other_and_leave_nothing_out(server: str) -> None:
    seen: list[str] = []
    address = "/browse"
    while address:
        with urllib.request.urlopen(
            urllib.request.Request(server + address, headers=PAGE), timeout=20
        ) as answer:
            page = answer.read().decode()
        assert len(page) < 100_000
        seen += re.findall(r'<li><h2><a href="(/id/[^"]+)">', page)
        after = re.search(r'rel="next" href="([^"]+)"', page)
        address = after.group(1).replace("&amp;", "&") if after else ""
    assert len(seen) == len(set(seen)) == listed(server)["found"]


@pytest.mark.parametrize("asked", ["kind=x", "country=XX", "page=0", "page=x"])
def test_what_is_no_choice_is_refused(server: str, asked: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{server}/browse?{asked}", timeout=20)
    assert refused.value.code == 400
    refused.value.close()


def test_the_description_for_programs_names_the_same_facets() -> None:
    assert tuple(browsing.FACETS) == FACETS
