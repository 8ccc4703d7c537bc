"""Addresses: what leads to the same page is the same, what does not is not."""

import pytest

from fingerpost.registries.linking.addresses import Address, address


@pytest.mark.parametrize(
    "text",
    [
        "https://www.ebi.ac.uk/pride/",
        "http://ebi.ac.uk/pride",
        "HTTPS://WWW.EBI.AC.UK/PRIDE/index.html",
        "www.ebi.ac.uk/pride/en",
        "https://web.archive.org/web/20190101000000/http://www.ebi.ac.uk/pride/",
        "https://www.ebi.ac.uk/pride/#/",
    ],
)
def test_the_same_page(text: str) -> None:
    assert address(text) == Address("ebi.ac.uk", ("pride",))


@pytest.mark.parametrize("text", ["", "   ", "none", "http://", "http://[broken", "n/a"])
def test_no_address(text: str) -> None:
    assert address(text) is None


def test_a_host_has_many_services() -> None:
    pride, intact = address("https://www.ebi.ac.uk/pride"), address("https://www.ebi.ac.uk/intact")
    assert pride
    assert intact
    assert pride != intact
    assert pride.host == intact.host
    assert not pride.within(intact)


def test_a_page_below_another() -> None:
    whole, part = address("https://share-eric.eu"), address("https://share-eric.eu/data/")
    assert whole
    assert part
    assert part.within(whole)
    assert not whole.within(part)


@pytest.mark.parametrize(
    ("text", "domain", "label"),
    [
        ("https://data.scielo.org/x", "scielo.org", "scielo"),
        ("http://apid.dep.usal.es", "usal.es", "usal"),
        ("https://www.ebi.ac.uk", "ebi.ac.uk", "ebi"),
        ("https://orthomcl.org", "orthomcl.org", "orthomcl"),
    ],
)
def test_the_domain_is_what_was_registered(text: str, domain: str, label: str) -> None:
    found = address(text)
    assert found
    assert (found.domain, found.label) == (domain, label)


def test_a_query_tells_pages_apart() -> None:
    assert address("https://a.example/x?id=1") != address("https://a.example/x?id=2")
