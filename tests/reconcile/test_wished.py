"""What has the most of some values is what a look at every value of every thing finds."""

from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.catalogue import Catalogue
from fingerpost.index.kept import Index as Kept
from fingerpost.reconcile import index
from fingerpost.reconcile.asked import Wish
from fingerpost.reconcile.index import Index
from fingerpost.reconcile.properties import Property

KEYS = ["active", "ended", "repository", "tool", "se", "gb", "any data", "no such thing"]
PROPERTIES = ["status", "kind", "country", "dataType"]
WISH = st.builds(
    lambda name, keys: Wish(Property(name, name, ""), keys),
    st.sampled_from(PROPERTIES),
    st.frozensets(st.sampled_from(KEYS)),
)
EVERY = """
SELECT iri, property, key FROM valued JOIN value ON value.id = valued.value
JOIN thing ON thing.id = valued.thing ORDER BY thing.id
"""


@pytest.fixture(scope="module")
def known(opened: Catalogue) -> Index:
    return index.load(opened.engine)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(wishes=st.lists(WISH, max_size=8), most=st.integers(1, 300))
def test_what_has_most_values_comes_first(known: Index, wishes: list[Wish], most: int) -> None:
    has = known.kept.once(_every)
    met = {
        iri: [number for number, wish in enumerate(wishes) if values[wish.property_.id] & wish.keys]
        for iri, values in has.items()
    }
    having = [iri for iri, numbers in met.items() if numbers]
    having.sort(key=lambda iri: (-len(met[iri]), met[iri][0]))
    assert list(known.having(wishes, most)) == having[:most]


def _every(kept: Kept) -> dict[str, dict[str, set[str]]]:
    found: dict[str, dict[str, set[str]]] = {}
    for iri, property_, key in kept.select(EVERY):
        found.setdefault(str(iri), defaultdict(set))[str(property_)].add(str(key))
    return found
