"""A way as linked data: a schema.org HowTo in compact JSON-LD 1.1, its context inside.

A phase is a HowToStep. Its list has, in order, what must be done (HowToDirection), what is
advised (HowToTip), and the first choices (ListItem and Rating: position, item, points, and each
reason as a PropertyValue whose property is the criterion). What it mentions are standards,
formats, training and contacts, each with its class in the ontology.
"""

import json
from collections.abc import Iterable

from fingerpost.graph.vocabulary import IDS, KINDS, PREFIXES
from fingerpost.recommend.answer import Advice, Answer
from fingerpost.recommend.echo import Json, understood
from fingerpost.route.contact import Contact
from fingerpost.route.way import Step, Thing, Way

CONTEXT: dict[str, Json] = {
    "@version": 1.1,
    "@language": "en",
    "schema": PREFIXES["schema"],
    "fp": PREFIXES["fp"],
    "dct": PREFIXES["dct"],
    "id": "@id",
    "type": "@type",
    "HowTo": "schema:HowTo",
    "HowToStep": "schema:HowToStep",
    "HowToDirection": "schema:HowToDirection",
    "HowToTip": "schema:HowToTip",
    "ListItem": "schema:ListItem",
    "Rating": "schema:Rating",
    "PropertyValue": "schema:PropertyValue",
    "name": "schema:name",
    "text": "schema:text",
    "description": "schema:description",
    "position": "schema:position",
    "points": "schema:ratingValue",
    "value": "schema:value",
    "url": {"@id": "schema:url", "@type": "@id"},
    "about": "schema:about",
    "step": {"@id": "schema:step", "@container": "@list"},
    "must": {"@id": "schema:itemListElement", "@container": "@set"},
    "advised": {"@id": "schema:itemListElement", "@container": "@set"},
    "choice": {"@id": "schema:itemListElement", "@container": "@set"},
    "mentions": {"@id": "schema:mentions", "@container": "@set"},
    "item": "schema:item",
    "reason": {"@id": "schema:additionalProperty", "@container": "@set"},
    "criterion": {"@id": "schema:propertyID", "@type": "@id"},
    "basedOn": {"@id": "schema:isBasedOn", "@type": "@id"},
    "source": {"@id": "dct:source", "@type": "@id"},
    "phase": {"@id": "fp:inPhase", "@type": "@id"},
    "strength": {"@id": "fp:strength", "@type": "@id"},
    "contact": {"@id": "schema:contactPoint", "@language": None, "@container": "@set"},
    "dateCreated": {"@id": "schema:dateCreated", "@type": "http://www.w3.org/2001/XMLSchema#date"},
}
"""The names of the document, and what they mean."""


def write(found: Way) -> str:
    """Return the way as JSON-LD."""
    return json.dumps(document(found), indent=1, ensure_ascii=False) + "\n"


def document(found: Way) -> dict[str, Json]:
    """Return the way as a JSON-LD document."""
    about = [one for one in (*found.question.data, found.question.technique) if one]
    return {
        "@context": CONTEXT,
        "id": found.iri,
        "type": "HowTo",
        "name": f"The way of {found.name}",
        "description": ", ".join(understood(found.question)),
        "dateCreated": found.question.at.isoformat(),
        "about": [{"id": one.iri, "type": one.class_, "name": one.name} for one in about],
        "step": [_step(one, found.iri) for one in found.steps],
    }


def _step(one: Step, way: str) -> dict[str, Json]:
    mentioned: list[Json] = [_thing(thing) for thing in (*one.standards, *one.training)]
    mentioned += [_contact(contact) for contact in one.contacts]
    return {
        "id": f"{way}#{one.phase.slug}",
        "type": "HowToStep",
        "position": one.number,
        "name": one.phase.name,
        "phase": one.phase.iri,
        "must": _told((*one.duties, *one.again), "HowToDirection"),
        "advised": _told(one.advice, "HowToTip"),
        "choice": [_choice(answer) for answer in one.choices],
        "mentions": mentioned,
    }


def _told(advice: Iterable[Advice], type_: str) -> list[Json]:
    return [
        {
            "type": type_,
            "name": one.title,
            "text": one.text,
            "strength": f"{IDS}strength/{one.strength}",
            "basedOn": one.guidance,
            "source": one.source,
        }
        for one in advice
    ]


def _choice(one: Answer) -> Json:
    item: dict[str, Json] = {"id": one.resource, "type": _class(one.kind), "name": one.name}
    if one.homepage:
        item["url"] = one.homepage
    reasons: list[Json] = [
        {
            "type": "PropertyValue",
            "criterion": reason.criterion,
            "value": reason.points,
            "description": reason.fact,
            "source": reason.source,
        }
        for reason in one.reasons
    ]
    return {
        "type": ["ListItem", "Rating"],
        "position": one.rank,
        "points": one.score,
        "item": item,
        "reason": reasons,
    }


def _thing(one: Thing) -> Json:
    return {"id": one.resource, "type": _class(one.kind), "name": one.name}


def _contact(one: Contact) -> Json:
    found: dict[str, Json] = {"id": one.whom, "type": _class(one.kind), "name": one.name}
    return found | ({"contact": list(one.reached)} if one.reached else {})


def _class(kind: str) -> str:
    return "fp:" + KINDS[kind]
