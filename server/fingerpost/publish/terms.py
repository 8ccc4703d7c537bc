"""The vocabularies that descriptions are written in, and the names of nodes inside one."""

from functools import lru_cache
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from fingerpost.graph.vocabulary import curie, term

TITLE = "Fingerpost"
DESCRIPTION = "Where life-science data can go, for every phase of its life cycle, and who says so."
LICENCE = NamedNode("https://creativecommons.org/publicdomain/zero/1.0/")
"""Of the data."""

_VOCABULARIES = {
    "ext": "http://ldf.fi/void-ext#",
    "format": "http://www.w3.org/ns/formats/",
    "schemas": "https://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "void": "http://rdfs.org/ns/void#",
}
"""Those that only descriptions use; readers of examples know schema.org by https."""


@lru_cache(maxsize=1024)
def name(curie_: str) -> NamedNode:
    """Return the IRI of a prefixed name, of the repository's prefixes or of a description's."""
    prefix, _, local = curie_.partition(":")
    if prefix in _VOCABULARIES:
        return NamedNode(_VOCABULARIES[prefix] + local)
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
