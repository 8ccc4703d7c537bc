"""What linked data is made of besides records: terms, catalogues, downloads, signposts."""

from fingerpost.publish import places
from fingerpost.publish.listing import DUMPS
from fingerpost.publish.openapi import answers, parameters
from fingerpost.publish.openapi.answers import Json
from fingerpost.publish.signposts import LINKSET

_TAGS = ["linked data"]
_ANY_FORMAT: Json = {"*/*": {"schema": {}}}
"""What comes is in the format that the address asks for."""


def paths() -> Json:
    """Return the addresses of linked data, each answered to GET."""
    return {
        "/id/{kind}/{slug}/linkset": _get(
            "signposts", "Give every signpost of a record.", _linkset(), 404, parts=_record()
        ),
        "/context.jsonld": _get("context", "Give the context of JSON-LD here.", _context()),
        **_documents(
            *("ontology", "Describe the terms."),
            *("shapes", "Describe the shapes."),
            *("catalog", "List datasets, services and resources by DCAT-AP."),
            *("prefixes", "List the prefixes."),
            *("about/policy", "Say how long identifiers last, and how to cite."),
        ),
        **_files(),
        **_doors(),
        "/ontology/{version}": _get(
            "ontologyVersion",
            "Describe the terms of one version.",
            _document(),
            404,
            406,
            parts=[_part("version", "The number of a version.", "0.1.0")],
        ),
    }


def _documents(*names: str) -> Json:
    """Return documents, each at its name, and with a suffix in one format."""
    found: Json = {}
    for name, summary in zip(names[::2], names[1::2], strict=True):
        operation = name.rpartition("/")[2]
        found[f"/{name}"] = _get(operation, summary, _document(), 406)
        found[f"/{name}.{{suffix}}"] = _get(
            f"{operation}As", f"{summary[:-1]} in one format.", _ANY_FORMAT, 404, parts=[_suffix()]
        )
    return found


def _files() -> Json:
    """Return what has one format, or one for each address."""
    plain = answers.text
    dumps: Json = {"type": "string", "enum": [file.suffix for file in DUMPS]}
    path = _part("path", "Where a document is, as /fdp leads to it.", "catalog/fingerpost")
    number: Json = {"type": "integer", "minimum": 1}
    return {
        "/dump.{suffix}": _get(
            "dump",
            "Give the whole graph as a file.",
            _ANY_FORMAT,
            404,
            parts=[parameters.part("suffix", dumps, "The format.", "ttl.gz")],
        ),
        "/fdp": _get("fdp", "Give the FAIR Data Point.", answers.graph(), 406),
        "/fdp/{path}": _get(
            "fdpDocument", "Give a part of it.", answers.graph(), 404, 406, parts=[path]
        ),
        "/.well-known/api-catalog": _get("interfaces", "List the interfaces.", _linkset()),
        "/robots.txt": _get("robots", "Say where crawlers may go.", plain("text/plain")),
        "/sitemap.xml": _get("sitemap", "List every page.", plain("application/xml")),
        "/sitemap-{part}.xml": _get(
            "sitemapPart",
            "List the pages of one part.",
            plain("application/xml"),
            404,
            parts=[parameters.part("part", number, "The number of the part.", "1")],
        ),
    }


def _doors() -> Json:
    """Return what leads on from an identifier that is neither a record's nor a term's."""
    found: Json = {}
    for path, operation, part in (
        ("/graph/{name}", "namedGraph", _part("name", "The graph.", "ontology")),
        ("/query/{name}", "savedQuery", _part("name", "The query.", "explore/phases")),
        ("/dataset", "dataset", None),
    ):
        location: Json = {"description": "Where it is described.", "schema": {"type": "string"}}
        led: Json = {"description": "It is there.", "headers": {"Location": location}}
        get: Json = {
            "operationId": operation,
            "summary": "Lead on to what is said of it.",
            "tags": _TAGS,
            "responses": answers.responses({"303": led}, *answers.ANY, 404, 406, tagged=False),
        }
        found[path] = {"parameters": [part], "get": get} if part else {"get": get}
    return found


def _get(
    operation: str, summary: str, content: Json, *more: int, parts: list[Json] | None = None
) -> Json:
    found = answers.answer("The document.", content)
    item: Json = {
        "get": {
            "operationId": operation,
            "summary": summary,
            "tags": _TAGS,
            "responses": answers.responses({"200": found}, *answers.ANY, 403, 503, 504, 507, *more),
        }
    }
    return {"parameters": parts, **item} if parts else item


def _document() -> Json:
    return answers.text("text/html") | answers.graph()


def _context() -> Json:
    return {"application/ld+json": {"schema": {"type": "object"}}}


def _linkset() -> Json:
    return {LINKSET: {"schema": {"type": "object"}}}


def _record() -> list[Json]:
    kinds: Json = {"type": "string", "enum": list(places.KNOWN)}
    return [
        parameters.part("kind", kinds, "The kind of record or concept.", "repository"),
        _part("slug", "The last part of the record's IRI.", "zenodo"),
    ]


def _suffix() -> Json:
    suffixes: Json = {"type": "string", "enum": list(places.SUFFIXES)}
    return parameters.part("suffix", suffixes, "The format.", "ttl")


def _part(name: str, text: str, example: str) -> Json:
    return parameters.part(name, {"type": "string"}, text, example)
