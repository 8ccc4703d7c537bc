"""What the document about one thing says: the thing, and, apart from it, the document.

The description is bounded: everything that is said of the thing, claims included; its sources
and the guidance that recommends it; the names of what it leads to; and what leads to it, by name.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from fingerpost import __version__, clock
from fingerpost.engine import Engine, rows
from fingerpost.graph.vocabulary import BASE, TYPE, kind_and_slug, term
from fingerpost.publish import places
from fingerpost.publish.places import PROJECT
from fingerpost.publish.statements import Statements, construct
from fingerpost.publish.terms import DATASET, LICENCE, english, name

MOST = 500
"""The most things that are named as leading to another; there may be more."""

_PREFIXES = """
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX fp: <https://w3id.org/fingerpost/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <http://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sssom: <https://w3id.org/sssom/>
"""
_SAID = (
    _PREFIXES
    + """
CONSTRUCT {{ ?subject ?property ?value }}
WHERE {{
  {{ BIND (<{iri}> AS ?subject) ?subject ?property ?value . }}
  UNION
  {{ ?subject fp:subject|sssom:subject_id <{iri}> ; ?property ?value . }}
  UNION
  {{ ?subject fp:recommends <{iri}> ; ?property ?value . }}
}}
"""
)
_SOURCES = (
    _PREFIXES
    + """
CONSTRUCT {{ ?source ?property ?value }}
WHERE {{
  {{ SELECT DISTINCT ?source WHERE {{
    {{ <{iri}> dct:source ?source }}
    UNION {{ ?claim fp:subject <{iri}> ; dct:source ?source }}
    UNION {{ ?guidance fp:recommends <{iri}> ; dct:source ?source }}
  }} }}
  ?source ?property ?value .
  FILTER (?property IN (skos:prefLabel, schema:url, dct:date, dct:license, fp:retrievedOn))
}}
"""
)
_NAMES = (
    _PREFIXES
    + """
CONSTRUCT {{ ?value ?naming ?name }}
WHERE {{
  {{ SELECT DISTINCT ?value WHERE {{
    {{ <{iri}> ?property ?value }}
    UNION {{ ?claim fp:subject <{iri}> ; ?property ?value }}
    UNION {{ ?guidance fp:recommends <{iri}> ; ?property ?value }}
    FILTER (isIRI(?value))
  }} }}
  ?value ?naming ?name .
  FILTER (?naming IN (skos:prefLabel, dct:title))
}}
"""
)
_LEADING = (
    _PREFIXES
    + """
CONSTRUCT {{ ?subject ?property <{iri}> ; skos:prefLabel ?name }}
WHERE {{
  SELECT ?subject ?property ?name WHERE {{
    ?subject ?property <{iri}> ; skos:prefLabel ?name .
    FILTER (?property NOT IN (
      skos:broaderTransitive, skos:narrowerTransitive, skos:semanticRelation,
      fp:subject, sssom:subject_id
    ))
  }}
  ORDER BY ?property ?subject ?name
  LIMIT {most}
}}
"""
)
_EDITION = (
    _PREFIXES
    + """
SELECT (MAX(COALESCE(STR(?first), "")) AS ?issued)
  (MAX(COALESCE(STR(?change), "")) AS ?changed)
  (MAX(COALESCE(STR(?modified), "")) AS ?latest)
