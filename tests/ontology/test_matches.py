"""Data types and techniques: one tree each, labels of their own, matches that exist."""

import csv
import importlib.resources
import os
import re
from collections import defaultdict
from pathlib import Path

import pytest
from rdflib import OWL, RDF, SKOS, Graph, Literal, Namespace, URIRef

from fingerpost.files import Folders

ROOT = Path(__file__).resolve().parents[2]
FP = Namespace("https://w3id.org/fingerpost/ontology#")
DCT = Namespace("http://purl.org/dc/terms/")
DATA_TYPE = Namespace("https://w3id.org/fingerpost/id/data-type/")
OBO = Namespace("http://purl.obolibrary.org/obo/")
EDAM = "http://edamontology.org/"
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch)
SCHEMES = {"data-types": FP.DataType, "techniques": FP.Technique}
LISTED = {
    OBO[name]
    for name in (
        *("CHMO_0000089", "CHMO_0000204", "CHMO_0000470", "CHMO_0000524", "CHMO_0000575"),
        *("CHMO_0000591", "CHMO_0002413"),
        *("FBbi_00000246", "FBbi_00000251", "FBbi_00000256", "FBbi_00000364"),
    )
}
"""Terms of CHMO and FBbi that were looked up in the ontologies themselves (2026-11-21)."""


@pytest.fixture(scope="module", params=sorted(SCHEMES))
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def graphs(folders: Folders) -> dict[str, Graph]:
    folder = folders.ontology / "concepts"
    return {name: Graph().parse(folder / f"{name}.ttl", format="turtle") for name in SCHEMES}


@pytest.fixture(scope="module")
def concepts(graphs: dict[str, Graph]) -> dict[str, set[URIRef]]:
    return {name: set(graph.subjects(RDF.type, SCHEMES[name])) for name, graph in graphs.items()}


@pytest.fixture(scope="module")
def edam() -> dict[str, str]:
    """Map each EDAM class to what its "Obsolete" column says."""
    package = pytest.importorskip("edam_ontology")
    table = importlib.resources.files(package) / "EDAM.tsv"
    with table.open(encoding="utf-8", newline="") as lines:
        return {row["Class ID"]: row["Obsolete"] for row in csv.DictReader(lines, delimiter="\t")}


@pytest.fixture(scope="module")
def fairsharing() -> set[URIRef]:
    """Every class of FAIRsharing's subject and domain ontologies that is not deprecated."""
    shared = Path(os.environ.get("FINGERPOST_SHARED", ROOT.parent / "shared"))
    files = [shared / "registries" / "ontologies" / f"{name}.owl" for name in ("SRAO", "DRAO")]
    if not all(path.is_file() for path in files):
        pytest.skip(f"SRAO.owl and DRAO.owl are not in {files[0].parent}: set FINGERPOST_SHARED")
    graph = Graph()
    for path in files:
        graph.parse(path, format="xml")
    deprecated = set(graph.subjects(OWL.deprecated, Literal(lexical_or_value=True)))
    return set(graph.subjects(RDF.type, OWL.Class)) - deprecated


def folded(label: str) -> str:
    """Return the label as it is compared: without case, blanks, hyphens and dashes."""
    return re.sub(r"[\s\-\u2010-\u2015\u2212]+", "", label.casefold())


def matches(graph: Graph) -> list[tuple[URIRef, URIRef]]:
    """Return (concept, term it is matched to), sorted."""
    return sorted(pair for match in MATCHES for pair in graph.subject_objects(match))


def depths(graph: Graph, top: URIRef) -> dict[URIRef, int]:
    """Return the fewest steps down from `top` to each concept that can be reached."""
    found = {top: 0}
    waiting = [top]
    for concept in waiting:
        for narrower in graph.subjects(SKOS.broader, concept):
            if narrower not in found:
                found[narrower] = found[concept] + 1
                waiting.append(narrower)
    return found


def test_every_edam_match_exists_and_is_not_obsolete(
    graphs: dict[str, Graph], scheme: str, edam: dict[str, str]
) -> None:
    matched = [pair for pair in matches(graphs[scheme]) if pair[1].startswith(EDAM)]
    assert len(matched) > 20
    assert [pair for pair in matched if edam.get(str(pair[1])) != "FALSE"] == []


