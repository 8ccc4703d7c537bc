"""A tool: what a model is told of it, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass

from fingerpost.catalogue import Catalogue
from fingerpost.mcp.arguments import Arguments
from fingerpost.publish.openapi.answers import Json


@dataclass(frozen=True)
class Said:
    """What a tool answers: by its schema, and in words."""

    structured: Json
    text: str


@dataclass(frozen=True)
class Tool:
    """Something that a model can ask; `takes` and `gives` are schemas (JSON Schema, 2020-12).

    `run` raises a `FingerpostError` where it cannot answer, with a message for the model.
    """

    name: str
    title: str
    description: str
    takes: Json
    gives: Json
    run: Callable[[Catalogue, Arguments], Said]


def takes(properties: Json, *required: str) -> Json:
    """Return the schema of arguments."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def gives(required: Json, optional: Json | None = None) -> Json:
    """Return the schema of an answer, or of a part of one."""
    return {
        "type": "object",
        "properties": required | (optional or {}),
        "required": list(required),
    }


def several(items: Json) -> Json:
    """Return the schema of a list."""
    return {"type": "array", "items": items}


def told(description: str, type_: str = "string", **more: object) -> Json:
    """Return the schema of a value that is described."""
    return {"type": type_, "description": description, **more}


TEXT: Json = {"type": "string"}
TEXTS: Json = {"type": "array", "items": TEXT}
NUMBER: Json = {"type": "integer"}
MAYBE: Json = {"type": ["string", "null"]}
