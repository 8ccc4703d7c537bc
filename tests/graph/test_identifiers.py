"""Identifiers of registries: their IRIs, and what carrying one implies."""

import pytest
from pyoxigraph import Literal, NamedNode

from fingerpost.graph import dataset, identifiers
from fingerpost.graph.statement import Statement
from fingerpost.graph.vocabulary import (
    CLAIM,
    PROPERTY,
    SUBJECT,
    TYPE,
    VALID_UNTIL,
    VALUE,
    Term,
    term,
)

PAIRS = {
    "biotools:idr": "https://bio.tools/idr",
    "fairsharing:FAIRsharing.x38D2k": "https://fairsharing.org/FAIRsharing.x38D2k",
    "re3data:r3d100013949": "https://www.re3data.org/repository/r3d100013949",
    "ror:02catss52": "https://ror.org/02catss52",
    "rrid:SCR_002122": "https://scicrunch.org/resolver/RRID:SCR_002122",
    "wikidata:Q1": "http://www.wikidata.org/entity/Q1",
}
RECORD = term("repository:cedar")
CLAIMED = NamedNode(f"{RECORD.value}#claim")


def claimed(property_: NamedNode, value: Term, *more: tuple[NamedNode, Term]) -> dataset.Claimed:
    said = ((TYPE, CLAIM), (SUBJECT, RECORD), (PROPERTY, property_), (VALUE, value), *more)
    return dataset.claimed(CLAIMED, [Statement(CLAIMED, name, one) for name, one in said])


@pytest.mark.parametrize(("curie", "iri"), PAIRS.items())
def test_a_curie_of_a_registry_and_its_iri_are_the_same(curie: str, iri: str) -> None:
    assert identifiers.iri(curie) == iri
    assert identifiers.curie(iri) == curie


def test_other_prefixes_lead_where_bioregistry_resolves_them() -> None:
    assert identifiers.iri("sfb:a b<c") == "https://bioregistry.io/sfb:a%20b%3Cc"


@pytest.mark.parametrize(
    "iri",
    ["https://fairsharing.org/databases/", "https://bio.tools/", "https://cedar.example/r3d1"],
)
def test_other_addresses_are_no_identifiers(iri: str) -> None:
    assert identifiers.iri(iri) == iri
    assert identifiers.curie(iri) == ""


@pytest.mark.parametrize(("curie", "iri"), PAIRS.items())
def test_an_identifier_and_an_exact_match_say_the_same(curie: str, iri: str) -> None:
    both = {
        Statement(RECORD, identifiers.IDENTIFIER, Literal(curie)),
        Statement(RECORD, identifiers.EXACT, NamedNode(iri)),
    }
    assert claimed(identifiers.IDENTIFIER, Literal(curie)).about == both
    assert claimed(identifiers.EXACT, NamedNode(iri)).about == both


def test_a_place_in_a_list_is_matched_but_no_identifier() -> None:
    place = NamedNode("https://rdmkit.elixir-europe.org/all_tools_and_resources#cedar")
    assert claimed(identifiers.EXACT, place).about == {Statement(RECORD, identifiers.EXACT, place)}


def test_a_close_match_gives_no_identifier() -> None:
    there = NamedNode(PAIRS["biotools:idr"])
    close = term("skos:closeMatch")
    assert claimed(close, there).about == {Statement(RECORD, close, there)}


def test_what_a_lapsed_identifier_implied_lapses_with_it() -> None:
    found = claimed(identifiers.IDENTIFIER, Literal("biotools:idr"), (VALID_UNTIL, Literal("2024")))
    assert found.lapsed
    assert len(found.about) == 2
