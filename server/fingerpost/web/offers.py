"""`/search`: what a few letters may be the beginning of, for fields that complete themselves.

The answer is a plain list, as integration questions of the Data Stewardship Wizard take it.
"""

from collections import defaultdict

from flask import Blueprint, Response, json, request

from fingerpost.engine import Engine, rows
from fingerpost.errors import BadParameter
from fingerpost.graph.vocabulary import IDS, KINDS, RESOURCE_KINDS, kind_and_slug, term
from fingerpost.index import labels
from fingerpost.reconcile import asked
from fingerpost.reconcile.entities import CLASSES, CONCEPTS
from fingerpost.reconcile.offers import Offer, best, offer
from fingerpost.suggest import suggestion
from fingerpost.web import formats
from fingerpost.web.opened import catalogue, held

blueprint = Blueprint("offers", __name__)

_JSON = "application/json"
_SHOWN = 10
_MOST = 100
_LONGEST = 100
_ALWAYS = ("fp:DataType", "fp:Technique", "fp:Resource")
_LABELS = """
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing ?name ?label ?text
WHERE {{
  VALUES ?naming {{ skos:prefLabel skos:altLabel }}
  ?thing a {class_} ;
    skos:prefLabel ?name ;
    ?naming ?label .
  FILTER (LANG(?name) = "en")
  OPTIONAL {{
    ?thing dct:description|skos:definition ?text .
    FILTER (LANG(?text) = "en")
  }}
}}
ORDER BY ?thing ?label ?text
"""
_TOLD = """
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?text
WHERE {{
  VALUES ?thing {{ {things} }}
  ?thing dct:description|skos:definition ?text .
  FILTER (LANG(?text) = "en")
}}
ORDER BY ?thing ?text
"""
_KINDS = {
    "fp:Resource": RESOURCE_KINDS,
    **{f"fp:{class_}": (kind,) for kind, class_ in (KINDS | CONCEPTS).items()},
}
"""Class → the kinds that it has, of those that the index knows."""
_Read = tuple[tuple[Offer, ...], dict[str, str]]
"""Things with their names, and what each is, by IRI."""


@blueprint.get("/search")
def search() -> Response:
    """Offer things of the kind or classes named, whose labels go on from what is typed."""
    formats.media_type((_JSON,))
    kind = request.args.get("kind", "").strip()
    limit = asked.whole(request.args.get("limit", _SHOWN), '"limit"', _MOST)
    classes = [_class(kind)] if kind else _classes()
    text = request.args.get("q", "")[:_LONGEST]
    found = _found(text, kind, classes, limit)
    if found is None:
        with catalogue().indexes.meanwhile():
            found = _scanned(text, kind, classes, limit)
    return formats.response(json.dumps(found), _JSON)


def _found(text: str, kind: str, classes: list[str], limit: int) -> list[dict[str, str]] | None:
    """Return what is offered by the index; None where it cannot tell, or is not made yet.

    Raises:
        Preparing: it is still being made of a large graph.
    """
    index = catalogue().indexes.needed()
    kinds = [kind] if kind else [one for class_ in classes for one in _KINDS.get(class_, ())]
    if index is None or not all(class_ in _KINDS for class_ in classes):
        return None
    found = labels.beginning(index, text, kinds, limit)
    told = _told(catalogue().engine, [iri for iri, _ in found])
    return [_offered(iri, name, told.get(iri, "")) for iri, name in found]


def _told(engine: Engine, iris: list[str]) -> dict[str, str]:
    """Return what things are, in a sentence."""
    if not iris:
        return {}
    asked = _TOLD.format(things=" ".join(f"<{iri}>" for iri in iris))
    told: dict[str, str] = {}
    for row in rows.select(engine, asked):
        told.setdefault(row["thing"], row["text"])
    return told


def _scanned(text: str, kind: str, classes: list[str], limit: int) -> list[dict[str, str]]:
    """Return what is offered by looking at all that there is."""
    together: list[Offer] = []
    told: dict[str, str] = {}
    for class_ in classes:
        offers, described = _held(class_)
        together += [one for one in offers if not kind or one.iri.startswith(f"{IDS}{kind}/")]
        told |= described
    found = best(together, text, limit)
    return [_offered(one.iri, one.name, told.get(one.iri, "")) for one in found]


def _class(kind: str) -> str:
    """Return the class of a kind.

    Raises:
        BadParameter: there is no such kind.
    """
    if kind not in CLASSES:
        raise BadParameter(f'"{kind[:60]}" is not a kind. {suggestion(kind, CLASSES)}')
    return f"fp:{CLASSES[kind]}"


def _classes() -> list[str]:
    """Return the classes that the address names.

    Raises:
        BadParameter: one is none that any field takes.
    """
    named = request.args.get("class", "").split() or list(_ALWAYS)
    known = set(_ALWAYS) | {
        one.class_
        for query in catalogue().queries.queries.values()
        for one in query.parameters
        if one.class_
    }
    for one in named:
        if one not in known:
            raise BadParameter(f'"{one[:60]}" is not a class. {suggestion(one, known)}')
    return named


def _held(class_: str) -> _Read:
    """Return all of a class, read once for each generation."""
    kept = held("offers", _none)
    if class_ not in kept:
        kept[class_] = _read(catalogue().engine, class_)
    return kept[class_]


def _none(_engine: Engine) -> dict[str, _Read]:
    return {}


def _read(engine: Engine, class_: str) -> _Read:
    labels: dict[tuple[str, str], list[str]] = defaultdict(list)
    told: dict[str, str] = {}
    for row in rows.select(engine, _LABELS.format(class_=term(class_))):
        labels[row["thing"], row["name"]].append(row["label"])
        told.setdefault(row["thing"], row.get("text", ""))
    return tuple(offer(iri, name, found) for (iri, name), found in labels.items()), told


def _offered(iri: str, name: str, told: str) -> dict[str, str]:
    kind, slug = kind_and_slug(iri) or ("", iri)
    return {
        "id": f"{kind}/{slug}",
        "iri": iri,
        "slug": slug,
        "name": name,
        "kind": kind,
        "description": told,
    }
