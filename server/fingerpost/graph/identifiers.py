"""Identifiers of registries: a CURIE with a prefix of Bioregistry, and the IRI it stands for.

What carries an identifier of a registry is the same thing as the registry's record, so either of
the two statements, `fp:registryIdentifier` and `skos:exactMatch`, follows from the other.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from fingerpost.graph.statement import Statement
from fingerpost.graph.vocabulary import IDS, PREFIXES, term

EXACT = term("skos:exactMatch")
IDENTIFIER = term("fp:registryIdentifier")
SPACES = {
    "biotools": "https://bio.tools/",
    "fairsharing": "https://fairsharing.org/",
    "fingerpost": IDS,
    "orcid": "https://orcid.org/",
    "rdmkit": "https://rdmkit.elixir-europe.org/all_tools_and_resources#",
    "re3data": "https://www.re3data.org/repository/",
    "ror": "https://ror.org/",
    "rrid": "https://scicrunch.org/resolver/RRID:",
    "semapv": PREFIXES["semapv"],
    "skos": PREFIXES["skos"],
    "wikidata": "http://www.wikidata.org/entity/",
}
"""Prefix → where its IRIs begin."""

PATTERNS = {
    "biotools": r"[A-Za-z0-9_.~-]+",
    "fairsharing": r"FAIRsharing\.[A-Za-z0-9]+",
    "rdmkit": r"[A-Za-z0-9_.~-]+",
    "re3data": r"r3d1[0-9]{8}",
    "ror": r"0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}",
    "rrid": r"[A-Za-z]+_[A-Za-z0-9_-]+",
    "wikidata": r"Q[1-9][0-9]*",
}
"""Registry → what its identifiers look like."""

NAMES = {
    "biotools": "bio.tools",
    "fairsharing": "FAIRsharing",
    "rdmkit": "RDMkit",
    "re3data": "re3data",
    "ror": "ROR",
    "rrid": "RRID",
    "wikidata": "Wikidata",
}
"""Registry → what people call it."""

_OTHER = "https://bioregistry.io/{}:"
"""Where Bioregistry resolves an identifier of any other prefix."""
_SAFE = "/:.-_~!$&'()*+,;=@%"
_LISTS = frozenset({"rdmkit"})
"""Those whose identifiers are places in a list, which no record carries."""


def space(prefix: str) -> str:
    """Return where the IRIs of a prefix begin."""
    return SPACES.get(prefix) or _OTHER.format(prefix)


def iri(curie: str) -> str:
    """Return the IRI that a CURIE stands for; what is none already stays as it is."""
    prefix, colon, local = curie.partition(":")
    if not colon or local.startswith("//"):
        return curie
    return space(prefix) + quote(local, safe=_SAFE)


def curie(iri_: str) -> str:
    """Return the CURIE of a registry's record; empty for any other IRI."""
    for prefix, pattern in PATTERNS.items():
        begin = SPACES[prefix]
        if iri_.startswith(begin) and re.fullmatch(pattern, iri_[len(begin) :]):
            return f"{prefix}:{iri_[len(begin) :]}"
    return ""


def implied(triple: Statement) -> Iterator[Statement]:
    """Yield what an identifier or an exact match says as well; nothing for any other statement."""
    if triple.predicate == IDENTIFIER and isinstance(triple.object, Literal):
        prefix, _, local = triple.object.value.partition(":")
        if prefix in PATTERNS and re.fullmatch(PATTERNS[prefix], local):
            yield Statement(triple.subject, EXACT, NamedNode(SPACES[prefix] + local))
    elif triple.predicate == EXACT and isinstance(triple.object, NamedNode):
        found = curie(triple.object.value)
        if found and found.partition(":")[0] not in _LISTS:
            yield Statement(triple.subject, IDENTIFIER, Literal(found))
