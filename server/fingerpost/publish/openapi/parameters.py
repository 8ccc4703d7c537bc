"""Parameters of requests as OpenAPI has them."""

from collections.abc import Sequence

from fingerpost.publish.openapi.answers import Json

FORMATS = ("json", "xml", "csv", "tsv")
"""Short names of what solutions are written in."""
GRAPH_FORMATS = ("ttl", "nt", "rdf", "jsonld")
"""Short names of what graphs are written in."""


def field(name: str, schema: Json, description: str, example: object = None) -> Json:
    """Return a parameter in the address."""
    found: Json = {"name": name, "in": "query", "description": description, "schema": schema}
    return found if example is None else found | {"example": example}


def part(name: str, schema: Json, description: str, example: str) -> Json:
    """Return a parameter in the path."""
    return field(name, schema, description, example) | {"in": "path", "required": True}


def format_(names: Sequence[str]) -> Json:
    """Return the parameter that names a format, for clients that set no Accept header."""
    schema: Json = {"type": "string", "enum": list(names)}
    return field("format", schema, "The format; without it, what the Accept header prefers.")


def graphs(name: str, description: str) -> Json:
    """Return a parameter that may be given several times, each time an IRI."""
    return field(name, {"type": "array", "items": IRI}, description)


IRI: Json = {"type": "string", "format": "iri"}
