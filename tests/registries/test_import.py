"""Snapshots: what a registry's records become, what a new one changes, what stops it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from fingerpost import importing
from fingerpost.cli import commands
from fingerpost.errors import BadParameter, Collapse, NotOfRegistry, SettingFault
from fingerpost.files import Folders
from fingerpost.graph.statement import Statement, statement
from fingerpost.graph.vocabulary import LABEL, TYPE, term
from fingerpost.registries import countries, plainly, snapshot
from fingerpost.registries.difference import Difference
from fingerpost.registries.entry import Entry
from fingerpost.registries.known import REGISTRIES
from fingerpost.registries.plainly import Words
from fingerpost.registries.reading import Read
from fingerpost.registries.snapshot import Snapshot

FAIRSHARING = REGISTRIES["fairsharing"]
RE3DATA = REGISTRIES["re3data"]
DAY = "2026-11-21"
FULL = Entry(
    id="fairsharing:FAIRsharing.abc123",
    name="Cedar Archive",
    alt_names=("CA",),
    homepage="https://cedar.example/",
    description="Keeps images of cedars.",
    kind="repository",
    status="ready",
    access=("open",),
    subjects=("Imaging data", "Dendrology", "Life Science Data"),
    countries=("Sweden", "Worldwide"),
    identifiers=("re3data:r3d100000001", "fairsharing:FAIRsharing.abc123"),
    modified="2026-01-31",
)


@pytest.fixture(scope="module")
def words(folders: Folders) -> Words:
    from fingerpost.graph import records

    return plainly.words(records.terminology(folders.ontology))


def made(*entries: Entry, words: Words | None = None) -> Snapshot:
    nothing = Words({})
    return snapshot.made(FAIRSHARING, entries, words or nothing, DAY, "https://x.example/")[0]


def values(found: Snapshot, iri: str, property_: str) -> set[str]:
    its = found.records.get(iri, found.about)
    return {
        one.object.value
        for one in its
        if one.predicate == term(property_) and isinstance(one.object, Literal | NamedNode)
    }


def test_a_record_is_in_the_registrys_words_with_ours_beside_them(words: Words) -> None:
    found = made(FULL, words=words)
    iri = "https://fairsharing.org/FAIRsharing.abc123"
    ours = "https://w3id.org/fingerpost/"
    assert list(found.records) == [iri]
    assert values(found, iri, "rdf:type") == {f"{ours}ontology#RegistryRecord", f"{ours}ontology#Repository"}  # fmt: skip
    assert values(found, iri, "dct:identifier") == {"fairsharing:FAIRsharing.abc123"}
    assert values(found, iri, "skos:prefLabel") == {"Cedar Archive"}
    assert values(found, iri, "skos:altLabel") == {"CA"}
    assert values(found, iri, "schema:url") == {"https://cedar.example/"}
    assert values(found, iri, "fp:registryIdentifier") == {"re3data:r3d100000001"}
    assert values(found, iri, "dct:type") == {"repository"}
    assert values(found, iri, "fp:registryStatus") == {"ready"}
    assert values(found, iri, "fp:status") == {f"{ours}id/status/active"}
    assert values(found, iri, "dct:accessRights") == {"open"}
    assert values(found, iri, "fp:access") == {f"{ours}id/access/open"}
    assert values(found, iri, "dct:subject") == set(FULL.subjects)
    assert values(found, iri, "fp:accepts") == {f"{ours}id/data-type/imaging-data"}
    assert values(found, iri, "fp:country") == {"SE"}
    assert values(found, iri, "schema:addressCountry") == {"Worldwide"}
    assert values(found, iri, "dct:modified") == {"2026-01-31"}


def test_words_that_are_not_plain_say_nothing_of_ours(words: Words) -> None:
    vague = Entry("fairsharing:x", "X", kind="collection", status="uncertain", access=("other",))
    found = made(vague, words=words)
    ours = {one.predicate for one in found.records["https://fairsharing.org/x"]}
    assert not ours & {term("fp:status"), term("fp:access"), term("fp:accepts")}
    assert values(found, "https://fairsharing.org/x", "fp:registryStatus") == {"uncertain"}


@pytest.mark.parametrize("status", ["deprecated", "closed 2016-03-01", "offline 2020"])
def test_what_a_registry_calls_over_has_ended(words: Words, status: str) -> None:
    found = made(Entry("fairsharing:x", "X", status=status), words=words)
    ended = {"https://w3id.org/fingerpost/id/status/ended"}
    assert values(found, "https://fairsharing.org/x", "fp:status") == ended


def test_every_record_of_re3data_is_a_repository(words: Words) -> None:
    entry = Entry("re3data:r3d100000001", "Maple")
    found, _ = snapshot.made(RE3DATA, [entry], words, DAY, "")
    [its] = found.records.values()
    assert {one.object for one in its if one.predicate == TYPE} >= {term("fp:Repository")}


@pytest.mark.parametrize(
    ("text", "code"),
    [("Sweden", "SE"), ("DEU", "DE"), ("GB", "GB"), ("AAA", None), ("Worldwide", None)],
)
def test_countries(text: str, code: str | None) -> None:
    assert countries.code(text) == code


def test_the_whole_says_whose_it_is_under_which_licence_when_and_how_much() -> None:
    found = made(FULL)
    says = {name: values(found, "", name) for name in ("dct:license", "fp:retrievedOn", "dct:source", "fp:crossReferences")}  # fmt: skip
    assert says == {
        "dct:license": {"https://creativecommons.org/licenses/by-sa/4.0/"},
        "fp:retrievedOn": {DAY},
        "dct:source": {"https://x.example/"},
        "fp:crossReferences": {"1"},
    }
    [told] = values(found, "", "dct:rights")
    assert "FAIRsharing" in told
    assert "CC BY-SA 4.0" in told
    [size] = (one.object for one in found.about if str(one.predicate).endswith("void#triples>"))
    assert isinstance(size, Literal)
    assert size.value == str(len(found.bytes().splitlines()))


@pytest.mark.parametrize("id_", ["re3data:r3d1", "abc", "fairsharing:"])
def test_an_id_of_another_registry_is_broken(id_: str) -> None:
    found, broken = snapshot.made(FAIRSHARING, [Entry(id_, "X")], Words({}), DAY, "")
    assert not found.records
    assert [(one.record, one.field) for one in broken] == [(id_, "id")]


@pytest.mark.parametrize(
    "page", ["cedar.example", "javascript:x", "http://a b.example/", "http://[x"]
)
def test_what_is_no_address_is_no_home_page(page: str) -> None:
    found = made(Entry("fairsharing:x", "X", homepage=page))
    assert values(found, "https://fairsharing.org/x", "schema:url") == set()


def test_the_digest_tells_records_and_not_days_apart() -> None:
    other, _ = snapshot.made(FAIRSHARING, [FULL], Words({}), "2027-01-01", "https://y.example/")
    assert other.digest == made(FULL).digest
    assert made(Entry(FULL.id, "Other")).digest != made(FULL).digest


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
LISTS = st.lists(WORDS, max_size=3).map(tuple)


@given(
    st.builds(
        Entry,
        id=st.one_of(WORDS, WORDS.map("fairsharing:{}".format), WORDS.map("https://{}".format)),
        name=WORDS,
        alt_names=LISTS,
        homepage=st.one_of(WORDS, WORDS.map("http://{}".format)),
        kind=WORDS,
        status=WORDS,
        access=LISTS,
        subjects=LISTS,
        countries=LISTS,
        identifiers=LISTS,
        modified=WORDS,
    )
)
def test_whatever_a_reader_gives_is_kept_or_broken(entry: Entry) -> None:
    found, broken = snapshot.made(FAIRSHARING, [entry], Words({}), DAY, "somewhere")
    assert len(found.records) + len(broken) == 1
    triples = [statement(one) for one in parse(found.bytes(), format=RdfFormat.N_TRIPLES)]
    assert snapshot.held(FAIRSHARING, triples).records == found.records


def numbered(count: int, **said: tuple[str, ...]) -> Snapshot:
    return made(*(Entry(f"fairsharing:{n}", f"Name {n}", **said) for n in range(count)))  # type: ignore[arg-type]


def test_a_difference_names_what_comes_goes_and_changes() -> None:
    old = made(Entry("fairsharing:1", "One"), Entry("fairsharing:2", "Two"))
    new = made(Entry("fairsharing:2", "Zwei", identifiers=("rrid:SCR_1",)), Entry("fairsharing:3", "Three"))  # fmt: skip
    assert Difference(old, new).text() == (
        "1 record added\n"
        "  + fairsharing:3 (Three)\n"
        "1 record removed\n"
        "  - fairsharing:1 (One)\n"
        "1 record changed\n"
        "  ~ fairsharing:2 (Zwei)\n"
        "1 cross-reference added, 0 removed\n"
        "2 records, 1 cross-reference\n"
    )


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (numbered(10), numbered(7), "7 records where the last snapshot has 10"),
        (numbered(10), numbered(8), ""),
        (numbered(0), numbered(3), ""),
        (
            numbered(10, identifiers=("rrid:SCR_1",)),
            numbered(10),
            "0 cross-references where the last snapshot has 10",
        ),
    ],
)
def test_a_collapse_is_told(old: Snapshot, new: Snapshot, what: str) -> None:
    assert Difference(old, new).collapse == what
    plan = importing.Plan(FAIRSHARING, Difference(old, new), ())
    if what:
        with pytest.raises(Collapse, match=what):
            plan.check()
    else:
        plan.check()


def test_a_snapshot_of_nothing_is_not_made() -> None:
    with pytest.raises(NotOfRegistry, match="no record of FAIRsharing"):
        importing.Plan(FAIRSHARING, Difference(numbered(0), numbered(0)), ()).check()


def test_what_is_held_is_what_was_made() -> None:
    found = made(FULL)
    triples = [*found.about, *(one for its in found.records.values() for one in its)]
    stranger = Statement(NamedNode("https://fairsharing.org/other"), LABEL, Literal("Other"))
    held = snapshot.held(FAIRSHARING, [*triples, stranger])
    assert held.records.keys() - found.records.keys() == {"https://fairsharing.org/other"}
    assert held.digest == found.digest
    assert held.retrieved == DAY


def run(*arguments: str) -> Result:
    return CliRunner(env={"FINGERPOST_STORE": ""}).invoke(commands, ["import", *arguments])


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "entries.jsonl"
    wrong = {"id": "fairsharing:3", "name": ["Three"]}
    entries = [{"id": f"fairsharing:{n}", "name": f"Name {n}"} for n in range(3)]
    path.write_text("".join(json.dumps(one) + "\n" for one in [*entries, wrong]), "utf-8")
    return path


def test_a_dry_run_tells_what_would_come_and_what_is_broken(lines: Path) -> None:
    done = run("fairsharing", str(lines), "--as", "lines", "--dry-run")
    assert "3 records added" in done.output
    assert f"{lines}: line 4" in done.output
    assert "name: " in done.output
    assert done.exit_code == 1


def test_without_a_store_it_is_said_what_to_do(lines: Path) -> None:
    done = run("fairsharing", str(lines), "--as", "lines")
    assert isinstance(done.exception, SettingFault)
    assert "--store DIR" in str(done.exception)


def test_a_missing_file_an_unknown_format_and_another_registrys_file(
    lines: Path, tmp_path: Path
) -> None:
    with pytest.raises(BadParameter, match="no file"):
        importing.read(FAIRSHARING, str(tmp_path / "none.json"), None)
    with pytest.raises(BadParameter, match='"xlsx" is none of the formats'):
        importing.read(FAIRSHARING, str(lines), "xlsx")
    with pytest.raises(NotOfRegistry):
        importing.read(RE3DATA, str(lines), None)


def test_a_plan_without_a_store_begins_with_nothing(folders: Folders) -> None:
    plan = importing.plan(FAIRSHARING, Read((FULL,), ()), "https://x.example/", folders, None)
    assert len(plan.difference.added) == 1
    assert not plan.same


def test_the_csv_import_is_still_there() -> None:
    assert run("csv", "--help").exit_code == 0


OTHER = ("--name", "cedars", "--title", "Cedars", "--homepage", "https://cedars.example/")
CC0 = ("--licence", "https://creativecommons.org/publicdomain/zero/1.0/")


def test_any_other_registry_is_taken_in_by_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "all.ttl"
    path.write_text(
        "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .\n"
        '<https://cedars.example/1> a dcat:Dataset ; dct:title "Cedar rings" .',
        "utf-8",
    )
    done = run("records", str(path), *OTHER, *CC0, "--dry-run")
    assert "+ https://cedars.example/1 (Cedar rings)" in done.output


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (("--name", "ror"), '"ror" cannot name a registry'),
        (("--name", "a/b"), '"a/b" cannot name a registry'),
        (("--licence", "CC0"), '"CC0" is no address'),
    ],
)
def test_a_registry_needs_a_name_of_its_own_and_a_licence(
    lines: Path, wrong: tuple[str, str], told: str
) -> None:
    done = run("records", str(lines), *OTHER, *CC0, *wrong, "--dry-run")
    assert isinstance(done.exception, BadParameter)
    assert told in str(done.exception)
