"""The catalogue as a FAIR Data Point (specification 1.2): a projection, one document a node.

Its shapes and those of DCAT-AP cannot hold on one graph, so these documents have addresses of
their own, below `/fdp`, and lead from one to the next as containers do (W3C, LDP, 2015).
"""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from fingerpost import __version__
from fingerpost.errors import UnknownRecord
from fingerpost.graph.vocabulary import BASE, Term, term
from fingerpost.publish.background import CONTACT
from fingerpost.publish.listing import Catalogue, Part
from fingerpost.publish.places import PROJECT
from fingerpost.publish.terms import DATASET, DESCRIPTION, LICENCE, TITLE, english, name, say

_ENGLISH = NamedNode("http://id.loc.gov/vocabulary/iso639-1/en")
_SPECIFICATION = NamedNode("https://specs.fairdatapoint.org/fdp-specs-v1.2.html")
_CATALOGUE = "catalog/fingerpost"
_WHOLE = "graph"


def paths(found: Catalogue) -> list[str]:
    """Return the path below `/fdp` of every document, the first empty."""
    slugs = [_WHOLE, *(_slug(part) for part in found.parts)]
    return [
        "",
        _CATALOGUE,
        *(f"dataset/{slug}" for slug in slugs),
        *(f"distribution/{slug}" for slug in slugs),
    ]


def document(found: Catalogue, path: str, service: str) -> list[Triple]:
    """Return the document at a path below `/fdp`.

    Raises:
        UnknownRecord: there is none.
    """
    if path not in paths(found):
        raise UnknownRecord(f"There is nothing at /fdp/{path}. /fdp leads to everything.")
    node = NamedNode(f"{service}/fdp/{path}".rstrip("/"))
    sort, _, slug = path.partition("/")
    agent = say(PROJECT, ("rdf:type", name("foaf:Agent")), ("foaf:name", english(_PROJECT)))
    return [*_node(found, node, sort, slug, service), *agent]


_PROJECT = "The Fingerpost project"


def _node(
    found: Catalogue, node: NamedNode, sort: str, slug: str, service: str
) -> Iterator[Triple]:
    root = f"{service}/fdp"
    whole = Part(DATASET, f"{TITLE}: the whole graph", DESCRIPTION, found.edition.modified, "")
    parts = {_WHOLE: whole, **{_slug(part): part for part in found.parts}}
    match sort:
        case "":
            yield from _point(found, node, service)
        case "catalog":
            yield from _catalogue(found, node, root, list(parts))
        case "dataset":
            yield from _dataset(found, node, root, parts[slug], slug)
        case _:
            yield from _distribution(found, node, root, parts[slug], slug, service)


def _point(found: Catalogue, node: NamedNode, service: str) -> Iterator[Triple]:
    child = NamedNode(f"{node.value}/{_CATALOGUE}")
    yield from _described(found, node, TITLE, DESCRIPTION, found.edition.modified)
    yield from say(
        node,
        ("rdf:type", name("fdp:FAIRDataPoint")),
        ("rdf:type", name("fdp:MetadataService")),
        ("rdf:type", name("dcat:DataService")),
        ("dcat:endpointURL", node),
        ("fdp:conformsToFdpSpec", _SPECIFICATION),
        ("dct:conformsTo", _SPECIFICATION),
        ("fdp:metadataCatalog", child),
        ("fdp:uiLanguage", _ENGLISH),
        ("fdp:startDate", Literal(found.edition.issued, datatype=term("xsd:date"))),
        ("foaf:homepage", NamedNode(f"{service}/")),
        ("dcat:contactPoint", NamedNode(CONTACT)),
    )
    yield from _container(node, "Catalogues", "fdp:metadataCatalog", [child])


