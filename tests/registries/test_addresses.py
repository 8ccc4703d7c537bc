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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://web.archive.org/web/2016*/www.orchid.example/a", "https://orchid.example/a"),
        ("https://wayback.archive-it.org/123/20200101/http://orchid.example", "orchid.example"),
        ("https://archive.example/#/x?url=https://orchid.example/a", "http://orchid.example/a"),
        ("https://go.example/to?u=https%3A%2F%2Forchid.example%2Fa&x=1", "http://orchid.example/a"),
        ("//orchid.example/a", "orchid.example/a"),
        ("https://dx.doi.org/10.1234/AbC", "doi:10.1234/abc"),
        ("https://identifiers.org/chebi:12", "https://bioregistry.io/chebi:12"),
        ("http://n2t.net/chebi", "https://registry.identifiers.org/registry/chebi"),
        ("http://purl.obolibrary.org/obo/ico.owl", "https://obofoundry.org/ontology/ico"),
        ("https://orchid.github.io/garden/", "https://github.com/orchid/garden"),
        ("http://orchid.sourceforge.net", "https://sourceforge.net/projects/orchid/"),
    ],
)
def test_archives_and_redirects_are_undone(one: str, other: str) -> None:
    assert address(one)
    assert address(one) == address(other)


@pytest.mark.parametrize("text", ["http://archive.is/abc", "https://web.archive.org/"])
def test_an_archive_without_an_address_is_itself(text: str) -> None:
    found = address(text)
    assert found
    assert found.domain in text


def test_a_mailbox_is_no_place() -> None:
    assert address("mailto:info@orchid.example") is None
