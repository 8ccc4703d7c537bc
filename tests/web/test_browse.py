"""Browsing narrows one facet at a time, and counts what each choice leaves."""

import json
import re
import urllib.error
import urllib.parse
import urllib.request

import pytest

from fingerpost.catalogue import Catalogue
from fingerpost.publish.openapi import browsing
from fingerpost.web import shelf
from fingerpost.web.shelf import Shelf

PAGE = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def held(opened: Catalogue) -> Shelf:
    return shelf.fill(opened.engine)


def listed(server: str, **chosen: str) -> dict[str, object]:
    address = f"{server}/browse?" + urllib.parse.urlencode({**chosen, "format": "json"})
    with urllib.request.urlopen(address, timeout=20) as answer:
        return json.loads(answer.read())


def test_all_resources_are_on_the_shelf_once(held: Shelf) -> None:
    irs = [one.iri for one in held.items]
    assert len(irs) == len(set(irs)) > 500
    assert sum(held.counts("kind", held.items).values()) == len(irs)


@pytest.mark.parametrize("facet", shelf.FACETS)
def test_a_count_is_what_the_choice_leaves(held: Shelf, facet: str) -> None:
    before = held.find({"phase": "share"}, "")
    counts = held.counts(facet, before)
    assert counts
    for value, count in counts.items():
        chosen = {"phase": "share", facet: value}
        if facet != "phase":
            assert len(held.find(chosen, "")) == count
        assert value in held.labels[facet]


def test_a_broader_type_of_data_holds_what_is_filed_under_a_narrower_one(held: Shelf) -> None:
    narrow = {one.iri for one in held.find({"data": "light-microscopy-images"}, "")}
    assert narrow < {one.iri for one in held.find({"data": "imaging-data"}, "")}


def test_words_are_looked_for_in_every_name(held: Shelf) -> None:
    assert "BioImage Archive" in [one.name for one in held.find({}, "BIA")]
    assert held.find({}, "no such words at all") == ()


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
    assert tuple(browsing.FACETS) == shelf.FACETS
