"""What is in the JSON that the service writes (JSON Schema, 2020-12)."""

import json
import re

from fingerpost.publish.openapi.answers import Json
from fingerpost.queries.saved import IRIS, TYPES

_REFERENCE = re.compile(r'"#/components/schemas/(\w+)"')
_TEXT: Json = {"type": "string"}
_TEXTS: Json = {"type": "array", "items": _TEXT}
_NUMBER: Json = {"type": "integer"}
_MAYBE: Json = {"type": ["string", "null"]}


def _object(required: Json, optional: Json | None = None) -> Json:
    return {
        "type": "object",
        "required": list(required),
        "properties": required | (optional or {}),
    }


def _list(name: str) -> Json:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


def whole(name: str) -> Json:
    """Return a schema that stands by itself, with those that it refers to inside it."""
    within = json.dumps(SCHEMAS[name])
    used: dict[str, str] = {}
    while missing := set(_REFERENCE.findall(within + "".join(used.values()))) - used.keys():
        used |= {one: json.dumps(SCHEMAS[one]) for one in missing}
    inside = {one: _within(used[one]) for one in sorted(used)}
    return {**_within(within), "$defs": inside} if inside else _within(within)


def _within(text: str) -> Json:
    found: Json = json.loads(text.replace("#/components/schemas/", "#/$defs/"))
    return found


_CONCEPT: Json = {
    "oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Concept"}],
}
_TERM = _object(
    {"type": {"enum": ["uri", "literal", "bnode", "triple"]}, "value": {}},
    {"xml:lang": _TEXT, "datatype": _TEXT},
)

