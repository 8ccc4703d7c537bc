"""The resources: every record as Turtle, under its own IRI, and the terms that they use."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fingerpost.catalogue import Catalogue
from fingerpost.engine import Query, results
from fingerpost.errors import UnknownRecord
from fingerpost.graph.vocabulary import BASE, IDS
from fingerpost.publish import examples, vocabulary

TURTLE = "text/turtle"
TEMPLATE = IDS + "{kind}/{slug}"
"""The address of any record or concept (RFC 6570)."""


@dataclass(frozen=True)
class Resource:
    """A document with an address: what it is, and how its Turtle is made."""

    iri: str
    name: str
    title: str
    description: str
    write: Callable[[Catalogue], bytes]


def _ontology(opened: Catalogue) -> bytes:
    return results.graph(vocabulary.ontology(vocabulary.terminology(opened.engine)), TURTLE)


def _shapes(opened: Catalogue) -> bytes:
    return results.graph(vocabulary.shapes_document(vocabulary.shapes(opened.engine)), TURTLE)


def _prefixes(_: Catalogue) -> bytes:
    return results.graph(examples.prefixes(), TURTLE)


RESOURCES: Mapping[str, Resource] = {
    one.iri: one
    for one in (
        Resource(
            BASE + "ontology",
            "ontology",
            "The terms",
            "Every class and property of the graph, with definition and example.",
            _ontology,
        ),
        Resource(
            BASE + "shapes",
            "shapes",
            "The shapes",
            "What records of each kind say, as SHACL.",
            _shapes,
        ),
        Resource(
            BASE + "prefixes",
            "prefixes",
            "The prefixes",
            "The prefixes that queries need not declare.",
            _prefixes,
        ),
    )
}


def read(opened: Catalogue, iri: str) -> str:
    """Return a resource as Turtle.

    Raises:
        UnknownRecord: there is none of that address.
    """
    known = RESOURCES.get(iri)
    if known:
        return known.write(opened).decode()
    if not iri.startswith(IDS):
        raise UnknownRecord(f"A resource is one of {', '.join(RESOURCES)}, or {TEMPLATE}.")
    text = opened.description(opened.iri(iri))
    return opened.engine.answer(Query(text), TURTLE).decode()
