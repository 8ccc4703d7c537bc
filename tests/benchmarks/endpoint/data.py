"""A graph of any size, like the shipped one in its kinds, links and skew; the same for a seed.

About 27 triples a resource, in the default graph: resources of several kinds, some ended or
superseded; a tree of concepts, guidance, sources and organizations.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

BASE = "https://w3id.org/fingerpost/"
FP = BASE + "ontology#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCT = "http://purl.org/dc/terms/"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
DCAT_RESOURCE = NamedNode("http://www.w3.org/ns/dcat#Resource")
URL = NamedNode("http://schema.org/url")

KINDS = {
    "facility": (16, "offersTechnique"),
    "repository": (24, "accepts"),
    "tool": (20, "supports"),
    "compute": (6, "supports"),
    "storage": (6, "supports"),
    "standard": (8, "supports"),
    "format": (6, "supports"),
    "training": (8, "supports"),
    "guideline": (6, "supports"),
}
"""Kind → its part in a hundred resources, and how it is tied to data."""

CHAIN = [
    "any-data",
    "imaging-data",
    "electron-microscopy-images",
    "cryo-em-data",
    "cryo-em-movies",
]
"""The data types that the queries name, each broader than the next."""

PHASES = ["collect", "share", "preserve", "plan", "analyse", "reuse", "process"]
COUNTRIES = ["SE", "GB", "DE", "NL", "FR", "NO", "DK", "FI", "ES", "IT", "US", "CH"]
STRENGTHS = ["recommendation", "pointer", "rule", "warning", "obligation"]
SCOPES = ["domain", "institutional", "general"]
ACCESSES = ["open", "registered", "controlled", "on-request"]
REACHES = ["international", "national", "institutional"]
OPENINGS = "Nordic European National Open Central United Baltic Alpine Global Regional".split()
TOPICS = "Image Genome Protein Cell Metabolite Tissue Sequence Structure Cohort Spectra".split()
FORMS = "Archive Database Portal Facility Centre Platform Registry Hub Service Store".split()


@dataclass(frozen=True)
class _World:
    """Chance, and what resources may point to."""

    chance: Random
    data_types: list[NamedNode]
    techniques: list[NamedNode]
    sources: list[NamedNode]
    organizations: list[NamedNode]
    resources: list[NamedNode] = field(default_factory=list)

    def skewed(self, among: list[NamedNode]) -> NamedNode:
        """Return one of a list; the first are far more often returned than the last."""
        return among[int(len(among) * self.chance.random() ** 2)]

    def some(self, among: list[NamedNode], most: int) -> list[NamedNode]:
        """Return one to `most` different ones of a list."""
        return list(dict.fromkeys(self.skewed(among) for _ in range(self.chance.randint(1, most))))


def write(resources: int, path: Path, seed: int = 1) -> None:
    """Write a graph with so many resources as N-Quads."""
    serialize(quads(resources, seed), path, RdfFormat.N_QUADS)


def quads(resources: int, seed: int = 1) -> Iterator[Quad]:
    """Yield a graph with so many resources."""
    world = _World(
        chance=Random(seed),
        data_types=_named("data-type", CHAIN, 60 + resources // 100),
        techniques=_named("technique", [], 40 + resources // 200),
        sources=_named("source", [], 20 + resources // 100),
        organizations=_named("organization", [], 20 + resources // 30),
    )
    yield from _schema()
    yield from _concepts(world)
    yield from _sources(world)
    for number in range(resources):
        yield from _resource(world, number)
    for number in range(resources // 10):
        yield from _guidance(world, number)


def _named(kind: str, first: list[str], count: int) -> list[NamedNode]:
    slugs = first + [f"{kind}-{number}" for number in range(len(first), count)]
    return [_id(kind, slug) for slug in slugs]


def _id(kind: str, slug: str) -> NamedNode:
    return NamedNode(f"{BASE}id/{kind}/{slug}")


def _fp(name: str) -> NamedNode:
    return NamedNode(FP + name)


def _skos(name: str) -> NamedNode:
    return NamedNode(SKOS + name)


def _dct(name: str) -> NamedNode:
    return NamedNode(DCT + name)


def _english(text: str) -> Literal:
    return Literal(text, language="en")


def _label(node: NamedNode) -> Literal:
    return _english(node.value.rpartition("/")[2].replace("-", " ").capitalize())


def _schema() -> Iterator[Quad]:
    for kind in KINDS:
        class_ = _fp(kind.capitalize())
        yield Quad(class_, NamedNode(RDFS + "subClassOf"), _fp("Resource"))
        yield Quad(class_, NamedNode(RDFS + "label"), _english(kind))


def _concepts(world: _World) -> Iterator[Quad]:
    for class_, concepts in (("DataType", world.data_types), ("Technique", world.techniques)):
        yield from _tree(world, _fp(class_), concepts)
    for kind, slugs in (
        ("phase", PHASES),
        ("repository-scope", SCOPES),
        ("strength", STRENGTHS),
        ("condition", [f"condition-{number}" for number in range(25)]),
    ):
        for order, concept in enumerate(_named(kind, slugs, 0), 1):
            yield Quad(concept, TYPE, _skos("Concept"))
            yield Quad(concept, _skos("prefLabel"), _label(concept))
            yield Quad(concept, _fp("order"), Literal(order))


def _tree(world: _World, class_: NamedNode, concepts: list[NamedNode]) -> Iterator[Quad]:
    for place, concept in enumerate(concepts):
        yield Quad(concept, TYPE, _skos("Concept"))
        yield Quad(concept, TYPE, class_)
        yield Quad(concept, _skos("prefLabel"), _label(concept))
        yield Quad(concept, _skos("altLabel"), _english(f"{_label(concept).value} files"))
        if place:
            near = place < len(CHAIN)
            above = concepts[place - 1] if near else world.skewed(concepts[:place])
            yield Quad(concept, _skos("broader"), above)
            yield Quad(above, _skos("narrower"), concept)


def _sources(world: _World) -> Iterator[Quad]:
    for number, source in enumerate(world.sources):
        yield Quad(source, TYPE, _fp("Source"))
        yield Quad(source, _dct("title"), _label(source))
        yield Quad(source, _dct("date"), _year(2015 + number % 11))
    for organization in world.organizations:
        yield Quad(organization, TYPE, _fp("Organization"))
        yield Quad(organization, _skos("prefLabel"), _label(organization))


def _year(year: int) -> Literal:
    return Literal(str(year), datatype=NamedNode(XSD + "gYear"))


def _day(day: int) -> Literal:
    return Literal(f"2026-02-{day:02}", datatype=NamedNode(XSD + "date"))


def _resource(world: _World, number: int) -> Iterator[Quad]:
    chance = world.chance
    kind = chance.choices(list(KINDS), [part for part, _ in KINDS.values()])[0]
    if not number:
        kind = "repository"
    resource = _id(kind, "bioimage-archive" if not number else f"{kind}-{number}")
    name = f"{chance.choice(OPENINGS)} {chance.choice(TOPICS)} {chance.choice(FORMS)} {number}"
    yield from _types(resource, kind)
    yield Quad(resource, _skos("prefLabel"), _english(name))
    for other in range(chance.randint(0, 3)):
        yield Quad(resource, _skos("altLabel"), _english(f"{name[: 4 + other]}{number}"))
    yield Quad(resource, _dct("description"), _english(f"{name} takes what its users have made."))
    yield Quad(resource, _dct("identifier"), Literal(f"r{number}"))
    yield Quad(resource, URL, NamedNode(f"https://resource-{number}.example/"))
    yield Quad(resource, _fp("operatedBy"), world.skewed(world.organizations))
    country = COUNTRIES[int(len(COUNTRIES) * chance.random() ** 2)]
    yield Quad(resource, _fp("country"), Literal(country))
    yield Quad(resource, _fp("access"), _id("access", chance.choice(ACCESSES)))
    yield Quad(resource, _fp("reach"), _id("reach", chance.choice(REACHES)))
    yield Quad(resource, _dct("modified"), _day(chance.randrange(1, 29)))
    for source in world.some(world.sources, 3):
        yield Quad(resource, _dct("source"), source)
    yield from _uses(world, resource, kind)
    yield from _status(world, resource, number)
    if chance.random() < 0.15:
        yield from _size_limit(world, resource)
    world.resources.append(resource)


def _types(resource: NamedNode, kind: str) -> Iterator[Quad]:
    for class_ in (_fp(kind.capitalize()), _fp("Resource"), DCAT_RESOURCE):
        yield Quad(resource, TYPE, class_)


def _uses(world: _World, resource: NamedNode, kind: str) -> Iterator[Quad]:
    """Yield what a resource is for, and what follows from it."""
    relation = KINDS[kind][1]
    if relation == "offersTechnique":
        for technique in world.some(world.techniques, 5):
            yield Quad(resource, _fp("offersTechnique"), technique)
        relation = "produces"
    if kind == "repository":
        scope = SCOPES[int(len(SCOPES) * world.chance.random() ** 2)]
        yield Quad(resource, _fp("repositoryScope"), _id("repository-scope", scope))
    for data_type in world.some(world.data_types, 5):
        yield Quad(resource, _fp(relation), data_type)
        yield Quad(resource, _fp("concernsData"), data_type)
    for phase in world.some(_named("phase", PHASES, 0), 3):
        yield Quad(resource, _fp("usedIn"), phase)


def _status(world: _World, resource: NamedNode, number: int) -> Iterator[Quad]:
    names, parts = ["active", "ended", "superseded", "planned"], [88, 5, 5, 2]
    status = world.chance.choices(names, parts)[0] if number else "active"
    yield Quad(resource, _fp("status"), _id("status", status))
    if status == "ended":
        yield Quad(resource, _fp("endedOn"), _year(world.chance.randint(2016, 2025)))
    if status == "superseded":
        yield Quad(resource, _dct("isReplacedBy"), world.chance.choice(world.resources))


def _size_limit(world: _World, resource: NamedNode) -> Iterator[Quad]:
    limit = NamedNode(resource.value + "#size-limit")
    yield Quad(limit, TYPE, _fp("SizeLimit"))
    yield Quad(limit, _fp("subject"), resource)
    yield Quad(limit, _fp("property"), _fp("sizeLimit"))
    yield Quad(limit, _fp("amount"), Literal(world.chance.randint(1, 50)))
    yield Quad(limit, _fp("unit"), Literal("TB"))
    yield Quad(limit, _dct("source"), world.skewed(world.sources))


def _guidance(world: _World, number: int) -> Iterator[Quad]:
    chance = world.chance
    guidance = _id("guidance", f"guidance-{number}")
    title = f"Take {chance.choice(TOPICS).lower()} data to the {chance.choice(FORMS).lower()}"
    strength = STRENGTHS[int(len(STRENGTHS) * chance.random() ** 2)]
    yield Quad(guidance, TYPE, _fp("Guidance"))
    yield Quad(guidance, _skos("prefLabel"), _english(f"{title} {number}"))
    yield Quad(guidance, _dct("description"), _english(f"{title} before the project ends."))
    yield Quad(guidance, _fp("strength"), _id("strength", strength))
    yield Quad(guidance, _dct("source"), world.skewed(world.sources))
    yield Quad(guidance, _fp("statedOn"), _year(2020))
    for data_type in world.some(world.data_types, 3):
        yield Quad(guidance, _fp("forData"), data_type)
    for phase in world.some(_named("phase", PHASES, 0), 3):
        yield Quad(guidance, _fp("inPhase"), phase)
    for resource in world.some(world.resources, 5):
        yield Quad(guidance, _fp("recommends"), resource)
    if chance.random() < 0.5:
        condition = f"condition-{chance.randrange(25)}"
        yield Quad(guidance, _fp("underCondition"), _id("condition", condition))
