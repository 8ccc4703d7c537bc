"""Everything that can be browsed, in memory: resources, and what each is filed under."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fingerpost.engine import Engine, rows
from fingerpost.graph.vocabulary import IDS, KINDS, RESOURCE_KINDS
from fingerpost.recommend.places import COUNTRIES, name_of

FACETS = ("kind", "phase", "data", "country", "access", "status")
"""What resources are filed under; also the fields of an address."""

_HEAD = """
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX fp: <https://w3id.org/fingerpost/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_RESOURCES = """
SELECT ?resource ?name (SAMPLE(?text) AS ?description)
  (GROUP_CONCAT(DISTINCT ?other; SEPARATOR="\\n") AS ?others)
WHERE {
  ?resource a fp:Resource ;
    skos:prefLabel ?name .
  FILTER (LANG(?name) = "en")
  OPTIONAL { ?resource dct:description ?text . FILTER (LANG(?text) = "en") }
  OPTIONAL { ?resource skos:altLabel ?other . }
}
GROUP BY ?resource ?name
"""
_FILED = {
    "phase": "?resource a fp:Resource ; fp:usedIn ?value .",
    "data": "?resource a fp:Resource ; fp:concernsData/skos:broader* ?value .",
    "country": "?resource a fp:Resource ; fp:country ?value .",
    "access": "?resource a fp:Resource ; fp:access ?value .",
    "status": "?resource a fp:Resource ; fp:status ?value .",
}
_LABELS = """
SELECT ?thing (MIN(?label) AS ?name) (MIN(?place) AS ?order)
WHERE {
  ?thing skos:inScheme ?scheme ;
    skos:prefLabel ?label .
  FILTER (LANG(?label) = "en")
  OPTIONAL { ?thing fp:order ?place . }
}
GROUP BY ?thing
"""


@dataclass(frozen=True)
class Item:
    """One resource; `filed` has the slugs it stands under, by facet."""

    iri: str
    name: str
    kind: str
    description: str
    others: tuple[str, ...]
    filed: Mapping[str, frozenset[str]]

    def named(self, text: str) -> bool:
        """Say whether all words of `text`, in lower case, stand in its names or description."""
        told = " ".join((self.name, *self.others, self.description)).lower()
        return all(word in told for word in text.split())


@dataclass(frozen=True)
class Shelf:
    """All resources by name; `labels` names every slug of every facet, phases in order."""

    items: tuple[Item, ...]
    labels: Mapping[str, Mapping[str, str]]

    def find(self, chosen: Mapping[str, str], text: str) -> tuple[Item, ...]:
        """Return the resources that are filed under all that is chosen, and are named by `text`."""
        words = text.lower()
        return tuple(
            one
            for one in self.items
            if all(value in one.filed[facet] for facet, value in chosen.items())
            and (not words or one.named(words))
        )

    def counts(self, facet: str, items: Iterable[Item]) -> dict[str, int]:
        """Return how many of `items` stand under each value of a facet, in the order of labels."""
        found: dict[str, int] = defaultdict(int)
        for one in items:
            for value in one.filed[facet]:
                found[value] += 1
        return {value: found[value] for value in self.labels[facet] if value in found}


def fill(engine: Engine) -> Shelf:
    """Return the shelf of what an engine holds."""
    filed = {facet: _filed(engine, pattern) for facet, pattern in _FILED.items()}
    items = [
        _item(row, filed)
        for row in rows.select(engine, _HEAD + _RESOURCES)
        if row["resource"].removeprefix(IDS).partition("/")[0] in RESOURCE_KINDS
    ]
    items.sort(key=lambda one: (one.name.lower(), one.iri))
    labels = _labels(engine)
    codes = sorted(frozenset().union(*filed["country"].values()))
    labels["country"] |= {code: code for code in codes if code not in labels["country"]}
    return Shelf(tuple(items), labels)


def _item(row: rows.Row, filed: Mapping[str, Mapping[str, frozenset[str]]]) -> Item:
    iri = row["resource"]
    kind = iri.removeprefix(IDS).partition("/")[0]
    return Item(
        iri=iri,
        name=row["name"],
        kind=kind,
        description=row.get("description", ""),
        others=tuple(one for one in row.get("others", "").split("\n") if one),
        filed={
            "kind": frozenset({kind}),
            **{facet: found.get(iri, frozenset()) for facet, found in filed.items()},
        },
    )


def _filed(engine: Engine, pattern: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    query = f"{_HEAD} SELECT DISTINCT ?resource ?value WHERE {{ {pattern} }}"
    for row in rows.select(engine, query):
        found[row["resource"]].add(row["value"].rpartition("/")[2])
    return {resource: frozenset(values) for resource, values in found.items()}


def _labels(engine: Engine) -> dict[str, dict[str, str]]:
    """Return the names of every slug by facet: phases in their order, others by name."""
    found = sorted(
        rows.select(engine, _HEAD + _LABELS),
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
