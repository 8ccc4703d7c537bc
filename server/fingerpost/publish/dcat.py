"""The service as a catalogue: DCAT 3 (W3C, 2024), by the profile DCAT-AP 3.0.1.

One dataset is the whole graph; the ontology, the shapes and what each source says are datasets of
their own. What lies in registries' snapshots is not ours to offer. The types of others' concepts
are told too, since the profile asks for them.
"""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from fingerpost import __version__
from fingerpost.graph.vocabulary import BASE, TYPE, Term
from fingerpost.publish import background, places
from fingerpost.publish.listing import DUMPS, Catalogue, File, Part, find
from fingerpost.publish.places import PROJECT
from fingerpost.publish.record import Edition, day
from fingerpost.publish.schema_org import CATALOGUE, KEYWORDS
from fingerpost.publish.terms import (
    AUTHORITY,
    DATASET,
    DESCRIPTION,
    LICENCE,
    TITLE,
    english,
    name,
    number,
    say,
)

__all__ = ["DUMPS", "Catalogue", "File", "find", "statements"]

SPARQL = BASE + "sparql"
QUERIES = BASE + "queries"

_GZIP = "application/gzip"


def statements(found: Catalogue, service: str) -> list[Triple]:
    """Return the catalogue, as the service at that address publishes it; no blank nodes."""
    return [
        *_catalogue(found, service),
        *_whole(found, service),
        *(triple for part in found.parts for triple in _part(part, found.edition, service)),
        *_services(service),
        *_resources(found, service),
        *background.people(service),
        *background.concepts(sorted({file.media_type for file in DUMPS} | {_GZIP})),
    ]


def _catalogue(found: Catalogue, service: str) -> Iterator[Triple]:
    node = NamedNode(CATALOGUE)
    yield from say(
        node,
        *_described("dcat:Catalog", f"{TITLE}: the catalogue", DESCRIPTION),
        *_dated(found.edition.issued, found.edition.modified),
        ("dct:creator", PROJECT),
        ("dct:identifier", Literal(CATALOGUE)),
        ("foaf:homepage", NamedNode(f"{service}/")),
        ("dcat:dataset", NamedNode(DATASET)),
        ("dcat:service", NamedNode(SPARQL)),
        ("dcat:service", NamedNode(QUERIES)),
        ("dcat:themeTaxonomy", NamedNode(AUTHORITY + "data-theme")),
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
        *_dated(found.edition.issued, found.edition.modified),
        ("dct:language", name("language:ENG")),
    )


def _whole(found: Catalogue, service: str) -> Iterator[Triple]:
    node = NamedNode(DATASET)
    yield from say(
        node,
        *_described("dcat:Dataset", f"{TITLE}: the whole graph", DESCRIPTION),
        *_dated(found.edition.issued, found.edition.modified),
        ("dct:creator", PROJECT),
        ("dct:identifier", Literal(DATASET)),
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
        *_described(
            "dcat:Distribution",
            "The whole graph by SPARQL",
            "Any part of the graph, by a query of your own.",
        ),
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
        *_described("dcat:Distribution", title, f"{title}, made anew with every change."),
        ("dcat:accessURL", NamedNode(access)),
        ("dcat:downloadURL", NamedNode(f"{service}/dump.{file.suffix}")),
        ("dcat:mediaType", name(f"media:{file.media_type}")),
        ("dct:format", name(f"file-type:{file.code}")),
        *_kept(),
    )
    if file.packed:
        yield Triple(node, name("dcat:compressFormat"), name(f"media:{_GZIP}"))


def _part(part: Part, dates: Edition, service: str) -> Iterator[Triple]:
    node = NamedNode(part.iri)
    address = NamedNode(service + part.path)
    turtle = NamedNode(f"{part.iri}#turtle" if "#" not in part.iri else f"{part.iri}-turtle")
    yield from say(
        node,
        *_described("dcat:Dataset", part.title, part.description),
        *_dated(dates.issued, part.modified),
        ("dct:creator", PROJECT),
        ("dct:isPartOf", NamedNode(DATASET)),
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
        *_described("dcat:Distribution", f"{part.title}, in Turtle", part.description),
        ("dcat:accessURL", address),
        ("dcat:downloadURL", address),
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
            *_described("dcat:DataService", title, text),
            ("dcat:endpointURL", NamedNode(service + path)),
            ("dcat:endpointDescription", NamedNode(service + description)),
            ("dcat:servesDataset", NamedNode(DATASET)),
            ("dct:conformsTo", NamedNode(standard)),
            ("dct:accessRights", name("access-right:PUBLIC")),
            ("dct:license", LICENCE),
            ("dct:publisher", PROJECT),
            ("dcat:contactPoint", NamedNode(background.CONTACT)),
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


def _described(type_: str, title: str, description: str) -> Iterator[tuple[str, Term]]:
    yield "rdf:type", name(type_)
    yield "dct:title", english(title)
    yield "dct:description", english(description)


def _dated(issued: str, modified: str) -> Iterator[tuple[str, Term]]:
    yield "dct:issued", day(issued)
    yield "dct:modified", day(modified)


def _shared() -> Iterator[tuple[str, Term]]:
    yield "dct:publisher", PROJECT
    yield "dct:license", LICENCE
    yield "dct:language", name("language:ENG")
    yield "dct:spatial", NamedNode(AUTHORITY + "country/SWE")
    yield "dct:spatial", NamedNode(AUTHORITY + "continent/EUROPE")


def _open() -> Iterator[tuple[str, Term]]:
    yield from _shared()
    yield "dct:accessRights", name("access-right:PUBLIC")
    yield "dcat:contactPoint", NamedNode(background.CONTACT)
    yield "dcat:theme", name("data-theme:TECH")


def _kept() -> Iterator[tuple[str, Term]]:
    yield "dct:license", LICENCE
    yield "dcatap:availability", NamedNode(AUTHORITY + "planned-availability/STABLE")
