"""Which of our records something identifies: an identifier, a CURIE, an address.

Identifiers that our records carry come first, and with them those that imported registries give
for the same thing; then our own addresses and names of files; then home pages.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from fingerpost.engine import Engine, rows
from fingerpost.graph import identifiers, vocabulary
from fingerpost.graph.dataset import SNAPSHOTS
from fingerpost.graph.vocabulary import IDS
from fingerpost.registries.curies import curie

UNDERSTOOD = (
    "identifiers of FAIRsharing, re3data, bio.tools, ROR, RRID and Wikidata, DOIs, each as a CURIE "
    "or an address, home pages, and the addresses of Fingerpost itself"
)
_PREFIXES = {
    "bio.tools": "biotools",
    "fairsharing.org": "fairsharing",
    "r3d": "re3data",
    "scr": "rrid",
    "wd": "wikidata",
}
_BARE = (
    (re.compile(r"fairsharing\.[a-z0-9]+", re.IGNORECASE), "fairsharing:{}"),
    (re.compile(r"scr_[0-9]+", re.IGNORECASE), "rrid:{}"),
    (re.compile(r"q[1-9][0-9]*", re.IGNORECASE), "wikidata:{}"),
    (re.compile(r"0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}", re.IGNORECASE), "ror:{}"),
)
"""Identifiers that tell their registry without a prefix."""
_SPACED = re.compile(r"\s*:\s*(?!//)")
_RECORDS = """
PREFIX fp: <https://w3id.org/fingerpost/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?record (MIN(?label) AS ?name)
WHERE { ?record skos:prefLabel ?label . FILTER (LANG(?label) = "en") }
GROUP BY ?record
"""
_KNOWN = """
PREFIX fp: <https://w3id.org/fingerpost/ontology#>
PREFIX schema: <http://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?record ?property ?value
WHERE {
  VALUES ?class { fp:Resource fp:Organization }
  VALUES ?property { fp:registryIdentifier schema:url skos:exactMatch }
  ?record a ?class ; ?property ?value .
}
ORDER BY ?record ?property ?value
"""
_ELSEWHERE = """
PREFIX fp: <https://w3id.org/fingerpost/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?record ?value
WHERE {{
  ?record fp:registryIdentifier ?identifier ;
    skos:exactMatch ?there .
  GRAPH ?graph {{ ?there fp:registryIdentifier ?value }}
  FILTER (STRSTARTS(STR(?graph), "{snapshots}"))
}}
ORDER BY ?record ?value
"""


@dataclass(frozen=True)
class Match:
    """A record that is meant: `by` says what of it was given, `known` how the graph writes it."""

    record: str
    name: str
    by: str
    known: str


@dataclass(frozen=True)
class Key:
    """What leads to a record: in the one form in which it is compared, what it is, as it stands."""

    text: str
    by: str
    known: str


@dataclass(frozen=True)
class Index:
    """What identifies our records, from an identifier in one form to the matches."""

    names: Mapping[str, str]
    keys: Mapping[str, tuple[Match, ...]]

    def resolve(self, text: str) -> tuple[Match, ...]:
        """Return the records that a text identifies; those of its first reading that any has."""
        return resolve(text, self._look)

    def _look(self, key: str) -> tuple[Match, ...]:
        return self.keys.get(key) or self._own(key)

    def _own(self, key: str) -> tuple[Match, ...]:
        iri = IDS + key
        return (Match(iri, self.names[iri], "address", iri),) if iri in self.names else ()


def resolve(text: str, look: Callable[[str], tuple[Match, ...]]) -> tuple[Match, ...]:
    """Return the records that a text identifies: what is found for the first of its readings."""
    return next((found for reading in _readings(text) if (found := look(reading))), ())


def key(property_: str, value: str) -> Key:
    """Return by what a statement, or without a property a registry, identifies a record."""
    if property_ == "schema:url":
        return Key(_address(value), "homepage", value)
    known = (identifiers.curie(value) if property_ == "skos:exactMatch" else "") or value
    return Key(_folded(known), "identifier" if property_ else "registry", known)


def index(engine: Engine) -> Index:
    """Return the index of what an engine holds."""
    names = {
        row["record"]: row["name"]
        for row in rows.select(engine, _RECORDS)
        if row["record"].startswith(IDS)
    }
    found: dict[str, dict[str, Match]] = defaultdict(dict)
    for record, one in _known(engine):
        if record in names:
            found[one.text].setdefault(record, Match(record, names[record], one.by, one.known))
    return Index(names, {text: tuple(matches.values()) for text, matches in found.items()})


def _known(engine: Engine) -> Iterator[tuple[str, Key]]:
    """Yield what identifies which record: an identifier, one that registries give, a home page."""
    for row in rows.select(engine, _KNOWN):
        yield row["record"], key(vocabulary.curie(row["property"]), row["value"])
    for row in rows.select(engine, _ELSEWHERE.format(snapshots=SNAPSHOTS)):
        yield row["record"], key("", row["value"])


def _readings(text: str) -> Iterator[str]:
    """Yield what a text may stand for, the likeliest first."""
    plain = unquote(text).strip().strip("<>").strip()
    tight = _SPACED.sub(":", plain)
    for form in (plain, tight, *_prefixed(tight), f"https://{tight}"):
        if found := curie(form) or identifiers.curie(form):
            yield _folded(found)
    for pattern, form in _BARE:
        if pattern.fullmatch(tight):
            yield _folded(form.format(tight))
    yield _folded(tight)
    path = tight.removeprefix(IDS).removeprefix("fingerpost:").partition("#")[0].strip("/")
    yield path.removeprefix("id/")
    yield _address(plain)


def _prefixed(text: str) -> Iterator[str]:
    prefix, colon, local = text.partition(":")
    known = _PREFIXES.get(prefix.lower(), prefix.lower())
    if colon:
        yield f"{known}:{local}"


def _folded(identifier: str) -> str:
    """Return an identifier as it is compared: case tells nothing apart in these registries."""
    return identifier.lower()


def _address(url: str) -> str:
    """Return an address as it is compared: without scheme, www and what ends it."""
    bare = re.sub(r"^[a-z]+://(www\.)?", "", url.strip().lower())
    return "//" + bare.removeprefix("www.").partition("#")[0].rstrip("/?")
