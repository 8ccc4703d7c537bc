"""What registries list for a question and nobody here has reviewed: evidence of the second class.

It comes from the snapshots that are imported. What is curated, or known by a record of ours, is
not told again.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice, zip_longest

from fingerpost.engine import rows
from fingerpost.engine.rows import Row
from fingerpost.errors import UnknownConcept
from fingerpost.graph.vocabulary import local_name
from fingerpost.queries.service import SavedQueries
from fingerpost.recommend import answering
from fingerpost.recommend.answer import Listed, Listing
from fingerpost.recommend.concept import Concept
from fingerpost.recommend.question import Question

_LABELS = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?label
WHERE {{ <{iri}> skos:prefLabel|skos:altLabel ?label . FILTER (LANG(?label) = "en") }}
ORDER BY ?label
"""
_WORDS = r"^(?:.*[^a-z0-9])?((?:{})(?:e?s)?)(?:[^a-z0-9].*)?$"
_PLAIN = re.compile(r"[a-z0-9]+(?:[ -][a-z0-9]+)*")
_SHORTEST = 4
"""Letters of a label that is looked for in texts: shorter ones mean too many things."""
_ASKED = ("data", "kind", "phase", "country", "sensitive")
_UNKNOWN = "registryrecord"


def listing(question: Question, queries: SavedQueries, after: int) -> Listing:
    """Return what registries list for a question; ranks count on from `after`.

    Raises:
        UnknownConcept: nothing in the question is known, and no registry speaks of its words
            either, after nothing that is curated does.
    """
    asked = question.places or (None,)
    every = [_rows(question, one, queries) for one in asked]
    found: dict[str, Row] = {}
    for row in (row for level in zip_longest(*every) for row in level if row):
        found.setdefault(row["resource"], row)
    if question.nothing and not after and not found:
        raise UnknownConcept(question.nothing)
    chosen = enumerate(islice(found.values(), question.limit), start=after + 1)
    return Listing(len(found), tuple(_listed(rank, row, queries) for rank, row in chosen))


def _rows(question: Question, data: Concept | None, queries: SavedQueries) -> tuple[Row, ...]:
    given = {name: text for name, text in question.parameters(data).items() if name in _ASKED}
    for name, words in (("labels", _labels(data, queries)), ("words", question.telling)):
        longest_first = sorted(words, key=lambda one: (-len(one), one))
        if longest_first:
            given[name] = _WORDS.format("|".join(map(re.escape, longest_first)))
    return queries.rows("recommend/registries", given)


def _labels(data: Concept | None, queries: SavedQueries) -> Iterator[str]:
    """Yield the names of a type of data that may stand in a text."""
    found = rows.select(queries.engine, _LABELS.format(iri=data.iri)) if data else ()
    for row in found:
        label = row["label"].lower()
        if len(label) >= _SHORTEST and _PLAIN.fullmatch(label):
            yield label


def _listed(rank: int, row: Row, queries: SavedQueries) -> Listed:
    said = queries.rows("recommend/registry-record", {"record": row["resource"]})
    values: dict[str, list[str]] = defaultdict(list)
    for one in said:
        values[local_name(one["property"])].append(one["value"])
    kind = local_name(row["kind"]).lower()
    return Listed(
        rank=rank,
        resource=row["resource"],
        identifier=row["identifier"],
        name=row["name"],
        alternative_names=tuple(values["altLabel"]),
        kind=None if kind == _UNKNOWN else kind,
        words=tuple(values["registryStatus"] + values["accessRights"] + values["subject"]),
        description=next(iter(values["description"]), ""),
        homepage=next(iter(values["url"]), None),
        country=next(iter(values["country"] + values["addressCountry"]), None),
        registry=said[0]["registry"],
        licence=said[0]["licence"],
        attribution=said[0]["attribution"],
        retrieved=said[0]["retrieved"],
        also=tuple(row["also"].split()),
        score=int(row["score"]),
        reasons=answering.reasons(row),
    )
