"""Answers to the questions of the sources, on the shipped graph."""

import pytest

from fingerpost.catalogue import Catalogue
from fingerpost.errors import BadParameter
from fingerpost.recommend import table
from fingerpost.recommend.answer import Recommendation

IDS = "https://w3id.org/fingerpost/id/"


def ask(opened: Catalogue, data: str, **given: str) -> Recommendation:
    return opened.recommend({"data": data, "limit": "100", **given})


def slugs(found: Recommendation, kind: str | None = None) -> list[str]:
    return [
        one.resource.removeprefix(IDS).partition("/")[2]
        for one in found.answers
        if kind in (None, one.kind)
    ]


def test_images_go_to_domain_then_institutional_then_general_repositories(
    opened: Catalogue,
) -> None:
    found = ask(opened, "imaging data", phase="share", limit="100")
    repositories = slugs(found, "repository")
    domain = [
        repositories.index(slug)
        for slug in (
            "bioimage-archive",
            "image-data-resource",
            "broad-bioimage-benchmark-collection",
            "cell-painting-gallery",
        )
    ]
    general = [repositories.index(slug) for slug in ("figshare", "zenodo", "dryad")]
    assert domain[0] == 0
    assert max(domain) < repositories.index("scilifelab-data-repository") < min(general)


@pytest.mark.parametrize(
    "data", ["light-sheet microscopy images", "confocal", "STED images", "fluorescence images"]
)
def test_a_special_kind_of_image_goes_to_the_bioimage_archive_first(
    opened: Catalogue, data: str
) -> None:
    assert slugs(ask(opened, data, phase="share"))[0] == "bioimage-archive"


def test_cell_painting_images_have_a_gallery_of_their_own(opened: Catalogue) -> None:
    found = slugs(ask(opened, "cell painting", phase="share"), "repository")
    assert found[0] == "cell-painting-gallery"


def test_light_sheet_microscopy_is_done_by_one_facility_and_says_how_to_apply(
    opened: Catalogue,
) -> None:
    found = opened.recommend(
        {"technique": "light-sheet fluorescence microscopy", "kind": "facility", "country": "SE"}
    )
    assert slugs(found) == ["advanced-light-microscopy"]
    assert any("nmi.scilifelab.se" in how for how in found.answers[0].how_to_apply)


def test_single_cells_are_sequenced_by_who_is_open_and_not_by_who_has_ended(
    opened: Catalogue,
) -> None:
    found = ask(opened, "single-cell RNA-seq", phase="collect", kind="facility", country="SE")
    assert set(slugs(found)) == {"national-genomics-infrastructure", "clinical-genomics"}
    ended = {one.resource.rpartition("/")[2]: one for one in found.not_recommended}
    assert "2024-11-15" in " ".join(ended["eukaryotic-single-cell-genomics"].why)
    microbes = ask(opened, "single-cell genomics data", phase="collect", kind="facility")
    assert "microbial-single-cell-genomics" not in slugs(microbes)
    assert "microbial-single-cell-genomics" in {
        one.resource.rpartition("/")[2] for one in microbes.not_recommended
    }


def test_lipids_are_measured_in_three_places(opened: Catalogue) -> None:
    found = slugs(ask(opened, "lipidomics", phase="collect"), "facility")
    assert {"swedish-metabolomics-centre", "bioms"} <= set(found)
    metabolites = slugs(ask(opened, "metabolomics", phase="collect"), "facility")
    assert {"swedish-metabolomics-centre", "swedish-nmr-centre"} <= set(metabolites)


@pytest.mark.parametrize(
    "data", ["multiplexed tissue images", "spatial proteomics", "spatial omics"]
)
def test_spatial_proteomics_is_found_from_images_proteins_and_space(
    opened: Catalogue, data: str
) -> None:
    assert "spatial-proteomics" in slugs(ask(opened, data, phase="collect"), "facility")


