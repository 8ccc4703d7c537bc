"""What is asked of a way: a question as elsewhere, but of every phase and kind."""

from collections.abc import Mapping

from fingerpost.errors import BadParameter
from fingerpost.queries.service import SavedQueries
from fingerpost.recommend import given, understanding
from fingerpost.recommend.concepts import Concept, Concepts
from fingerpost.recommend.given import Given
from fingerpost.recommend.question import Question
from fingerpost.suggest import suggestion

FIELDS = tuple(
    one for one in given.FIELDS if one not in {"phase", "kind", "limit", "include-registries"}
)
"""The names under which the parts of a question are given."""

_NO = frozenset({"false", "no", "0"})


def understand(parts: Given, concepts: Concepts, yields: Mapping[str, str]) -> Question:
    """Return the question that `parts` ask; their names are of `FIELDS`.

    Raises:
        BadParameter: a field is unknown, or its value is not one that it takes.
        UnknownConcept, AmbiguousConcept: a text cannot be understood.
    """
    for name in parts:
        if name not in FIELDS:
            raise BadParameter(f'A route takes no "{name}". {suggestion(name, FIELDS)}')
    return understanding.understand(parts, concepts, yields)


def told(parts: Given) -> str:
    """Return what was said of personal data: no, or unknown; what is asked may know better."""
    values = parts.get("sensitive", "")
    said = {values} if isinstance(values, str) else set(values)
    return "no" if {one.strip().lower() for one in said} & _NO else "unknown"


def phases(queries: SavedQueries, concepts: Concepts) -> tuple[Concept, ...]:
    """Return the phases of the life of data, in order."""
    rows = queries.rows("explore/phases", {})
    return tuple(concepts.by_iri[iri] for iri in dict.fromkeys(row["phase"] for row in rows))
