"""Whole questions, part by part: what goes before what, what is denied, what is hostile."""

import contextlib
import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from fingerpost.catalogue import Catalogue
from fingerpost.cli import commands
from fingerpost.errors import BadParameter, FingerpostError, UnknownConcept
from fingerpost.recommend.echo import echo
from fingerpost.recommend.question import Question
from fingerpost.recommend.swedish import english
from fingerpost.recommend.understanding import understand


def ask(opened: Catalogue, q: str, **given: str) -> Question:
    return understand({"q": q, **given}, opened.concepts, opened.yields)


def slugs(found: Question) -> set[str]:
    return {one.slug for one in found.data}


def test_a_field_of_its_own_goes_before_what_is_read(opened: Catalogue) -> None:
    found = ask(opened, "where can I share images in Sweden?", data="lipidomics", country="NO")
    assert (slugs(found), found.country) == ({"lipidomics-data"}, "NO")
    assert found.phase
    assert found.phase.slug == "share"
    assert {one.field for one in found.heard} == {"phase"}


def test_the_words_that_said_so_are_told_and_those_that_said_nothing(opened: Catalogue) -> None:
    found = ask(opened, "Where can I share xyzzy proteomics data?")
    assert ("data", "Proteomics data") in {(one.field, one.value) for one in found.heard}
    assert any("share" in one.words for one in found.heard if one.field == "phase")
    assert found.ignored == ("xyzzy",)
    body = echo(found)
    assert body["q"] == "Where can I share xyzzy proteomics data?"
    assert body["ignored"] == ["xyzzy"]


@pytest.mark.parametrize(
    ("q", "excluded", "data"),
    [
        ("not imaging but proteomics", "imaging-data", "proteomics-data"),
        ("proteomics, no images", "imaging-data", "proteomics-data"),
        ("lipidomics rather than metagenomics", "metagenomics-data", "lipidomics-data"),
    ],
)
def test_what_is_denied_is_left_out(opened: Catalogue, q: str, excluded: str, data: str) -> None:
    found = ask(opened, q)
    assert slugs(found) == {data}
    assert [one.slug for one in found.excluded] == [excluded]


def test_not_only_denies_nothing(opened: Catalogue) -> None:
    assert slugs(ask(opened, "not only imaging but also proteomics")) == {
        "imaging-data", "proteomics-data",
    }  # fmt: skip


def test_what_is_personal_by_nature_stays_so_and_a_note_says_it(opened: Catalogue) -> None:
    found = ask(opened, "human genome data, no personal data, where to share?")
    assert found.sensitive
    assert found.notes


def test_anonymous_is_taken_at_its_word_with_a_warning(opened: Catalogue) -> None:
    found = ask(opened, "anonymised RNA-seq from patients")
    assert not found.sensitive
    assert found.notes
    assert ask(opened, "RNA-seq from patients that must be anonymised").sensitive


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("600 GB", 600 * 10**9),
        ("600GB", 600 * 10**9),
        ("2 terabytes", 2 * 10**12),
        ("1.5 TiB", 1536 * 2**30),
        ("1,5 TB", 15 * 10**11),
        ("1,000 GB", 10**12),
        ("half a terabyte", 5 * 10**11),
        ("hundreds of GB", 10**11),
        ("between 100 GB and 2 TB", 2 * 10**12),
        ("a 3 Gb genome", None),
    ],
)
def test_sizes_are_read(opened: Catalogue, text: str, size: int | None) -> None:
    assert ask(opened, f"{text} of images").size == size


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("as of June 2022", "2022-06-30"),
        ("in 2022", "2022-12-31"),
        ("as of 2022-06-15", "2022-06-15"),
        ("on 3 May 2021", "2021-05-03"),
        ("in february 2024", "2024-02-29"),
    ],
)
def test_days_are_read(opened: Catalogue, text: str, day: str) -> None:
    assert ask(opened, f"where to share images {text}?").at.isoformat() == day


@pytest.mark.parametrize("text", ["collected in 2019", "made between 2018 and 2020", "in 2999"])
def test_the_year_in_which_data_were_made_is_not_the_day_of_the_answer(
    opened: Catalogue, text: str
) -> None:
    today = ask(opened, "images").at
    assert ask(opened, f"where to share images {text}?").at == today


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("size", "big", "600 GB"),
        ("size", "0 GB", "more than nothing"),
        ("stage", "cooked", "raw"),
        ("cost", "cheap", "free"),
        ("human", "perhaps", "true or false"),
        ("affiliation", "zzz qqq", "audience or organization"),
        ("condition", "zzz qqq", "condition"),
        ("country", "Atlantis", "two letters"),
    ],
)
def test_a_bad_value_says_what_is_wrong_and_what_would_be_right(
    opened: Catalogue, field: str, value: str, told: str
) -> None:
    with pytest.raises(FingerpostError, match=told):
        understand({"data": "imaging", field: value}, opened.concepts, opened.yields)


