"""What schemas are made of: texts, numbers, objects and lists."""

from fingerpost.publish.openapi.answers import Json

TEXT: Json = {"type": "string"}
TEXTS: Json = {"type": "array", "items": TEXT}
NUMBER: Json = {"type": "integer"}
MAYBE: Json = {"type": ["string", "null"]}


def object_(required: Json, optional: Json | None = None) -> Json:
    """Return the schema of an object with these fields, and some that may be left out."""
    return {
        "type": "object",
        "required": list(required),
        "properties": required | (optional or {}),
    }


def list_(name: str) -> Json:
    """Return the schema of a list of what another schema describes, by its name."""
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}
