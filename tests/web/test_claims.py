"""What sources claim is shown in words, with source and date, never as an address."""

import re
import urllib.request

import pytest

from fingerpost.catalogue import Catalogue
from fingerpost.engine import rows
from fingerpost.graph.vocabulary import kind_and_slug
from fingerpost.publish import mappings, record
from fingerpost.publish.mappings import PREDICATES
from fingerpost.web import record_page

LIMITED = """
PREFIX fp: <https://w3id.org/fingerpost/ontology#>
SELECT DISTINCT ?thing WHERE { ?thing fp:sizeLimit ?limit } ORDER BY ?thing
"""
CLAIMED = """
PREFIX fp: <https://w3id.org/fingerpost/ontology#>
SELECT ?thing (COUNT(?claim) AS ?claims)
WHERE { ?claim fp:subject ?thing . FILTER NOT EXISTS { ?claim a fp:Mapping } }
GROUP BY ?thing ORDER BY DESC(?claims) ?thing LIMIT 40
"""


def page(server: str, path: str) -> str:
    request = urllib.request.Request(server + path, headers={"Accept": "text/html"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return str(answer.read().decode())


def test_a_size_limit_is_said_in_words_with_source_and_date(opened: Catalogue) -> None:
    found = record.find(opened.engine, "https://w3id.org/fingerpost/id/repository/zenodo")
    facts = {one.name: one.values for one in record_page.view(found, opened.engine).facts}
    said = {one.text: one.href for one in facts["size limit"]}
    text = next(one for one in said if one.startswith("50 GB per collection"))
    assert re.fullmatch(r"50 GB per collection, more on request \(.+, 2023-02\)", text)
    assert said[text] == "#size-limit-2023"


def test_no_fact_of_any_record_with_a_limit_is_an_address(opened: Catalogue) -> None:
    things = [row["thing"] for row in rows.select(opened.engine, LIMITED)]
    assert len(things) > 15
    for thing in things:
        view = record_page.view(record.find(opened.engine, thing), opened.engine)
        for fact in view.facts:
            for value in fact.values:
                assert "#" not in value.text or value.text.startswith("http"), (thing, value)


@pytest.mark.parametrize("path", ["/repository/zenodo", "/storage/b2drop"])
def test_a_page_links_a_limit_to_its_claim(server: str, path: str) -> None:
    text = page(server, path)
    (limit,) = re.findall(r"<dt[^>]*>Size limit</dt><dd>(.*?)</dd>", text)
    for anchor in re.findall(r'href="#([^"]+)"', limit):
        assert f'<tr id="{anchor}">' in text


def test_every_claim_has_its_value_source_and_date(opened: Catalogue) -> None:
    for row in rows.select(opened.engine, CLAIMED):
        assert kind_and_slug(row["thing"])
        view = record_page.view(record.find(opened.engine, row["thing"]), opened.engine)
        assert len(view.claims) == int(row["claims"])
        for claim in view.claims:
            assert all(one.text for one in claim.value), claim
            assert all(one.text for one in claim.sources), claim
            assert claim.value, claim
            assert claim.sources, claim
            assert claim.stated, claim


def test_every_mapping_is_told_on_the_page_of_its_record(opened: Catalogue) -> None:
    every = mappings.all_(opened.engine)
    for thing in ("repository/uniprot", "tool/castor", "standard/icd-10"):
        iri = f"https://w3id.org/fingerpost/id/{thing}"
        expected = {(one.object, PREDICATES[one.match]) for one in every if one.subject == iri}
        told = record_page.view(record.find(opened.engine, iri), opened.engine).matched
        assert {(one.address, one.match) for one in told} == expected
        assert all(one.reason and one.confidence and one.registry for one in told)
