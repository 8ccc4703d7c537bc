"""The way as linked data and as a data management plan, held against what defines these."""

import json
from typing import Any

import madmpy
import pyoxigraph
import pytest
import rdflib
from rdflib.namespace import RDF

from fingerpost.catalogue import Catalogue
from fingerpost.route import jsonld, madmp, markdown
from fingerpost.route.way import Way

SCHEMA = rdflib.Namespace("http://schema.org/")
QUESTIONS = ("cryo-EM data", "human genomes", "proteomics", "any data", "software")


@pytest.fixture(scope="module", params=QUESTIONS)
def way(request: pytest.FixtureRequest, opened: Catalogue) -> Way:
    return opened.route({"data": request.param, "size": "600 GB"})


@pytest.fixture(scope="module")
def graph(way: Way) -> rdflib.Graph:
    return rdflib.Graph().parse(data=jsonld.write(way), format="json-ld")


@pytest.fixture(scope="module")
def plan(way: Way) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(madmp.write(way))["dmp"]
    return found


def test_two_parsers_read_the_same_graph(way: Way, graph: rdflib.Graph) -> None:
    quads = pyoxigraph.parse(jsonld.write(way).encode(), format=pyoxigraph.RdfFormat.JSON_LD)
    read = pyoxigraph.Dataset(quads)
    again = graph.serialize(format="nt").encode()
    other = pyoxigraph.Dataset(pyoxigraph.parse(again, format=pyoxigraph.RdfFormat.N_TRIPLES))
    read.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
    other.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
    assert read == other


def test_the_steps_are_in_order_and_name_their_phases(way: Way, graph: rdflib.Graph) -> None:
    (steps,) = graph.objects(rdflib.URIRef(way.iri), SCHEMA.step)
    found = list(graph.items(steps))
    assert [graph.value(one, SCHEMA.position).toPython() for one in found] == list(range(1, 8))  # type: ignore[union-attr]
    assert [str(graph.value(one, SCHEMA.name)) for one in found] == [
        one.phase.name for one in way.steps
    ]


def test_every_choice_has_its_points_and_its_reasons_add_up(graph: rdflib.Graph) -> None:
    choices = list(graph.subjects(RDF.type, SCHEMA.ListItem))
    assert choices
    for one in choices:
        points = graph.value(one, SCHEMA.ratingValue)
        reasons = graph.objects(one, SCHEMA.additionalProperty)
        assert points.toPython() == sum(  # type: ignore[union-attr]
            graph.value(reason, SCHEMA.value).toPython()  # type: ignore[union-attr]
            for reason in reasons
        )


def test_every_term_is_of_schema_org_or_known_to_the_graph(
    graph: rdflib.Graph, opened: Catalogue
) -> None:
    ours = "https://w3id.org/fingerpost/ontology#"
    known = {str(term) for term in (*graph.predicates(), *graph.objects(None, RDF.type))}
    for term in known:
        if term.startswith(ours):
            query = f"ASK {{ <{term}> a ?class }}"
            from fingerpost.engine import Query

            assert b"true" in opened.engine.answer(Query(query), "application/sparql-results+json")
        else:
            assert term.startswith((str(SCHEMA), str(RDF), "http://purl.org/dc/terms/"))


def test_a_plan_is_what_the_standard_demands(way: Way, plan: dict[str, Any]) -> None:
    assert madmpy.DEFAULT_VERSION == "1.2"
    madmpy.load().DMP(**plan)
    assert set(json.loads(madmp.write(way))) == {"dmp"}


def test_a_plan_invents_nobody_and_nothing(way: Way, plan: dict[str, Any]) -> None:
    assert plan["contact"]["mbox"].endswith(".invalid")
    assert "contributor" not in plan
    assert "project" not in plan
    expected = "yes" if way.question.sensitive else "unknown"
    assert plan["ethical_issues_exist"] == expected
    for dataset in plan["dataset"]:
        assert dataset["personal_data"] == dataset["sensitive_data"] == expected


def test_a_plan_names_the_repositories_and_what_they_take(way: Way, plan: dict[str, Any]) -> None:
    (dataset,) = plan["dataset"]
    hosts = [one["host"] for one in dataset["distribution"]]
    assert [one["title"] for one in hosts] == [one.name for one in way.deposits]
    for host in hosts:
        assert host["url"].startswith(("https://", "http://"))
    if way.question.sensitive:
        assert {one["data_access"] for one in dataset["distribution"]} <= {"shared", "closed"}
        assert dataset["security_and_privacy"]
    for standard in dataset["metadata"]:
        assert standard["metadata_standard_id"]["type"] == "url"
        assert standard["metadata_standard_id"]["identifier"].startswith("http")


def test_markdown_has_no_raw_html_and_leads_to_the_sources(way: Way) -> None:
    text = markdown.markdown(way)
    assert "](https://w3id.org/fingerpost/id/source/" in text
    assert "<script" not in text
    assert markdown._plain("<b>*x*</b>") == r"\<b\>\*x\*\</b\>"
