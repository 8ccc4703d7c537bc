"""A few letters bring the same things by the index as by looking at all labels."""

from random import Random

import pytest

from fingerpost import web
from fingerpost.catalogue import Catalogue
from fingerpost.graph.vocabulary import RESOURCE_KINDS
from fingerpost.index import labels
from fingerpost.index.kept import Index
from fingerpost.reconcile.offers import Offer, best
from fingerpost.web import offers
from fingerpost.web.site import Site

CLASSES = {"fp:Resource": RESOURCE_KINDS, "fp:Technique": ("technique",), "fp:Source": ("source",)}


@pytest.fixture(scope="module")
def read(opened: Catalogue) -> dict[str, tuple[Offer, ...]]:
    return {class_: offers._read(opened.engine, class_)[0] for class_ in CLASSES}


def test_what_is_offered_is_the_same_as_by_looking_at_all(
    index: Index, read: dict[str, tuple[Offer, ...]]
) -> None:
    chance = Random(7)
    every = [label for found in read.values() for one in found for label in one.labels]
    for number in range(300):
        label = chance.choice(every)
        start = chance.randrange(len(label)) if number % 3 else 0
        text = label[start : start + chance.choice([1, 2, 3, 4, 5, 8, 12])]
        text = text.upper() if number % 7 == 0 else text.replace("-", " " if number % 5 else "-")
        asked = chance.sample(sorted(CLASSES), chance.choice([1, 2, 3]))
        most = chance.choice([1, 10, 100])
        kinds = [kind for class_ in asked for kind in CLASSES[class_]]
        seen = best((one for class_ in asked for one in read[class_]), text, most)
        found = labels.beginning(index, text, kinds, most)
        assert found == [(one.iri, one.name) for one in seen], (text, asked, most)


@pytest.mark.parametrize("text", ["", "  ", "\0", "zen\0odo", "xyzzyx", '"', "' OR 1", 'a"b*'])
def test_what_no_label_has_brings_nothing_and_harms_nothing(index: Index, text: str) -> None:
    assert labels.beginning(index, text, ["repository"], 5) == []


def test_the_search_asks_the_index_once_it_is_made(site: Site) -> None:
    site.catalogue.indexes.made()
    with web.create_app(site).app_context():
        found = offers._found("zeno", "", ["fp:Resource"], 10)
        assert found is not None
        assert found[0]["name"] == "Zenodo"
        assert found[0]["description"]
        assert offers._found("x", "", ["skos:Concept"], 10) is None
        assert offers._scanned("zeno", "", ["fp:Resource"], 10) == found
