"""The place of a resource in an order that needs no question, and what that depends on."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fingerpost import clock
from fingerpost.engine import Engine, rows
from fingerpost.graph.vocabulary import IDS, KINDS, RESOURCE_KINDS, local_name
from fingerpost.index.things import Thing

EVERYTHING = range(5)
PLAIN, HOLDER, CONTROLLED, CLOSED, ENDED = EVERYTHING
"""What a resource does with personal data: it has nothing to do with them; it would hold them, but
not under control; it holds them under control; it holds them under control, and nothing else. What
is there no more does nothing with them."""
NEAR = "SELECT ?criterion ?country WHERE { ?criterion fp:weight ?points ; fp:country ?country }"
"""The countries whose seats give points, where no country is asked for."""

_CONTROLLED = f"{IDS}personal-data/controlled-access"
_STATES = frozenset(f"{IDS}status/{one}" for one in ("active", "ended", "superseded"))
_SHARE = f"{IDS}phase/share"
_HOLDERS = frozenset({"repository", "compute", "storage"})
_BY_CLASS = {KINDS[kind]: kind for kind in RESOURCE_KINDS}
_RECENT = 2
"""Years for which a source is recent."""

_DATES = """
SELECT DISTINCT ?source ?date
WHERE { ?graph prov:wasDerivedFrom ?source . ?source dct:date ?date . }
"""
_PREFIXES = """
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX fp: <https://w3id.org/fingerpost/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""


@dataclass(frozen=True)
class Known:
    """What must be known of the whole graph before a resource has points."""

    weights: Mapping[str, int]
    near: Mapping[str, int]
    """Country → points for a seat there, where no country is asked for."""
    year: int
    """The year in which sources are recent or not."""
    dates: Mapping[str, int]
    """Source → the last year in which it spoke."""
    advised: Mapping[str, int]
    """Resource → how much guidance recommends it."""
    taken: Mapping[str, Mapping[str, int]]
    """Resource → for each type of data how many domain repositories for it take the resource."""


@dataclass(frozen=True)
class Resource:
    """An active resource: what it is, and what its place in the order depends on."""

    thing: Thing
    kinds: tuple[str, ...]
    types: tuple[str, ...]
    points: int
    home: int
    scope: str
    advised: int
    breadth: int
    spoken: int | None
    """The last year in which a source of it spoke."""

    @property
    def order(self) -> tuple[int, int, int, str, str]:
        """What it is ordered by, the first first."""
        return (-self.points, -self.advised, -self.breadth, self.name, self.thing.iri)

    @property
    def name(self) -> str:
        """Its name in small letters."""
        return self.thing.name.lower()

    @property
    def personal(self) -> int:
        """What it does with personal data."""
        return personal(self.thing, self.kinds)


def personal(thing: Thing, kinds: Sequence[str]) -> int:
    """Return what a resource does with personal data."""
    if f"{IDS}status/active" not in thing.of("fp:status"):
        return ENDED
    if _CONTROLLED in thing.ever("fp:personalData"):
        access = {local_name(one) for one in thing.of("fp:access")}
        shut = "controlled" in access and "open" not in access
        now = _CONTROLLED in thing.of("fp:personalData")
        return CLOSED if shut and now and "repository" in kinds else CONTROLLED
    holds = _HOLDERS & {*kinds} or ("tool" in kinds and _SHARE in thing.of("fp:usedIn"))
    return HOLDER if holds else PLAIN


def recent(spoken: int | None, year: int) -> bool:
    """Say whether a source that spoke in a year, if any did, is recent in another."""
    return spoken is not None and year - spoken <= _RECENT


def select(engine: Engine, query: str) -> list[tuple[str, ...]]:
    """Return the rows of a SELECT whose prefixes are known here."""
    return [tuple(row.values()) for row in rows.select(engine, _PREFIXES + query)]


def told(thing: Thing) -> bool:
    """Say whether a resource can be recommended, or told of as left out."""
    return not _STATES.isdisjoint(thing.of("fp:status")) and bool(thing.of("fp:concernsData"))


class Taken:
    """How many domain repositories take something, for each type of data."""

    def __init__(self) -> None:
        self.by_type: dict[str, Counter[str]] = defaultdict(Counter)

    def count(self, found: Iterable[Thing]) -> None:
        """Count what some resources take."""
        for one in found:
            if f"{IDS}repository-scope/domain" in one.of("fp:repositoryScope"):
                for iri in {*one.ever("fp:takesStandard"), *one.ever("fp:takesFormat")}:
                    self.by_type[iri].update({*one.of("fp:concernsData")})


def known(
    engine: Engine,
    weights: Mapping[str, int],
    taken: Mapping[str, Mapping[str, int]],
    guidance: Iterable[Thing],
) -> Known:
    """Return what the points of every resource depend on."""
    near: dict[str, int] = {}
    for criterion, country in select(engine, NEAR):
        near[country] = max(near.get(country, 0), weights[local_name(criterion)])
    dates: dict[str, int] = {}
    for source, date in select(engine, _DATES):
        dates[source] = max(int(date[:4]), dates.get(source, 0))
    return Known(
        weights=weights,
        near=near,
        year=clock.today().year,
        dates=dates,
        advised=Counter(iri for one in guidance for iri in dict.fromkeys(one.of("fp:recommends"))),
        taken=taken,
    )


def resource(thing: Thing, known: Known) -> Resource:
    """Return an active resource or one that was, with what decides its place."""
    classes = (local_name(one) for one in thing.of("rdf:type"))
    kinds = tuple(dict.fromkeys(_BY_CLASS[one] for one in classes if one in _BY_CLASS))
    sources = dict.fromkeys(thing.of("dct:source"))
    home = max((known.near.get(one, 0) for one in thing.ever("fp:country")), default=0)
    scope, points = _scope(thing, known.weights)
    points += home + len(sources) * known.weights["source-each"]
    points += known.weights["registry-known"] if thing.ever("fp:registryIdentifier") else 0
    spoken = max((known.dates[one] for one in sources if one in known.dates), default=None)
    points += known.weights["freshness-recent"] if recent(spoken, known.year) else 0
    return Resource(
        thing=thing,
        kinds=kinds,
        types=tuple(dict.fromkeys(thing.of("fp:concernsData"))),
        points=points,
        home=home,
        scope=scope,
        advised=known.advised.get(thing.iri, 0),
        breadth=len({*thing.of("fp:concernsData"), *thing.of("fp:usedIn")}),
        spoken=spoken,
    )


def _scope(thing: Thing, weights: Mapping[str, int]) -> tuple[str, int]:
    """Return the criterion of the best scope of a repository, and its points."""
    selective = bool(thing.of("fp:onlyFor"))
    found = [
        "scope-selective" if selective else f"scope-{local_name(one)}"
        for one in thing.ever("fp:repositoryScope")
        if local_name(one) in {"domain", "institutional"}
    ]
    best = max(found, key=lambda one: weights[one], default="")
    # What is institutional has its points for a part of the data, too.
    whole = f"{IDS}repository-scope/institutional" in thing.ever("fp:repositoryScope")
    return (f"{best} whole" if whole else best), weights.get(best, 0)
