"""The tool that shows a record: what is said of it, what is contested, and who says so."""

from pyoxigraph import Literal, NamedNode

from fingerpost.catalogue import Catalogue
from fingerpost.graph.vocabulary import Term, curie
from fingerpost.mcp import arguments, finding
from fingerpost.mcp.arguments import Arguments
from fingerpost.mcp.tool import TEXT, Said, Tool, gives, several, takes, told
from fingerpost.publish import record
from fingerpost.publish.openapi.answers import Json
from fingerpost.publish.record import Record
from fingerpost.publish.statements import Statements

_SHOW = """\
Show a record or concept by its IRI, by kind/slug such as repository/zenodo or \
data-type/imaging-data, or by a name or identifier that only it has: everything that is said of \
it, each contested or dated claim with its source, the guidance that recommends it, its sources."""
_WHICH = "The IRI of a record or concept, its kind and slug, or its name."
_ELSEWHERE = frozenset(
    {"skos:prefLabel", "dct:description", "skos:definition", "dct:source", "fp:concernsData"}
    | {"skos:broaderTransitive", "skos:narrowerTransitive"}
)
"""What stands at another place of the answer, or follows from what it says."""


def show(opened: Catalogue, given: Arguments) -> Said:
    """Show a record."""
    arguments.only(given, ("record",))
    iri = finding.meant(opened, arguments.needed(given, "record", "repository/zenodo"))
    found = record.find(opened.engine, iri)
    structured: Json = {
        "iri": found.iri.value,
        "kind": found.kind,
        "slug": found.slug,
        "name": found.name,
        "description": found.description,
        "properties": _properties(found),
        "claims": _claims(found),
        "guidance": [_thing(found.about, one) for one in _guidance(found)],
        "sources": [_source(found.about, one) for one in _sources(found)],
    }
    return Said(structured, "\n".join(_lines(found)))


def _properties(found: Record) -> dict[str, list[Json]]:
    said = found.about.properties(found.iri)
    named = ((curie(property_.value), values) for property_, values in said)
    return {
        name: [_value(found.about, value) for value in values]
        for name, values in named
        if name not in _ELSEWHERE
    }


def _claims(found: Record) -> list[Json]:
    about = found.about
    return [
        {
            "property": curie(_text(about, one, "fp:property")),
            "value": [_value(about, value) for value in about.of(one, "fp:value")],
            "stated": _text(about, one, "fp:statedOn"),
            "validUntil": _text(about, one, "fp:validUntil"),
            "sources": [_thing(about, source) for source in about.iris(one, "dct:source")],
        }
        for one in about.subjects()
        if found.iri in about.of(one, "fp:subject")
    ]


def _guidance(found: Record) -> list[NamedNode]:
    about = found.about
    return [one for one in about.subjects() if found.iri in about.of(one, "fp:recommends")]


def _sources(found: Record) -> list[NamedNode]:
    """Return the sources of the record, of what is claimed of it, and of its guidance."""
    nodes = [found.iri, *found.about.subjects()]
    return list(
        dict.fromkeys(one for node in nodes for one in found.about.iris(node, "dct:source"))
    )


def _source(about: Statements, one: NamedNode) -> Json:
    address = (_text(about, one, "schema:url"), _text(about, one, "dct:date"))
    return {**_thing(about, one), "url": address[0], "date": address[1]}


def _thing(about: Statements, one: NamedNode) -> Json:
    return {"iri": one.value, "name": about.name(one)}


def _value(about: Statements, value: Term) -> Json:
    if isinstance(value, NamedNode):
        return {"iri": value.value, "name": about.name(value)}
    if isinstance(value, Literal):
        language: Json = {"language": value.language} if value.language else {}
        return {"text": value.value, **language}
    return {"text": str(value)}


def _text(about: Statements, node: NamedNode, property_: str) -> str:
    return next((_plain(value) for value in about.of(node, property_)), "")


def _plain(value: Term) -> str:
    return value.value if isinstance(value, (NamedNode, Literal)) else str(value)


def _lines(found: Record) -> list[str]:
    about = found.about
    said = [f"{found.name} ({found.kind}) {found.iri.value}", found.description]
    for name, values in _properties(found).items():
        texts = (str(one.get("name") or one.get("text") or one.get("iri")) for one in values)
        said.append(f"{name}: {'; '.join(texts)}")
    said += [f"recommended by: {about.name(one)} {one.value}" for one in _guidance(found)]
    said += [
        f"source: {about.name(one)} {_text(about, one, 'schema:url')}" for one in _sources(found)
    ]
    return [line for line in said if line]


_THING = gives({"iri": TEXT, "name": TEXT})
_VALUE = gives({}, {"iri": TEXT, "name": TEXT, "text": TEXT, "language": TEXT})
_CLAIM = gives(
    {
        "property": TEXT,
        "value": several(_VALUE),
        "stated": TEXT,
        "validUntil": TEXT,
        "sources": several(_THING),
    }
)
_RECORD = gives(
    {
        "iri": TEXT,
        "kind": TEXT,
        "slug": TEXT,
        "name": TEXT,
        "description": TEXT,
        "properties": {
            "type": "object",
            "description": "Values by property, a prefixed name such as fp:accepts.",
            "additionalProperties": several(_VALUE),
        },
        "claims": several(_CLAIM),
        "guidance": several(_THING),
        "sources": several(gives({"iri": TEXT, "name": TEXT, "url": TEXT, "date": TEXT})),
    }
)

TOOL = Tool(
    "show",
    "Show a record",
    _SHOW,
    takes({"record": told(_WHICH, examples=["repository/zenodo"])}, "record"),
    _RECORD,
    show,
)
