"""The tools that answer a question about data: where to go, and the whole way."""

from fingerpost.catalogue import Catalogue
from fingerpost.mcp import arguments
from fingerpost.mcp.arguments import Arguments
from fingerpost.mcp.tool import (
    MAYBE,
    NUMBER,
    TEXT,
    TEXTS,
    Said,
    Tool,
    gives,
    several,
    takes,
)
from fingerpost.publish.openapi import pages, schemas
from fingerpost.publish.openapi.answers import Json
from fingerpost.recommend import given, table
from fingerpost.recommend.answer import Advice, Answer
from fingerpost.recommend.echo import understood
from fingerpost.route import asked, markdown
from fingerpost.route.contact import Contact
from fingerpost.route.way import Step, Thing, Way

_RECOMMEND = """\
Say where a researcher in the life sciences can go with data, and why: repositories, facilities, \
tools, compute, storage, standards, formats, training, guidelines, policies, support. Answers are \
ranked, each with its reasons and who states them; obligations and advice come with them, and what \
one might expect but is not recommended, with the reason.
Give the parts of the question (data and phase first), or the whole question as q. Say what is \
known of personal data, size, country and cost: they rule resources out. Look at \
question.understood and question.ignored to see how it was understood."""
_ROUTE = """\
Show the whole way of one kind of data, phase by phase, from planning to reuse: what must be done, \
where to go first and why, standards and formats, training, whom to ask. For one phase or one kind \
of resource use recommend, which says more."""

_REASONS = 3
"""Reasons that a choice on the way is told with, the weightiest; all are told by recommend."""


def _field(name: str) -> Json:
    """Return the schema of a part of a question, as the interface on the web describes it."""
    found = pages.field(name)
    schema = {"description": found["description"]}
    if "example" in found:
        schema["examples"] = [found["example"]]
    if name in given.REPEATABLE:
        return schema | {
            "type": "array",
            "items": found["schema"],
            "examples": [[found["example"]]],
        }
    return {**_object(found["schema"]), **schema}


def _object(schema: object) -> Json:
    if not isinstance(schema, dict):
        raise TypeError("a schema is an object")
    return schema


def recommend(opened: Catalogue, given_: Arguments) -> Said:
    """Recommend, as `/recommend` does."""
    found = opened.recommend(arguments.texts(given_))
    return Said(dict(found.json()), table.text(found))


def route(opened: Catalogue, given_: Arguments) -> Said:
    """Show the way, as `/route` does."""
    found = opened.route(arguments.texts(given_))
    return Said(_way(found), markdown.text(found))


def _way(found: Way) -> Json:
    return {
        "way": found.iri,
        "name": found.name,
        "understood": understood(found.question),
        "phases": [_step(one) for one in found.steps],
    }


def _step(one: Step) -> Json:
    return {
        "phase": one.phase.slug,
        "name": one.phase.name,
        "must": [_advice(advice) for advice in one.duties],
        "mustAsBefore": [advice.title for advice in one.again],
        "advised": [advice.title for advice in one.advice],
        "choices": [_choice(answer) for answer in one.choices],
        "standards": [_thing(thing) for thing in one.standards],
        "training": [_thing(thing) for thing in one.training],
        "contacts": [_contact(contact) for contact in one.contacts],
    }


def _advice(one: Advice) -> Json:
    return {
        "guidance": one.guidance,
        "title": one.title,
        "text": one.text,
        "conditions": one.conditions,
        "source": one.source,
    }


def _choice(one: Answer) -> Json:
    return {
        "resource": one.resource,
        "name": one.name,
        "kind": one.kind,
        "homepage": one.homepage,
        "score": one.score,
        "reasons": [reason.fact for reason in one.reasons[:_REASONS]],
    }


def _thing(one: Thing) -> Json:
    return {
        "resource": one.resource,
        "name": one.name,
        "kind": one.kind,
        "askedBy": list(one.asked_by),
    }


def _contact(one: Contact) -> Json:
    return {
        "resource": one.whom,
        "name": one.name,
        "kind": one.kind,
        "reached": list(one.reached),
        "about": list(one.about),
    }


_ADVICE = gives({"guidance": TEXT, "title": TEXT, "text": TEXT, "conditions": TEXT, "source": TEXT})
_CHOICE = gives(
    {
        "resource": TEXT,
        "name": TEXT,
        "kind": TEXT,
        "homepage": MAYBE,
        "score": NUMBER,
        "reasons": TEXTS,
    }
)
_THING = gives({"resource": TEXT, "name": TEXT, "kind": TEXT, "askedBy": TEXTS})
_CONTACT = gives({"resource": TEXT, "name": TEXT, "kind": TEXT, "reached": TEXTS, "about": TEXTS})
_STEP = gives(
    {
        "phase": TEXT,
        "name": TEXT,
        "must": several(_ADVICE),
        "mustAsBefore": TEXTS,
        "advised": TEXTS,
        "choices": several(_CHOICE),
        "standards": several(_THING),
        "training": several(_THING),
        "contacts": several(_CONTACT),
    }
)
_WAY = gives({"way": TEXT, "name": TEXT, "understood": TEXTS, "phases": several(_STEP)})

TOOLS = (
    Tool(
        "recommend",
        "Recommend where to go with data",
        _RECOMMEND,
        takes({name: _field(name) for name in given.FIELDS}),
        schemas.whole("Recommendation"),
        recommend,
    ),
    Tool(
        "route",
        "Show the whole way of data",
        _ROUTE,
        takes({name: _field(name) for name in asked.FIELDS}),
        _WAY,
        route,
    ),
)
