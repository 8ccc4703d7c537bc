"""What stands next to a record, by relation: what it leads to, and what leads to it."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeGuard

from pyoxigraph import NamedNode

from fingerpost.graph.vocabulary import KINDS, Term, curie, kind_and_slug
from fingerpost.publish.record import Record

_SHOWN = frozenset({*KINDS, "data-type", "technique", "phase"})
"""The kinds of thing that count as neighbours; other concepts are properties of the record."""
_IMPLIED = frozenset(
    "dct:source skos:broaderTransitive skos:narrowerTransitive fp:concernsData".split()
)
"""Relations that say where a statement is from, or that follow from others."""
_BACK = {
    "dct:hasPart": "is part of",
    "dct:isPartOf": "has as part",
    "dct:isReplacedBy": "took the place of",
    "dct:publisher": "publishes",
    "dct:replaces": "replaced by",
    "dct:source": "says something of",
    "fp:accepts": "accepted by",
    "fp:eligibleInstitution": "may use",
    "fp:forData": "guidance about it",
    "fp:hostedBy": "hosts",
    "fp:inPhase": "guidance for it",
    "fp:inferredSuccessor": "took the place of (inferred)",
    "fp:instanceOf": "instances of it",
    "fp:offersTechnique": "offered by",
    "fp:operatedBy": "operates",
    "fp:produces": "produced by",
    "fp:providedBy": "provides",
    "fp:recommends": "guidance that recommends it",
    "fp:supports": "supported by",
    "fp:takesFormat": "taken by",
    "fp:takesStandard": "taken by",
    "fp:usedIn": "used in it",
    "fp:warnsAgainst": "guidance that warns of it",
    "skos:broader": "narrower",
    "skos:narrower": "broader",
}
"""Property → how it reads from the thing that it leads to."""
_FIRST = ("dct:isReplacedBy", "dct:replaces", "fp:inferredSuccessor", "fp:operatedBy")


class Named(Protocol):
    """A thing by its name, with the address of its page."""

    @property
    def text(self) -> str:
        """Its name."""

    @property
    def href(self) -> str:
        """The address of its page."""

    @property
    def language(self) -> str:
        """The language of the name."""


@dataclass(frozen=True)
class Group:
    """Neighbours by one relation, in order; `place` is where the page lists all of them."""

    relation: str
    place: str
    neighbours: tuple[Named, ...]


def groups(
    found: Record, label: Callable[[str], str], value: Callable[[Term], Named]
) -> list[Group]:
    """Return the neighbours of a record, the most telling relations first.

    Who is a neighbour both ways stands in the group of what the record itself says.
    """
    out: dict[str, set[NamedNode]] = defaultdict(set)
    into: dict[str, set[NamedNode]] = defaultdict(set)
    for triple in found.about.triples:
        name = curie(triple.predicate.value)
        if triple.subject == found.iri and name not in _IMPLIED and _near(triple.object):
            out[name].add(triple.object)
        elif triple.object == found.iri and _leads(name, found) and _near(triple.subject):
            into[name].add(triple.subject)
    known = {one for nodes in out.values() for one in nodes}
    made = [
        (name, Group(label(name), f"fact-{place(name)}", _ordered(nodes, value)))
        for name, nodes in out.items()
    ]
    made += [
        (name, Group(_BACK.get(name, f"{label(name)}: this"), f"leading-{place(name)}", rest))
        for name, nodes in into.items()
        if (rest := _ordered(nodes - known, value))
    ]
    ranked = sorted(made, key=lambda one: (_rank(one[0]), one[1].place, one[1].relation))
    return [group for _, group in ranked]


def place(name: str) -> str:
    """Return a prefixed name as a part of an address within a page."""
    return name.replace(":", "-")


def _leads(name: str, found: Record) -> bool:
    return name not in _IMPLIED or (name == "dct:source" and found.kind == "source")


def _near(node: Term) -> TypeGuard[NamedNode]:
    if not isinstance(node, NamedNode) or "#" in node.value:
        return False
    return (kind_and_slug(node.value) or ("", ""))[0] in _SHOWN


def _ordered(nodes: set[NamedNode], value: Callable[[Term], Named]) -> tuple[Named, ...]:
    return tuple(sorted(map(value, nodes), key=lambda one: (one.text.casefold(), one.href)))


def _rank(name: str) -> int:
    return _FIRST.index(name) if name in _FIRST else len(_FIRST)
