"""What the catalogue lists."""

import pytest

from fingerpost.catalogue import Catalogue
from fingerpost.publish import dcat, listing


def test_of_very_many_resources_the_catalogue_lists_none(
    opened: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = listing.find(opened.engine)
    assert len(whole.resources) > 500
    monkeypatch.setattr(listing, "MOST", 500)
    found = listing.find(opened.engine)
    assert not found.resources
    assert (found.parts, found.schemes) == (whole.parts, whole.schemes)
    assert dcat.statements(found, "https://data.example.org")
