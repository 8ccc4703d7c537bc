"""What names mean is the same looked up in the index as read all at once."""

from random import Random

import pytest

from fingerpost.catalogue import Catalogue
from fingerpost.curation import known
from fingerpost.curation.known import Indexed, Looked, Read
from fingerpost.errors import Preparing
from fingerpost.graph.vocabulary import KINDS, SCHEMES
from fingerpost.index import indexes
from fingerpost.index.indexes import Indexes


@pytest.fixture(scope="module")
def read(opened: Catalogue) -> Read:
    return known.read(opened.engine)


@pytest.fixture(scope="module")
def looked(opened: Catalogue) -> Looked:
    assert opened.indexes.made()
    return Looked(opened)


def test_every_name_of_every_kind_means_the_same(read: Read, looked: Looked) -> None:
    assert isinstance(looked.of("tool"), Indexed)
    for kind in (*KINDS, *SCHEMES):
        assert read.names[kind]
        for name in read.names[kind]:
            for text in {name, name.casefold(), name.upper()}:
                assert looked.called(kind, text) == read.called(kind, text), (kind, text)


def test_slugs_are_known_as_they_are_written(read: Read, looked: Looked) -> None:
    slugs = {name for kind in KINDS for name in read.names[kind]}
    for slug in Random(7).sample(sorted(slugs), 200):
        for kind in ("repository", "source", "status"):
            assert looked.has(kind, slug) == read.has(kind, slug), (kind, slug)
    assert looked.has("repository", "zenodo")
    assert not looked.has("repository", "Zenodo")


@pytest.mark.parametrize("text", ["zenodoo", "Uppsala unversity", "?", "", "x" * 300, "\ud800"])
def test_what_no_name_is_brings_the_same_hint(read: Read, looked: Looked, text: str) -> None:
    for kinds in (("repository",), ("status",), ("source",), ("tool", "organization")):
        assert looked.hint(kinds, text) == read.hint(kinds, text)


def test_among_very_many_the_hint_is_what_begins_alike(
    looked: Looked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "_MOST", 10)
    assert looked.hint(("repository",), "Zenodoo").startswith("Did you mean: repository/zenodo")
    assert looked.hint(("repository",), "qqqqqq") == ""


def test_while_a_large_index_is_made_only_concepts_and_addresses_are_known(
    opened: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexes, "_LARGE", "SELECT ?one { ?one ?property ?value } LIMIT 1")
    monkeypatch.setattr(Indexes, "at_hand", lambda _self: None)
    opened.indexes.__dict__.pop("large", None)
    opened.indexes.__dict__.pop("many", None)
    waiting = Looked(opened)
    assert waiting.has("repository", "zenodo")
    assert waiting.called("status", "active")
    with pytest.raises(Preparing, match="give addresses"):
        waiting.called("repository", "Zenodo")
