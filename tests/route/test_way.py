"""The way through all phases, on the shipped graph: what it says and that it never fails."""

import os
import re

import pytest

from fingerpost import files
from fingerpost.catalogue import Catalogue
from fingerpost.errors import BadParameter, UnknownConcept
from fingerpost.graph.vocabulary import IDS
from fingerpost.route import jsonld, madmp, markdown
from fingerpost.route.way import Step, Way

PHASES = ["plan", "collect", "process", "analyse", "preserve", "share", "reuse"]
TYPES = sorted(
    set(
        re.findall(
            r"^data-type:(\S+)$",
            (files.folders().ontology / "concepts" / "data-types.ttl").read_text("utf-8"),
            re.MULTILINE,
        )
    )
)
TRIED = TYPES if "FINGERPOST_FULL" in os.environ else TYPES[::9]
"""All types of data where FINGERPOST_FULL is set, else one in nine."""


def step(way: Way, phase: str) -> Step:
    return next(one for one in way.steps if one.phase.slug == phase)


def slugs(found: object) -> list[str]:
    return [one.resource.rpartition("/")[2] for one in found]  # type: ignore[attr-defined]


def titles(found: object) -> list[str]:
    return [one.title for one in found]  # type: ignore[attr-defined]


def guided(found: Step) -> set[str]:
    return {one.guidance for one in (*found.duties, *found.again, *found.advice)}


@pytest.fixture(scope="module")
def genomes(opened: Catalogue) -> Way:
    return opened.route({"data": "human genomes"})


@pytest.fixture(scope="module")
def cryo(opened: Catalogue) -> Way:
    return opened.route({"data": "cryo-EM data"})


@pytest.mark.slow
@pytest.mark.parametrize("slug", TRIED)
def test_every_type_of_data_has_a_way_in_every_form(opened: Catalogue, slug: str) -> None:
    found = opened.route({"data": slug})
    assert [one.phase.slug for one in found.steps] == PHASES
    assert found.iri == f"https://w3id.org/fingerpost/route/{slug}"
    for one in found.steps:
        assert len(one.choices) <= 3
        assert [choice.rank for choice in one.choices] == list(range(1, len(one.choices) + 1))
    assert markdown.markdown(found).count("\n## ") == len(PHASES)
    assert markdown.text(found)
    assert len(jsonld.document(found)["step"]) == len(PHASES)  # type: ignore[arg-type]
    assert madmp.document(found)["dmp"]


@pytest.mark.parametrize("phase", ["collect", "share"])
def test_the_first_choices_are_those_of_the_recommendation(
    opened: Catalogue, cryo: Way, phase: str
) -> None:
    found = opened.recommend({"data": "cryo-EM data", "phase": phase, "limit": "3"})
    assert step(cryo, phase).choices == found.answers


@pytest.mark.parametrize(("data", "home"), [("cryo-EM movies", "empiar"), ("cryo-EM maps", "emdb")])
def test_what_cryo_em_yields_finds_its_home(opened: Catalogue, data: str, home: str) -> None:
    found = opened.route({"data": data})
    assert found.deposits[0].resource.endswith(f"/repository/{home}")


def test_cryo_em_data_are_told_of_their_three_homes(cryo: Way) -> None:
    share = step(cryo, "share")
    (told,) = [one.text for one in share.advice if one.title == "Cryo-EM data have three homes"]
    assert [home in told for home in ("EMPIAR", "EMDB", "Protein Data Bank")] == [True] * 3
    assert slugs(share.choices)[:2] == ["empiar", "emdb"]
    assert "cryo-em" in slugs(step(cryo, "collect").choices)


def test_what_the_chosen_repositories_ask_for_comes_first_and_is_marked(cryo: Way) -> None:
    share = step(cryo, "share")
    marked = [bool(one.asked_by) for one in share.standards]
    assert marked == sorted(marked, reverse=True)
    assert marked[0]
    taken = {value.value for one in cryo.deposits for value in one.taken}
    assert taken == {one.resource for one in share.standards if one.asked_by}


def test_human_genomes_begin_with_an_ethics_approval(genomes: Way) -> None:
    assert "Apply for an ethics approval" in titles(step(genomes, "plan").duties)
    assert genomes.personal == "yes"


