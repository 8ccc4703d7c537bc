"""A list is narrowed by bits and words as by looking at every entry."""

import sqlite3
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from fingerpost.index import lists
from fingerpost.index.kept import Index
from fingerpost.index.lists import Entry, Listing

WORDS = ["alpha", "beta", "gamma", "ål", "bet", "a-b", "ß", "100%", "_"]
SIZES = [0, 1, 8, 1023, 1024, 1025, 3000]


def entries(size: int) -> list[Entry]:
    chance = Random(size)
    return [
        Entry(
            thing=f"{number:05}",
            first=chance.choice(WORDS),
            row=f"row {number}",
            note="" if number % 2 else f"note {number}",
            filed={"kind": [chance.choice("xyz")], "phase": chance.sample("abcdef", number % 4)},
            told=" \n ".join(chance.sample(WORDS, 2)),
        )
        for number in range(size)
    ]


def written(folder: Path, some: list[Entry]) -> Listing:
    path = folder / "list.sqlite"
    with sqlite3.connect(path) as writing:
        lists.write(writing, Random(1).sample(some, len(some)))
    writing.close()
    return Listing(Index(path))


@pytest.fixture(params=SIZES)
def both(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Listing, list[Entry]]:
    made = entries(request.param)
    return written(tmp_path, made), sorted(made, key=lambda one: (one.first, one.thing))


def test_all_entries_stand_in_their_order(both: tuple[Listing, list[Entry]]) -> None:
    listing, every = both
    assert listing.rows(listing.every) == [(one.row, one.note) for one in every]
    assert listing.rows(listing.every, 5, 9) == [(one.row, one.note) for one in every[5:9]]
    assert listing.rows(listing.every, len(every)) == listing.rows(0) == []


def test_what_is_found_is_what_looking_at_every_entry_finds(
    both: tuple[Listing, list[Entry]],
) -> None:
    listing, every = both
    for value in "abcdef?":
        for words in ([], ["al"], ["bet", "a"], ["100%"], ["_"], ["ss"]):
            found = listing.under("phase", value) & listing.having(words)
            seen = [
                one
                for one in every
                if value in one.filed["phase"] and all(word in one.told for word in words)
            ]
            assert listing.rows(found) == [(one.row, one.note) for one in seen]
            assert found.bit_count() == len(seen)
            assert listing.counts("kind", found) == Counter(
                kind for one in seen for kind in one.filed["kind"]
            )


def test_the_values_of_a_facet_are_those_that_an_entry_has(
    both: tuple[Listing, list[Entry]],
) -> None:
    listing, every = both
    assert set(listing.values("kind")) == {kind for one in every for kind in one.filed["kind"]}
    assert listing.values("colour") == ()
    assert listing.counts("colour", listing.every) == {}
