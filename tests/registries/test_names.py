"""Names: every form in which a thing is called, and the words by which they are compared."""

import pytest

from fingerpost.registries.linking.names import Form, forms, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The European Genome-phenome Archive", "European genome phenome archives"),
        ("Survey of Health & Ageing", "survey of health and ageing"),
        ("Chinese Clinical Trial Registry", "Chinese Clinical Trial Register"),
        ("Forschungszentrum Jülich", "forschungszentrum julich"),
        ("LDbase.org", "LDbase"),
        ("COVID19", "COVID-19"),
        ("OrthoMCL DB", "OrthoMCL Database"),
    ],
)
def test_the_same_words(one: str, other: str) -> None:
    assert words(one) == words(other)


def test_versions_stay() -> None:
    assert words("Oceans 3.0") == ("ocean", "3.0")
    assert words("MIxS 5") != words("MIxS 6")


def test_a_name_of_small_words_alone_keeps_them() -> None:
    assert words("The") == ("the",)


def test_what_stands_aside_is_a_name() -> None:
    found = {form.key: form for form in forms(("Human Phenotype Ontology (HPO)",))}
    assert found["hpo"].whole
    assert "humanphenotypeontology" in found


def test_pieces_are_pieces() -> None:
    found = {form.key: form for form in forms(("BacDive - The Bacterial Diversity Database",))}
    assert not found["bacdive"].whole
    assert not found["bacterialdiversitydatabase"].whole


def test_a_former_name_is_one() -> None:
    found = forms(("Research Data Archive", "formerly: Forest Service Research Data Archive"))
    assert found[1] == Form("Forest Service Research Data Archive", former=True)


def test_initials_leave_small_words_out() -> None:
    assert Form("Database of Genotypes and Phenotypes").initials == "dgp"
    assert Form("PRIDE Archive").initials == ""


@pytest.mark.parametrize("name", ["", "()", "- – —", "†‡", "\u0000", "日本"])
def test_odd_names_break_nothing(name: str) -> None:
    assert all(form.key for form in forms((name,)))
