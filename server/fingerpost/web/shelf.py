"""Everything that can be browsed: resources, and what each is filed under."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fingerpost.catalogue import Catalogue
from fingerpost.engine import Engine, rows
from fingerpost.graph.vocabulary import IDS, KINDS, RESOURCE_KINDS
from fingerpost.index.lists import Listing, Places
from fingerpost.index.shelf import FACETS
from fingerpost.recommend.places import COUNTRIES, name_of

_LABELS = """
PREFIX fp: <https://w3id.org/fingerpost/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing (MIN(?label) AS ?name) (MIN(?place) AS ?order)
WHERE {
  ?thing skos:inScheme ?scheme ;
    skos:prefLabel ?label .
  FILTER (LANG(?label) = "en")
  OPTIONAL { ?thing fp:order ?place . }
}
GROUP BY ?thing
"""
Labels = Mapping[str, Mapping[str, str]]
"""Facet → slug → name."""


@dataclass(frozen=True)
class Item:
    """One resource; `filed` has the slugs it stands under, by facet, in order."""

    iri: str
    name: str
    kind: str
    description: str
    filed: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Shelf:
    """All resources by name; `labels` names every slug of every facet, phases in order."""

    listing: Listing
    labels: Labels

    def named(self, text: str) -> Places:
        """Return the resources that have all words of a text in their names or description."""
        return self.listing.having(text.lower().split())

    def find(self, chosen: Mapping[str, str], among: Places | None = None) -> Places:
        """Return the resources that are filed under all that is chosen, of some or of all."""
        found = self.listing.every if among is None else among
        for facet, value in chosen.items():
            found &= self.listing.under(facet, value)
        return found

    def counts(self, facet: str, found: Places) -> dict[str, int]:
        """Return how many stand under each value of a facet, in the order of labels."""
        counts = self.listing.counts(facet, found)
        return {value: counts[value] for value in self.labels[facet] if value in counts}

    def items(self, found: Places, start: int = 0, stop: int | None = None) -> list[Item]:
        """Return those found, from one on and up to another."""
        return [_item(row, note) for row, note in self.listing.rows(found, start, stop)]

    def written(self, found: Places) -> list[str]:
        """Return all those found, each in JSON: its name, and what it is filed under."""
        return [row for row, _ in self.listing.rows(found)]


def filled(catalogue: Catalogue, labels: Labels) -> Shelf:
    """Return the shelf of a catalogue; of a small graph it is waited for.

    Raises:
        Preparing: of a large graph, it is still being filled.
    """
    listing = Listing(catalogue.shelf.awaited())
    codes = {code: code for code in sorted(listing.values("country"))}
    # Names keep their places, and codes that have none come last.
    countries = {**labels["country"], **codes, **labels["country"]}
    return Shelf(listing, {**labels, "country": countries})


def _item(row: str, description: str) -> Item:
    told = json.loads(row)
    kind = str(told["kind"])
    filed = {"kind": [kind], **{facet: told[facet] for facet in FACETS[1:]}}
    return Item(told["resource"], told["name"], kind, description, filed)


def labels(engine: Engine) -> Labels:
    """Return the names of every slug by facet: phases in their order, others by name."""
    found = sorted(
        rows.select(engine, _LABELS),
        key=lambda row: (int(row.get("order", "0")), row["name"].lower()),
    )
    schemes: dict[str, dict[str, str]] = defaultdict(dict)
    for row in found:
        scheme, _, slug = row["thing"].removeprefix(IDS).partition("/")
        schemes[scheme][slug] = row["name"]
    countries = sorted(COUNTRIES.values(), key=name_of)
    return {
        "kind": {kind: KINDS[kind] for kind in RESOURCE_KINDS},
        "phase": schemes["phase"],
        "data": schemes["data-type"],
        "country": {code: name_of(code) for code in countries},
        "access": schemes["access"],
        "status": schemes["status"],
    }
