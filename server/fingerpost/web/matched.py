"""What the page of a record shows of the registries that know the same thing, or nearly."""

from dataclasses import dataclass

from pyoxigraph import NamedNode

from fingerpost.graph import identifiers
from fingerpost.graph.identifiers import NAMES
from fingerpost.graph.sssom import NOT
from fingerpost.graph.vocabulary import MAPPING, curie
from fingerpost.publish import places
from fingerpost.publish.mappings import PREDICATES, REJECTED
from fingerpost.publish.statements import Statements


@dataclass(frozen=True)
class Matched:
    """A record of a registry: its address, how it matches, how surely, why, and our page on it."""

    registry: str
    name: str
    address: str
    match: str
    confidence: str
    reason: str
    page: str


def matched(about: Statements, iri: NamedNode) -> list[Matched]:
    """Return what is said of a thing in registries, by registry and name; the rejected last."""
    found = [
        _matched(about, node)
        for node in about.subjects()
        if MAPPING in about.of(node, "rdf:type") and iri in about.of(node, "sssom:subject_id")
    ]
    last = PREDICATES[REJECTED]
    return sorted(found, key=lambda one: (one.match == last, one.registry.lower(), one.name))


def _matched(about: Statements, node: NamedNode) -> Matched:
    (there,) = about.iris(node, "sssom:object_id")[:1] or [node]
    (predicate,) = about.iris(node, "sssom:predicate_id")[:1] or [node]
    known = identifiers.curie(there.value)
    rejected = about.text(node, "sssom:predicate_modifier") == NOT
    match = curie(predicate.value).removeprefix("skos:").removesuffix("Match")
    return Matched(
        registry=NAMES.get(known.partition(":")[0], there.value),
        name=about.text(node, "sssom:object_label") or known.partition(":")[2],
        address=there.value,
        match=PREDICATES.get(REJECTED if rejected else match, match),
        confidence=about.text(node, "sssom:confidence"),
        reason=about.text(node, "rdfs:comment"),
        page=places.path(node.value),
    )
