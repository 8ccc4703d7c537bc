"""The vocabularies that descriptions are written in, and the names of nodes inside one."""

from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from fingerpost.graph.vocabulary import BASE, Term, curie, term

TITLE = "Fingerpost"
DESCRIPTION = "Where life-science data can go, for every phase of its life cycle, and who says so."
LICENCE = NamedNode("https://creativecommons.org/publicdomain/zero/1.0/")
"""Of the data."""
DATASET = BASE + "dataset"
"""The whole graph."""

AUTHORITY = "http://publications.europa.eu/resource/authority/"
"""Where the codes of the EU Publications Office lie."""
VOCABULARIES = {
    "access-right": AUTHORITY + "access-right/",
    "adms": "http://www.w3.org/ns/adms#",
    "coar": "http://purl.org/coar/access_right/",
    "dcatap": "http://data.europa.eu/r5r/",
    "ext": "http://ldf.fi/void-ext#",
    "fdp": "https://w3id.org/fdp/fdp-o#",
    "file-type": AUTHORITY + "file-type/",
    "format": "http://www.w3.org/ns/formats/",
    "language": AUTHORITY + "language/",
    "ldp": "http://www.w3.org/ns/ldp#",
    "media": "https://www.iana.org/assignments/media-types/",
    "doc": "http://www.w3.org/2000/10/swap/pim/doc#",
    "schemas": "https://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "spdx": "http://spdx.org/rdf/terms#",
    "data-theme": AUTHORITY + "data-theme/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
}
"""Those that only descriptions use; readers of examples know schema.org by https."""


@lru_cache(maxsize=1024)
def name(curie_: str) -> NamedNode:
    """Return the IRI of a prefixed name, of a description's prefixes or of the repository's."""
    prefix, _, local = curie_.partition(":")
    if prefix in VOCABULARIES:
        return NamedNode(VOCABULARIES[prefix] + local)
    return term(curie_)


def inside(node: str, *parts: str) -> NamedNode:
    """Return the IRI of what belongs to `node` only: a fragment of its address, of `parts`."""
    return NamedNode(node + ("/" if "#" in node else "#") + "/".join(parts))


@lru_cache(maxsize=4096)
def key(iri: str) -> str:
    """Return a name for `iri` that may stand in a fragment; two IRIs never share one."""
    short = curie(iri)
    return quote(iri, safe="") if short == iri else short


def number(text: str) -> Literal:
    """Return a count, given in digits."""
    return Literal(text, datatype=term("xsd:integer"))


def english(text: str) -> Literal:
    """Return a text in English."""
    return Literal(text, language="en")


def say(node: NamedNode, *pairs: tuple[str, Term]) -> Iterator[Triple]:
    """Yield statements of one node, each by property and value."""
    return (Triple(node, name(property_), value) for property_, value in pairs)
