"""A file about a generation made from that of one before, and from what was touched since."""

from fingerpost.engine.trail import GRAPHS, Touched
from fingerpost.graph.vocabulary import RESOURCE_KINDS, kind_and_slug


def resources(touched: Touched) -> frozenset[str]:
    """Return the resources of which a statement came or went."""
    return frozenset(subject for subject, _ in touched if _is_resource(subject))


def others(touched: Touched) -> frozenset[str]:
    """Return the properties of statements about anything else with a name that came or went."""
    named = ((subject, property_) for subject, property_ in touched if subject not in GRAPHS)
    return frozenset(property_ for subject, property_ in named if not _is_resource(subject))


def _is_resource(iri: str) -> bool:
    return (kind_and_slug(iri) or ("",))[0] in RESOURCE_KINDS
