"""What is asked, as it was understood."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from fingerpost.graph.vocabulary import IDS
from fingerpost.recommend.concept import Concept
from fingerpost.recommend.reading import Heard

_PRODUCING = frozenset({"collect", "process", "analyse"})
"""The phases in which data come about."""


@dataclass(frozen=True)
class Question:
    """A question as it was understood; what was not asked is None, empty or False.

    A technique is `required` where it was asked for by name, or nothing else was asked: then
    answers must offer it. Else the words for the data named it too, and it gives points.

    `country` is an ISO 3166-1 alpha-2 code, `size` a number of bytes, `stage` raw or derived,
    `affiliation` an audience or an organization, `held` the conditions that hold, `limit` a
    number of answers, `at` the day for which the answer holds, `registries` whether to tell
    what registries list.

    Of a whole question `q`, `heard` tells which words said what, `excluded` what it is not
    about, `ignored` the words that told nothing, and `notes` what to mind.
    """

    data: tuple[Concept, ...]
    technique: Concept | None
    phase: Concept | None
    kind: str | None
    country: str | None
    required: bool
    sensitive: bool
    human: bool
    clinical: bool
    size: int | None
    stage: str | None
    embargo: bool
    free: bool
    affiliation: Concept | None
    held: tuple[Concept, ...]
    limit: int
    at: datetime.date
    registries: bool = False
    q: str | None = None
    heard: tuple[Heard, ...] = ()
    excluded: tuple[Concept, ...] = ()
    ignored: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    nothing: str = ""
    places: tuple[Concept, ...] = ()
    """The types by which places are looked for: of people, also what they are for that reason."""
    telling: tuple[str, ...] = ()
    """The words by which resources are looked for in their names and descriptions."""
    rare: tuple[str, ...] = ()
    """Those of them that few resources have."""
    forms: tuple[str, ...] = ()
    """The types of standard that are asked for."""
    mints: str = ""
    """The identifier that is wished for."""

    @property
    def goes(self) -> bool:
        """Whether it is about where data go, and not about how they come about."""
        return self.phase is None or self.phase.slug not in _PRODUCING

    @property
    def conditions(self) -> tuple[str, ...]:
        """The IRIs of the conditions that hold."""
        return tuple(one.iri for one in self.held)

    def parameters(self, data: Concept | None) -> dict[str, str]:
        """Return the parameters of the saved query `recommend/recommend` for one data type."""
        given = {
            "data": data.iri if data else None,
            "technique" if self.required else "preferred": self._technique(),
            "phase": self.phase.iri if self.phase else None,
            "kind": self.kind,
            "country": self.country,
            "sensitive": "true" if self.sensitive else "false",
            "size": str(self.size) if self.size else None,
            "stage": f"{IDS}stage/{self.stage}" if self.stage else None,
            "embargo": "true" if self.embargo else None,
            "free": "true" if self.free else None,
            "affiliation": self.affiliation.iri if self.affiliation else None,
            "words": "|".join(self.telling) or None,
            "rare": "|".join(self.rare) or None,
            "forms": " ".join(self.forms) or None,
            "mints": self.mints or None,
            "named": "".join(f"<{iri}>" for iri in self.named) or None,
            "at": self.at.isoformat(),
        }
        return {name: value for name, value in given.items() if value is not None}

    def looser(self) -> Iterator[tuple[str, "Question"]]:
        """Yield the question with less and less asked for, and what was left out last."""
        asked = self
        parts: tuple[tuple[str, dict[str, object]], ...] = (
            ("phase", {"phase": None}),
            ("data", {"places": ()}),
            ("kind", {"kind": None}),
            ("technique", {"required": False}),
        )
        for name, gone in parts:
            if any(getattr(asked, field) != value for field, value in gone.items()):
                asked = replace(asked, **gone)  # type: ignore[arg-type]
                yield name, asked

    def _technique(self) -> str | None:
        """Return the technique where it matters: where data are made, not where they go."""
        made = self.kind == "facility" or self.phase is None or not self.goes
        return self.technique.iri if self.technique and made else None


def part(parameters: Mapping[str, str], *names: str) -> dict[str, str]:
    """Return those of the parameters of a question that have one of these names."""
    return {name: parameters[name] for name in names if name in parameters}
