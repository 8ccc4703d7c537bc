"""What is asked: text understood as concepts, each checked once."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from fingerpost.errors import BadParameter
from fingerpost.graph.vocabulary import IDS, RESOURCE_KINDS
from fingerpost.recommend.concepts import Concept, Concepts
from fingerpost.suggest import suggestion

FIELDS = ("data", "technique", "phase", "kind", "country", "sensitive", "limit", "at")
"""The names under which the parts of a question are given."""

_PRODUCING = frozenset({"collect", "process", "analyse"})
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_YES_OR_NO = {
    "": False, "false": False, "no": False, "0": False,
    "true": True, "yes": True, "1": True, "on": True,
}  # fmt: skip
_MOST = 100
_LONGEST = 200
"""Characters of a text: finding the labels inside it takes time by their square."""


@dataclass(frozen=True)
class Question:
    """A question as it was understood; what was not asked is None.

    A technique is `required` where it was asked for by name, or nothing else was asked: then
    answers must offer it. Else the words for the data named it too, and it gives points.

    `country` is an ISO 3166-1 alpha-2 code, `limit` a number of answers, `at` the day for
    which the answer holds.
    """

    data: Concept | None
    technique: Concept | None
    phase: Concept | None
    kind: str | None
    country: str | None
    required: bool
    sensitive: bool
    limit: int
    at: datetime.date

    def parameters(self) -> dict[str, str]:
        """Return the question as the parameters of the saved queries under `recommend/`."""
        given = {
            "data": self.data.iri if self.data else None,
            "technique" if self.required else "preferred": self._technique(),
            "phase": self.phase.iri if self.phase else None,
            "kind": self.kind,
            "country": self.country,
            "sensitive": "true" if self.sensitive else "false",
            "at": self.at.isoformat(),
        }
        return {name: value for name, value in given.items() if value is not None}

    def _technique(self) -> str | None:
        """Return the technique where it matters: where data are made, not where they go."""
        made = self.kind == "facility" or self.phase is None or self.phase.slug in _PRODUCING
        return self.technique.iri if self.technique and made else None


def understand(given: Mapping[str, str], concepts: Concepts, yields: Mapping[str, str]) -> Question:
    """Return the question that `given` asks; its keys are of `FIELDS`.

    A data text may name a technique instead; then the data is what the technique yields, where
    that is one type. Data that are personal by nature make the question a sensitive one.

    Raises:
        BadParameter: a field is unknown, or its value is not one that it takes.
        UnknownConcept, AmbiguousConcept: a text cannot be understood.
    """
    for name in given:
        if name not in FIELDS:
            raise BadParameter(f'A question has no "{name}". {suggestion(name, FIELDS)}')
    data = _concept(given, "data", concepts, ("fp:DataType", "fp:Technique"))
    technique = _concept(given, "technique", concepts, ("fp:Technique",))
    if data and data.class_ == "fp:Technique":
        technique, data = technique or data, None
    if technique and not data:
        data = concepts.by_iri.get(yields.get(technique.iri, ""))
    if data is None and technique is None:
        raise BadParameter('A question needs "data" or "technique", such as data=proteomics.')
    return Question(
        data=data,
        technique=technique,
        phase=_concept(given, "phase", concepts, ("fp:Phase",)),
        kind=_kind(given.get("kind")),
        country=_country(given.get("country")),
        required=technique is not None and (bool(given.get("technique")) or data is None),
        sensitive=_sensitive(given.get("sensitive", "")) or bool(data and data.personal),
        limit=_limit(given.get("limit") or "10"),
        at=_day(given.get("at")),
    )


def _concept(
    given: Mapping[str, str], field: str, concepts: Concepts, classes: tuple[str, ...]
) -> Concept | None:
    text = given.get(field, "").strip()
    if not text:
        return None
    if len(text) > _LONGEST:
        raise BadParameter(f"{field} has {len(text):,} characters; at most {_LONGEST}.")
    if field == "phase":
        names = {one.slug for one in concepts.by_iri.values() if one.class_ == "fp:Phase"}
        if text.removeprefix(f"{IDS}phase/") not in names and len(text) < 3:
            raise BadParameter(f'"{text}" is no phase. {suggestion(text, names)}')
    return concepts.find(text, classes)


def _kind(text: str | None) -> str | None:
    if not text:
        return None
    if text.lower() not in RESOURCE_KINDS:
        raise BadParameter(f'"{text}" is no kind. {suggestion(text, RESOURCE_KINDS)}')
    return text.lower()


def _country(text: str | None) -> str | None:
    if not text:
        return None
    if not _COUNTRY.fullmatch(text):
        raise BadParameter(f'"{text}" is no country: give its two letters, such as SE.')
    return text.upper()


def _sensitive(text: str) -> bool:
    if text.lower() not in _YES_OR_NO:
        raise BadParameter(f'sensitive is true or false, not "{text}".')
    return _YES_OR_NO[text.lower()]


def _limit(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:6]) <= _MOST:
        raise BadParameter(f'limit is a number from 1 to {_MOST}, not "{text}".')
    return int(text)


def _day(text: str | None) -> datetime.date:
    if not text:
        return datetime.datetime.now(datetime.UTC).date()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as fault:
        raise BadParameter(f'at is a day such as 2025-07-31, not "{text}".') from fault
