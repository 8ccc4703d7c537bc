"""What the ranking of resources depends on, in an order that needs no question.

A resource has a number by its place in that order: most points first that it has whatever is
asked, then what decides between equals. `cell` counts the active resources of a type of data, in a
phase (or any, 0), of a kind, with what they do with personal data (see `personal`); `ranked` has
their numbers, in order, and `ranked_at` the same for each country. `mark` has those with something
that a question may ask for besides.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from fingerpost import clock
from fingerpost.engine import Engine, rows
from fingerpost.graph.vocabulary import IDS, KINDS, RESOURCE_KINDS, local_name
from fingerpost.index.things import Thing, Things

TABLES = """
CREATE TABLE about (year INTEGER NOT NULL);
CREATE TABLE weight (criterion TEXT PRIMARY KEY, points INTEGER NOT NULL);
CREATE TABLE favours (criterion TEXT NOT NULL, class TEXT NOT NULL, phase TEXT NOT NULL);
CREATE TABLE near (criterion TEXT NOT NULL, country TEXT NOT NULL);
CREATE TABLE broader (narrow TEXT NOT NULL, broad TEXT NOT NULL);
CREATE TABLE personal_type (iri TEXT PRIMARY KEY);
CREATE TABLE resource (
  id INTEGER PRIMARY KEY, thing INTEGER NOT NULL, iri TEXT NOT NULL, name TEXT NOT NULL,
  points INTEGER NOT NULL, advised INTEGER NOT NULL, breadth INTEGER NOT NULL,
  home INTEGER NOT NULL, scope TEXT NOT NULL, kinds TEXT NOT NULL, personal INTEGER NOT NULL,
  types TEXT NOT NULL, phases TEXT NOT NULL, countries TEXT NOT NULL
);
CREATE TABLE cell (
  type INTEGER, phase INTEGER, kind TEXT, personal INTEGER, first INTEGER, size INTEGER,
  points INTEGER, PRIMARY KEY (type, phase, kind, personal)
) WITHOUT ROWID;
CREATE TABLE cell_at (
  country TEXT, type INTEGER, phase INTEGER, kind TEXT, personal INTEGER, first INTEGER,
  size INTEGER, points INTEGER, PRIMARY KEY (country, type, phase, kind, personal)
) WITHOUT ROWID;
CREATE TABLE ranked (
  type INTEGER, phase INTEGER, kind TEXT, personal INTEGER, id INTEGER,
  PRIMARY KEY (type, phase, kind, personal, id)
) WITHOUT ROWID;
CREATE TABLE ranked_at (
  country TEXT, type INTEGER, phase INTEGER, kind TEXT, personal INTEGER, id INTEGER,
  PRIMARY KEY (country, type, phase, kind, personal, id)
) WITHOUT ROWID;
CREATE TABLE mark (
  what TEXT, value TEXT, id INTEGER, times INTEGER, PRIMARY KEY (what, value, id)
) WITHOUT ROWID;
CREATE TABLE advice (
  type INTEGER, phase INTEGER, id INTEGER, PRIMARY KEY (type, phase, id)
) WITHOUT ROWID;
CREATE TABLE guide (
  type INTEGER, phase INTEGER, grade INTEGER, id INTEGER, PRIMARY KEY (type, phase, grade, id)
) WITHOUT ROWID;
CREATE INDEX resource_thing ON resource (thing);
CREATE INDEX resource_iri ON resource (iri);
"""

ANY = 0
"""The number of no phase in particular: things are numbered from 1."""
MODEL_AND_FORMAT = "model-and-format"
"""A kind of its own here: standards that lay down a format too."""
PLAIN, HOLDER, CONTROLLED, CLOSED, ENDED = range(5)
"""What a resource does with personal data: it has nothing to do with them; it would hold them, but
not under control; it holds them under control; it holds them under control, and nothing else. What
is there no more does nothing with them."""
EVERY_PHASE = -1
"""The phase of an obligation about personal data, which is asked for in each."""
PERSONAL = -1
"""The type of data of guidance about personal data, whatever they are."""

_RESOURCE = (
    *("rdf:type", "skos:prefLabel", "fp:concernsData", "fp:usedIn", "fp:status", "fp:country"),
    *("fp:repositoryScope", "fp:onlyFor", "fp:personalData", "fp:access", "fp:dataStage"),
    *("fp:registryIdentifier", "dct:source", "fp:offersTechnique", "fp:sizeLimit", "fp:cost"),
    *("fp:allowsEmbargo", "fp:eligibleInstitution", "fp:operatedBy", "fp:hostedBy"),
    *("fp:providedBy", "fp:takesStandard", "fp:takesFormat", "fp:standardType"),
    *("fp:mintsIdentifier", "fp:forData", "fp:inPhase", "fp:recommends", "fp:strength"),
    "fp:underCondition",
)
_MARKS = {
    "technique": ("fp:offersTechnique",),
    "stage": ("fp:dataStage",),
    "cost": ("fp:cost",),
    "embargo": ("fp:allowsEmbargo",),
    "own": ("fp:eligibleInstitution", "fp:operatedBy", "fp:hostedBy", "fp:providedBy"),
    "form": ("fp:standardType",),
}
"""What is marked with the values of properties."""
_CONTROLLED = f"{IDS}personal-data/controlled-access"
_STATES = frozenset(f"{IDS}status/{one}" for one in ("active", "ended", "superseded"))
_ABOUT_PEOPLE = frozenset(
    {f"{IDS}condition/sensitive-personal-data", f"{IDS}data-type/sensitive-human-data"}
)
_GRADES = tuple(
    f"{IDS}strength/{one}" for one in ("obligation", "rule", "warning", "recommendation", "pointer")
)
_SHARE = f"{IDS}phase/share"
_HOLDERS = frozenset({"repository", "compute", "storage"})
_BY_CLASS = {KINDS[kind]: kind for kind in RESOURCE_KINDS}
_FRESH = 2
"""Years for which a source is recent."""

_WEIGHTS = "SELECT ?criterion ?points WHERE { ?criterion fp:weight ?points }"
_FAVOURS = """
SELECT ?criterion ?class ?phase WHERE { ?criterion fp:favours ?class ; fp:inPhase ?phase }
"""
_NEAR = "SELECT ?criterion ?country WHERE { ?criterion fp:weight ?points ; fp:country ?country }"
_BROADER = "SELECT DISTINCT ?narrow ?broad WHERE { ?narrow skos:broader ?broad }"
_PERSONAL = "SELECT DISTINCT ?iri WHERE { ?iri fp:personalByNature true }"
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
class _Known:
    """What must be known of the whole graph before a resource has points."""

    weights: Mapping[str, int]
    near: Mapping[str, int]
    """Country → points for a seat there, where no country is asked for."""
    fresh: frozenset[str]
    """The sources that are recent today."""
    advised: Mapping[str, int]
    """Resource → how much guidance recommends it."""
    taken: Mapping[str, Mapping[str, int]]
    """Resource → for each type of data how many domain repositories for it take the resource."""


@dataclass(frozen=True)
class _Resource:
    """An active resource: what it is, and what its place in the order depends on."""

    thing: Thing
    kinds: tuple[str, ...]
    types: tuple[str, ...]
    points: int
    home: int
    scope: str
    advised: int
    breadth: int

    @property
    def order(self) -> tuple[int, int, int, str, str]:
        """What it is ordered by, the first first."""
        return (-self.points, -self.advised, -self.breadth, self.name, self.thing.iri)

    @property
    def name(self) -> str:
        return self.thing.name.lower()

    @property
    def personal(self) -> int:
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


def fill(writing: sqlite3.Connection, things: Things) -> None:
    """Write everything that a ranking depends on."""
    weights = _criteria(writing, things.engine)
    writing.execute("INSERT INTO about VALUES (?)", (clock.today().year,))
    # Everything is held at once, as nothing has a number before all have points.
    found: list[Thing] = []
    guidance: list[Thing] = []
    for some in things.batches(_RESOURCE):
        found += (one for one in some if one.kind in RESOURCE_KINDS and _told(one))
        guidance += (one for one in some if one.kind == "guidance")
    known = _known(things.engine, weights, found, guidance)
    resources = sorted((_resource(one, known) for one in found), key=lambda one: one.order)
    numbers = {one.thing.iri: number for number, one in enumerate(resources, start=1)}
    _write(writing, resources, things.iris)
    writing.executemany(
        "INSERT OR IGNORE INTO mark VALUES (?, ?, ?, ?)",
        (
            mark
            for one in resources
            for mark in _marks(one, numbers[one.thing.iri], known, things.iris)
        ),
    )
    writing.executemany(
        "INSERT OR IGNORE INTO advice VALUES (?, ?, ?)",
        (row for one in guidance for row in _advice(one, things.iris, numbers)),
    )
    writing.executemany(
        "INSERT OR IGNORE INTO guide VALUES (?, ?, ?, ?)",
        (row for one in guidance for row in _guide(one, things.iris)),
    )


def _criteria(writing: sqlite3.Connection, engine: Engine) -> dict[str, int]:
    weights = {local_name(one[0]): int(one[1]) for one in _rows(engine, _WEIGHTS)}
    writing.executemany("INSERT INTO weight VALUES (?, ?)", weights.items())
    for table, query in (
        ("favours VALUES (?, ?, ?)", _FAVOURS),
        ("near VALUES (?, ?)", _NEAR),
        ("broader VALUES (?, ?)", _BROADER),
        ("personal_type VALUES (?)", _PERSONAL),
    ):
        writing.executemany(f"INSERT INTO {table}", _rows(engine, query))
    return weights


def _rows(engine: Engine, query: str) -> list[tuple[str, ...]]:
    return [tuple(row.values()) for row in rows.select(engine, _PREFIXES + query)]


def _told(thing: Thing) -> bool:
    """Say whether a resource can be recommended, or told of as left out."""
    return not _STATES.isdisjoint(thing.of("fp:status")) and bool(thing.of("fp:concernsData"))


def _known(
    engine: Engine, weights: Mapping[str, int], found: list[Thing], guidance: list[Thing]
) -> _Known:
    near: dict[str, int] = {}
    for criterion, country in _rows(engine, _NEAR):
        near[country] = max(near.get(country, 0), weights[local_name(criterion)])
    year = clock.today().year
    return _Known(
        weights=weights,
        near=near,
        fresh=frozenset(
            source for source, date in _rows(engine, _DATES) if year - int(date[:4]) <= _FRESH
        ),
        advised=Counter(iri for one in guidance for iri in dict.fromkeys(one.of("fp:recommends"))),
        taken=_taken(found),
    )


def _taken(found: Iterable[Thing]) -> dict[str, Counter[str]]:
    taken: dict[str, Counter[str]] = defaultdict(Counter)
    for one in found:
        if f"{IDS}repository-scope/domain" in one.of("fp:repositoryScope"):
            for iri in {*one.ever("fp:takesStandard"), *one.ever("fp:takesFormat")}:
                taken[iri].update({*one.of("fp:concernsData")})
    return taken


def _resource(thing: Thing, known: _Known) -> _Resource:
    classes = (local_name(one) for one in thing.of("rdf:type"))
    kinds = tuple(dict.fromkeys(_BY_CLASS[one] for one in classes if one in _BY_CLASS))
    sources = dict.fromkeys(thing.of("dct:source"))
    home = max((known.near.get(one, 0) for one in thing.ever("fp:country")), default=0)
    scope, points = _scope(thing, known.weights)
    points += home + len(sources) * known.weights["source-each"]
    points += known.weights["registry-known"] if thing.ever("fp:registryIdentifier") else 0
    points += known.weights["freshness-recent"] if known.fresh & sources.keys() else 0
    return _Resource(
        thing=thing,
        kinds=kinds,
        types=tuple(dict.fromkeys(thing.of("fp:concernsData"))),
        points=points,
        home=home,
        scope=scope,
        advised=known.advised.get(thing.iri, 0),
        breadth=len({*thing.of("fp:concernsData"), *thing.of("fp:usedIn")}),
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


def _write(
    writing: sqlite3.Connection, resources: list[_Resource], numbers: Mapping[str, int]
) -> None:
    writing.executemany(
        "INSERT INTO resource VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                *(id_, one.thing.id, one.thing.iri, one.name, one.points),
                *(one.advised, one.breadth, one.home, one.scope, " ".join(_kinds(one))),
                *(one.personal, " ".join(str(numbers[type_]) for type_ in one.types)),
                " ".join(str(numbers[phase]) for phase in one.thing.of("fp:usedIn")),
                " ".join(one.thing.ever("fp:country")),
            )
            for id_, one in enumerate(resources, start=1)
        ),
    )
    writing.executemany(
        "INSERT OR IGNORE INTO ranked VALUES (?, ?, ?, ?, ?)",
        ((*cell, id_) for id_, one in enumerate(resources, 1) for cell in _cells(one, numbers)),
    )
    writing.executemany(
        "INSERT OR IGNORE INTO ranked_at VALUES (?, ?, ?, ?, ?, ?)",
        (
            (country, *cell, id_)
            for id_, one in enumerate(resources, 1)
            for country in one.thing.ever("fp:country")
            for cell in _cells(one, numbers)
        ),
    )
    for at, columns in (("", ""), ("_at", "country, ")):
        key = f"{columns}type, phase, kind, personal"
        writing.execute(
            f"INSERT INTO cell{at} SELECT counted.*, points FROM "  # noqa: S608 - no text of others
            f"(SELECT {key}, MIN(id) AS first, COUNT(*) FROM ranked{at} GROUP BY {key}) AS counted "
            "JOIN resource ON resource.id = first"
        )


def _cells(one: _Resource, numbers: Mapping[str, int]) -> Iterator[tuple[int, int, str, int]]:
    """Yield the cells that a resource is in."""
    phases = (ANY, *(numbers[phase] for phase in one.thing.of("fp:usedIn")))
    for type_, phase, kind in product(one.types, phases, _kinds(one)):
        yield numbers[type_], phase, kind, one.personal


def _kinds(one: _Resource) -> tuple[str, ...]:
    """Return the kinds of a resource, and that a standard lays down a format too."""
    both = f"{IDS}standard-type/{MODEL_AND_FORMAT}" in one.thing.of("fp:standardType")
    return (*one.kinds, MODEL_AND_FORMAT) if both else one.kinds


def _marks(
    one: _Resource, id_: int, known: _Known, numbers: Mapping[str, int]
) -> Iterator[tuple[str, str, int, int]]:
    for what, properties in _MARKS.items():
        for property_ in properties:
            yield from ((what, value, id_, 1) for value in one.thing.ever(property_))
    for value in one.thing.ever("fp:mintsIdentifier"):
        yield "mints", value.lower(), id_, 1
    if one.thing.ever("fp:sizeLimit"):
        yield "size", "", id_, 1
    for type_, times in known.taken.get(one.thing.iri, {}).items():
        yield "taken", str(numbers[type_]), id_, times


def _advice(
    one: Thing, numbers: Mapping[str, int], resources: Mapping[str, int]
) -> Iterator[tuple[int, int, int]]:
    types = (numbers[type_] for type_ in one.of("fp:forData"))
    phases = (ANY, *(numbers[phase] for phase in one.of("fp:inPhase")))
    recommended = [resources[iri] for iri in one.of("fp:recommends") if iri in resources]
    yield from product(types, phases, recommended)


def _guide(one: Thing, numbers: Mapping[str, int]) -> Iterator[tuple[int, int, int, int]]:
    """Yield where a piece of guidance is looked for, and how strongly it is meant."""
    grades = [_GRADES.index(grade) for grade in one.of("fp:strength") if grade in _GRADES]
    phases = [ANY, *(numbers[phase] for phase in one.of("fp:inPhase"))]
    types = [numbers[type_] for type_ in one.of("fp:forData")]
    if not _ABOUT_PEOPLE.isdisjoint((*one.of("fp:underCondition"), *one.of("fp:forData"))):
        types.append(PERSONAL)
        phases.append(EVERY_PHASE)
    for type_, phase, grade in product(types, phases, grades):
        yield type_, phase, grade, one.id
