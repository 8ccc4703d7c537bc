"""What the ranking of resources depends on, written in an order that needs no question.

A resource has a number by its place in that order: most points first that it has whatever is
asked, then what decides between equals; `step` has the first with so many points. `cell` counts
the active resources of a type of data, in a phase (or any, 0), of a kind, with what they do with
personal data (see `standing`); `ranked` has their numbers, in order, and `ranked_at` the same for
each country. `mark` has those with something that a question may ask for besides.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from fingerpost import clock
from fingerpost.engine import Engine
from fingerpost.graph.vocabulary import IDS, RESOURCE_KINDS, local_name
from fingerpost.index import staged, standing
from fingerpost.index.staged import Numbered
from fingerpost.index.standing import Resource
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
  types TEXT NOT NULL, phases TEXT NOT NULL, countries TEXT NOT NULL, spoken INTEGER
);
CREATE TABLE step (first INTEGER PRIMARY KEY, points INTEGER NOT NULL);
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
_ABOUT_PEOPLE = frozenset(
    {f"{IDS}condition/sensitive-personal-data", f"{IDS}data-type/sensitive-human-data"}
)
_GRADES = tuple(
    f"{IDS}strength/{one}" for one in ("obligation", "rule", "warning", "recommendation", "pointer")
)
_WEIGHTS = "SELECT ?criterion ?points WHERE { ?criterion fp:weight ?points }"
_FAVOURS = """
SELECT ?criterion ?class ?phase WHERE { ?criterion fp:favours ?class ; fp:inPhase ?phase }
"""
_BROADER = "SELECT DISTINCT ?narrow ?broad WHERE { ?narrow skos:broader ?broad }"
_PERSONAL = "SELECT DISTINCT ?iri WHERE { ?iri fp:personalByNature true }"


class _Numbers(dict[str, int]):
    """The numbers of things that others are for, such as types of data, read as they are wanted."""

    def __init__(self, writing: sqlite3.Connection) -> None:
        self._writing = writing

    def __missing__(self, iri: str) -> int:
        for (id_,) in self._writing.execute("SELECT id FROM thing WHERE iri = ?", (iri,)):
            self[iri] = int(id_)
            return self[iri]
        raise KeyError(iri)


def fill(writing: sqlite3.Connection, things: Things) -> None:
    """Write everything that a ranking depends on."""
    weights = _criteria(writing, things.engine)
    writing.execute("INSERT INTO about VALUES (?)", (clock.today().year,))
    guidance: list[Thing] = []
    taken = standing.Taken()
    for some in things.batches(_RESOURCE):
        guidance += (one for one in some if one.kind == "guidance")
        found = [one for one in some if one.kind in RESOURCE_KINDS and standing.told(one)]
        taken.count(found)
        staged.read(writing, found)
    known = standing.known(things.engine, weights, taken.by_type, guidance)
    numbers = _Numbers(writing)
    for resources in staged.in_order(writing, known):
        _write(writing, resources, numbers)
        writing.executemany(
            "INSERT OR IGNORE INTO mark VALUES (?, ?, ?, ?)",
            (mark for id_, one in resources for mark in _marks(one, id_, known, numbers)),
        )
    _conclude(writing)
    _guided(writing, guidance, numbers)


def _guided(
    writing: sqlite3.Connection, guidance: Sequence[Thing], numbers: Mapping[str, int]
) -> None:
    """Write where guidance is looked for, and what it recommends."""
    numbered = "SELECT id FROM resource WHERE iri = ?"
    recommended = {iri for one in guidance for iri in one.of("fp:recommends")}
    resources = {iri: id_ for iri in recommended for (id_,) in writing.execute(numbered, (iri,))}
    writing.executemany(
        "INSERT OR IGNORE INTO advice VALUES (?, ?, ?)",
        (row for one in guidance for row in _advice(one, numbers, resources)),
    )
    writing.executemany(
        "INSERT OR IGNORE INTO guide VALUES (?, ?, ?, ?)",
        (row for one in guidance for row in _guide(one, numbers)),
    )


def _criteria(writing: sqlite3.Connection, engine: Engine) -> dict[str, int]:
    weights = {local_name(one[0]): int(one[1]) for one in standing.select(engine, _WEIGHTS)}
    writing.executemany("INSERT INTO weight VALUES (?, ?)", weights.items())
    for table, query in (
        ("favours VALUES (?, ?, ?)", _FAVOURS),
        ("near VALUES (?, ?)", standing.NEAR),
        ("broader VALUES (?, ?)", _BROADER),
        ("personal_type VALUES (?)", _PERSONAL),
    ):
        writing.executemany(f"INSERT INTO {table}", standing.select(engine, query))
    return weights


def _write(writing: sqlite3.Connection, resources: Numbered, numbers: Mapping[str, int]) -> None:
    writing.executemany(
        "INSERT INTO resource VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                *(id_, one.thing.id, one.thing.iri, one.name, one.points),
                *(one.advised, one.breadth, one.home, one.scope, " ".join(_kinds(one))),
                *(one.personal, " ".join(str(numbers[type_]) for type_ in one.types)),
                " ".join(str(numbers[phase]) for phase in one.thing.of("fp:usedIn")),
                *(" ".join(one.thing.ever("fp:country")), one.spoken),
            )
            for id_, one in resources
        ),
    )
    writing.executemany(
        "INSERT OR IGNORE INTO ranked VALUES (?, ?, ?, ?, ?)",
        ((*cell, id_) for id_, one in resources for cell in _cells(one, numbers)),
    )
    writing.executemany(
        "INSERT OR IGNORE INTO ranked_at VALUES (?, ?, ?, ?, ?, ?)",
        (
            (country, *cell, id_)
            for id_, one in resources
            for country in one.thing.ever("fp:country")
            for cell in _cells(one, numbers)
        ),
    )


def _conclude(writing: sqlite3.Connection) -> None:
    """Write what is told of all resources together."""
    writing.execute("INSERT INTO step SELECT MIN(id), points FROM resource GROUP BY points")
    for at, columns in (("", ""), ("_at", "country, ")):
        key = f"{columns}type, phase, kind, personal"
        writing.execute(
            f"INSERT INTO cell{at} SELECT counted.*, points FROM "  # noqa: S608 - no text of others
            f"(SELECT {key}, MIN(id) AS first, COUNT(*) FROM ranked{at} GROUP BY {key}) AS counted "
            "JOIN resource ON resource.id = first"
        )


def _cells(one: Resource, numbers: Mapping[str, int]) -> Iterator[tuple[int, int, str, int]]:
    """Yield the cells that a resource is in."""
    phases = (ANY, *(numbers[phase] for phase in one.thing.of("fp:usedIn")))
    for type_, phase, kind in product(one.types, phases, _kinds(one)):
        yield numbers[type_], phase, kind, one.personal


def _kinds(one: Resource) -> tuple[str, ...]:
    """Return the kinds of a resource, and that a standard lays down a format too."""
    both = f"{IDS}standard-type/{MODEL_AND_FORMAT}" in one.thing.of("fp:standardType")
    return (*one.kinds, MODEL_AND_FORMAT) if both else one.kinds


def _marks(
    one: Resource, id_: int, known: standing.Known, numbers: Mapping[str, int]
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
