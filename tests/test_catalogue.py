"""What is opened waits for nothing that nobody asked for, and knows what there is."""

from dataclasses import replace

import pytest

from fingerpost.catalogue import Catalogue, over
from fingerpost.errors import UnknownRecord
from fingerpost.files import Folders


def test_opening_counts_and_lists_nothing(opened: Catalogue, folders: Folders) -> None:
    fresh = over(opened.engine, folders)
    assert {"things", "statements"}.isdisjoint(vars(fresh))
    assert fresh.knows("repository", "zenodo")
    assert fresh.iri("repository:zenodo") == "https://w3id.org/fingerpost/id/repository/zenodo"
    assert {"things", "statements"}.isdisjoint(vars(fresh))
    assert fresh.statements == opened.statements > 10_000
    assert fresh.things == opened.things


def test_what_is_known_is_what_is_listed(opened: Catalogue) -> None:
    for kind, slugs in opened.things.items():
        for slug in sorted(slugs)[::50]:
            assert opened.knows(kind, slug), (kind, slug)


@pytest.mark.parametrize("slug", ["nothing", "", "a b", "x> } #", "zenodo/more", "Zenodo", "é"])
def test_what_is_not_there_is_not_known(slug: str, opened: Catalogue) -> None:
    assert not opened.knows("repository", slug)
    with pytest.raises(UnknownRecord):
        opened.iri(f"repository/{slug}")


def test_few_of_a_class_are_listed_and_many_are_not(opened: Catalogue) -> None:
    fresh = replace(opened.queries, _things={})
    assert fresh.few("fp:Phase", 150) == opened.queries.things("fp:Phase")
    assert fresh.few("fp:Compute", 150) == opened.queries.things("fp:Compute")
    assert fresh.few("fp:Resource", 150) == {}
    assert "fp:Resource" not in fresh._things
    assert fresh.having("fp:Resource", ["https://w3id.org/fingerpost/id/repository/zenodo"])
    assert "fp:Resource" not in fresh._things
