"""What the parts of a question imply: personal data, and the conditions that hold."""

from collections.abc import Iterator
from dataclasses import dataclass

from fingerpost.graph.vocabulary import IDS
from fingerpost.recommend.concepts import Concept, Concepts

_LARGE = 10**12
"""Bytes from which data count as large."""
_SMALL = 50 * 10**9
"""Bytes up to which data count as small or medium-sized: what general repositories take."""
_OF_PEOPLE = frozenset({"sensitive-human-data", "human-genome-data"})


@dataclass(frozen=True)
class Told:
    """The parts of a question that conditions follow from; None is unknown, unlike False."""

    data: tuple[Concept, ...]
    phase: Concept | None
    kind: str | None
    country: str | None
    sensitive: bool | None
    human: bool | None
    clinical: bool | None
    size: int | None
    stage: str | None
    embargo: bool
    affiliation: Concept | None
    stated: tuple[Concept, ...]

    @property
    def is_sensitive(self) -> bool:
        """Whether personal data are among them; what is so by nature cannot be said away."""
        return bool(self.sensitive) or self._holds("sensitive-personal-data") or self._personal

    @property
    def is_clinical(self) -> bool:
        """Whether the data come from care or from patients."""
        return bool(self.clinical) or self._holds("clinical-data") or self._about("clinical-data")

    @property
    def is_human(self) -> bool:
        """Whether the data come from people."""
        return bool(self.human) or self.is_clinical or self._holds("human-data") or self._personal

    @property
    def _personal(self) -> bool:
        return any(one.personal or one.slug in _OF_PEOPLE for one in self.data)

    def _about(self, slug: str) -> bool:
        return any(one.slug == slug for one in self.data)

    def _holds(self, slug: str) -> bool:
        return any(one.slug == slug for one in self.stated)


def conditions(told: Told, concepts: Concepts) -> tuple[Concept, ...]:
    """Return the conditions that are stated or follow, each once, the stated first."""
    found = (concepts.by_iri.get(f"{IDS}condition/{slug}") for slug in _slugs(told))
    return tuple(dict.fromkeys([*told.stated, *(one for one in found if one)]))


def _slugs(told: Told) -> Iterator[str]:
    facts = {
        "sensitive-personal-data": told.is_sensitive,
        "human-data": told.is_human,
        "clinical-data": told.is_clinical,
        "embargo": told.embargo,
        "large-dataset": told.size is not None and told.size >= _LARGE,
        "small-or-medium-dataset": told.size is not None and told.size <= _SMALL,
        "raw-data": told.stage == "raw",
        "covid-19": any(one.slug == "covid-19-data" for one in told.data),
        "facility-involved": told.kind == "facility",
        "academic-in-sweden": told.country == "SE" and _is(told.affiliation, "academic"),
        "industry-partner": _is(told.affiliation, "industry"),
    }
    yield from (slug for slug, holds in facts.items() if holds)


def _is(affiliation: Concept | None, slug: str) -> bool:
    return affiliation is not None and affiliation.iri == f"{IDS}audience/{slug}"
