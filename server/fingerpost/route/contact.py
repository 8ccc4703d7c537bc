"""Whom to ask in a phase: those to whom guidance sends one, and the support that is ranked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from fingerpost.engine.rows import Row
from fingerpost.queries.service import SavedQueries
from fingerpost.recommend.concepts import Concept
from fingerpost.recommend.question import Question
from fingerpost.route.ranking import Ranked

MOST = 6
"""How many are shown."""


@dataclass(frozen=True)
class Contact:
    """Somebody to ask: how to reach them, what about, and who says so."""

    whom: str
    name: str
    kind: str
    reached: tuple[str, ...]
    about: tuple[str, ...]
    source: str


def find(asked: Question, ranked: tuple[Ranked, ...], queries: SavedQueries) -> tuple[Contact, ...]:
    """Return those to whom guidance sends one in the phase, and the ranked support behind them."""
    sent = _sent(asked, queries)
    known = {one.whom for one in sent}
    desks = [one for one in ranked if one.kind == "support" and one.resource not in known]
    others = [Contact(one.resource, one.name, one.kind, (), (), one.source) for one in desks]
    return (*sent, *others)[:MOST]


def _sent(asked: Question, queries: SavedQueries) -> tuple[Contact, ...]:
    """Return those to whom guidance sends one; each type of data has its turn."""
    known: tuple[Concept | None, ...] = asked.data or (None,)
    each = [_together(_named(asked, one, queries)) for one in known]
    return _together(one for level in zip_longest(*each) for one in level if one)


def _named(asked: Question, data: Concept | None, queries: SavedQueries) -> Iterator[Contact]:
    given = {"phase": asked.phase.iri if asked.phase else ""}
    if data:
        given["data"] = data.iri
    return map(_contact, queries.rows("recommend/whom-to-ask", given))


def _contact(row: Row) -> Contact:
    return Contact(
        whom=row["whom"],
        name=row["name"],
        kind=row["kind"].lower(),
        reached=(row["contact"],) if "contact" in row else (),
        about=(row["about"],),
        source=row["source"],
    )


def _together(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """Return each once, with all ways to reach it and all that it is asked about."""
    found: dict[str, Contact] = {}
    for new in contacts:
        old = found.setdefault(new.whom, new)
        found[new.whom] = replace(
            old,
            reached=tuple(dict.fromkeys(old.reached + new.reached)),
            about=tuple(dict.fromkeys(old.about + new.about)),
        )
    return tuple(found.values())
