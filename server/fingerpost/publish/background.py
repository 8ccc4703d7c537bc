"""What the catalogue refers to: who makes the data, and the concepts and standards of others."""

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Triple

from fingerpost.graph.vocabulary import BASE, TYPE
from fingerpost.publish.places import PROJECT
from fingerpost.publish.terms import AUTHORITY, LICENCE, english, name, say

CONTACT = BASE + "about#contact"

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
"""Codes that are used, and what the profile asks them to be."""
_STANDARDS = {
    "https://www.w3.org/TR/sparql11-protocol/": "SPARQL 1.1 Protocol",
    "https://spec.openapis.org/oas/v3.1.0": "OpenAPI 3.1",
    "https://www.w3.org/TR/turtle/": "RDF 1.1 Turtle",
}
_PUBLIC_DOMAIN = "http://purl.org/adms/licencetype/PublicDomain"
_ACADEMIC = "http://purl.org/adms/publishertype/Academia-ScientificOrganisation"


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


def concepts(media_types: Iterable[str]) -> Iterator[Triple]:
    """Yield what the concepts and standards of others are, as far as they are used."""
    for scheme, code, label, type_ in _CODES:
        node = NamedNode(f"{AUTHORITY}{scheme}/{code}")
        yield from _concept(node, label, AUTHORITY + scheme)
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
    for media_type in media_types:
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
