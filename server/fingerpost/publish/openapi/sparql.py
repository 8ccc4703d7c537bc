"""`/sparql`: queries and, where they are taken, updates (SPARQL 1.1 Protocol, section 2)."""

from fingerpost.publish.openapi import answers, parameters
from fingerpost.publish.openapi.answers import Json
from fingerpost.publish.openapi.parameters import FORMATS, GRAPH_FORMATS, IRI

_QUERY = """PREFIX fp: <https://w3id.org/fingerpost/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?name WHERE { ?repository a fp:Repository ; skos:prefLabel ?name } ORDER BY ?name"""
_UPDATE = """PREFIX dct: <http://purl.org/dc/terms/>
INSERT DATA { GRAPH <https://example.org/graph> { <https://example.org/a> dct:title "A" } }"""
_PAGE = answers.text("text/html")
_FORM = "application/x-www-form-urlencoded"
_DATASET = {
    "default-graph-uri": "A graph of which the default graph is made up.",
    "named-graph-uri": "A graph that GRAPH may name.",
}
_USED = {
    "using-graph-uri": "A graph of which the default graph of an update's WHERE is made up.",
    "using-named-graph-uri": "A graph that GRAPH in an update's WHERE may name.",
}


def paths(*, writable: bool) -> Json:
    """Return the endpoint."""
    return {"/sparql": {"get": _get(), "post": _post(writable=writable)}}


def _get() -> Json:
    found = answers.answer(
        "The answer, in a format of its form; without a query, the description of the service.",
        answers.either(),
        _PAGE,
    )
    example = parameters.field(
        "example",
        {"type": "string"},
        "The name of a saved query to open in the editor of the page.",
    )
    text = parameters.field("query", {"type": "string"}, "A SPARQL 1.1 query.", _QUERY)
    return {
        "operationId": "query",
        "summary": "Answer a SPARQL query, or describe the service.",
        "tags": ["sparql"],
        "parameters": [text, *_dataset(_DATASET), _format(), example],
        "responses": answers.responses({"200": found}, *answers.ASKED),
    }


def _post(*, writable: bool) -> Json:
    described = (
        "Answer a SPARQL query, or carry out an update." if writable else "Answer a SPARQL query."
    )
    found: Json = {"200": answers.answer("The answer to a query.", answers.either(), _PAGE)}
    operation: Json = {
        "operationId": "queryOrUpdate" if writable else "queryByPost",
        "summary": described,
        "tags": ["sparql"],
        "parameters": [*_dataset(_DATASET | (_USED if writable else {})), _format()],
        "requestBody": {"required": True, "content": _bodies(writable=writable)},
    }
    if not writable:
        return operation | {
            "responses": answers.responses(found, *answers.ASKED, 415, tagged=False)
        }
    change = answers.json("Change")
    found["200"] = answers.answer(
        "The answer, or what has changed.", answers.either(), _PAGE, change
    )
    found["201"] = answers.answer("What has changed, in a graph that is new.", change)
    found["202"] = answers.answer(answers.KEPT, change)
    return operation | {
        "security": [{}, {"token": []}],
        "responses": answers.responses(found, *answers.WRITTEN, tagged=False),
    }


def _bodies(*, writable: bool) -> Json:
    found: Json = {
        _FORM: {"schema": _form("query", _DATASET), "example": {"query": _QUERY}},
        "application/sparql-query": {"schema": {"type": "string"}, "example": _QUERY},
    }
    if writable:
        either = [_form("query", _DATASET), _form("update", _USED)]
        found[_FORM] = {"schema": {"oneOf": either}, "example": {"query": _QUERY}}
        found["application/sparql-update"] = {"schema": {"type": "string"}, "example": _UPDATE}
    return found


def _form(name: str, graphs: dict[str, str]) -> Json:
    fields: Json = {name: {"type": "string"}, "format": {"type": "string"}}
    fields |= {field: {"type": "array", "items": IRI} for field in graphs}
    return {"type": "object", "required": [name], "properties": fields}


def _dataset(names: dict[str, str]) -> list[Json]:
    return [parameters.graphs(name, text) for name, text in names.items()]


def _format() -> Json:
    return parameters.format_((*FORMATS, *GRAPH_FORMATS, "html"))
