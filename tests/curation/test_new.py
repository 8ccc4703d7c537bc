"""`fingerpost new`: a record by question and answer, written only when it conforms."""

from pathlib import Path

import pytest

from curation.conftest import Run
from curation.folder import files
from fingerpost.errors import BadParameter, NotConforming

RIGHT = (
    "--set", "name=Ruler", "--set", "description=It measures pictures of every kind.",
    "--set", "source=new", "--set", "supports=imaging|proteomic data", "--set", "usedIn=analyse",
)  # fmt: skip


def test_a_record_is_written_in_canonical_form_and_conforms(run: Run, data: Path) -> None:
    before = files(data)
    done = run(
        "new", "tool", "--yes", *RIGHT, "--set", "access=Open", "--set", "url=https://r.example/"
    )
    assert done.exit_code == 0, done.output
    text = (data / "instances/tool/ruler.ttl").read_text("utf-8")
    for line in (
        '  skos:prefLabel "Ruler"@en ;',
        "  fp:supports data-type:imaging-data ,\n    data-type:proteomics-data ;",
        "  fp:status status:active ;",
        "  fp:access access:open ;",
        "  dct:source source:new ;",
    ):
        assert line in text
    assert files(data).keys() - before.keys() == {"instances/tool/ruler.ttl"}
    assert run("format", "--check").exit_code == 0
    assert "ruler" not in run("check").output


def test_questions_are_asked_until_the_answer_is_right(run: Run, data: Path) -> None:
    answers = [
        "Planner", "Ruler", "It measures pictures of every kind.", "nobody", "New guide",
        "activ", "active", "qqqq", "imaging data", "analyse",
        "cost", "cheap", "cost", "free", "", "y",
    ]  # fmt: skip
    done = run("new", "tool", input_="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    for said in (
        '"Planner" is the name of',
        'no source is called "nobody"',
        'no status is called "activ"',
        'No data type is called "qqqq"',
        'no cost is called "cheap"',
    ):
        assert said in done.output
    assert "fp:cost cost:free" in (data / "instances/tool/ruler.ttl").read_text("utf-8")


def test_what_is_missing_is_named_all_at_once(run: Run) -> None:
    done = run("new", "repository", "--yes", "--set", "name=Somewhere")
    assert isinstance(done.exception, BadParameter)
    for field in ("description", "source", "accepts", "repositoryScope", "usedIn"):
        assert f"{field} (" in str(done.exception)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("nme=Ruler", 'has no "nme". Did you mean: name'),
        ("url=ruler.example", "is no address"),
        ("startedOn=last year", "is no date: give 2026, 2026-07 or 2026-07-31"),
        ("allowsEmbargo=maybe", "neither yes nor no"),
        ("country=Sweden", "has not the form"),
        ("takesRelatedData=always", 'not "always". Choose one of'),
        ("backupWindow=30 days", "is no duration"),
        ("Ruler", "is not FIELD=VALUE"),
        ("name=", "name is empty"),
    ],
)
def test_a_wrong_answer_names_field_and_what_is_right(run: Run, given: str, message: str) -> None:
    done = run("new", "tool", "--yes", *RIGHT, "--set", given)
    assert isinstance(done.exception, BadParameter)
    assert message in str(done.exception)


def test_a_slug_that_is_taken_is_refused_and_nothing_is_overwritten(run: Run, data: Path) -> None:
    before = files(data)
    done = run("new", "tool", "--yes", *RIGHT, "--slug", "planner")
    assert "is there already" in str(done.exception)
    assert "is no slug" in str(run("new", "tool", "--yes", *RIGHT, "--slug", "../x").exception)
    assert files(data) == before


def test_what_does_not_conform_is_not_written(run: Run, data: Path) -> None:
    before = files(data)
    done = run("new", "tool", "--yes", *RIGHT, "--set", "isReplacedBy=tool/planner")
    assert isinstance(done.exception, NotConforming)
    assert "superseded" in str(done.exception)
    assert files(data) == before


def test_who_says_no_at_the_end_has_changed_nothing(run: Run, data: Path) -> None:
    before = files(data)
    assert run("new", "tool", *RIGHT, input_="\n\nn\n").exit_code == 0
    assert run("new", "tool", *RIGHT, input_="").exit_code == 1
    assert files(data) == before
