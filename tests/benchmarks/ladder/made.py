"""Records of any number, like the shipped ones in kinds, links and skew; the same for a seed.

About 27 statements a resource, all told: resources of every kind, some planned, ended or
superseded, with claims and size limits; identifiers at registries; guidance, organizations and
sources. They use the shipped terminology, and conform to the shipped shapes and checks. A few
concepts, sources and operators have most of the resources.
"""

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from random import Random

from pyoxigraph import NamedNode

from fingerpost.files import Folders
from fingerpost.graph import records
from fingerpost.graph.vocabulary import IDS, KINDS, PREFIXES, SCHEMES, TYPE, curie

FIRST = "bioimage-archive"
"""The slug of the first resource, which the questions of the benchmarks name."""

PARTS = {
    "repository": 24,
    "tool": 22,
    "facility": 12,
    "standard": 9,
    "training": 7,
    "format": 6,
    "service": 4,
    "compute": 4,
    "storage": 3,
    "support": 3,
    "registry": 2,
    "guideline": 3,
    "policy": 1,
}
"""Kind → its part in a hundred resources."""

COUNTRIES = "SE GB DE NL FR NO DK FI ES IT US CH BE AT PL PT IE CZ EE LV LT JP CA AU".split()
OPENINGS = "Nordic European National Open Central United Baltic Alpine Global Regional".split()
TOPICS = "Image Genome Protein Cell Metabolite Tissue Sequence Structure Cohort Spectra".split()
FORMS = "Archive Database Portal Facility Centre Platform Index Hub Desk Store".split()
_HEAD = "".join(
    f"@prefix {name}: <{PREFIXES[name]}> .\n"
    for name in (
        *("dct", "fp", "rdfs", "schema", "skos", "xsd", "organization", "source"),
        *("data-type", "phase", "technique", "condition", "access", "strength", "audience"),
        *("topic", "status", "repository-scope", "reach", "personal-data", "cost"),
        *PARTS,
    )
)
_TIES = {
    "repository": "accepts",
    "compute": "accepts",
    "storage": "accepts",
    "facility": "produces",
}
_EDITED = '"2026-11-21"^^xsd:date'
Said = list[tuple[str, str]]


@dataclass(frozen=True)
class Made:
    """A record: kind, slug, and what is said of it and of its claims, as Turtle has it."""

    kind: str
    slug: str
    nodes: dict[str, Said]
    """Fragment (empty for the record itself) → pairs of property and value."""

    @property
    def turtle(self) -> str:
        """The text of the record's file."""
        blocks = [
            f"<{fragment}>\n" + " ;\n".join(f"  {p} {o}" for p, o in said) + " .\n"
            for fragment, said in self.nodes.items()
        ]
        return f"@base <{IDS}{self.kind}/{self.slug}> .\n{_HEAD}\n" + "\n".join(blocks)


@dataclass
class World:
    """Chance, the terminology, and how many records of each sort there are to point to."""

    resources: int
    seed: int
    concepts: dict[str, list[str]]
    chance: Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)

    @property
    def sources(self) -> int:
        return 20 + self.resources // 100

    @property
    def organizations(self) -> int:
        return 20 + self.resources // 30

    @cached_property
    def _kinds(self) -> list[str]:
        kinds = [kind for kind, part in PARTS.items() for _ in range(part * 10)]
        Random(self.seed).shuffle(kinds)
        return kinds

    @cached_property
    def _states(self) -> list[str]:
        states = ["active"] * 890 + ["ended"] * 55 + ["superseded"] * 45 + ["planned"] * 19
        Random(self.seed).shuffle(states)
        return states

    def kind(self, number: int) -> str:
        return self._kinds[number % len(self._kinds)] if number else "repository"

    def state(self, number: int) -> str:
        return self._states[number % len(self._states)] if number else "active"

    def name(self, number: int) -> str:
        """Return the prefixed name of a resource by its number."""
        kind = self.kind(number)
        return f"{kind}:{kind}-{number}" if number else f"{kind}:{FIRST}"

    def open(self, among: int) -> int:
        """Return one of the first resources that is active, the first far more often."""
        number = self.skewed(among)
        while self.state(number) != "active":
            number -= 1
        return number

    def skewed(self, among: int) -> int:
        """Return a number below another, small ones far more often than large ones."""
        return int(among * self.chance.random() ** 3)

    def some(self, scheme: str, most: int) -> list[str]:
        """Return one to `most` different concepts of a scheme."""
        among = self.concepts[scheme]
        drawn = (among[self.skewed(len(among))] for _ in range(self.chance.randint(1, most)))
        return list(dict.fromkeys(drawn))

    def said_by(self, most: int = 2) -> list[str]:
        """Return one to `most` different sources."""
        numbers = (self.skewed(self.sources) for _ in range(self.chance.randint(1, most)))
        return list(dict.fromkeys(f"source:source-{number}" for number in numbers))


