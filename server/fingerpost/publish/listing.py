"""What the catalogue lists: the whole graph, its parts, and the forms in which they can be had."""

from collections.abc import Iterator
from dataclasses import dataclass

from fingerpost.engine import Engine, rows
from fingerpost.graph.vocabulary import BASE, GRAPHS
from fingerpost.publish.record import Edition, edition

MOST = 100_000
"""Resources that the catalogue lists one by one: as RDF each takes kilobytes of memory."""

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
_COUNT = """
PREFIX fp: <https://w3id.org/fingerpost/ontology#>
SELECT (COUNT(*) AS ?resources) WHERE { ?resource a fp:Resource }
"""
_SCHEMES = """
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?scheme ?title WHERE { ?scheme a skos:ConceptScheme ; dct:title ?title } ORDER BY ?scheme
"""


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
    """A dataset of the catalogue; its Turtle has that path at a service."""

    iri: str
    title: str
    description: str
    modified: str
    path: str
    statements: str = ""
    source: str = ""


@dataclass(frozen=True)
class Catalogue:
    """What the catalogue lists: the dates of the whole, its parts, resources and schemes.

    Of more than `MOST` resources it lists none.
    """

    edition: Edition
    parts: list[Part]
    resources: list[tuple[str, str]]
    schemes: list[tuple[str, str]]


def find(engine: Engine) -> Catalogue:
    """Return what there is to list."""
    dates = edition(engine)
    sizes = {row["graph"]: row["statements"] for row in rows.whole(engine, _SIZES)}
    sources = [
        Part(
            row["graph"],
            f"What this source says: {row['title']}",
            f"The statements of Fingerpost whose source is: {row['title']}.",
            row["modified"],
            f"/graphs/{row['graph'].removeprefix(GRAPHS)}",
            sizes.get(row["graph"], ""),
            row["source"],
        )
        for row in rows.whole(engine, _SOURCES)
        if row["graph"] in sizes
    ]
    return Catalogue(
        dates,
        [*_own(dates), *sources],
        _resources(engine),
        [(row["scheme"], row["title"]) for row in rows.whole(engine, _SCHEMES)],
    )


def _resources(engine: Engine) -> list[tuple[str, str]]:
    """Return the resources and their titles, unless they are too many for one document."""
    ((number,),) = (row.values() for row in rows.whole(engine, _COUNT))
    if int(number) > MOST:
        return []
    return [(row["resource"], row["title"]) for row in rows.whole(engine, _RESOURCES)]


def _own(dates: Edition) -> Iterator[Part]:
    for slug, title, description in (
        ("ontology", "The Fingerpost ontology", "The terms that the graph is written in."),
        ("shapes", "The shapes of Fingerpost", "What records must say, in SHACL."),
    ):
        yield Part(BASE + slug, title, description, dates.terms, f"/{slug}.ttl")
