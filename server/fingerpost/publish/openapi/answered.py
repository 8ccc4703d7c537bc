"""What is in the JSON that answers a question, and in a plan made of one."""

from fingerpost.publish.openapi.answers import Json
from fingerpost.publish.openapi.parts import MAYBE, NUMBER, TEXT, TEXTS, list_, object_

_CONCEPT: Json = {
    "oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Concept"}],
}

ANSWERED: Json = {
    "Concept": object_({"iri": TEXT, "label": TEXT}),
    "Recommendation": object_(
        {
            "question": {"$ref": "#/components/schemas/Question"},
            "found": {"type": "integer", "description": "Answers before the limit."},
            "counted": {
                "type": "boolean",
                "description": "Whether `found` is exact; else it is the most there can be.",
            },
            "answers": list_("Answer"),
            "guidance": list_("Guidance"),
            "notRecommended": list_("LeftOut"),
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
        **object_({"found": NUMBER, "records": list_("Listed")}),
    },
    "Listed": object_(
        {
            "rank": NUMBER,
            "resource": TEXT,
            "identifier": TEXT,
            "name": TEXT,
            "alternativeNames": TEXTS,
            "kind": MAYBE,
            "words": TEXTS,
            "description": TEXT,
            "homepage": MAYBE,
            "country": MAYBE,
            "registry": TEXT,
            "licence": TEXT,
            "attribution": TEXT,
            "retrieved": {"type": "string", "format": "date"},
            "also": TEXTS,
            "score": NUMBER,
            "reasons": list_("Reason"),
        }
    ),
    "Question": object_(
        {
            "data": list_("Concept"),
            "technique": _CONCEPT,
            "phase": _CONCEPT,
            "kind": MAYBE,
            "country": MAYBE,
            "sensitive": {"type": "boolean"},
            "human": {"type": "boolean"},
            "clinical": {"type": "boolean"},
            "size": {
                "oneOf": [{"type": "null"}, object_({"bytes": NUMBER, "label": TEXT})],
            },
            "stage": MAYBE,
            "embargo": {"type": "boolean"},
            "cost": MAYBE,
            "affiliation": _CONCEPT,
            "conditions": list_("Concept"),
            "limit": NUMBER,
            "at": {"type": "string", "format": "date"},
            "includeRegistries": {"type": "boolean"},
            "q": MAYBE,
            "understood": list_("Heard"),
            "excluded": list_("Concept"),
            "ignored": TEXTS,
            "notes": TEXTS,
        }
    ),
    "Answer": object_(
        {
            "rank": NUMBER,
            "resource": TEXT,
            "name": TEXT,
            "alternativeNames": TEXTS,
            "kind": TEXT,
            "status": TEXT,
            "description": TEXT,
            "homepage": MAYBE,
            "country": MAYBE,
            "identifiers": TEXTS,
            "howToApply": TEXTS,
            "score": NUMBER,
            "reasons": list_("Reason"),
        }
    ),
    "Heard": object_({"field": TEXT, "value": TEXT, "words": TEXT}),
    "Reason": object_({"criterion": TEXT, "points": NUMBER, "fact": TEXT, "source": TEXT}),
    "Guidance": object_(
        {
            "guidance": TEXT,
            "title": TEXT,
            "text": TEXT,
            "strength": TEXT,
            "conditions": TEXT,
            "source": TEXT,
            "stated": TEXT,
        }
    ),
    "LeftOut": object_(
        {
            "resource": TEXT,
            "name": TEXT,
            "kind": TEXT,
            "why": TEXTS,
            "successors": TEXTS,
            "sources": TEXTS,
        }
    ),
    "Plan": {
        "description": "A data management plan (RDA DMP Common Standard 1.2).",
        **object_(
            {
                "dmp": object_(
                    {
                        "title": TEXT,
                        "language": TEXT,
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
}
