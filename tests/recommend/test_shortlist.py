"""The first answers by way of an index are those of the whole ranking."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from fingerpost.catalogue import Catalogue
from fingerpost.engine import rows
from fingerpost.engine.local import Local
from fingerpost.engine.rows import Row
from fingerpost.files import Folders
from fingerpost.generations import files
from fingerpost.graph import records
from fingerpost.graph.vocabulary import IDS, PREFIXES, RESOURCE_KINDS, term
from fingerpost.index.indexes import Indexes
from fingerpost.index.kept import Index
from fingerpost.queries.service import SavedQueries
from fingerpost.recommend import bounds
from fingerpost.recommend.leading import FITTING, RANKING, Group, fitting_of, leading
from fingerpost.recommend.shortlist import shortlist

QUESTIONS = 24
WORDS = ("genome", "image", "ground", "truth", "archive", "single-cell", "rna", "national", "data")
ORGANIZATIONS = "SELECT DISTINCT ?iri { ?r fp:operatedBy|fp:eligibleInstitution ?iri } ORDER BY ?iri"
AUDIENCES = "SELECT DISTINCT ?iri { ?r fp:eligibleAffiliation ?iri } ORDER BY ?iri"


@pytest.fixture(scope="module")
def index(opened: Catalogue) -> Index:
    found = opened.indexes.made()
    assert found
    return found


def questions(opened: Catalogue, seed: int) -> Iterator[dict[str, str]]:
    """Parameters of the ranking, drawn from all that there is."""
    chance = Random(seed)
    types, phases, techniques = (
        list(opened.queries.things(class_)) for class_ in ("fp:DataType", "fp:Phase", "fp:Technique")
    )
    heads = f"PREFIX fp: <{PREFIXES['fp']}>\n"
    people = [
        row["iri"]
        for text in (ORGANIZATIONS, AUDIENCES)
        for row in rows.select(opened.engine, heads + text)
    ]
    named = [row["resource"] for row in opened.queries.rows(FITTING, {})]
    drawn = {
        "data": (0.85, lambda: chance.choice(types)),
        "phase": (0.7, lambda: chance.choice(phases)),
        "kind": (0.4, lambda: chance.choice(RESOURCE_KINDS)),
        "country": (0.3, lambda: chance.choice(["SE", "SE", "NO", "US", "DE"])),
        "sensitive": (0.2, lambda: "true"),
        "technique": (0.1, lambda: chance.choice(techniques)),
        "preferred": (0.1, lambda: chance.choice(techniques)),
        "size": (0.15, lambda: str(10 ** chance.randint(6, 14))),
        "stage": (0.15, lambda: f"{IDS}stage/{chance.choice(['raw', 'derived'])}"),
        "embargo": (0.15, lambda: "true"),
        "free": (0.15, lambda: "true"),
        "affiliation": (0.2, lambda: chance.choice(people)),
        "words": (0.3, lambda: "|".join(chance.sample(WORDS, chance.randint(1, 3)))),
        "rare": (0.2, lambda: chance.choice(WORDS)),
        "forms": (0.1, lambda: chance.choice(["model model-and-format format", "terminology"])),
        "mints": (0.1, lambda: chance.choice(["doi", "accession number"])),
        "named": (0.1, lambda: "".join(f"<{iri}>" for iri in chance.sample(named, 2))),
    }
    while True:
        asked = {name: draw() for name, (share, draw) in drawn.items() if chance.random() < share}
        yield {"at": "2026-11-21", **asked}


def told(row: Row) -> dict[str, object]:
    return {**row, "reasons": sorted(row["reasons"].split("\n"))}


@pytest.mark.parametrize("seed", range(QUESTIONS))
def test_the_first_answers_are_those_of_the_whole_ranking(
    opened: Catalogue, index: Index, seed: int
) -> None:
    given = next(questions(opened, seed))
    most = (3, 10, 20)[seed % 3]
    whole = opened.queries.rows(RANKING, given)
    found = leading(opened.queries, index, given, [Group(most)])
    assert [told(row) for row in found.rows[:most]] == [told(row) for row in whole[:most]], given
    assert found.possible >= len(whole)
    assert fitting_of(opened.queries, given) == {row["resource"] for row in whole}
    listed = shortlist(index, given)
    assert listed
    listed.more(10_000)
    assert all(-int(listed.keys[row["resource"]][0]) >= int(row["score"]) for row in whole)
