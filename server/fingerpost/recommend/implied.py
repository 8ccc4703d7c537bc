"""What the parts of a question imply: personal data, the conditions that hold, where data go."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fingerpost.graph.vocabulary import IDS
from fingerpost.recommend import values
from fingerpost.recommend.concepts import Concept, Concepts
from fingerpost.recommend.given import Fields
from fingerpost.recommend.question import Question

_LARGE = 10**12
"""Bytes from which data count as large."""
_SMALL = 50 * 10**9
"""Bytes up to which data count as small or medium-sized: what general repositories take."""
_OF_PEOPLE = frozenset({"sensitive-human-data", "human-genome-data"})
_SEQUENCES = f"{IDS}data-type/sequence-data"
_CELLS = re.compile(r"cell[- ]?lines?|organoids?|cultured", re.IGNORECASE)
"""What is of people and not of one person."""
_STILL_PERSONAL = (
    "Such data are personal data as a rule, whatever is done to them: the answer goes by that."
)


@dataclass(frozen=True)
class People:
    """What is told of the people whom data are about; None is unknown, unlike False.

    `stated` are the conditions that are said to hold, `sequences` says that there are sequences
    of single persons if there are any persons.
    """

    data: tuple[Concept, ...]
    stated: tuple[Concept, ...]
    sensitive: bool | None
    human: bool | None
    clinical: bool | None
    sequences: bool

    @property
    def is_sensitive(self) -> bool:
        """Whether personal data are among them; what is so by nature cannot be said away."""
        said = self._sequenced if self.sensitive is None else self.sensitive
        return said or self._holds("sensitive-personal-data") or self._personal

    @property
    def is_clinical(self) -> bool:
        """Whether the data come from care or from patients."""
        about = any(one.slug == "clinical-data" for one in self.data)
        return bool(self.clinical) or self._holds("clinical-data") or about

    @property
    def is_human(self) -> bool:
        """Whether the data come from people."""
        return bool(self.human) or self.is_clinical or self._holds("human-data") or self._personal

    @property
    def notes(self) -> tuple[str, ...]:
        """What to mind where an answer goes against what was said."""
        return (_STILL_PERSONAL,) if self.sensitive is False and self.is_sensitive else ()

    @property
    def _personal(self) -> bool:
        return any(one.personal or one.slug in _OF_PEOPLE for one in self.data)

    @property
    def _sequenced(self) -> bool:
        """Whether there are sequences of people, which are personal data unless it is denied."""
        return self.sequences and bool(self.human or self.clinical)

    def _holds(self, slug: str) -> bool:
        return any(one.slug == slug for one in self.stated)


def people(fields: Fields, data: tuple[Concept, ...], concepts: Concepts) -> People:
    """Return what the fields tell of the people behind data of these types.

    Raises:
        BadParameter: a field is neither yes nor no.
        UnknownConcept, AmbiguousConcept: a condition cannot be understood.
    """
    cells = _CELLS.search(fields.one("q") or "")
    return People(
        data=data,
        sensitive=values.yes("sensitive", fields.one("sensitive")),
        human=values.yes("human", fields.one("human")),
        clinical=values.yes("clinical", fields.one("clinical")),
        stated=fields.concepts("condition", concepts, ("fp:Condition",)),
        sequences=not cells and any(_SEQUENCES in concepts.lineage(one) for one in data),
    )


def conditions(question: Question, concepts: Concepts) -> tuple[Concept, ...]:
    """Return the conditions that are stated or follow, each once, the stated first."""
    found = (concepts.by_iri.get(f"{IDS}condition/{slug}") for slug in _slugs(question))
    return tuple(dict.fromkeys([*question.held, *(one for one in found if one)]))


def _slugs(asked: Question) -> Iterator[str]:
    facts = {
        "sensitive-personal-data": asked.sensitive,
        "human-data": asked.human,
        "clinical-data": asked.clinical,
        "embargo": asked.embargo,
        "large-dataset": asked.size is not None and asked.size >= _LARGE,
        "small-or-medium-dataset": asked.size is not None and asked.size <= _SMALL,
        "raw-data": asked.stage == "raw",
        "covid-19": any(one.slug == "covid-19-data" for one in asked.data),
        "facility-involved": asked.kind == "facility",
        "academic-in-sweden": asked.country == "SE" and _is(asked.affiliation, "academic"),
        "industry-partner": _is(asked.affiliation, "industry"),
    }
    yield from (slug for slug, holds in facts.items() if holds)


def _is(affiliation: Concept | None, slug: str) -> bool:
    return affiliation is not None and affiliation.iri == f"{IDS}audience/{slug}"


def places(question: Question, concepts: Concepts) -> tuple[Concept, ...]:
    """Return the types of data by which places are looked for.

    Of people, that is also what the data are where they are of people, for that decides.
    """
    if not (question.sensitive and question.goes):
        return question.data
    found: list[Concept] = []
    for one in question.data:
        lineage = concepts.lineage(one)
        slug = "human-genome-data" if _SEQUENCES in lineage else "sensitive-human-data"
        whole = concepts.by_iri.get(f"{IDS}data-type/{slug}")
        if whole and whole.iri not in lineage and not one.personal:
            found.append(whole)
        if one.slug != "any-data":
            found.append(one)
    return tuple(dict.fromkeys(found)) or question.data
