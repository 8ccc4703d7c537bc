"""`/reconcile`: the Reconciliation API 0.2."""

from fingerpost.publish.interfaces import RECONCILIATION
from fingerpost.publish.openapi import answers, parameters
from fingerpost.publish.openapi.answers import Json

_TEXT: Json = {"type": "string"}
_COUNT: Json = {"type": "integer", "minimum": 1}
_SPECIFIED = (
    f"See {RECONCILIATION}. With `callback=NAME` in the address every JSON answer comes as a "
    "script (JSONP)."
)
_QUERIES = '{"q0": {"query": "BioImage Archive", "type": "Repository", "limit": 3}}'
_EXTEND = '{"ids": ["repository/zenodo"], "properties": [{"id": "homepage"}]}'
_SUGGESTED = ("entity", "type", "property")


def paths() -> Json:
    """Return the doors with which tables are matched to the records."""
    kind = parameters.part(
        "kind", {"type": "string", "enum": list(_SUGGESTED)}, "What is looked for.", "entity"
    )
    return {
        "/reconcile": {"get": _service(), "post": _batch()},
        "/reconcile/suggest/{kind}": {"parameters": [kind], "get": _suggest()},
        "/reconcile/flyout/{kind}": {"parameters": [kind], "get": _flyout()},
        "/reconcile/properties": {"get": _properties()},
        "/reconcile/preview": {"get": _preview()},
    }


def _service() -> Json:
    fields = [
        parameters.field("queries", _TEXT, "A batch of queries, as JSON."),
        parameters.field("extend", _TEXT, "Ids and properties whose values are wanted, as JSON."),
    ]
    return {
        "operationId": "reconcile",
        "summary": "Match names to records; without a query, say what this service can do.",
        "description": _SPECIFIED,
        "tags": ["reconcile"],
        "parameters": fields,
        "responses": _answered("Reconciled"),
    }


def _batch() -> Json:
    form: Json = {"type": "object", "properties": {"queries": _TEXT, "extend": _TEXT}}
    example = {"queries": _QUERIES}
    content: Json = {"application/x-www-form-urlencoded": {"schema": form, "example": example}}
    return {
        "operationId": "reconcileBatch",
        "summary": "Match a batch of names to records, or fetch columns for matched ones.",
        "description": f"{_SPECIFIED} Columns: `extend={_EXTEND}`.",
        "tags": ["reconcile"],
        "requestBody": {"required": True, "content": content},
        "responses": _answered("Reconciled", tagged=False),
    }


def _suggest() -> Json:
    fields = [
        parameters.field("prefix", _TEXT, "The beginning of a name.", "zen"),
        parameters.field("cursor", {"type": "integer", "minimum": 0}, "How many to leave out."),
        parameters.field("type", _TEXT, "The type that entities are of.", "Repository"),
    ]
    return {
        "operationId": "reconcileSuggest",
        "summary": "Offer what the beginning of a name may become.",
        "tags": ["reconcile"],
        "parameters": fields,
        "responses": _answered("Suggestions", 404),
    }


def _flyout() -> Json:
    return {
        "operationId": "reconcileFlyout",
        "summary": "Tell a few words about an entity, a type or a property.",
        "tags": ["reconcile"],
        "parameters": [_id()],
        "responses": _answered("Flyout", 404),
    }


def _properties() -> Json:
    fields = [
        parameters.field("type", _TEXT, "The type of the entities.", "Repository"),
        parameters.field("limit", _COUNT, "The most that are proposed.", 10),
    ]
    return {
        "operationId": "reconcileProperties",
        "summary": "Propose the columns that things of a type have.",
        "tags": ["reconcile"],
        "parameters": fields,
        "responses": _answered("ProposedProperties"),
    }


def _preview() -> Json:
    found = answers.answer("A page for a small frame.", answers.text("text/html"))
    return {
        "operationId": "reconcilePreview",
        "summary": "Show an entity in a small frame.",
        "tags": ["reconcile"],
        "parameters": [_id()],
        "responses": answers.responses({"200": found}, *answers.ASKED, 404),
    }


def _id() -> Json:
    found = parameters.field("id", _TEXT, "The id.", "repository/zenodo")
    return found | {"required": True}


def _answered(schema: str, *statuses: int, tagged: bool = True) -> Json:
    found = answers.answer("The answer.", answers.json(schema))
    return answers.responses({"200": found}, *answers.ASKED, *statuses, tagged=tagged)
