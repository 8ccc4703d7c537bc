"""A question as it was understood, as JSON: every part with its IRI and label."""

from typing import TypeAlias

from fingerpost.recommend import values
from fingerpost.recommend.concepts import Concept
from fingerpost.recommend.question import Question

Json: TypeAlias = "str | int | float | bool | None | list[Json] | dict[str, Json]"


def echo(question: Question) -> dict[str, Json]:
    """Return the question in the names of the interface."""
    return {
        "data": [_concept(one) for one in question.data],
        "technique": _concept(question.technique),
        "phase": _concept(question.phase),
        "kind": question.kind,
        "country": question.country,
        "sensitive": question.sensitive,
        "human": question.human,
        "clinical": question.clinical,
        "size": _size(question.size),
        "stage": question.stage,
        "embargo": question.embargo,
        "cost": "free" if question.free else None,
        "affiliation": _concept(question.affiliation),
        "conditions": [_concept(one) for one in question.held],
        "limit": question.limit,
        "at": question.at.isoformat(),
        "includeRegistries": question.registries,
        "q": question.q,
        "understood": [dict(vars(one)) for one in question.heard],
        "excluded": [_concept(one) for one in question.excluded],
        "ignored": list(question.ignored),
        "notes": list(question.notes),
    }


def understood(question: Question) -> list[str]:
    """Return in words what was understood, the most important first."""
    concepts = (*question.data, question.technique, question.phase)
    parts = [one.name for one in concepts if one]
    parts += [part for part in (question.kind, question.country) if part]
    said = {
        "personal data": question.sensitive,
        "human data": question.human and not question.sensitive,
        "clinical data": question.clinical,
        f"{question.stage} data": question.stage is not None,
        values.written(question.size or 0): question.size is not None,
        "under embargo": question.embargo,
        "free of charge": question.free,
    }
    parts += [part for part, holds in said.items() if holds]
    return parts + ([question.affiliation.name] if question.affiliation else [])


def _concept(concept: Concept | None) -> Json:
    return {"iri": concept.iri, "label": concept.name} if concept else None


def _size(amount: int | None) -> Json:
    return {"bytes": amount, "label": values.written(amount)} if amount else None
