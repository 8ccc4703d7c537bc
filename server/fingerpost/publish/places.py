"""Which address of a service leads to which IRI: identifiers stay, services move."""

from pyoxigraph import NamedNode

from fingerpost.graph.vocabulary import BASE, IDS, KINDS, SCHEMES, kind_and_slug, record_iri

KNOWN = (*KINDS, *SCHEMES, "scheme", "mapping")
"""The kinds of thing that have a document of their own."""

PROJECT = NamedNode(BASE + "about#project")
"""Who makes the data."""

SUFFIXES = {
    "html": "text/html",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
"""Ends of an address, and the format that they ask for."""

DATA = {suffix: type_ for suffix, type_ in SUFFIXES.items() if suffix != "html"}
"""Those that machines read."""


def document(iri: str) -> NamedNode:
    """Return the IRI of the document about a thing, which is not the thing."""
    kind, slug = kind_and_slug(iri) or ("", "")
    return NamedNode(f"{BASE}{kind}/{slug}")


def path(iri: str) -> str:
    """Return the path at which a service answers for an IRI of ours; that of others is itself."""
    if iri.startswith(IDS):
        kind, slug = kind_and_slug(iri) or ("", "")
        _, hash_, part = iri.partition("#")
        return f"/{kind}/{slug}{hash_}{part}"
    return "/" + iri.removeprefix(BASE) if iri.startswith(BASE) else iri


def thing(kind: str, slug: str) -> NamedNode:
    """Return the thing itself."""
    return NamedNode(record_iri(kind, slug))
