"""Answers as the Reconciliation API 0.2 writes them."""

import html
from collections.abc import Iterable

from fingerpost import __version__
from fingerpost.graph.vocabulary import IDS, PREFIXES
from fingerpost.reconcile import types
from fingerpost.reconcile.asked import Column, Extension, Query
from fingerpost.reconcile.entities import CLASSES, Entity
from fingerpost.reconcile.index import Index
from fingerpost.reconcile.matching import Candidate, candidates
from fingerpost.reconcile.offers import best, offer
from fingerpost.reconcile.properties import Property, Value

Json = dict[str, object]

WIDTH, HEIGHT = 440, 220
"""Of the frame that shows a preview, in pixels."""
_SUGGESTED = 10
_TOLD = 300
"""Characters of a description in a list."""


def manifest(service: str) -> Json:
    """Return what the service at that address can do."""
    address = f"{service}/reconcile"
    suggest = {
        one: {
            "service_url": address,
            "service_path": f"/suggest/{one}",
            "flyout_service_path": f"/flyout/{one}?id=${{id}}",
        }
        for one in ("entity", "type", "property")
    }
    limit = {
        "name": "limit",
        "label": "Limit",
        "type": "number",
        "default": 0,
        "help_text": "How many values a cell may have; 0 for all",
    }
    return {
        "versions": ["0.2"],
        "name": "Fingerpost: what life-science researchers can use",
        "identifierSpace": IDS,
        "schemaSpace": PREFIXES["fp"],
        "documentation": f"{service}/about",
        "serviceVersion": __version__,
        "logo": f"{service}/static/icon.svg",
        "defaultTypes": [types.shown(one) for one in ("Resource", *CLASSES.values(), "Concept")],
        "view": {"url": f"{service}/id/{{{{id}}}}"},
        "preview": {"url": f"{address}/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "suggest": suggest,
        "extend": {
            "propose_properties": {"service_url": address, "service_path": "/properties"},
            "property_settings": [limit],
        },
    }


def results(queries: dict[str, Query], index: Index) -> Json:
    """Return the candidates of each query of a batch."""
    return {
        key: {"result": [_candidate(one) for one in candidates(query, index)]}
        for key, query in queries.items()
    }


def extended(wanted: Extension, index: Index) -> Json:
    """Return the values of columns for the ids that a client has, unknown ones with none."""
    known = index.entities(wanted.ids)
    found = {id_: known.get(id_) or entity(id_, index) for id_ in wanted.ids}
    things = {
        value.key.removeprefix(IDS)
        for one in filter(None, found.values())
        for column in wanted.columns
        if column.property_.form == "thing"
        for value in one.of(column.property_.id)
    }
    there = frozenset(index.entities(things))
    return {
        "meta": [_meta(column.property_) for column in wanted.columns],
        "rows": {id_: _row(one, wanted.columns, there) for id_, one in found.items()},
    }


def proposed(type_: str, limit: int | None, index: Index) -> Json:
    """Return the columns that things of a type have, those that most of them have first."""
    counts = index.counts(type_)
    known = sorted((one for one in index.properties if one in counts), key=lambda one: -counts[one])
    found: Json = {"properties": [_property(index.properties[one]) for one in known[:limit]]}
    found |= {"type": type_} if type_ else {}
    return found | ({"limit": limit} if limit else {})


def suggested(kind: str, prefix: str, wanted: tuple[str, ...], cursor: int, index: Index) -> Json:
    """Return what the beginning of a name may become: entities, types or properties."""
    most = cursor + _SUGGESTED
    if kind == "entity":
        ids = index.beginning(prefix, types.kinds(wanted), most)[cursor:]
        known = index.entities(ids)
        return {"result": [_suggestion(known[id_]) for id_ in ids]}
    if kind == "type":
        offers = [offer(id_, name, (id_,)) for id_, name in types.NAMES.items()]
        found = best(offers, prefix, most)[cursor:]
        return {"result": [types.described(one.iri) for one in found]}
    offers = [offer(one.id, one.name, (one.id,)) for one in index.properties.values()]
    found = best(offers, prefix, most)[cursor:]
    return {"result": [_property(index.properties[one.iri]) for one in found]}


def flyout(kind: str, id_: str, index: Index) -> Json | None:
    """Return a few words about something; None where there is nothing of that id."""
    if kind == "type" and id_ in types.NAMES:
        text = str(types.described(id_).get("description", types.NAMES[id_]))
        return {"id": id_, "html": f"<p>{html.escape(text)}</p>"}
    if kind == "property" and id_ in index.properties:
        text = index.properties[id_].description
        return {"id": id_, "html": f"<p>{html.escape(text)}</p>"}
    found = entity(id_, index) if kind == "entity" else None
    if found is None:
        return None
    told = f"<p><strong>{html.escape(found.name)}</strong> ({found.kind.replace('-', ' ')})</p>"
    return {"id": id_, "html": told + f"<p>{html.escape(found.description[:_TOLD])}</p>"}


def entity(id_: str, index: Index) -> Entity | None:
    """Return the only entity that an id, in any of its forms, stands for."""
    if known := index.entity(id_):
        return known
    found = index.named(id_)
    return index.entity(found[0]) if len(found) == 1 else None


def _candidate(found: Candidate) -> Json:
    return {
        "id": found.entity.id,
        "name": found.entity.name,
        "description": found.entity.description[:_TOLD],
        "type": types.of(found.entity.kind),
        "score": found.score,
        "match": found.match,
        "features": [{"id": id_, "value": value} for id_, value in found.features],
    }


def _suggestion(one: Entity) -> Json:
    told = one.description[:_TOLD]
    return {"id": one.id, "name": one.name, "description": told, "notable": types.of(one.kind)}


def _property(one: Property) -> Json:
    return {"id": one.id, "name": one.name, "description": one.description}


def _meta(one: Property) -> Json:
    typed = {"type": types.shown(one.class_)} if one.class_ else {}
    return {"id": one.id, "name": one.name, **typed}


def _row(found: Entity | None, columns: Iterable[Column], there: frozenset[str]) -> Json:
    return {
        column.property_.id: [
            _cell(one, column.property_, there)
            for one in (found.of(column.property_.id) if found else ())[: column.limit]
        ]
        for column in columns
    }


def _cell(value: Value, property_: Property, there: frozenset[str]) -> Json:
    id_ = value.key.removeprefix(IDS)
    if property_.form == "thing" and id_ in there:
        return {"id": id_, "name": value.text}
    if property_.form == "day":
        return {"date": f"{value.text}T00:00:00Z"}
    return {"str": value.text}