def _catalogue(found: Catalogue, node: NamedNode, root: str, slugs: list[str]) -> Iterator[Triple]:
    children = [NamedNode(f"{root}/dataset/{slug}") for slug in slugs]
    title = f"{TITLE}: the catalogue"
    yield from _described(found, node, title, DESCRIPTION, found.edition.modified)
    yield from say(
        node,
        ("rdf:type", name("dcat:Catalog")),
        ("dct:isPartOf", NamedNode(root)),
        ("dcat:themeTaxonomy", NamedNode(_THEMES)),
        ("foaf:homepage", NamedNode(BASE)),
    )
    yield from _dates(node, found.edition.issued, found.edition.modified)
    for child in children:
        yield Triple(node, name("dcat:dataset"), child)
    yield from _container(node, "Datasets", "dcat:dataset", children)


def _dataset(
    found: Catalogue, node: NamedNode, root: str, part: Part, slug: str
) -> Iterator[Triple]:
    child = NamedNode(f"{root}/distribution/{slug}")
    yield from _described(found, node, part.title, part.description, part.modified)
    yield from say(
        node,
        ("rdf:type", name("dcat:Dataset")),
        ("dct:isPartOf", NamedNode(f"{root}/{_CATALOGUE}")),
        ("dct:identifier", Literal(part.iri)),
        ("dcat:theme", name("data-theme:TECH")),
        ("dcat:keyword", english("research data management")),
        ("dcat:contactPoint", NamedNode(CONTACT)),
        ("dcat:distribution", child),
    )
    yield from _dates(node, found.edition.issued, part.modified)
    yield from _container(node, "Distributions", "dcat:distribution", [child])


def _distribution(
    found: Catalogue, node: NamedNode, root: str, part: Part, slug: str, service: str
) -> Iterator[Triple]:
    title = f"{part.title}, in Turtle"
    address = NamedNode(service + (part.path or "/dump.ttl"))
    yield from _described(found, node, title, part.description, part.modified)
    yield from say(
        node,
        ("rdf:type", name("dcat:Distribution")),
        ("dct:isPartOf", NamedNode(f"{root}/dataset/{slug}")),
        ("dcat:downloadURL", address),
        ("dcat:mediaType", Literal("text/turtle")),
    )
    yield from _dates(node, found.edition.issued, part.modified)


def _described(
    found: Catalogue, node: NamedNode, title: str, description: str, modified: str
) -> Iterator[Triple]:
    """Yield what every node says of itself and of its document."""
    yield from say(
        node,
        ("rdf:type", name("dcat:Resource")),
        ("dct:title", english(title)),
        ("dct:description", english(description)),
        ("dct:publisher", PROJECT),
        ("dcat:version", Literal(__version__)),
        ("dct:language", _ENGLISH),
        ("dct:license", LICENCE),
        ("dct:rights", name("coar:c_abf2")),
        ("fdp:metadataIdentifier", NamedNode(f"{node.value}#identifier")),
        ("fdp:metadataIssued", _moment(found.edition.issued)),
        ("fdp:metadataModified", _moment(modified)),
    )


def _dates(node: NamedNode, issued: str, modified: str) -> Iterator[Triple]:
    yield Triple(node, name("dct:issued"), _moment(issued))
    yield Triple(node, name("dct:modified"), _moment(modified))


def _container(
    node: NamedNode, title: str, relation: str, children: list[NamedNode]
) -> Iterator[Triple]:
    container = NamedNode(f"{node.value}#members")
    contained: list[tuple[str, Term]] = [("ldp:contains", child) for child in children]
    yield from say(
        container,
        ("rdf:type", name("ldp:DirectContainer")),
        ("dct:title", english(title)),
        ("ldp:membershipResource", node),
        ("ldp:hasMemberRelation", name(relation)),
        *contained,
    )


def _moment(day: str) -> Literal:
    return Literal(f"{day}T00:00:00Z", datatype=term("xsd:dateTime"))


def _slug(part: Part) -> str:
    return part.iri.rpartition("/")[2]


_THEMES = "http://publications.europa.eu/resource/authority/data-theme"