def write(resources: int, data: Path, shipped: Folders, seed: int = 1) -> Folders:
    """Write so many resources and all that belongs to them; return the data folders.

    One record a file, below `data`/instances; terminology, shapes and queries are the shipped
    ones, and so are the sources that the terminology names.
    """
    instances = data / "instances"
    for kind in KINDS:
        (instances / kind).mkdir(parents=True, exist_ok=True)
    _copy_named(shipped, instances)
    for made in all_records(resources, shipped, seed):
        path = f"{instances}/{made.kind}/{made.slug}.ttl"
        with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123 - a million of them
            file.write(made.turtle)
    return Folders(shipped.ontology, shipped.shapes, instances, shipped.queries)


def all_records(resources: int, shipped: Folders, seed: int = 1) -> Iterator[Made]:
    """Yield the records of a graph with so many resources."""
    world = World(resources, seed, concepts(shipped))
    for number in range(world.sources):
        yield _source(number)
    for number in range(world.organizations):
        yield _organization(world, number)
    for number in range(resources):
        yield _resource(world, number)
    for number in range(resources // 10):
        yield _guidance(world, number)


def concepts(shipped: Folders) -> dict[str, list[str]]:
    """Return the concepts of the terminology by scheme, widest first, as prefixed names."""
    found: dict[str, list[str]] = {scheme: [] for scheme in SCHEMES}
    for triple in records.terminology(shipped.ontology / "concepts"):
        if triple.predicate == TYPE and isinstance(triple.subject, NamedNode):
            scheme = triple.subject.value.removeprefix(IDS).partition("/")[0]
            name = curie(triple.subject.value)
            if scheme in found and name not in found[scheme]:
                found[scheme].append(name)
    return found


def _copy_named(shipped: Folders, instances: Path) -> None:
    """Copy the sources that the terminology names, and the records that these name."""
    waiting = list(shipped.ontology.rglob("*.ttl"))
    while waiting:
        text = waiting.pop().read_text("utf-8")
        for kind, slug in re.findall(r"\b(source|organization):([a-z0-9][a-z0-9-]*)", text):
            path, copy = (
                folder / kind / f"{slug}.ttl" for folder in (shipped.instances, instances)
            )
            if path.is_file() and not copy.exists():
                shutil.copy(path, copy)
                waiting.append(copy)


def _said(property_: str, values: Sequence[str]) -> Said:
    return [(property_, value) for value in values]


def _record(kind: str, name: str, text: str) -> Said:
    return [
        ("a", f"fp:{KINDS[kind]}"),
        ("skos:prefLabel", f'"{name}"@en'),
        ("dct:description", f'"{text}"@en'),
    ]


def _claim(subject: str, value: str, sources: Sequence[str], year: int) -> Said:
    return [
        ("a", "fp:Claim"),
        ("fp:subject", "<>"),
        ("fp:property", subject),
        ("fp:value", value),
        *_said("dct:source", sources),
        ("fp:statedOn", f'"{year}"^^xsd:gYear'),
    ]


def _source(number: int) -> Made:
    said = _record("source", f"Register of {TOPICS[number % 10].lower()} data {number}",
                   f"The register of what there is for these data, version {number}.")  # fmt: skip
    said += [
        ("schema:url", f"<https://source-{number}.example/>"),
        ("dct:date", f'"{2015 + number % 11}"^^xsd:gYear'),
        ("fp:retrievedOn", _EDITED),
        ("dct:modified", _EDITED),
    ]
    return Made("source", f"source-{number}", {"": said})


def _organization(world: World, number: int) -> Made:
    opening = OPENINGS[world.chance.randrange(10)]
    said = _record("organization", f"{opening} Institute {number}",
                   f"An institute that runs services for its field, the {number}th.")  # fmt: skip
    if number and world.chance.random() < 0.3:
        said.append(("dct:isPartOf", f"organization:organization-{world.skewed(number)}"))
    said += [*_said("dct:source", world.said_by()), ("dct:modified", _EDITED)]
    return Made("organization", f"organization-{number}", {"": said})


def _resource(world: World, number: int) -> Made:
    chance, kind, state = world.chance, world.kind(number), world.state(number)
    form = f"{chance.choice(TOPICS)} {chance.choice(FORMS)}"
    name = f"{chance.choice(OPENINGS)} {form} {number}"
    sources = world.said_by(3)
    said = _record(kind, name, f"{name} looks after what researchers of its field make and need.")
    said += [
        ("dct:identifier", f'"r{number}"'),
        ("schema:url", f"<https://resource-{number}.example/>"),
        ("fp:operatedBy", f"organization:organization-{world.skewed(world.organizations)}"),
        ("fp:country", f'"{COUNTRIES[world.skewed(len(COUNTRIES))]}"'),
        ("fp:reach", chance.choice(world.concepts["reach"])),
        ("fp:status", f"status:{state}"),
        *_said(f"fp:{_TIES.get(kind, 'supports')}", world.some("data-type", 4)),
        *_said("fp:usedIn", world.some("phase", 3)),
        *_said("dct:source", sources),
        ("dct:modified", _EDITED),
    ]
    said += [
        ("skos:altLabel", f'"{name[: 5 + n]}{number}"@en') for n in range(chance.randint(0, 2))
    ]
    said += _of_kind(world, kind)
    nodes = {"": said} | _claims(world, number, sources[:1])
    return Made(kind, world.name(number).partition(":")[2], nodes)


def _of_kind(world: World, kind: str) -> Said:
    """Return what is said of one kind of resource and not of others."""
    chance, concepts = world.chance, world.concepts
    if kind == "facility":
        return _said("fp:offersTechnique", world.some("technique", 4))
    if kind == "repository":
        scopes = concepts["repository-scope"]
        said = [("fp:repositoryScope", scopes[world.skewed(len(scopes))])]
        if chance.random() < 0.4:
            said.append(("fp:personalData", chance.choice(concepts["personal-data"])))
        return [*said, ("fp:mintsIdentifier", '"DOI"')]
    if kind == "service":
        return _said("fp:eligibleCountry", ['"SE"', '"NO"'])
    return []


def _claims(world: World, number: int, sources: list[str]) -> dict[str, Said]:
    """Return the claims about a resource: access, eligibility, an identifier, an end, a limit."""
    chance, concepts, found = world.chance, world.concepts, dict[str, Said]()
    year = 2016 + number % 10
    if chance.random() < 0.35:
        access = chance.choice(concepts["access"])
        found["#claim-access"] = _claim("fp:access", access, sources, year)
    if chance.random() < 0.3:
        identifier = f'"re3data:r3d1{number:08}"'
        found["#claim-re3data"] = _claim("fp:registryIdentifier", identifier, sources, year)
    if chance.random() < 0.2:
        found["#claim-who"] = _claim("fp:eligibleAffiliation", "audience:academic", sources, year)
    if chance.random() < 0.1:
        found["#size-limit"] = [
            ("a", "fp:SizeLimit"),
            ("fp:subject", "<>"),
            ("fp:property", "fp:sizeLimit"),
            ("fp:amount", str(chance.randint(1, 500))),
            ("fp:unit", '"GB"'),
            ("fp:per", '"dataset"'),
            *_said("dct:source", sources),
            ("fp:statedOn", f'"{year}"^^xsd:gYear'),
        ]
    return found | _end(world, number, sources, year)


def _end(world: World, number: int, sources: list[str], year: int) -> dict[str, Said]:
    state = world.state(number)
    if state == "ended":
        return {"#claim-end": _claim("fp:endedOn", f'"{year}"^^xsd:gYear', sources, year)}
    if state == "superseded":
        successor = world.name(world.open(number))
        return {
            "#claim-end": _claim("fp:supersededOn", f'"{year}"^^xsd:gYear', sources, year),
            "#claim-successor": _claim("dct:isReplacedBy", successor, sources, year),
        }
    return {}


def _guidance(world: World, number: int) -> Made:
    chance, concepts = world.chance, world.concepts
    title = f"Take {chance.choice(TOPICS).lower()} data to the {chance.choice(FORMS).lower()}"
    said = _record("guidance", f"{title} {number}", f"{title} before the project comes to its end.")
    said += [
        *_said("fp:inPhase", world.some("phase", 3)),
        *_said("fp:forData", world.some("data-type", 3)),
        ("fp:strength", concepts["strength"][world.skewed(len(concepts["strength"]))]),
        ("fp:audience", "audience:researcher"),
    ]
    drawn = (world.name(world.open(world.resources)) for _ in range(chance.randint(1, 4)))
    said += _said("fp:recommends", list(dict.fromkeys(drawn)))
    if chance.random() < 0.5:
        said.append(("fp:underCondition", chance.choice(concepts["condition"])))
    said += [
        *_said("dct:source", world.said_by()),
        ("fp:statedOn", f'"{2016 + number % 10}"^^xsd:gYear'),
        ("dct:modified", _EDITED),
    ]
    return Made("guidance", f"guidance-{number}", {"": said})
