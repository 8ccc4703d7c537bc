"""A record through a form and back: what was accepted stays, what is hostile is refused or quoted."""

import dataclasses
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from fingerpost.catalogue import Catalogue
from fingerpost.curation import corrections, fields, words
from fingerpost.curation.corrections import Corrections, Wrong
from fingerpost.files import Folders
from fingerpost.graph import canonical, dataset, records
from fingerpost.graph.records import Record
from fingerpost.graph.statement import Statement, statement
from fingerpost.graph.vocabulary import KINDS, term
from fingerpost.index import asking

HOSTILE = [
    '"@en . <> a <http://example.org/Evil> . <> <p> "',
    "'''\"\"\" ; fp:status status:ended . #",
    "<script>alert(1)</script>",
    "back\\slash \\u0022 \\n",
    "{{ 7 * 7 }} ${7} %s {0}",
    "Ω 漢字 עברית 🧬 e\u0301",
]


@pytest.fixture(scope="module")
def known(opened: Catalogue, folders: Folders) -> dict[str, Corrections]:
    names = partial(asking.names, opened.engine)
    spoken = words.words(opened)
    terms = fields.terms(folders)
    return {
        kind: Corrections(kind, fields.fields(kind, terms), spoken, names)
        for kind in ("repository", "storage", "guidance", "source", "organization", "policy")
    }


@pytest.fixture
def zenodo(folders: Folders) -> Record:
    return records.record(folders.instances / "repository/zenodo.ttl")


def form(known: Corrections, record: Record) -> dict[str, str]:
    return {name: entry.text for name, entry in known.entries(record).items()}


@pytest.mark.parametrize(
    "kind", ["repository", "storage", "guidance", "source", "organization", "policy"]
)
def test_a_form_that_is_sent_back_as_it_is_changes_no_record(
    known: dict[str, Corrections], folders: Folders, kind: str
) -> None:
    assert kind in KINDS
    for path in sorted((folders.instances / kind).glob("*.ttl"))[:60]:
        record = records.record(path)
        same = known[kind].corrected(record, form(known[kind], record), None)
        assert same is record, path


@pytest.mark.parametrize(
    ("kind", "slug"),
    [("repository", "zenodo"), ("storage", "swestore"), ("organization", "uppsala-university")],
)
def test_claims_limits_and_other_languages_survive_an_empty_form(
    known: dict[str, Corrections], folders: Folders, kind: str, slug: str
) -> None:
    record = records.record(folders.instances / kind / f"{slug}.ttl")
    empty = dict.fromkeys(known[kind].fields, "")
    after = set(known[kind].corrected(record, empty, None).triples)
    assert {t for t in record.triples if t.subject != record.node} <= after
    assert {
        t for t in record.triples if isinstance(t.object, Literal) and t.object.language == "sv"
    } <= after
    assert Statement(record.node, term("rdf:type"), term(f"fp:{KINDS[kind]}")) in after


def test_only_what_was_changed_changes(known: dict[str, Corrections], zenodo: Record) -> None:
    given = {
        **form(known["repository"], zenodo),
        "country": "CH\nSE",
        "accepts": "Any data\nproteomics",
    }
    after = known["repository"].corrected(zenodo, given, None)
    gone = set(zenodo.triples) - set(after.triples)
    new = set(after.triples) - set(zenodo.triples)
    modified = term("dct:modified")
    assert {t for t in gone if t.predicate != modified} == set()
    assert {t for t in new if t.predicate != modified} == {
        Statement(zenodo.node, term("fp:country"), Literal("SE")),
        Statement(zenodo.node, term("fp:accepts"), term("data-type:proteomics-data")),
    }


def test_what_another_source_says_becomes_its_claim(
    known: dict[str, Corrections], zenodo: Record
) -> None:
    told = known["repository"]
    by = told.stated("source/zenodo-faq-2016", "2016")
    after = told.corrected(zenodo, {"country": "SE", "description": "Another text."}, by)
    new = set(after.triples) - set(zenodo.triples)
    country = Statement(zenodo.node, term("fp:country"), Literal("SE"))
    assert country not in new
    assert country in dataset.about(new)
    assert Statement(zenodo.node, term("fp:country"), Literal("CH")) not in after.triples
    assert (
        Statement(zenodo.node, term("dct:description"), Literal("Another text.", language="en"))
        in new
    )
    (claim,) = {t.subject for t in new if t.predicate == term("fp:subject")}
    assert Statement(claim, term("dct:source"), term("source:zenodo-faq-2016")) in new


