"""What else the words of a question tell: rare words, types of standard, identifiers, verbs."""

import pytest

from fingerpost.catalogue import Catalogue
from fingerpost.index.spelling import singular
from fingerpost.recommend import telling
from fingerpost.recommend.naming import Read
from fingerpost.recommend.question import Question
from fingerpost.recommend.understanding import understand
from fingerpost.recommend.verbs import nouns
from fingerpost.recommend.words import words


def ask(opened: Catalogue, q: str) -> Question:
    return understand({"q": q}, opened.concepts, opened.yields)


@pytest.mark.parametrize(
    ("question", "forms"),
    [
        ("Which ontology for cell types?", {"terminology"}),
        ("minimum information about proteomics", {"reporting-guideline"}),
        ("metadata standard for images", {"reporting-guideline", "model", "model-and-format"}),
        ("standard for clinical data", {"model", "model-and-format", "format"}),
        ("Which repository for clinical data?", set()),
    ],
)
def test_a_type_of_standard_is_asked_for_by_its_name(
    opened: Catalogue, question: str, forms: set[str]
) -> None:
    assert set(ask(opened, question).forms) == forms


@pytest.mark.parametrize(
    ("question", "identifier"),
    [
        ("source code so it gets a DOI", "doi"),
        ("is it citable?", "doi"),
        ("I need an accession number", "accession number"),
        ("doing proteomics", ""),
        (None, ""),
    ],
)
def test_the_identifier_that_is_wished_for_is_heard(question: str | None, identifier: str) -> None:
    assert telling.identifier(question) == identifier


def test_words_that_few_resources_have_are_rare() -> None:
    few, many = frozenset({"a", "b"}), frozenset(map(str, range(50)))
    names = Read({}, {"truth": few, "image": many})
    assert names.rare(("truth", "image", "nowhere")) == {"truth"}


@pytest.mark.parametrize(
    ("word", "one"),
    [("benchmarks", "benchmark"), ("analysis", "analysis"), ("mass", "mass"), ("virus", "virus")],
)
def test_a_plural_is_compared_as_its_singular(word: str, one: str) -> None:
    assert singular(word) == one


def test_a_rare_word_leads_to_who_speaks_of_it(opened: Catalogue) -> None:
    found = opened.recommend({"q": "microscopy images with ground truth for benchmarks"})
    assert "ground" in found.question.rare
    spoken = [
        one.name
        for one in found.answers
        if any(reason.criterion.endswith("/words-rare") for reason in one.reasons)
    ]
    assert "BBBC" in spoken


@pytest.mark.parametrize(
    ("question", "stem"),
    [
        ("who can sequence my samples", "seq"),
        ("get my genomes sequenced", "seq"),
        ("who crystallises proteins", "crystallography"),
    ],
)
def test_a_verb_that_is_wanted_names_its_technique(question: str, stem: str) -> None:
    assert (stem,) in {word.stems for word in nouns(words(question)).words}


def test_a_noun_that_looks_like_a_verb_stays_as_it_is() -> None:
    said = words("where do sequence variants go")
    assert nouns(said) == said


def test_the_identifier_wished_for_is_a_reason(opened: Catalogue) -> None:
    found = opened.recommend({"q": "Where do I put source code so it gets a DOI?"})
    criteria = {one.criterion.rpartition("/")[2] for one in found.answers[0].reasons}
    assert "identifier-minted" in criteria


def test_to_publish_is_no_duty_where_data_are_personal(opened: Catalogue) -> None:
    title = "Make data sets public"
    free = opened.recommend({"q": "share light microscopy images of mice"})
    personal = opened.recommend({"q": "share exomes of patients"})
    assert title in {one.title for one in free.guidance}
    assert title not in {one.title for one in personal.guidance}