def test_a_question_of_which_nothing_is_known_says_what_was_looked_for(opened: Catalogue) -> None:
    with pytest.raises(UnknownConcept, match="Looked for were data types"):
        opened.recommend({"q": "xyzzy plugh"})
    with pytest.raises(BadParameter, match="Looked for were data types"):
        opened.recommend({"q": "?? !!"})


HOSTILE = [
    "?!.,;:" * 100,
    "😀" * 300,
    "\u202e\u202d\u200f where share \u0000 images",
    "<script>alert(1)</script> images",
    '"> } ; DROP GRAPH <x> SELECT * { ?s ?p ?o } images',
    "not " * 240,
    "where " * 160,
    "a" * 1000,
    "find public " * 80,
    "keep " + "x " * 490,
    "1." * 500,
    "9" * 1000,
    "1 GB " * 200,
    "ﬁ ﬀ ß İ ǅ ﷽ " * 60,
    "make it " * 120,
    "\n\t\r" * 300,
    "enkätenkät" * 100,
]


@pytest.mark.parametrize("q", HOSTILE, ids=lambda q: ascii(q)[:24])
def test_a_hostile_question_is_answered_or_refused_at_once(opened: Catalogue, q: str) -> None:
    begin = time.monotonic()
    with contextlib.suppress(FingerpostError):
        assert ask(opened, q).q
    assert time.monotonic() - begin < 2


def test_a_question_of_ten_thousand_characters_is_refused(opened: Catalogue) -> None:
    with pytest.raises(BadParameter, match="10,000 characters; at most 1,000"):
        ask(opened, "images " * 1428 + "xxxx")


def test_the_page_escapes_what_was_asked(server: str) -> None:
    import urllib.request

    asked = urllib.request.quote("<script>alert(1)</script> images <b>xyzzy")
    page = urllib.request.urlopen(f"{server}/recommend?q={asked}").read().decode()
    assert "<script>alert" not in page
    assert "<b>xyzzy" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize(
    ("swedish", "meaning"),
    [
        ("mikroskopibilder", "microscopy image"),
        ("elektronmikroskopi", "electron microscopy"),
        ("proteomik", "proteomic"),
        ("transkriptomikdata", "transcriptomic data"),
        ("sekvenseringsdata", "sequencing data"),
        ("radata", "raw data"),
        ("proteomics", None),
        ("repository", None),
    ],
)
def test_swedish_words_and_compounds_are_english(swedish: str, meaning: str | None) -> None:
    assert english(swedish) == meaning


def test_the_command_asks_and_an_option_goes_before_the_question(cache: Path) -> None:
    assert cache
    runner = CliRunner()
    asked = ["ask", "where", "can", "I", "share", "images?", "--country", "NO", "--format", "json"]
    done = runner.invoke(commands, [*asked, "--limit", "1", "--size", "2 TB"])
    assert done.exit_code == 0, done.output
    question = json.loads(done.output)["question"]
    assert (question["country"], question["size"]["bytes"]) == ("NO", 2 * 10**12)
    assert question["phase"]["label"] == "Share"
    assert {"field": "data", "value": "Imaging data", "words": "images"} in question["understood"]


def test_several_kinds_of_data_are_taken_in_their_order(opened: Catalogue) -> None:
    given = {"data": ["proteomics", "imaging", "proteomics"], "affiliation": "academic"}
    found = understand(given, opened.concepts, opened.yields)
    assert [one.slug for one in found.data] == ["proteomics-data", "imaging-data"]
    assert found.parameters(found.data[1])["data"].endswith("/imaging-data")
    assert found.parameters(found.data[0])["affiliation"].endswith("/audience/academic")
    with pytest.raises(BadParameter, match="at most 12"):
        understand({"data": [f"kind {n}" for n in range(13)]}, opened.concepts, opened.yields)
    with pytest.raises(BadParameter, match="once"):
        understand({"data": "imaging", "phase": ["a", "b"]}, opened.concepts, opened.yields)


@pytest.mark.parametrize(
    ("given", "slugs"),
    [
        ({"size": "2 TB"}, {"large-dataset"}),
        ({"size": "20 GB"}, {"small-or-medium-dataset"}),
        ({"sensitive": "true"}, {"sensitive-personal-data"}),
        ({"clinical": "true"}, {"clinical-data", "human-data"}),
        ({"embargo": "yes"}, {"embargo"}),
        ({"stage": "raw"}, {"raw-data"}),
        ({"condition": ["no-domain-repository", "covid-19"]}, {"no-domain-repository", "covid-19"}),
        ({"affiliation": "academic", "country": "Sweden"}, {"academic-in-sweden"}),
        ({"affiliation": "industry"}, {"industry-partner"}),
    ],
)
def test_conditions_follow_from_what_is_told(
    opened: Catalogue, given: dict[str, str], slugs: set[str]
) -> None:
    found = understand({"data": "lipidomics", **given}, opened.concepts, opened.yields)
    assert {one.slug for one in found.held} == slugs
    assert {iri.rpartition("/")[2] for iri in found.conditions} == slugs
