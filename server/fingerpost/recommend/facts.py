"""What an index says of all questions: weights, what a phase favours, the order of types."""

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fingerpost.graph.vocabulary import local_name
from fingerpost.index.kept import Index, Value

KNOWN = frozenset(
    "data-exact data-broader-1 data-broader-2 data-broader-more data-narrower data-any "
    "data-in-name data-in-text technique-exact technique-narrower phase-used kind-plan "
    "kind-collect kind-process kind-analyse kind-preserve kind-share kind-reuse scope-domain "
    "scope-selective scope-domain-part scope-institutional access-controlled advice-for-data "
    "advice-for-any source-each registry-known size-taken cost-free cost-free-up-to-a-limit "
    "stage-same embargo-allowed affiliation-own asked-by-repository words-named words-name "
    "words-description words-rare words-name-only words-rare-only form-same identifier-minted "
    "place-same place-home place-europe freshness-recent".split()
)
"""The criteria that are known here; with another one, nothing is known of any question."""


@dataclass(frozen=True)
class Facts:
    """What is the same for all questions of a generation."""

    year: int
    size: int
    """How many resources there are."""
    weights: Mapping[str, int]
    favours: Mapping[str, Mapping[str, int]]
    """Phase → kind → points."""
    near: Mapping[str, int]
    """Country → points for a seat there, where no country is asked for."""
    europe: frozenset[str]
    above: Mapping[str, frozenset[str]]
    below: Mapping[str, frozenset[str]]
    personal: frozenset[str]
    numbers: Mapping[str, int]
    """Type of data or phase → its number."""
    firsts: Sequence[int]
    """The first resource of those that have as many points, whatever is asked."""
    steps: Sequence[int]
    """These points, the most first."""

    def points(self, resource: int) -> int:
        """Return the points that the resource of a number has, whatever is asked."""
        return self.steps[bisect(self.firsts, resource) - 1]

    def lineage(self, concept: str) -> frozenset[str]:
        """Return a concept and all that are above it."""
        return _closed(concept, self.above)

    def within(self, concept: str) -> frozenset[str]:
        """Return a concept and all that are below it."""
        return _closed(concept, self.below)


def facts(index: Index) -> Facts | None:
    """Return what an index says of all questions; None where there are criteria unknown here."""
    return index.once(_facts)


def _facts(index: Index) -> Facts | None:
    weights = {str(name): _number(points) for name, points in index.select("SELECT * FROM weight")}
    if not weights.keys() <= KNOWN:
        return None
    favours: dict[str, dict[str, int]] = {}
    for criterion, class_, phase in index.select("SELECT * FROM favours"):
        points = weights[local_name(str(criterion))]
        kinds = favours.setdefault(str(phase), {})
        kind = local_name(str(class_)).lower()
        kinds[kind] = max(points, kinds.get(kind, 0))
    above: dict[str, set[str]] = {}
    below: dict[str, set[str]] = {}
    for narrow, broad in index.select("SELECT * FROM broader"):
        above.setdefault(str(narrow), set()).add(str(broad))
        below.setdefault(str(broad), set()).add(str(narrow))
    near: dict[str, int] = {}
    for criterion, country in index.select("SELECT * FROM near"):
        points = weights[local_name(str(criterion))]
        near[str(country)] = max(points, near.get(str(country), 0))
    ((year, size),) = index.select("SELECT year, (SELECT COUNT(*) FROM resource) FROM about")
    return Facts(
        year=_number(year),
        size=_number(size),
        weights=weights,
        favours=favours,
        near=near,
        europe=frozenset(
            str(country)
            for criterion, country in index.select("SELECT * FROM near")
            if local_name(str(criterion)) == "place-europe"
        ),
        above={one: frozenset(all_) for one, all_ in above.items()},
        below={one: frozenset(all_) for one, all_ in below.items()},
        personal=frozenset(str(iri) for (iri,) in index.select("SELECT * FROM personal_type")),
        numbers={
            str(iri): _number(id_)
            for iri, id_ in index.select(
                "SELECT iri, id FROM thing WHERE kind IN ('data-type', 'phase')"
            )
        },
        firsts=[_number(one) for (one,) in index.select("SELECT first FROM step ORDER BY first")],
        steps=[_number(one) for (one,) in index.select("SELECT points FROM step ORDER BY first")],
    )


def _closed(concept: str, steps: Mapping[str, frozenset[str]]) -> frozenset[str]:
    found = {concept}
    waiting = [concept]
    while waiting:
        new = steps.get(waiting.pop(), frozenset()) - found
        found |= new
        waiting += new
    return frozenset(found)


def _number(value: Value) -> int:
    if not isinstance(value, int):
        raise TypeError("not a number")
    return value
