"""What a registry's own words plainly say in ours: kind, status, access, types of data.

A word that may mean one thing or another says nothing here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from fingerpost.graph.statement import Statement
from fingerpost.graph.vocabulary import KINDS, LABEL, TYPE, term
from fingerpost.registries.entry import Entry

_KINDS = {
    "repository": "repository",
    "knowledgebase_and_repository": "repository",
    "terminology_artefact": "standard",
    "reporting_guideline": "standard",
    "identifier_schema": "standard",
    "model_and_format": "standard",
    "organization": "organization",
    **dict.fromkeys(
        (
            "command-line tool",
            "desktop application",
            "web application",
            "library",
            "script",
            "plug-in",
            "workbench",
            "suite",
        ),
        "tool",
    ),
}
"""How registries call what we have a kind for."""
_STATUS = {
    "ready": "active",
    "active": "active",
    "deprecated": "ended",
    "closed": "ended",
    "offline": "ended",
    "inactive": "ended",
    "withdrawn": "ended",
    "superseded": "superseded",
}
_ACCESS = {"open": "open", "controlled": "controlled"}
_FORS = {"repository": term("fp:accepts"), "": term("fp:concernsData")}
_SUPPORTS = term("fp:supports")
_DATA_TYPE = term("fp:DataType")
_NAMES = frozenset({LABEL, term("skos:altLabel")})
_ANY = term("data-type:any-data")


@dataclass(frozen=True)
class Words:
    """What labels of data types mean: folded label → types."""

    types: Mapping[str, frozenset[NamedNode]]

    def of(self, subjects: Iterable[str]) -> frozenset[NamedNode]:
        """Return the types of data that subjects name, word for word."""
        return frozenset[NamedNode]().union(
            *(self.types.get(_folded(one), frozenset()) for one in subjects)
        )


def words(terminology: Iterable[Statement]) -> Words:
    """Return the words for types of data, of which a label that several types have is none."""
    held = list(terminology)
    types = {t.subject for t in held if t.predicate == TYPE and t.object == _DATA_TYPE} - {_ANY}
    found: dict[str, set[NamedNode]] = defaultdict(set)
    for triple in held:
        named = triple.predicate in _NAMES and triple.subject in types
        if named and isinstance(triple.object, Literal) and isinstance(triple.subject, NamedNode):
            found[_folded(triple.object.value)].add(triple.subject)
    return Words({label: frozenset(them) for label, them in found.items() if len(them) == 1})


def statements(node: NamedNode, entry: Entry, kind: str, words: Words) -> Iterable[Statement]:
    """Yield what an entry plainly says in our terms; `kind` is what all of its registry are."""
    kind = _KINDS.get(_folded(entry.kind or kind), "")
    if kind:
        yield Statement(node, TYPE, term(f"fp:{KINDS[kind]}"))
    # re3data's ends are told with their day.
    status = _STATUS.get(_folded(entry.status).partition(" ")[0])
    if status:
        yield Statement(node, term("fp:status"), term(f"status:{status}"))
    for access in {_ACCESS[one] for one in map(_folded, entry.access) if one in _ACCESS}:
        yield Statement(node, term("fp:access"), term(f"access:{access}"))
    for type_ in words.of(entry.subjects):
        yield Statement(node, _FORS.get(kind, _SUPPORTS), type_)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
