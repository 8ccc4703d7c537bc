"""`/search`: what a few letters may be the beginning of, for fields that complete themselves."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, current_app, json, request

from fingerpost.catalogue import Catalogue
from fingerpost.engine import Engine, rows
from fingerpost.errors import BadParameter
from fingerpost.graph.vocabulary import term
from fingerpost.suggest import suggestion
from fingerpost.web import formats
from fingerpost.web.opened import catalogue

blueprint = Blueprint("offers", __name__)

_JSON = "application/json"
_SHOWN = 10
_LONGEST = 100
_HELD = "fingerpost.offers"
_ALWAYS = ("fp:DataType", "fp:Technique", "fp:Resource")
_LABELS = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing ?name ?label
WHERE {{
  VALUES ?naming {{ skos:prefLabel skos:altLabel }}
  ?thing a {class_} ;
    skos:prefLabel ?name ;
    ?naming ?label .
  FILTER (LANG(?name) = "en")
}}
ORDER BY ?thing ?label
"""


@dataclass(frozen=True)
class Offer:
    """A thing that may be meant, with all its labels in lower case."""

    iri: str
    name: str
    labels: tuple[str, ...]

    def fit(self, text: str) -> int | None:
        """Return how well it begins like `text`, 0 best; None if it does not at all."""
        name = self.name.lower()
        found = [
            name.startswith(text),
            any(one.startswith(text) for one in self.labels),
            any(f" {text}" in f" {one}".replace("-", " ") for one in self.labels),
            any(text in one for one in self.labels),
        ]
        return found.index(True) if True in found else None


@blueprint.get("/search")
def search() -> Response:
    """Offer at most ten things of the classes named, whose labels go on from what is typed."""
    formats.media_type((_JSON,))
    text = " ".join(request.args.get("q", "")[:_LONGEST].lower().split())
    together = {one.iri: one for class_ in _classes() for one in _held(class_)}
    ranked = sorted(
        (fit, len(one.name), one.name.lower(), one.iri)
        for one in together.values()
        if text and (fit := one.fit(text)) is not None
    )
    found = [together[iri] for *_, iri in ranked[:_SHOWN]]
    return formats.response(json.dumps([_offered(one) for one in found]), _JSON)


def _classes() -> list[str]:
    """Return the classes that the address names.

    Raises:
        BadParameter: one is none that any field takes.
    """
    asked = request.args.get("class", "").split() or list(_ALWAYS)
    known = set(_ALWAYS) | {
        one.class_
        for query in catalogue().queries.queries.values()
        for one in query.parameters
        if one.class_
    }
    for one in asked:
        if one not in known:
            raise BadParameter(f'"{one[:60]}" is not a class. {suggestion(one, known)}')
    return asked


def _held(class_: str) -> tuple[Offer, ...]:
    """Return all of a class, read once for each generation."""
    now = catalogue()
    held: tuple[Catalogue, dict[str, tuple[Offer, ...]]] | None
    held = current_app.extensions.get(_HELD)
    if held is None or held[0] is not now:
        held = (now, {})
        current_app.extensions[_HELD] = held
    if class_ not in held[1]:
        held[1][class_] = _read(now.engine, class_)
    return held[1][class_]


def _read(engine: Engine, class_: str) -> tuple[Offer, ...]:
    labels: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows.select(engine, _LABELS.format(class_=term(class_))):
        labels[row["thing"], row["name"]].append(row["label"].lower())
    return tuple(Offer(iri, name, tuple(found)) for (iri, name), found in labels.items())


def _offered(one: Offer) -> Mapping[str, str]:
    kind, _, slug = one.iri.rpartition("/")
    return {"iri": one.iri, "slug": slug, "name": one.name, "kind": kind.rpartition("/")[2]}
