"""Names that only a description gives."""

import pytest

from fingerpost.registries.linking import asides


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Orchid (Open Records of Chidham) is a database.", ["Orchid", "Open Records of Chidham"]),
        ("Open Records (Orchid) is a database.", ["Open Records", "Orchid"]),
        ("The garden (earlier: Orchid House) has flowers.", ["formerly: Orchid House"]),
        ("A list formerly known as the Orchid Index, of flowers.", ["formerly: Orchid Index"]),
        ("Maple (a tree) is not an orchid.", []),
        ("It was originally made by Orchid.", []),
        ("", []),
    ],
)
def test_names_in_descriptions(text: str, found: list[str]) -> None:
    assert list(asides.names(text, ("Orchid",))) == found
