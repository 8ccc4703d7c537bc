"""What registries list, after what is curated: marked as theirs, each thing once, hard rules kept."""

import csv
import io
from pathlib import Path

import pytest

from fingerpost import catalogue
from fingerpost.catalogue import Catalogue
from fingerpost.engine.cached import Cached
from fingerpost.engine.local import Local
from fingerpost.errors import UnknownConcept
from fingerpost.files import Folders
from fingerpost.generations import files
from fingerpost.recommend import table
from fingerpost.recommend.answer import Listing, Recommendation

QUERIES = Path(__file__).parents[1] / "queries" / "graph"
PIXEL = "https://fairsharing.org/FAIRsharing.pixel1"
TWIN = "https://www.re3data.org/repository/r3d100000001"


@pytest.fixture(scope="module")
def listing(cache: Path, folders: Folders) -> Catalogue:
    """The small graph of the saved queries, with snapshots of two registries."""
    assert cache
    small = Folders(folders.ontology, folders.shapes, QUERIES / "instances", folders.queries)
    loaded, made = files.load([*catalogue.dataset(small), QUERIES / "snapshots.trig"])
    return catalogue.over(Cached(Local(loaded, made.id)), small)


@pytest.fixture(scope="module")
def mapped(listing: Catalogue, folders: Folders) -> Catalogue:
    """The same, where a record of ours is matched to one of a registry."""
    assert isinstance(listing.engine, Cached)
    small = Folders(folders.ontology, folders.shapes, QUERIES / "instances", folders.queries)
    loaded, made = files.load([*catalogue.dataset(small), QUERIES / "snapshots.trig"])
    loaded.update(
        "INSERT DATA { <https://w3id.org/fingerpost/id/repository/anything> "
        f"<http://www.w3.org/2004/02/skos/core#exactMatch> <{TWIN}> }}"
    )
    return catalogue.over(Cached(Local(loaded, f"{made.id}-mapped")), small)


def ask(listing: Catalogue, **given: str) -> tuple[Recommendation, Listing]:
    parts = {"data": "imaging data", "include-registries": "true", **given}
    found = listing.recommend(parts)
    assert found.registries is not None
    return found, found.registries


def names(found: Listing) -> list[str]:
    return [one.name for one in found.records]


def test_registries_are_not_told_unless_asked(listing: Catalogue) -> None:
    assert listing.recommend({"data": "imaging data"}).registries is None


def test_what_is_curated_comes_first_and_as_without_registries(listing: Catalogue) -> None:
    found, theirs = ask(listing, phase="share")
    without = listing.recommend({"data": "imaging data", "phase": "share"})
    assert found.answers == without.answers
    ranks = [one.rank for one in (*found.answers, *theirs.records)]
    assert ranks == list(range(1, len(ranks) + 1))


def test_a_record_is_marked_with_its_registry_licence_and_words(listing: Catalogue) -> None:
    _, theirs = ask(listing, kind="repository")
    first = theirs.records[0]
    assert (first.resource, first.registry) == (PIXEL, "FAIRsharing")
    assert first.licence == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert "CC BY-SA 4.0" in first.attribution
    assert first.words == ("ready", "open", "Imaging data")
    assert [one.fact for one in first.reasons] == ["accepts imaging data"]


def test_records_that_refer_to_each_other_are_one(listing: Catalogue) -> None:
    _, theirs = ask(listing)
    assert [one.also for one in theirs.records if one.resource == PIXEL] == [(TWIN,)]
    assert TWIN not in {one.resource for one in theirs.records}


def test_the_kind_is_what_any_of_its_registries_says(listing: Catalogue) -> None:
    _, theirs = ask(listing, kind="repository")
    [prints] = [one for one in theirs.records if one.name == "Prints"]
    assert prints.kind == "repository"
    assert prints.also == ("https://www.re3data.org/repository/r3d100000004",)


def test_what_any_registry_calls_over_and_what_is_curated_is_left_out(listing: Catalogue) -> None:
    _, theirs = ask(listing)
    assert not {"Old Pixels", "Old Pixels Archive", "The Images"} & set(names(theirs))


def test_what_a_mapping_says_is_curated_is_left_out_by_all_its_records(mapped: Catalogue) -> None:
    assert set(names(ask(mapped)[1])) == {"Pixel Rules", "Microbase", "Prints", "House of Light"}


def test_words_that_only_a_registry_has_are_answered(listing: Catalogue) -> None:
    with pytest.raises(UnknownConcept):
        listing.recommend({"q": "microbase"})
    found, theirs = ask(listing, data="", q="microbase")
    assert found.answers == ()
    assert names(theirs) == ["Microbase"]
    with pytest.raises(UnknownConcept):
        listing.recommend({"q": "xyzzy plugh", "include-registries": "true"})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"kind": "repository"}, {"Pixel Vault", "Prints", "House of Light"}),
        ({"kind": "standard"}, {"Pixel Rules"}),
        ({"kind": "tool"}, set()),
        ({"phase": "share"}, {"Pixel Vault", "Prints", "House of Light"}),
        ({"sensitive": "true"}, {"Pixel Rules"}),
        ({}, {"Pixel Rules", "Pixel Vault", "Microbase", "Prints", "House of Light"}),
    ],
)
def test_hard_rules_hold(listing: Catalogue, given: dict[str, str], expected: set[str]) -> None:
    assert set(names(ask(listing, **given)[1])) == expected


def test_of_an_earlier_day_no_snapshot_tells(listing: Catalogue) -> None:
    assert ask(listing, at="2022-01-31")[1].records == ()


def test_the_limit_counts_for_them_too(listing: Catalogue) -> None:
    _, theirs = ask(listing, limit="1")
    assert (len(theirs.records), theirs.found) == (1, 5)


def test_they_are_written_as_text_csv_and_json(listing: Catalogue) -> None:
    found, theirs = ask(listing, phase="share")
    written = table.text(found)
    assert "Listed by registries, not reviewed here (3 of 3)" in written
    assert "Pixel Vault - repository of FAIRsharing" in written
    assert "under CC BY-SA 4.0." in written
    rows = list(csv.DictReader(io.StringIO(table.csv(found))))
    assert [row["registry"] for row in rows][-2:] == ["FAIRsharing", "re3data"]
    assert {len(row) for row in rows} == {11}
    told = found.json()["registries"]
    assert isinstance(told, dict)
    assert told["found"] == theirs.found


def test_without_a_snapshot_nothing_is_listed(opened: Catalogue) -> None:
    found = opened.recommend({"data": "imaging data", "include-registries": "true"})
    assert found.registries == Listing(0, ())
    assert "no registry is imported" in table.text(found)
