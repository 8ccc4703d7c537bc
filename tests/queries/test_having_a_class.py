"""What has a class is listed where it is little, and looked up where somebody names it."""

from fingerpost.catalogue import Catalogue
from fingerpost.queries.things import Things


def test_few_of_a_class_are_listed_and_many_are_not(opened: Catalogue) -> None:
    read: dict[str, dict[str, str]] = {}
    fresh = Things(opened.engine, read)
    assert fresh.few("fp:Phase", 150) == opened.queries.things("fp:Phase")
    assert fresh.few("fp:Compute", 150) == opened.queries.things("fp:Compute")
    assert fresh.few("fp:Resource", 150) == {}
    assert fresh.having("fp:Resource", ["https://w3id.org/fingerpost/id/repository/zenodo"])
    assert read.keys() == {"fp:Phase", "fp:Compute"}
