"""What the tests of kept answers share."""

import pytest

from fingerpost.catalogue import Catalogue


@pytest.fixture(scope="module")
def kept(opened: Catalogue) -> Catalogue:
    """The shipped catalogue, with the answers of its saved queries kept."""
    assert opened.answers.made()
    return opened
