"""Words of a name that say which of several it is: species and countries, each by one word."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from fingerpost.recommend import places
from fingerpost.registries.linking.addresses import Address

_SPECIES = """
    human mouse/mice/murine/mu rat/rattu zebrafish/danio yeast/saccharomyces/pombe fly/drosophila
    worm/elegan/nematode plant arabidopsi rice/oryza maize/corn/zea wheat/triticum barley/hordeum
    soybean/soy tomato/solanum potato cotton grape bacteria/bacterial/bacterium virus/viral/virus
    fungi/fungal/fungus insect fish bird/avian cattle/bovine/cow pig/swine/porcine chicken/poultry
    horse/equine dog/canine cat/feline sheep/ovine primate/monkey xenopu/frog amphibian
    dictyostelium plasmodium malaria tick mosquito spider
"""
_KIN = {word: group.split("/")[0] for group in _SPECIES.split() for word in group.split("/")}
_ANYWHERE = frozenset("ac ai bio cc co eu fm gg io is la ly me nu sh st to tv ws".split())
"""Endings of hosts that say no country: sold to anybody, or of many countries."""
_UNITED_STATES = frozenset({"edu", "gov", "mil"})


def kin(words: Iterable[str]) -> frozenset[str]:
    """Return the species among words of a name, each by one word."""
    return frozenset(_KIN[word] for word in words if word in _KIN)


def lands(words: tuple[str, ...]) -> frozenset[str]:
    """Return the countries among words of a name, as codes."""
    two = (f"{one} {other}" for one, other in pairwise(words))
    return frozenset(found for one in (*words, *two) if (found := land(one)))


@lru_cache(maxsize=1 << 16)
def land(name: str) -> str | None:
    """Return the code of a country by its name, or by its code in capitals."""
    if len(name) == 2 and name.isupper():
        return "GB" if name == "UK" else name
    return places.country_of(name)


def seat(place: Address | None) -> frozenset[str]:
    """Return the country that the ending of a host says."""
    ending = place.host.rpartition(".")[2] if place else ""
    if ending in _UNITED_STATES:
        return frozenset({"US"})
    if len(ending) != 2 or ending in _ANYWHERE:
        return frozenset()
    return frozenset({"GB" if ending == "uk" else ending.upper()})
