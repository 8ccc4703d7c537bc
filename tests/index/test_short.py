"""What one or two letters bring, where a kind has more that fit than are kept."""

import pytest

from fingerpost.catalogue import Catalogue
from fingerpost.graph.vocabulary import KINDS
from fingerpost.index import labels, short
from fingerpost.index.kept import Index


@pytest.mark.parametrize("letters", ["e", "an", "s", "1", "-", "a-", "å", "zz"])
def test_short_texts_bring_what_looking_at_all_labels_brings(
    index: Index, opened: Catalogue, monkeypatch: pytest.MonkeyPatch, letters: str
) -> None:
    assert opened.indexes.found
    asked = [(kinds, most) for kinds in (("tool",), ("source", "repository"), tuple(KINDS))
             for most in (1, short.MOST)]  # fmt: skip
    kept = [labels.beginning(index, letters, kinds, most) for kinds, most in asked]
    monkeypatch.setattr(short, "LONGEST", 0)
    assert kept == [labels.beginning(index, letters, kinds, most) for kinds, most in asked]
    assert kept[-1] or letters in {"a-", "zz"}
