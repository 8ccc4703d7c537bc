"""The service as a catalogue: DCAT 3 (W3C, 2024), by the profile DCAT-AP 3.0.1.

One dataset is the whole graph; the ontology, the shapes and what each source says are datasets of
their own. What lies in registries' snapshots is not ours to offer. The types of others' concepts
are told too, since the profile asks for them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from fingerpost import __version__
from fingerpost.engine import Engine, rows
from fingerpost.graph.vocabulary import BASE, GRAPHS, TYPE, Term
from fingerpost.publish import places
from fingerpost.publish.places import PROJECT
from fingerpost.publish.record import Edition, day, edition
from fingerpost.publish.schema_org import CATALOGUE, KEYWORDS
from fingerpost.publish.terms import (
    DATASET,
    DESCRIPTION,
    LICENCE,
    TITLE,
    english,
    name,
    number,
)

SPARQL = BASE + "sparql"
QUERIES = BASE + "queries"
CONTACT = BASE + "about#contact"

_SOURCES = """
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?graph ?source (MIN(?label) AS ?title) (MAX(STR(?changed)) AS ?modified)
WHERE {
  ?graph prov:wasDerivedFrom ?source .
  ?source skos:prefLabel ?label ; dct:modified ?changed .
  FILTER (LANG(?label) = "en")
}
GROUP BY ?graph ?source
ORDER BY ?graph
LIMIT 20000
"""
_SIZES = """
SELECT ?graph (COUNT(*) AS ?statements)
WHERE { GRAPH ?graph { ?subject ?property ?value } FILTER (isIRI(?graph)) }
GROUP BY ?graph
"""
_RESOURCES = """
PREFIX fp: <https://w3id.org/fingerpost/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?resource (MIN(?label) AS ?title)
WHERE { ?resource a fp:Resource ; skos:prefLabel ?label . FILTER (LANG(?label) = "en") }
GROUP BY ?resource
ORDER BY ?resource
"""
_SCHEMES = """
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?scheme ?title WHERE { ?scheme a skos:ConceptScheme ; dct:title ?title } ORDER BY ?scheme
"""
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_CODES = (
    ("access-right", "PUBLIC", "public", "dct:RightsStatement"),
    ("language", "ENG", "English", "dct:LinguisticSystem"),
    ("data-theme", "TECH", "Science and technology", ""),
    ("planned-availability", "STABLE", "stable", ""),
    ("file-type", "RDF_TURTLE", "RDF Turtle", "dct:MediaTypeOrExtent"),
    ("file-type", "RDF_N_QUADS", "RDF N-Quads", "dct:MediaTypeOrExtent"),
    ("file-type", "JSON_LD", "JSON-LD", "dct:MediaTypeOrExtent"),
    ("file-type", "SPARQLQRES", "SPARQL query results", "dct:MediaTypeOrExtent"),
    ("country", "SWE", "Sweden", "dct:Location"),
    ("continent", "EUROPE", "Europe", "dct:Location"),
)
"""Codes of the EU Publications Office that are used, and what the profile asks them to be."""
_STANDARDS = {
    "https://www.w3.org/TR/sparql11-protocol/": "SPARQL 1.1 Protocol",
    "https://spec.openapis.org/oas/v3.1.0": "OpenAPI 3.1",
    "https://www.w3.org/TR/turtle/": "RDF 1.1 Turtle",
}
_PUBLIC_DOMAIN = "http://purl.org/adms/licencetype/PublicDomain"
_ACADEMIC = "http://purl.org/adms/publishertype/Academia-ScientificOrganisation"


@dataclass(frozen=True)
class File:
    """A form in which a dataset can be had: suffix, media type, code of the EU, whether packed."""

    suffix: str
    media_type: str
    code: str
    packed: bool = False


DUMPS = tuple(
    File(suffix + end, media_type, code, packed=bool(end))
    for suffix, media_type, code in (
        ("ttl", "text/turtle", "RDF_TURTLE"),
        ("nq", "application/n-quads", "RDF_N_QUADS"),
        ("jsonld", "application/ld+json", "JSON_LD"),
    )
    for end in ("", ".gz")
)
"""The downloads of the whole graph."""


@dataclass(frozen=True)
class Part:
    """A dataset of the catalogue, and the address of its Turtle."""

    iri: str
    title: str
    description: str
    modified: str
    address: str
    statements: str = ""
    source: str = ""


@dataclass(frozen=True)
class Catalogue:
    """What the catalogue lists: the dates of the whole, its parts, resources and schemes."""

    edition: Edition
    parts: list[Part]
    resources: list[tuple[str, str]]
    schemes: list[tuple[str, str]]


def find(engine: Engine, service: str) -> Catalogue:
    """Return what there is to list, at the service of that address."""
    dates = edition(engine)
    sizes = {row["graph"]: row["statements"] for row in rows.select(engine, _SIZES)}
    sources = [
        Part(
            row["graph"],
            f"What this source says: {row['title']}",
            f"The statements of Fingerpost whose source is: {row['title']}.",
            row["modified"],
            f"{service}/graphs/{row['graph'].removeprefix(GRAPHS)}",
            sizes.get(row["graph"], ""),
            row["source"],
        )
        for row in rows.select(engine, _SOURCES)
        if row["graph"] in sizes
    ]
    return Catalogue(
        dates,
        [*_own(dates, service), *sources],
        [(row["resource"], row["title"]) for row in rows.select(engine, _RESOURCES)],
        [(row["scheme"], row["title"]) for row in rows.select(engine, _SCHEMES)],
    )


def _own(dates: Edition, service: str) -> Iterator[Part]:
    for slug, title, description in (
        ("ontology", "The Fingerpost ontology", "The terms that the graph is written in."),
        ("shapes", "The shapes of Fingerpost", "What records must say, in SHACL."),
    ):
        yield Part(BASE + slug, title, description, dates.terms, f"{service}/{slug}.ttl")


def statements(found: Catalogue, service: str) -> list[Triple]:
    """Return the catalogue, as the service at that address publishes it; no blank nodes."""
    return [
        *_catalogue(found, service),
        *_whole(found, service),
        *(triple for part in found.parts for triple in _part(part, found.edition)),
        *_services(service),
        *_resources(found, service),
        *people(service),
        *background(),
    ]


def _catalogue(found: Catalogue, service: str) -> Iterator[Triple]:
    node = NamedNode(CATALOGUE)
    yield from say(
        node,
        ("rdf:type", name("dcat:Catalog")),
        ("dct:title", english(f"{TITLE}: the catalogue")),
        ("dct:description", english(DESCRIPTION)),
        ("dct:creator", PROJECT),
        ("dct:identifier", Literal(CATALOGUE)),
        ("foaf:homepage", NamedNode(f"{service}/")),
        ("dct:issued", day(found.edition.issued)),
        ("dct:modified", day(found.edition.modified)),
        ("dcat:dataset", NamedNode(DATASET)),
        ("dcat:service", NamedNode(SPARQL)),
        ("dcat:service", NamedNode(QUERIES)),
        ("dcat:themeTaxonomy", NamedNode(_AUTHORITY + "data-theme")),
        ("dcat:record", NamedNode(CATALOGUE + "#record")),
        *_shared(),
    )
    for part in found.parts:
        yield Triple(node, name("dcat:dataset"), NamedNode(part.iri))
    for scheme, title in found.schemes:
        yield Triple(node, name("dcat:themeTaxonomy"), NamedNode(scheme))
        yield Triple(NamedNode(scheme), TYPE, name("skos:ConceptScheme"))
        yield Triple(NamedNode(scheme), name("dct:title"), english(title))
    yield from say(
        NamedNode(CATALOGUE + "#record"),
        ("rdf:type", name("dcat:CatalogRecord")),
        ("foaf:primaryTopic", NamedNode(DATASET)),
        ("dct:issued", day(found.edition.issued)),
        ("dct:modified", day(found.edition.modified)),
        ("dct:language", name("language:ENG")),
    )


def _whole(found: Catalogue, service: str) -> Iterator[Triple]:
    node = NamedNode(DATASET)
    yield from say(
        node,
        ("rdf:type", name("dcat:Dataset")),
        ("dct:title", english(f"{TITLE}: the whole graph")),
        ("dct:description", english(DESCRIPTION)),
        ("dct:creator", PROJECT),
        ("dct:identifier", Literal(DATASET)),
        ("dct:issued", day(found.edition.issued)),
        ("dct:modified", day(found.edition.modified)),
        ("dcat:version", Literal(__version__)),
        ("dcat:landingPage", NamedNode(f"{service}/")),
        ("dct:conformsTo", NamedNode(BASE + "shapes")),
        ("doc:persistencePolicy", NamedNode(BASE + "about/policy#persistence")),
        *(("dcat:keyword", english(word)) for word in KEYWORDS),
        *_open(),
    )
    for file in DUMPS:
        access = f"{service}/catalog"
        title = f"The whole graph as {file.suffix}"
        yield from _file(node, f"{DATASET}#{file.suffix}", title, access, service, file)
    yield from say(
        NamedNode(DATASET + "#sparql"),
        ("rdf:type", name("dcat:Distribution")),
        ("dct:title", english("The whole graph by SPARQL")),
        ("dct:description", english("Any part of the graph, by a query of your own.")),
        ("dcat:accessURL", NamedNode(f"{service}/sparql")),
        ("dcat:accessService", NamedNode(SPARQL)),
        ("dct:format", name("file-type:SPARQLQRES")),
        *_kept(),
    )
    yield Triple(node, name("dcat:distribution"), NamedNode(DATASET + "#sparql"))


def _file(
    of: NamedNode, iri: str, title: str, access: str, service: str, file: File
) -> Iterator[Triple]:
    node = NamedNode(iri)
    yield Triple(of, name("dcat:distribution"), node)
    yield from say(
        node,
        ("rdf:type", name("dcat:Distribution")),
        ("dct:title", english(title)),
        ("dct:description", english(f"{title}, made anew with every change.")),
        ("dcat:accessURL", NamedNode(access)),
        ("dcat:downloadURL", NamedNode(f"{service}/dump.{file.suffix}")),
        ("dcat:mediaType", name(f"media:{file.media_type}")),
        ("dct:format", name(f"file-type:{file.code}")),
        *_kept(),
    )
    if file.packed:
        yield Triple(node, name("dcat:compressFormat"), name("media:application/gzip"))


def _part(part: Part, dates: Edition) -> Iterator[Triple]:
    node = NamedNode(part.iri)
    turtle = NamedNode(f"{part.iri}#turtle" if "#" not in part.iri else f"{part.iri}-turtle")
    yield from say(
        node,
        ("rdf:type", name("dcat:Dataset")),
        ("dct:title", english(part.title)),
        ("dct:description", english(part.description)),
        ("dct:creator", PROJECT),
        ("dct:isPartOf", NamedNode(DATASET)),
        ("dct:issued", day(dates.issued)),
        ("dct:modified", day(part.modified)),
        ("dcat:version", Literal(__version__)),
        ("dcat:keyword", english("research data management")),
        ("dcat:distribution", turtle),
        *_open(),
    )
    if part.statements:
        yield Triple(node, name("void:triples"), number(part.statements))
    if part.source:
        yield Triple(node, name("prov:wasDerivedFrom"), NamedNode(part.source))
    yield from say(
        turtle,
        ("rdf:type", name("dcat:Distribution")),
        ("dct:title", english(f"{part.title}, in Turtle")),
        ("dct:description", english(part.description)),
        ("dcat:accessURL", NamedNode(part.address)),
        ("dcat:downloadURL", NamedNode(part.address)),
        ("dcat:mediaType", name("media:text/turtle")),
        ("dct:format", name("file-type:RDF_TURTLE")),
        *_kept(),
    )


def _services(service: str) -> Iterator[Triple]:
    for iri, path, title, text, standard, description in (
        (
            SPARQL,
            "/sparql",
            f"{TITLE}: SPARQL",
            "The whole graph, asked by SPARQL 1.1 over HTTP.",
            "https://www.w3.org/TR/sparql11-protocol/",
            "/sparql",
        ),
        (
            QUERIES,
            "/queries",
            f"{TITLE}: saved queries",
            "Questions that are asked often, each with parameters and answers as tables.",
            "https://spec.openapis.org/oas/v3.1.0",
            "/openapi.json",
        ),
    ):
        yield from say(
            NamedNode(iri),
            ("rdf:type", name("dcat:DataService")),
            ("dct:title", english(title)),
            ("dct:description", english(text)),
            ("dcat:endpointURL", NamedNode(service + path)),
            ("dcat:endpointDescription", NamedNode(service + description)),
            ("dcat:servesDataset", NamedNode(DATASET)),
            ("dct:conformsTo", NamedNode(standard)),
            ("dct:accessRights", name("access-right:PUBLIC")),
            ("dct:license", LICENCE),
            ("dct:publisher", PROJECT),
            ("dcat:contactPoint", NamedNode(CONTACT)),
            ("dcat:theme", name("data-theme:TECH")),
            *(("dcat:keyword", english(word)) for word in KEYWORDS),
        )


def _resources(found: Catalogue, service: str) -> Iterator[Triple]:
    """Yield what the records are about, as members of the catalogue."""
    for iri, title in found.resources:
        node = NamedNode(iri)
        page = NamedNode(service + places.path(iri))
        yield Triple(NamedNode(CATALOGUE), name("dcat:resource"), node)
        yield Triple(node, TYPE, name("dcat:Resource"))
        yield Triple(node, name("dct:title"), english(title))
        yield Triple(node, name("dcat:landingPage"), page)
        yield Triple(page, TYPE, name("foaf:Document"))


def _shared() -> Iterator[tuple[str, Term]]:
    yield "dct:publisher", PROJECT
    yield "dct:license", LICENCE
    yield "dct:language", name("language:ENG")
    yield "dct:spatial", NamedNode(_AUTHORITY + "country/SWE")
    yield "dct:spatial", NamedNode(_AUTHORITY + "continent/EUROPE")


def _open() -> Iterator[tuple[str, Term]]:
    yield from _shared()
    yield "dct:accessRights", name("access-right:PUBLIC")
    yield "dcat:contactPoint", NamedNode(CONTACT)
    yield "dcat:theme", name("data-theme:TECH")


def _kept() -> Iterator[tuple[str, Term]]:
    yield "dct:license", LICENCE
    yield "dcatap:availability", NamedNode(_AUTHORITY + "planned-availability/STABLE")


def people(service: str) -> Iterator[Triple]:
    """Yield who makes the data, and where to turn."""
    about = NamedNode(f"{service}/about")
    yield from say(
        PROJECT,
        ("rdf:type", name("foaf:Agent")),
        ("foaf:name", english("The Fingerpost project")),
        ("dct:type", NamedNode(_ACADEMIC)),
    )
    yield from say(
        NamedNode(CONTACT),
        ("rdf:type", name("vcard:Kind")),
        ("rdf:type", name("vcard:Organization")),
        ("vcard:fn", english("The Fingerpost project")),
        ("vcard:hasURL", about),
    )
    for page in (about, NamedNode(f"{service}/"), NamedNode(f"{service}/catalog")):
        yield Triple(page, TYPE, name("foaf:Document"))


def background() -> Iterator[Triple]:
    """Yield what the concepts and standards of others are, as far as they are used."""
    for scheme, code, label, type_ in _CODES:
        node = NamedNode(f"{_AUTHORITY}{scheme}/{code}")
        yield from _concept(node, label, _AUTHORITY + scheme)
        if type_:
            yield Triple(node, TYPE, name(type_))
    yield from _concept(
        NamedNode(_PUBLIC_DOMAIN), "Public domain", "http://purl.org/adms/licencetype/1.0"
    )
    yield from _concept(
        NamedNode(_ACADEMIC),
        "Academia or scientific organisation",
        "http://purl.org/adms/publishertype/1.0",
    )
    for iri, title in _STANDARDS.items():
        yield Triple(NamedNode(iri), TYPE, name("dct:Standard"))
        yield Triple(NamedNode(iri), name("dct:title"), english(title))
    yield Triple(NamedNode(BASE + "shapes"), TYPE, name("dct:Standard"))
    yield Triple(LICENCE, TYPE, name("dct:LicenseDocument"))
    yield Triple(LICENCE, name("dct:type"), NamedNode(_PUBLIC_DOMAIN))
    for media_type in sorted({file.media_type for file in DUMPS} | {"application/gzip"}):
        yield Triple(name(f"media:{media_type}"), TYPE, name("dct:MediaType"))
        yield Triple(name(f"media:{media_type}"), TYPE, name("dct:MediaTypeOrExtent"))


def _concept(node: NamedNode, label: str, scheme: str) -> Iterator[Triple]:
    yield from say(
        node,
        ("rdf:type", name("skos:Concept")),
        ("skos:prefLabel", english(label)),
        ("skos:inScheme", NamedNode(scheme)),
    )
    yield Triple(NamedNode(scheme), TYPE, name("skos:ConceptScheme"))
    title = scheme.removesuffix("/1.0").rpartition("/")[2].replace("-", " ")
    yield Triple(NamedNode(scheme), name("dct:title"), english(title))


def say(node: NamedNode, *pairs: tuple[str, Term]) -> Iterator[Triple]:
    """Yield statements of one node, each by property and value."""
    return (Triple(node, name(property_), value) for property_, value in pairs)