@pytest.mark.parametrize(
    ("data", "given"),
    [
        ("imaging data", {"sensitive": "true"}),
        ("human genome data", {}),
        ("clinical data", {}),
        ("patient data", {}),
        ("MRI", {}),
    ],
)
@pytest.mark.parametrize("phase", ["share", "preserve", "collect", "analyse", ""])
def test_personal_data_never_go_where_no_source_says_they_are_controlled(
    opened: Catalogue, data: str, given: dict[str, str], phase: str
) -> None:
    found = ask(opened, data, phase=phase, **given)
    assert found.question.sensitive
    for one in found.answers:
        if one.kind in {"repository", "storage", "compute"}:
            criteria = {reason.criterion for reason in one.reasons}
            assert f"{IDS}criterion/access-controlled" in criteria, one.name
    titles = [advice.title for advice in found.guidance if advice.strength == "obligation"]
    assert any("thics" in title for title in titles)
    assert any("rotection" in title for title in titles)


def test_what_a_question_about_personal_data_leaves_out_is_named(opened: Catalogue) -> None:
    found = ask(opened, "imaging data", phase="share", sensitive="true")
    left_out = {one.resource.rpartition("/")[2] for one in found.not_recommended}
    assert {"bioimage-archive", "zenodo", "figshare"} <= left_out


def test_superseded_computing_points_to_what_replaced_it(opened: Catalogue) -> None:
    found = ask(opened, "any data", phase="analyse", kind="compute", country="SE")
    assert "naiss-compute-allocations" in slugs(found)
    assert "snic-compute-allocations" not in slugs(found)
    snic = {one.resource.rpartition("/")[2]: one for one in found.not_recommended}[
        "snic-compute-allocations"
    ]
    assert f"{IDS}compute/naiss-compute-allocations" in snic.successors


def test_every_answer_is_active_and_the_points_of_its_reasons_are_its_score(
    opened: Catalogue,
) -> None:
    for data in ("imaging data", "genomics data", "proteomics data", "any data"):
        for phase in ("plan", "collect", "process", "analyse", "preserve", "share", "reuse"):
            found = ask(opened, data, phase=phase)
            scores = [one.score for one in found.answers]
            assert scores == sorted(scores, reverse=True)
            for rank, one in enumerate(found.answers, start=1):
                assert one.rank == rank
                assert one.status == "active"
                assert one.score == sum(reason.points for reason in one.reasons)
                assert all(reason.source.startswith(IDS + "source/") for reason in one.reasons)


def test_the_weights_are_the_ones_in_the_graph(opened: Catalogue) -> None:
    found = ask(opened, "imaging data", phase="share")
    for reason in found.answers[0].reasons:
        assert reason.criterion.startswith(IDS + "criterion/")
        slug = reason.criterion.rpartition("/")[2]
        assert slug in opened.slugs("criterion")


def test_a_country_leaves_out_what_serves_another_only(opened: Catalogue) -> None:
    here = slugs(ask(opened, "genomics data", phase="collect", country="SE"))
    there = slugs(ask(opened, "genomics data", phase="collect", country="NO"))
    assert "national-genomics-infrastructure" in here
    assert "national-genomics-infrastructure" not in there


def test_a_limit_is_kept_and_the_number_found_is_told(opened: Catalogue) -> None:
    found = opened.recommend({"data": "imaging data", "phase": "share", "limit": "3"})
    assert len(found.answers) == 3
    assert found.found > 3


def test_a_question_needs_data_or_a_technique(opened: Catalogue) -> None:
    with pytest.raises(BadParameter, match="needs"):
        opened.recommend({"phase": "share"})


def test_json_has_the_names_of_the_interface(opened: Catalogue) -> None:
    body = ask(opened, "imaging data", phase="share").json()
    assert set(body) == {
        "question", "found", "counted", "without", "answers", "guidance", "notRecommended", "complete", "registries",
    }  # fmt: skip
    answers = body["answers"]
    assert isinstance(answers, list)
    assert isinstance(answers[0], dict)
    assert {
        "rank", "resource", "name", "alternativeNames", "kind", "status", "homepage", "score",
        "reasons", "identifiers", "country",
    } <= set(answers[0])  # fmt: skip


def test_the_table_for_a_terminal_says_what_must_be_done_first(opened: Catalogue) -> None:
    text = table.text(ask(opened, "human genome data", phase="share"))
    assert text.index("What you must do") < text.index("Recommended")
