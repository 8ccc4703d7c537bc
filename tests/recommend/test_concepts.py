"""What people type finds its concept; what is unknown or ambiguous says so."""

import pytest

from fingerpost.catalogue import Catalogue
from fingerpost.errors import AmbiguousConcept, UnknownConcept
from fingerpost.recommend.concepts import Concept, Concepts, normal

BOTH = ("fp:DataType", "fp:Technique")


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("light-sheet microscopy images", "light-sheet-microscopy-images"),
        ("Light Sheet Microscopy Image", "light-sheet-microscopy-images"),
        ("lihgt sheet microscpy images", "light-sheet-microscopy-images"),
        ("light sheet", "light-sheet-microscopy-images"),
        ("scRNA-seq", "single-cell-rna-seq-data"),
        ("scRNAseq", "single-cell-rna-seq-data"),
        ("single-cell RNA-seq from patients", "single-cell-rna-seq-data"),
        ("cryo-EM density maps", "cryo-em-maps"),
        ("proteomcs", "proteomics-data"),
        ("my proteomics dataset", "proteomics-data"),
        ("human whole genome sequencing data", "human-genome-data"),
        ("MRI scans of patients", "radiology-images"),
        ("images with related non-image data", "related-non-image-data"),
        ("känsliga personuppgifter", "sensitive-human-data"),
        ("data-type:cryo-em-maps", "cryo-em-maps"),
        ("cryo-em-maps", "cryo-em-maps"),
        ("https://w3id.org/fingerpost/id/data-type/cryo-em-maps", "cryo-em-maps"),
        ("https://w3id.org/fingerpost/id/technique/sted", "sted"),
        ("STED", "sted"),
        ("plasma proteomics", "plasma-proteomics"),
    ],
)
def test_a_text_finds_its_concept(opened: Catalogue, text: str, slug: str) -> None:
    assert opened.concepts.find(text, BOTH).slug == slug


@pytest.mark.parametrize("text", ["xyzzy", "42", "?", "😀", "'; DROP TABLE", "a" * 5000, "\u202e"])
def test_an_unknown_text_says_so(opened: Catalogue, text: str) -> None:
    with pytest.raises(UnknownConcept, match="No data type or technique is called"):
        opened.concepts.find(text, BOTH)


def test_an_unknown_text_is_answered_with_what_is_near(opened: Catalogue) -> None:
    with pytest.raises(UnknownConcept, match=r"Did you mean: .*human"):
        opened.concepts.find("human", BOTH)


def test_an_ambiguous_text_shows_its_candidates() -> None:
    one = Concept("https://w3id.org/fingerpost/id/data-type/one", "fp:DataType", "One")
    two = Concept("https://w3id.org/fingerpost/id/data-type/two", "fp:DataType", "Two")
    concepts = Concepts({one.iri: one, two.iri: two}, {"shared name": (one, two)})
    with pytest.raises(AmbiguousConcept) as fault:
        concepts.find("Shared names", BOTH)
    assert fault.value.candidates == ("One (one)", "Two (two)")


def test_a_data_type_goes_before_a_technique_of_the_same_name() -> None:
    data = Concept("https://w3id.org/fingerpost/id/data-type/x", "fp:DataType", "X data")
    technique = Concept("https://w3id.org/fingerpost/id/technique/x", "fp:Technique", "X")
    concepts = Concepts({data.iri: data, technique.iri: technique}, {"x ray": (technique, data)})
    assert concepts.find("X-ray", BOTH) == data
    assert concepts.find("X-ray", ("fp:Technique",)) == technique


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("colour images", "color image"),
        ("visualisation", "Visualization"),
        ("analysed data", "analyzed data"),
        ("light-sheet", "LIGHT  SHEET"),
        ("naïve cells", "naive cell"),
        ("the genome of a mouse", "genome mouse"),
    ],
)
def test_spellings_of_one_thing_are_the_same(one: str, other: str) -> None:
    assert normal(one) == normal(other)


def test_words_that_only_look_plural_keep_their_s() -> None:
    assert normal("mass") == "mass"
    assert normal("analysis") != normal("analys") or normal("gas") == "gas"


def test_every_label_of_every_concept_finds_a_concept_that_has_it(opened: Catalogue) -> None:
    lost = []
    for label, concepts in opened.concepts.by_label.items():
        classes = {one.class_ for one in concepts}
        for class_ in classes:
            holders = [one for one in concepts if one.class_ == class_]
            if len(holders) == 1 and opened.concepts.find(label, (class_,)) != holders[0]:
                lost.append(label)
    assert not lost