WHERE {
  { <https://w3id.org/fingerpost/ontology> dct:issued ?first }
  UNION { <https://w3id.org/fingerpost/ontology> dct:modified ?change }
  UNION { ?record dct:modified ?modified }
}
"""
)


@dataclass(frozen=True)
class Edition:
    """The dataset as it is published: when first, when the terms and the records last changed."""

    issued: str
    terms: str
    modified: str


@dataclass(frozen=True)
class Record:
    """A thing and what is said of it, for the document about it."""

    kind: str
    slug: str
    iri: NamedNode
    about: Statements
    edition: Edition

    @property
    def document(self) -> NamedNode:
        """The document, which is not the thing."""
        return places.document(self.iri.value)

    @property
    def name(self) -> str:
        """What the thing is called."""
        return self.about.name(self.iri) or self.slug

    @property
    def description(self) -> str:
        """What the thing is, in a sentence or two; empty if nobody says so."""
        return self.about.text(self.iri, "dct:description", "skos:definition")

    @property
    def modified(self) -> str:
        """The day on which what is said of it last changed."""
        return self.about.text(self.iri, "dct:modified") or self.edition.terms

    @property
    def keywords(self) -> list[str]:
        """Words that lead to it: its own names, and those of the concepts that it is about."""
        found = [self.kind.replace("-", " "), *self.about.texts(self.iri, "skos:altLabel")]
        for property_, values in self.about.properties(self.iri):
            if property_.value.startswith(BASE):
                found.extend(self.about.name(value) for value in values)
        return [word for word in dict.fromkeys(found) if word]


def edition(engine: Engine) -> Edition:
    """Return the dates of the dataset; a graph that tells none is one of today."""
    (row,) = rows.soon(engine, _EDITION)
    known = [row[name] for name in ("latest", "changed", "issued") if row.get(name)]
    latest, *_ = [*known, clock.today().isoformat()]
    return Edition(row.get("issued") or latest, row.get("changed") or latest, latest)


def find(engine: Engine, iri: str) -> Record:
    """Return what the graph says of a thing, within the bounds of a document."""
    kind, slug = kind_and_slug(iri) or ("", "")
    said = Statements(
        triple
        for text in (_SAID, _SOURCES, _NAMES, _LEADING)
        for triple in construct(engine, text.format(iri=iri, most=MOST))
    )
    return Record(kind, slug, NamedNode(iri), said, edition(engine))


def statements(record: Record, service: str) -> list[Triple]:
    """Return the whole document, as the service at that address publishes it."""
    return [*record.about.triples, *_document(record, service), *project()]


def project() -> Iterator[Triple]:
    """Yield who makes the data."""
    yield Triple(PROJECT, TYPE, name("foaf:Agent"))
    yield Triple(PROJECT, name("foaf:name"), english("The Fingerpost project"))


def day(text: str) -> Literal:
    """Return a date."""
    return Literal(text, datatype=term("xsd:date"))


def _document(record: Record, service: str) -> Iterator[Triple]:
    node = record.document
    page = service + places.path(record.iri.value)
    yield Triple(node, TYPE, name("dcat:Dataset"))
    yield Triple(node, TYPE, name("foaf:Document"))
    yield Triple(node, name("dct:title"), english(f"{record.name}: the record of Fingerpost"))
    yield Triple(node, name("dct:description"), english(summary(record)))
    yield Triple(node, name("dct:identifier"), Literal(node.value))
    yield Triple(node, name("foaf:primaryTopic"), record.iri)
    yield Triple(node, name("dct:isPartOf"), NamedNode(DATASET))
    for property_ in ("dct:creator", "dct:publisher", "prov:wasAttributedTo"):
        yield Triple(node, name(property_), PROJECT)
    yield Triple(node, name("dct:issued"), day(record.edition.issued))
    yield Triple(node, name("dct:modified"), day(record.modified))
    yield Triple(node, name("dcat:version"), Literal(__version__))
    for word in record.keywords:
        yield Triple(node, name("dcat:keyword"), english(word))
    for source in record.about.iris(record.iri, "dct:source"):
        yield Triple(node, name("prov:wasDerivedFrom"), source)
    yield from rights(node)
    yield Triple(node, name("doc:persistencePolicy"), NamedNode(BASE + "about/policy#persistence"))
    yield Triple(node, name("dcat:landingPage"), NamedNode(page))
    yield from _distribution(node, page)


def rights(node: NamedNode) -> Iterator[Triple]:
    """Yield that anybody may use what a node stands for, and by which licence."""
    yield Triple(node, name("dct:license"), LICENCE)
    yield Triple(node, name("dct:accessRights"), name("access-right:PUBLIC"))
    yield Triple(node, name("dct:rights"), name("coar:c_abf2"))
    yield Triple(node, name("dct:language"), name("language:ENG"))


def summary(record: Record) -> str:
    """Return what the document is about, in a sentence or two."""
    what = (
        f"What Fingerpost knows of {record.name} ({record.kind.replace('-', ' ')}), with sources."
    )
    return f"{what} {record.description}".strip()


def _distribution(node: NamedNode, page: str) -> Iterator[Triple]:
    found = NamedNode(f"{node.value}.ttl")
    yield Triple(node, name("dcat:distribution"), found)
    yield Triple(found, TYPE, name("dcat:Distribution"))
    yield Triple(found, name("dct:title"), english("The record in Turtle"))
    yield Triple(found, name("dcat:accessURL"), NamedNode(page))
    yield Triple(found, name("dcat:downloadURL"), NamedNode(f"{page}.ttl"))
    yield Triple(found, name("dcat:mediaType"), name("media:text/turtle"))
    yield Triple(found, name("dct:format"), name("file-type:RDF_TURTLE"))
    yield Triple(found, name("dct:license"), LICENCE)
