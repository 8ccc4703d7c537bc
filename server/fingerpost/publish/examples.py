"""The saved queries as examples that query editors and assistants find by themselves.

The convention is that of the SIB Swiss Institute of Bioinformatics (sparql-examples, read by
sparql-editor and by the chat of Expasy): a record of SHACL's vocabulary a query, with one
comment, the text, and the endpoint it is for; prefixes are declared beside them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pyoxigraph import Literal, NamedNode, Triple

from fingerpost.graph.vocabulary import BASE, PREFIXES, TYPE, term
from fingerpost.publish.terms import english, inside, name
from fingerpost.queries import bind
from fingerpost.queries.saved import CHECKS, IRIS, Parameter, SavedQuery

QUERIES = BASE + "query/"
"""Where the IRIs of saved queries begin."""
PREFIX_LIST = BASE + "prefixes"
"""What declares the prefixes."""

_HEAD = "#+"
_FORMS = {
    "SELECT": ("sh:SPARQLSelectExecutable", "sh:select"),
    "ASK": ("sh:SPARQLAskExecutable", "sh:ask"),
    "CONSTRUCT": ("sh:SPARQLConstructExecutable", "sh:construct"),
}
"""Form → class and property; SHACL has none for DESCRIBE."""
_DATATYPES = {"literal": "string", "integer": "integer", "decimal": "decimal", "boolean": "boolean"}
"""Type of parameter → XML Schema type; a date may be of three, and an IRI is of none."""


def statements(queries: Mapping[str, SavedQuery], endpoint: str) -> list[Triple]:
    """Return a record of every saved query that `left_out` does not name; no blank nodes."""
    found: list[Triple] = []
    for query in _published(queries):
        if not _missing(query):
            found.extend(_record(query, endpoint))
    return found


def left_out(queries: Mapping[str, SavedQuery]) -> dict[str, str]:
    """Return the queries that have no record, and why; checks of the curators are not counted."""
    return {query.name: why for query in _published(queries) if (why := _missing(query))}


def rendered(query: SavedQuery) -> str:
    """Return the text that runs as it stands, every parameter that must be given in place.

    Raises:
        BadParameter: one has no value; `left_out` names its query.
    """
    open_ = replace(query, parameters=tuple(_classless(one) for one in query.parameters))
    lines = bind.bind(open_, given(query), _nothing).splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_HEAD)).lstrip("\n")


def given(query: SavedQuery) -> dict[str, str]:
    """Return an example for each parameter that must be given, where the head has one.

    It is the one under `examples`, else the first of `enumerate`.
    """
    found = {
        one.name: query.examples.get(one.name) or next(iter(one.choices), "")
        for one in _needed(query)
    }
    return {key: value for key, value in found.items() if value}


def prefixes() -> list[Triple]:
    """Return the declarations of every prefix of the repository (SHACL, 5.2.1)."""
    return [triple for prefix, iri in PREFIXES.items() for triple in _declaration(prefix, iri)]


def _published(queries: Mapping[str, SavedQuery]) -> Iterator[SavedQuery]:
    return (query for query in queries.values() if not query.name.startswith(CHECKS))


def _missing(query: SavedQuery) -> str:
    """Return why the query has no record, or nothing."""
    if query.form not in _FORMS:
        return f"{query.form} has no place in the vocabulary"
    known = given(query)
    names = [one.name for one in _needed(query) if one.name not in known]
    return f"the head has no example for {', '.join(names)}" if names else ""


def _needed(query: SavedQuery) -> list[Parameter]:
    return [one for one in query.parameters if one.required]


def _classless(one: Parameter) -> Parameter:
    """Return the parameter without its class: the values are the file's own, not a client's."""
    return replace(one, class_="")


def _nothing(_: str) -> dict[str, str]:
    return {}


def _record(query: SavedQuery, endpoint: str) -> Iterator[Triple]:
    node = NamedNode(QUERIES + query.name)
    class_, property_ = _FORMS[query.form]
    service = endpoint.rpartition("/")[0]
    yield Triple(node, TYPE, name("sh:SPARQLExecutable"))
    yield Triple(node, TYPE, name(class_))
    yield Triple(node, name("rdfs:comment"), english(query.summary))
    yield Triple(node, name(property_), Literal(rendered(query)))
    yield Triple(node, name("sh:prefixes"), NamedNode(PREFIX_LIST))
    yield Triple(node, name("schemas:target"), NamedNode(endpoint))
    yield Triple(node, name("schemas:url"), NamedNode(f"{service}/queries/{query.name}"))
    for tag in query.tags:
        yield Triple(node, name("schemas:keywords"), Literal(tag))
    if query.description:
        yield Triple(node, name("dct:description"), english(query.description))
    for one in query.parameters:
        yield from _parameter(node, one)


def _parameter(query: NamedNode, one: Parameter) -> Iterator[Triple]:
    """Yield a parameter as in SHACL, 6.2.1: the local name of its path is its name."""
    node = inside(query.value, f"parameter-{one.name}")
    kind = "sh:IRI" if one.type in {"iri", IRIS} else "sh:Literal"
    yield Triple(query, name("sh:parameter"), node)
    yield Triple(node, TYPE, name("sh:Parameter"))
    yield Triple(node, name("sh:path"), inside(query.value, one.name))
    yield Triple(node, name("sh:name"), Literal(one.name))
    yield Triple(node, name("sh:description"), english(bind.describe(one)))
    yield Triple(node, name("sh:nodeKind"), name(kind))
    yield Triple(node, name("sh:optional"), Literal(not one.required))
    if one.type in _DATATYPES:
        yield Triple(node, name("sh:datatype"), name(f"xsd:{_DATATYPES[one.type]}"))
    if one.class_:
        yield Triple(node, name("sh:class"), term(one.class_))
    if one.default is not None:
        value = bind.value_of(_classless(one), one.default, _nothing)
        yield Triple(node, name("sh:defaultValue"), value)


def _declaration(prefix: str, iri: str) -> Iterator[Triple]:
    node = inside(PREFIX_LIST, prefix)
    yield Triple(NamedNode(PREFIX_LIST), name("sh:declare"), node)
    yield Triple(node, TYPE, name("sh:PrefixDeclaration"))
    yield Triple(node, name("sh:prefix"), Literal(prefix))
    yield Triple(node, name("sh:namespace"), Literal(iri, datatype=name("xsd:anyURI")))
