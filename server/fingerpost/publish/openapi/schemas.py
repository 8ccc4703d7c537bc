"""What is in the JSON that the service writes (JSON Schema, 2020-12)."""

import json
import re

from fingerpost.publish.openapi.answered import ANSWERED
from fingerpost.publish.openapi.answers import Json
from fingerpost.publish.openapi.parts import MAYBE, NUMBER, TEXT, TEXTS, list_, object_
from fingerpost.queries.saved import IRIS, TYPES

_REFERENCE = re.compile(r'"#/components/schemas/(\w+)"')


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


_TERM = object_(
    {"type": {"enum": ["uri", "literal", "bnode", "triple"]}, "value": {}},
    {"xml:lang": TEXT, "datatype": TEXT},
)

SCHEMAS: Json = {
    "Problem": {
        "description": "An error (RFC 9457).",
        **object_(
            {"title": TEXT, "status": NUMBER, "detail": TEXT},
            {
                "type": {"type": "string", "format": "uri-reference", "default": "about:blank"},
                "line": {"type": "integer", "description": "Where a query's fault is, from 1."},
                "column": {"type": "integer", "description": "Where a query's fault is, from 1."},
                "problems": {**TEXTS, "description": "What violates the shapes, one a line."},
                "candidates": {**TEXTS, "description": "What an ambiguous text may mean."},
            },
        ),
    },
    "SparqlResults": {
        "description": "SPARQL 1.1 Query Results JSON Format.",
        **object_(
            {"head": object_({}, {"vars": TEXTS})},
            {
                "boolean": {"type": "boolean"},
                "results": object_(
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
    "SavedQuery": object_(
        {
            "name": TEXT,
            "summary": TEXT,
            "description": TEXT,
            "tags": TEXTS,
            "parameters": list_("Parameter"),
        }
    ),
    "SavedQueries": object_({"queries": list_("SavedQuery")}),
    "Parameter": object_(
        {
            "name": TEXT,
            "type": {"enum": [*TYPES, IRIS]},
            "required": {"type": "boolean"},
            "default": MAYBE,
            "class": {**MAYBE, "description": "What an IRI must be an instance of."},
            "choices": TEXTS,
        }
    ),
    **ANSWERED,
    "Resources": object_(
        {
            "found": NUMBER,
            "resources": {
                "type": "array",
                "items": object_(
                    {"resource": TEXT, "name": TEXT, "kind": TEXT, "phase": TEXTS},
                    {"data": TEXTS, "country": TEXTS, "access": TEXTS, "status": TEXTS},
                ),
            },
        }
    ),
    "Mappings": object_(
        {
            "found": NUMBER,
            "mappings": {
                "type": "array",
                "items": object_(
                    {
                        "mapping": TEXT,
                        "record": TEXT,
                        "name": TEXT,
                        "match": TEXT,
                        "predicate": TEXT,
                        "object": TEXT,
                        "identifier": TEXT,
                        "registry": TEXT,
                        "objectName": TEXT,
                        "justification": TEXT,
                        "date": TEXT,
                        "confidence": {"type": ["number", "null"]},
                        "sources": TEXTS,
                        "reason": TEXT,
                    }
                ),
            },
        }
    ),
    "Resolved": object_(
        {
            "id": TEXT,
            "matches": {
                "type": "array",
                "items": object_(
                    {"record": TEXT, "name": TEXT, "by": TEXT, "known": TEXT, "page": TEXT}
                ),
            },
        }
    ),
    "Offers": {
        "type": "array",
        "items": object_(
            {"id": TEXT, "iri": TEXT, "slug": TEXT, "name": TEXT, "kind": TEXT},
            {"description": TEXT},
        ),
    },
    "JsonApiRecord": object_(
        {"id": TEXT, "type": {"const": "fairsharing_records"}, "attributes": {"type": "object"}},
        {"links": {"type": "object"}},
    ),
    "RecordList": object_(
        {
            "data": list_("JsonApiRecord"),
            "links": {
                "type": "object",
                "required": ["self", "first", "prev", "next", "last"],
                "additionalProperties": MAYBE,
            },
            "meta": object_({"total": NUMBER, "pages": NUMBER}),
        }
    ),
    "SingleRecord": object_(
        {
            "data": {"$ref": "#/components/schemas/JsonApiRecord"},
            "links": object_({"self": TEXT}),
            "meta": {"type": "object"},
        }
    ),
    "Refusals": {
        "description": "Errors (JSON:API 1.1).",
        **object_(
            {
                "errors": {
                    "type": "array",
                    "items": object_({"status": TEXT, "title": TEXT, "detail": TEXT}),
                }
            }
        ),
    },
    "Reconciled": {
        "description": "The manifest; the candidates of each query; or the rows of columns.",
        "type": "object",
    },
    "Suggestions": object_(
        {
            "result": {
                "type": "array",
                "items": object_({"id": TEXT, "name": TEXT}, {"description": TEXT}),
            }
        }
    ),
    "Flyout": object_({"id": TEXT, "html": TEXT}),
    "ProposedProperties": object_(
        {"properties": {"type": "array", "items": object_({"id": TEXT, "name": TEXT})}},
        {"type": TEXT, "limit": NUMBER},
    ),
    "Quality": object_(
        {
            "before": TEXT,
            "coverage": object_({"query": TEXT, "phases": TEXTS, "rows": list_("Covered")}),
            "parts": list_("Part"),
        }
    ),
    "Covered": object_(
        {
            "data": TEXT,
            "name": TEXT,
            "resources": NUMBER,
            "counts": {
                "type": "array",
                "items": NUMBER,
                "description": "Resources that count, phase by phase.",
            },
        }
    ),
    "Part": object_(
        {
            "title": TEXT,
            "description": TEXT,
            "query": {**TEXT, "description": "The saved query that gives all of it."},
            "given": {"type": "object", "additionalProperties": TEXT},
            "count": NUMBER,
            "first": {
                "type": "array",
                "items": {"type": "object", "additionalProperties": TEXT},
                "description": "The first rows of the answer.",
            },
        }
    ),
    "Change": object_(
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
        **object_(
            {"jsonrpc": {"const": "2.0"}},
            {
                "id": {"type": ["integer", "string", "null"]},
                "method": TEXT,
                "params": {"type": "object"},
                "result": {"type": "object"},
                "error": {"type": "object"},
            },
        ),
    },
    "Health": object_(
        {"status": TEXT},
        {"generation": NUMBER, "id": TEXT, "graph": TEXT, "detail": TEXT},
    ),
}