def test_every_other_match_is_a_living_fairsharing_class_or_was_looked_up(
    graphs: dict[str, Graph], scheme: str, fairsharing: set[URIRef]
) -> None:
    known = fairsharing | LISTED
    matched = [pair for pair in matches(graphs[scheme]) if not pair[1].startswith(EDAM)]
    assert len(matched) > 10
    assert [pair for pair in matched if pair[1] not in known] == []


def test_a_concept_is_matched_to_a_term_in_one_way_only(
    graphs: dict[str, Graph], scheme: str
) -> None:
    matched = matches(graphs[scheme])
    assert len(matched) == len(set(matched))


def test_no_two_concepts_are_the_same_as_one_term(graphs: dict[str, Graph], scheme: str) -> None:
    targets = list(graphs[scheme].objects(None, SKOS.exactMatch))
    assert len(targets) == len(set(targets))


def test_there_are_at_least_sixty_data_types_and_sixty_have_a_match(
    graphs: dict[str, Graph], concepts: dict[str, set[URIRef]]
) -> None:
    matched = {concept for concept, _ in matches(graphs["data-types"])}
    assert len(concepts["data-types"]) >= 60
    assert len(concepts["data-types"] & matched) >= 60


def test_data_types_go_at_least_three_deep_below_any_data(graphs: dict[str, Graph]) -> None:
    assert max(depths(graphs["data-types"], DATA_TYPE["any-data"]).values()) >= 3


def test_every_data_type_is_reached_from_any_data(
    graphs: dict[str, Graph], concepts: dict[str, set[URIRef]]
) -> None:
    reached = depths(graphs["data-types"], DATA_TYPE["any-data"])
    assert concepts["data-types"] - set(reached) == set()


def test_no_concept_is_broader_than_itself(
    graphs: dict[str, Graph], concepts: dict[str, set[URIRef]], scheme: str
) -> None:
    graph = graphs[scheme]
    assert [
        concept
        for concept in sorted(concepts[scheme])
        if concept in set(graph.objects(concept, SKOS.broader / (SKOS.broader * "*")))
    ] == []


def test_a_broader_concept_is_of_the_same_scheme(
    graphs: dict[str, Graph], concepts: dict[str, set[URIRef]], scheme: str
) -> None:
    assert set(graphs[scheme].objects(None, SKOS.broader)) - concepts[scheme] == set()


def test_no_label_is_claimed_by_two_concepts(graphs: dict[str, Graph], scheme: str) -> None:
    claimed = defaultdict(set)
    for naming in (SKOS.prefLabel, SKOS.altLabel):
        for concept, label in graphs[scheme].subject_objects(naming):
            claimed[folded(str(label))].add(concept)
    assert {label: sorted(by) for label, by in claimed.items() if len(by) > 1} == {}


def test_every_concept_has_one_english_name_and_a_definition(
    graphs: dict[str, Graph], concepts: dict[str, set[URIRef]], scheme: str
) -> None:
    graph = graphs[scheme]
    for concept in sorted(concepts[scheme]):
        names = [one for one in graph.objects(concept, SKOS.prefLabel) if one.language == "en"]
        assert len(names) == 1, concept
        assert len(list(graph.objects(concept, SKOS.definition))) == 1, concept


def test_what_is_narrower_than_personal_data_is_personal_too(graphs: dict[str, Graph]) -> None:
    graph = graphs["data-types"]
    personal = set(graph.subjects(FP.personalByNature, Literal(lexical_or_value=True)))
    assert DATA_TYPE["sensitive-human-data"] in personal
    assert {one for broad in personal for one in graph.subjects(SKOS.broader, broad)} <= personal


def test_each_of_59_rows_of_the_seeds_has_its_technique(
    graphs: dict[str, Graph], concepts: dict[str, set[URIRef]]
) -> None:
    graph = graphs["techniques"]
    rows = {
        one: [str(row) for row in graph.objects(one, DCT.identifier)]
        for one in concepts["techniques"]
        if (one, DCT.identifier, None) in graph
    }
    assert len(rows) == 59
    assert all(len(ids) == 1 and ids[0].startswith("te-") for ids in rows.values())
    assert len({ids[0] for ids in rows.values()}) == 59


def test_what_a_technique_yields_is_a_data_type(
    graphs: dict[str, Graph], concepts: dict[str, set[URIRef]]
) -> None:
    yielded = set(graphs["techniques"].objects(None, FP.yields))
    assert yielded
    assert yielded - concepts["data-types"] == set()
