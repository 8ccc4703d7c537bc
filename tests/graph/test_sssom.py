"""CURIEs as the IRIs of registries."""

import pytest

from fingerpost.graph import sssom


@pytest.mark.parametrize(
    ("curie", "iri"),
    [
        ("fairsharing:FAIRsharing.e1byny", "https://fairsharing.org/FAIRsharing.e1byny"),
        ("re3data:r3d100011778", "https://www.re3data.org/repository/r3d100011778"),
        ("rrid:SCR_004129", "https://scicrunch.org/resolver/RRID:SCR_004129"),
        ("sfb:a b<c", "https://bioregistry.io/sfb:a%20b%3Cc"),
        ("https://a.example/1", "https://a.example/1"),
    ],
)
def test_a_curie_is_an_iri_of_its_registry(curie: str, iri: str) -> None:
    assert sssom.iri(curie) == iri