SCHEMAS: Json = {
    "Problem": {
        "description": "An error (RFC 9457).",
        **_object(
            {"title": _TEXT, "status": _NUMBER, "detail": _TEXT},
            {
                "type": {"type": "string", "format": "uri-reference", "default": "about:blank"},
                "line": {"type": "integer", "description": "Where a query's fault is, from 1."},
                "column": {"type": "integer", "description": "Where a query's fault is, from 1."},
                "problems": {**_TEXTS, "description": "What violates the shapes, one a line."},
                "candidates": {**_TEXTS, "description": "What an ambiguous text may mean."},
            },
        ),
    },
    "SparqlResults": {
        "description": "SPARQL 1.1 Query Results JSON Format.",
        **_object(
            {"head": _object({}, {"vars": _TEXTS})},
            {
                "boolean": {"type": "boolean"},
                "results": _object(
                    {
                        "bindings": {
                            "type": "array",
                            "items": {"type": "object", "additionalProperties": _TERM},
                        }
                    }
                ),
            },
        ),
    },
    "JsonLd": {"description": "A graph (JSON-LD 1.1).", "type": ["array", "object"]},
    "Json": {
        "description": "SparqlResults, or JsonLd, as the query is.",
        "type": ["array", "object"],
    },
    "SavedQuery": _object(
        {
            "name": _TEXT,
            "summary": _TEXT,
            "description": _TEXT,
            "tags": _TEXTS,
            "parameters": _list("Parameter"),
        }
    ),
    "SavedQueries": _object({"queries": _list("SavedQuery")}),
    "Parameter": _object(
        {
            "name": _TEXT,
            "type": {"enum": [*TYPES, IRIS]},
            "required": {"type": "boolean"},
            "default": _MAYBE,
            "class": {**_MAYBE, "description": "What an IRI must be an instance of."},
            "choices": _TEXTS,
        }
    ),
    "Concept": _object({"iri": _TEXT, "label": _TEXT}),
    "Recommendation": _object(
        {
            "question": {"$ref": "#/components/schemas/Question"},
            "found": {"type": "integer", "description": "Answers before the limit."},
            "counted": {
                "type": "boolean",
                "description": "Whether `found` is exact; else it is the most there can be.",
            },
            "answers": _list("Answer"),
            "guidance": _list("Guidance"),
            "notRecommended": _list("LeftOut"),
            "complete": {
                "type": "boolean",
                "description": "Whether this is all guidance and all that is left out; else the "
                "strongest and the nearest.",
            },
            "registries": {
                "oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Listing"}],
            },
        }
    ),
    "Listing": {
        "description": "What registries list and nobody here has reviewed.",
        **_object({"found": _NUMBER, "records": _list("Listed")}),
    },
    "Listed": _object(
        {
            "rank": _NUMBER,
            "resource": _TEXT,
            "identifier": _TEXT,
            "name": _TEXT,
            "alternativeNames": _TEXTS,
            "kind": _MAYBE,
            "words": _TEXTS,
            "description": _TEXT,
            "homepage": _MAYBE,
            "country": _MAYBE,
            "registry": _TEXT,
            "licence": _TEXT,
            "attribution": _TEXT,
            "retrieved": {"type": "string", "format": "date"},
            "also": _TEXTS,
            "score": _NUMBER,
            "reasons": _list("Reason"),
        }
    ),
    "Question": _object(
        {
            "data": _list("Concept"),
            "technique": _CONCEPT,
            "phase": _CONCEPT,
            "kind": _MAYBE,
            "country": _MAYBE,
            "sensitive": {"type": "boolean"},
            "human": {"type": "boolean"},
            "clinical": {"type": "boolean"},
            "size": {
                "oneOf": [{"type": "null"}, _object({"bytes": _NUMBER, "label": _TEXT})],
            },
            "stage": _MAYBE,
            "embargo": {"type": "boolean"},
            "cost": _MAYBE,
            "affiliation": _CONCEPT,
            "conditions": _list("Concept"),
            "limit": _NUMBER,
            "at": {"type": "string", "format": "date"},
            "includeRegistries": {"type": "boolean"},
            "q": _MAYBE,
            "understood": _list("Heard"),
            "excluded": _list("Concept"),
            "ignored": _TEXTS,
            "notes": _TEXTS,
        }
    ),
    "Answer": _object(
        {
            "rank": _NUMBER,
            "resource": _TEXT,
            "name": _TEXT,
            "alternativeNames": _TEXTS,
            "kind": _TEXT,
            "status": _TEXT,
            "description": _TEXT,
            "homepage": _MAYBE,
            "country": _MAYBE,
            "identifiers": _TEXTS,
            "howToApply": _TEXTS,
            "score": _NUMBER,
            "reasons": _list("Reason"),
        }
    ),
    "Heard": _object({"field": _TEXT, "value": _TEXT, "words": _TEXT}),
    "Reason": _object({"criterion": _TEXT, "points": _NUMBER, "fact": _TEXT, "source": _TEXT}),
    "Guidance": _object(
        {
            "guidance": _TEXT,
            "title": _TEXT,
            "text": _TEXT,
            "strength": _TEXT,
            "conditions": _TEXT,
            "source": _TEXT,
            "stated": _TEXT,
        }
    ),
    "LeftOut": _object(
        {
            "resource": _TEXT,
            "name": _TEXT,
            "kind": _TEXT,
            "why": _TEXTS,
            "successors": _TEXTS,
            "sources": _TEXTS,
        }
    ),
    "Plan": {
        "description": "A data management plan (RDA DMP Common Standard 1.2).",
        **_object(
            {
                "dmp": _object(
                    {
                        "title": _TEXT,
                        "language": _TEXT,
                        "created": {"type": "string", "format": "date-time"},
                        "modified": {"type": "string", "format": "date-time"},
                        "dmp_id": {"type": "object"},
                        "contact": {"type": "object"},
                        "ethical_issues_exist": {"enum": ["yes", "no", "unknown"]},
                        "dataset": {"type": "array", "items": {"type": "object"}},
                    }
                )
            }
        ),
    },
    "Resources": _object(
        {
            "found": _NUMBER,
            "resources": {
                "type": "array",
                "items": _object(
                    {"resource": _TEXT, "name": _TEXT, "kind": _TEXT, "phase": _TEXTS},
                    {"data": _TEXTS, "country": _TEXTS, "access": _TEXTS, "status": _TEXTS},
                ),
            },
        }
    ),
    "Mappings": _object(
        {
            "found": _NUMBER,
            "mappings": {
                "type": "array",
                "items": _object(
                    {
                        "mapping": _TEXT,
                        "record": _TEXT,
                        "name": _TEXT,
                        "match": _TEXT,
                        "predicate": _TEXT,
                        "object": _TEXT,
                        "identifier": _TEXT,
                        "registry": _TEXT,
                        "objectName": _TEXT,
                        "justification": _TEXT,
                        "date": _TEXT,
                        "confidence": {"type": ["number", "null"]},
                        "sources": _TEXTS,
                        "reason": _TEXT,
                    }
                ),
            },
        }
    ),
    "Resolved": _object(
        {
            "id": _TEXT,
            "matches": {
                "type": "array",
                "items": _object(
                    {"record": _TEXT, "name": _TEXT, "by": _TEXT, "known": _TEXT, "page": _TEXT}
                ),
            },
        }
    ),
    "Offers": {
        "type": "array",
        "items": _object(
            {"id": _TEXT, "iri": _TEXT, "slug": _TEXT, "name": _TEXT, "kind": _TEXT},
            {"description": _TEXT},
        ),
    },
    "JsonApiRecord": _object(
        {"id": _TEXT, "type": {"const": "fairsharing_records"}, "attributes": {"type": "object"}},
        {"links": {"type": "object"}},
    ),
    "RecordList": _object(
        {
            "data": _list("JsonApiRecord"),
            "links": {
                "type": "object",
                "required": ["self", "first", "prev", "next", "last"],
                "additionalProperties": _MAYBE,
            },
            "meta": _object({"total": _NUMBER, "pages": _NUMBER}),
        }
    ),
    "SingleRecord": _object(
        {
            "data": {"$ref": "#/components/schemas/JsonApiRecord"},
            "links": _object({"self": _TEXT}),
            "meta": {"type": "object"},
        }
    ),
    "Refusals": {
        "description": "Errors (JSON:API 1.1).",
        **_object(
            {
                "errors": {
                    "type": "array",
                    "items": _object({"status": _TEXT, "title": _TEXT, "detail": _TEXT}),
                }
            }
        ),
    },
    "Reconciled": {
        "description": "The manifest; the candidates of each query; or the rows of columns.",
        "type": "object",
    },
    "Suggestions": _object(
        {
            "result": {
                "type": "array",
                "items": _object({"id": _TEXT, "name": _TEXT}, {"description": _TEXT}),
            }
        }
    ),
    "Flyout": _object({"id": _TEXT, "html": _TEXT}),
    "ProposedProperties": _object(
        {"properties": {"type": "array", "items": _object({"id": _TEXT, "name": _TEXT})}},
        {"type": _TEXT, "limit": _NUMBER},
    ),
    "Quality": _object(
        {
            "before": _TEXT,
            "coverage": _object({"query": _TEXT, "phases": _TEXTS, "rows": _list("Covered")}),
            "parts": _list("Part"),
        }
    ),
    "Covered": _object(
        {
            "data": _TEXT,
            "name": _TEXT,
            "resources": _NUMBER,
            "counts": {
                "type": "array",
                "items": _NUMBER,
                "description": "Resources that count, phase by phase.",
            },
        }
    ),
    "Part": _object(
        {
            "title": _TEXT,
            "description": _TEXT,
            "query": {**_TEXT, "description": "The saved query that gives all of it."},
            "given": {"type": "object", "additionalProperties": _TEXT},
            "count": _NUMBER,
            "first": {
                "type": "array",
                "items": {"type": "object", "additionalProperties": _TEXT},
                "description": "The first rows of the answer.",
            },
        }
    ),
    "Change": _object(
        {
            "generation": {
                "type": "integer",
                "description": "The number of the one that has the change.",
            },
            "statements": {"type": "integer", "description": "How many came or went."},
        }
    ),
    "Message": {
        "description": "A message of JSON-RPC 2.0.",
        **_object(
            {"jsonrpc": {"const": "2.0"}},
            {
                "id": {"type": ["integer", "string", "null"]},
                "method": _TEXT,
                "params": {"type": "object"},
                "result": {"type": "object"},
                "error": {"type": "object"},
            },
        ),
    },
    "Health": _object(
        {"status": _TEXT},
        {"generation": _NUMBER, "id": _TEXT, "graph": _TEXT, "detail": _TEXT},
    ),
}