@pytest.mark.parametrize(
    "given", [("source/zenodo-faq-2016", ""), ("", "2016"), ("nobody", "soon")]
)
def test_a_source_without_its_date_is_refused(
    known: dict[str, Corrections], given: tuple[str, str]
) -> None:
    with pytest.raises(Wrong) as caught:
        known["repository"].stated(*given)
    assert all(one.field in {"by-source", "by-date"} for one in caught.value.faults)


def test_every_wrong_field_is_named_at_once(known: dict[str, Corrections], zenodo: Record) -> None:
    given = {"url": "zenodo.org", "country": "Sweden", "accepts": "qqqq", "startedOn": "last year",
             "name": "One\nTwo", "description": "x" * 6_000}  # fmt: skip
    with pytest.raises(Wrong) as caught:
        known["repository"].corrected(zenodo, given, None)
    assert {one.field for one in caught.value.faults} == set(given)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_one_literal_and_nothing_else(
    known: dict[str, Corrections], zenodo: Record, text: str
) -> None:
    after = known["repository"].corrected(zenodo, {"description": text}, None)
    written = canonical.turtle(after)
    read = {statement(quad) for quad in parse(written, format=RdfFormat.TURTLE)}
    assert read == set(after.triples)
    said = Literal(" ".join(text.split()), language="en")
    assert Statement(zenodo.node, term("dct:description"), said) in read


@pytest.mark.parametrize("field", ["description", "name", "url", "accepts", "country", "status"])
@pytest.mark.parametrize("letter", ["\x00", "\x07", "\x1b", "\u202e", "\ufffd", "\ue000"])
def test_characters_that_nobody_sees_are_refused(
    known: dict[str, Corrections], zenodo: Record, field: str, letter: str
) -> None:
    with pytest.raises(Wrong, match=r"cannot be seen|form that it must|is no|Did you|no "):
        known["repository"].corrected(zenodo, {field: f"https://a{letter}b.example/"}, None)


@pytest.mark.parametrize(
    "address",
    ["https://x/> . <> a <y", "https://[", "https://a b", "javascript:alert(1)", "https://%zz/"],
)
def test_an_address_cannot_break_out(
    known: dict[str, Corrections], zenodo: Record, address: str
) -> None:
    try:
        after = known["repository"].corrected(zenodo, {"url": address}, None)
    except Wrong:
        return
    read = {statement(quad) for quad in parse(canonical.turtle(after), format=RdfFormat.TURTLE)}
    assert read == set(after.triples)


def test_too_many_values_are_refused(known: dict[str, Corrections], zenodo: Record) -> None:
    many = "\n".join(f"Name {number}" for number in range(corrections.MOST + 1))
    with pytest.raises(Wrong, match="more than"):
        known["repository"].corrected(zenodo, {"alternativeName": many}, None)


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    texts=st.dictionaries(
        st.sampled_from(
            ["name", "description", "url", "country", "note", "access", "seeAlso", "startedOn"]
        ),
        st.text(max_size=40),
    )
)
def test_whatever_is_given_is_refused_or_reads_back(
    known: dict[str, Corrections], zenodo: Record, texts: dict[str, str]
) -> None:
    try:
        after = known["repository"].corrected(zenodo, texts, None)
    except Wrong:
        return
    read = {statement(quad) for quad in parse(canonical.turtle(after), format=RdfFormat.TURTLE)}
    assert read == set(after.triples)


def test_nothing_of_this_writes(known: dict[str, Corrections], zenodo: Record) -> None:
    before = zenodo.path.read_bytes()
    moved = dataclasses.replace(zenodo)
    assert isinstance(moved.node, NamedNode)
    known["repository"].corrected(moved, {"name": "Other"}, None)
    assert zenodo.path.read_bytes() == before