def test_human_genomes_are_shared_in_no_open_repository(opened: Catalogue, genomes: Way) -> None:
    known = opened.queries.rows("recommend/recommend", {"data": f"{IDS}data-type/human-genome-data",
        "phase": f"{IDS}phase/share", "kind": "repository"})  # fmt: skip
    for row in known:
        personal = opened.queries.rows("recommend/deposit", {"repository": row["resource"]})
        held = {one["value"] for one in personal if one["property"].endswith("#personalData")}
        assert f"{IDS}personal-data/controlled-access" in held, row["name"]
    for one in genomes.deposits:
        assert one.first("access") != f"{IDS}access/open"


def test_a_duty_is_told_once_and_recalled_later(genomes: Way) -> None:
    told = [one.guidance for one in genomes.duties]
    assert len(told) == len(set(told))
    for later in genomes.steps[1:]:
        assert {one.guidance for one in later.again} <= set(told)
    assert "Apply for an ethics approval" in titles(step(genomes, "share").again)


def test_what_must_be_done_applies_and_comes_before_advice(genomes: Way) -> None:
    for one in genomes.steps:
        for duty in one.duties:
            assert duty.strength in {"obligation", "rule"}
            assert duty.applies or not duty.conditions
        assert not {duty.guidance for duty in one.duties} & {more.guidance for more in one.advice}


def test_personal_data_add_duties_and_say_so(opened: Catalogue) -> None:
    plain = opened.route({"data": "imaging data"})
    personal = opened.route({"data": "imaging data", "sensitive": "true"})
    assert plain.personal == "unknown"
    assert personal.personal == "yes"
    assert "Apply for an ethics approval" not in titles(plain.duties)
    assert "Apply for an ethics approval" in titles(personal.duties)
    assert personal.iri.endswith("/route/imaging-data?sensitive=true")
    assert opened.route({"data": "imaging data", "sensitive": "false"}).personal == "no"


def test_an_earlier_day_has_other_answers(opened: Catalogue) -> None:
    then = opened.route({"data": "single-cell RNA-seq", "at": "2023-06-30"})
    now = opened.route({"data": "single-cell RNA-seq"})
    assert then.iri.endswith("?at=2023-06-30")
    assert "eukaryotic-single-cell-genomics" in slugs(step(then, "collect").choices)
    assert "eukaryotic-single-cell-genomics" not in slugs(step(now, "collect").choices)


def test_a_phase_of_which_the_sources_say_nothing_says_so(cryo: Way) -> None:
    bare = Step(1, cryo.steps[0].phase, (), (), (), (), (), (), ())
    assert bare.empty
    found = Way(cryo.question, "unknown", (bare,), ())
    assert markdown.NOTHING in markdown.text(found)
    assert markdown.NOTHING in markdown.markdown(found)


def test_several_kinds_of_data_go_one_way(opened: Catalogue) -> None:
    found = opened.route({"data": ["proteomics", "metabolomics"]})
    assert {one.slug for one in found.question.data} >= {"proteomics-data", "metabolomics-data"}
    plan = madmp.document(found)["dmp"]
    assert len(plan["dataset"]) == 2  # type: ignore[call-overload,index]


def test_each_of_several_kinds_of_data_has_its_guidance_and_somebody_to_ask(
    opened: Catalogue,
) -> None:
    kinds = ["imaging-data", "genomics-data"]
    both = opened.route({"data": kinds})
    for kind in kinds:
        for alone, together in zip(opened.route({"data": kind}).steps, both.steps, strict=True):
            assert guided(alone) <= guided(together), alone.phase.slug
            asked = {one.whom for one in together.contacts}
            assert {one.whom for one in alone.contacts[:1]} <= asked, alone.phase.slug


def test_words_that_mean_nothing_are_answered_with_what_is_like_them(opened: Catalogue) -> None:
    with pytest.raises(UnknownConcept, match="Did you mean"):
        opened.route({"data": "protomix stuff"})


@pytest.mark.parametrize("field", ["phase", "kind", "limit", "colour"])
def test_a_route_is_of_every_phase_and_kind(opened: Catalogue, field: str) -> None:
    with pytest.raises(BadParameter, match=f'takes no "{field}"'):
        opened.route({"data": "imaging", field: "share"})
