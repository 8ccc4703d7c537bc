"""How common names, words and places are among all entries: what is rare says more."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from fingerpost.registries import curies
from fingerpost.registries.entry import Entry
from fingerpost.registries.linking import asides, qualifiers
from fingerpost.registries.linking.addresses import Address, address
from fingerpost.registries.linking.names import Form, forms, words

_OF_ORGANIZATIONS = frozenset({"grid", "isni", "ror"})
_ORGANIZATION = re.compile(r"organi[sz]ation|university|\bngo\b|corporation", re.IGNORECASE)
_KEPT = 30_000
"""The most descriptions that are kept as vectors, at some 6 kB each."""
_TOLD = 60
"""The most words of a description that count: the rarest."""


@dataclass(frozen=True)
class Known:
    """An entry with what is compared of it."""

    entry: Entry
    forms: tuple[Form, ...]
    address: Address | None

    @cached_property
    def whole(self) -> tuple[Form, ...]:
        """The forms that are no pieces of others."""
        return tuple(form for form in self.forms if form.whole)

    @cached_property
    def long(self) -> tuple[Form, ...]:
        """The forms that are no pieces and no acronyms."""
        return tuple(form for form in self.whole if len(form.words) > 1)

    @cached_property
    def kin(self) -> frozenset[str]:
        """The species in its names."""
        return qualifiers.kin(self.words)

    @cached_property
    def lands(self) -> frozenset[str]:
        """The countries in its names, as codes."""
        return frozenset().union(*(qualifiers.lands(form.words) for form in self.whole))

    @cached_property
    def seat(self) -> frozenset[str]:
        """The countries where it is, as codes: those that the registry says, or its address."""
        said = filter(None, map(qualifiers.land, self.entry.countries))
        return frozenset(said) or qualifiers.seat(self.address)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of all its names."""
        return frozenset(word for form in self.forms for word in form.words)

    @cached_property
    def text(self) -> str:
        """Its description as words with a blank on each side."""
        return f" {' '.join(words(self.entry.description))} "

    @property
    def told(self) -> Counter[str]:
        """The words of its description; counted anew each time, as all together are much."""
        return Counter(self.text.split())

    @cached_property
    def is_organization(self) -> bool:
        """Whether it is one: by the registry that it is of, or by what that calls it."""
        registry = self.entry.id.partition(":")[0].lower()
        return registry in _OF_ORGANIZATIONS or bool(_ORGANIZATION.search(self.entry.kind))

    @cached_property
    def registered(self) -> Mapping[str, set[str]]:
        """The prefixes of its identifiers → the identifiers, in lower case."""
        found: dict[str, set[str]] = defaultdict(set)
        for identifier in (self.entry.id, *self.entry.identifiers):
            prefix, _, rest = (curies.curie(identifier) or identifier).lower().partition(":")
            found[prefix].add(rest)
        return found


def known(entry: Entry) -> Known:
    """Return what is compared of an entry."""
    told = asides.names(entry.description, entry.names)
    return Known(entry, forms((*entry.names, *told)), address(entry.homepage))


class Corpus:
    """The counts of two sides that are linked; each side counts a thing once."""

    def __init__(self, left: Iterable[Known], right: Iterable[Known]) -> None:
        sides = (tuple(left), tuple(right))
        self.size = max(2, *map(len, sides))
        self._weights = self._weighed((one.words for one in side) for side in sides)
        self._told = self._weighed((one.told for one in side) for side in sides)
        self.keys = _most(({form.key for form in one.forms} for one in side) for side in sides)
        self.cores = _most(({form.core for form in one.whole} for one in side) for side in sides)
        self.hosts = _most(({one.address.host} for one in side if one.address) for side in sides)
        self.domains = _most(
            ({one.address.domain} for one in side if one.address) for side in sides
        )
        self.places = _most(({one.address.whole} for one in side if one.address) for side in sides)
        self._vectors: dict[int, dict[str, float]] = {}

    def weight(self, word: str) -> float:
        """Return how much a word of a name says: 0 where every entry has it, 1 where one has."""
        return self._weights.get(word, 1.0)

    def rarity(self, form: Form) -> float:
        """Return how much the equality of a name says, from 0 to 1: letters and bearers."""
        words = min(1.0, sum(self.weight(word) for word in form.words))
        letters = min(1.0, len(form.key) / 6)
        return words * letters / self.keys.get(form.key, 1)

    def core_rarity(self, form: Form) -> float:
        """Return how much it says that two names are equal but for words of sort."""
        return min(1.0, len(form.core) / 6) / self.cores.get(form.core, 1)

    def vector(self, one: Known) -> Mapping[str, float]:
        """Return the description as a vector of length 1."""
        found = self._vectors.get(id(one))
        if found is None:
            if len(self._vectors) >= _KEPT:
                self._vectors.clear()
            weights = {
                word: (1 + math.log(times)) * self._told.get(word, 1.0)
                for word, times in one.told.items()
            }
            rarest = dict(sorted(weights.items(), key=lambda pair: -pair[1])[:_TOLD])
            length = math.sqrt(sum(value * value for value in rarest.values())) or 1.0
            found = self._vectors[id(one)] = {
                word: value / length for word, value in rarest.items()
            }
        return found

    def _weighed(self, sides: Iterable[Iterable[Iterable[str]]]) -> dict[str, float]:
        whole = math.log(self.size)
        most = _most(sides)
        return {word: max(0.0, 1.0 - math.log(times) / whole) for word, times in most.items()}


def _most(sides: Iterable[Iterable[Iterable[str]]]) -> dict[str, int]:
    """Return how many entries have a thing, on the side where more do."""
    found: dict[str, int] = {}
    for side in sides:
        for thing, times in Counter(thing for things in side for thing in things).items():
            found[thing] = max(times, found.get(thing, 0))
    return found
