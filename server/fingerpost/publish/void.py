"""What is in the default graph: VoID (W3C Note, 2011).

Each class has its properties, and each of these what its values are, by class and by datatype:
that is what query editors complete from, and what assistants take for a schema. The nesting is
that of SIB's void-generator; datatypes have the terms of http://ldf.fi/void-ext#.
"""

import re
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from fingerpost.engine import Engine
from fingerpost.engine.rows import Row
from fingerpost.graph.vocabulary import BASE, TYPE
from fingerpost.publish import counts
from fingerpost.publish.counts import Counts
from fingerpost.publish.places import PROJECT
from fingerpost.publish.terms import (
    DESCRIPTION,
    LICENCE,
    TITLE,
    english,
    inside,
    key,
    name,
    number,
)

_LOCAL = re.compile(r"[^/#]*$")
_COUNTED = ("triples", "entities", "distinctSubjects", "distinctObjects", "properties", "classes")


def statements(
    engine: Engine,
    dataset: str,
    *,
    endpoint: str | None = None,
    plain: bool = False,
    nested: bool = True,
) -> list[Triple]:
    """Return the description of what an engine holds; see `description`."""
    numbers = counts.Asked(engine)
    return description(numbers, dataset, endpoint=endpoint, plain=plain, nested=nested)


def description(
    numbers: Counts,
    dataset: str,
    *,
    endpoint: str | None = None,
    plain: bool = False,
    nested: bool = True,
) -> list[Triple]:
    """Return the description of the default graph as the dataset of that IRI; no blank nodes.

    With `plain` the graph is not ours: it gets no title, licence or namespace, and whatever has
    an IRI is an entity of it. Unless `nested`, what the properties of each class are is left
    out, which is nine tenths of it; and so is a part that takes more than one query may.
    """
    node = NamedNode(dataset)
    space = "" if plain else BASE
    properties, classes = numbers.properties(), numbers.classes()
    found = [
        *_dataset(node, endpoint, space),
        *_totals(node, (*numbers.totals(space), *numbers.distinct_classes())),
        *_vocabularies(node, (*properties, *classes)),
        *_class_partitions(node, classes),
        *_property_partitions(node, properties),
        *_linksets(node, numbers.links(space) if space else ()),
        *(_ours(node, numbers.about(), endpoint) if space else ()),
    ]
    return [*found, *_nested(numbers, node)] if nested else found


def _nested(numbers: Counts, node: NamedNode) -> list[Triple]:
    return [
        *_property_partitions(node, numbers.class_properties()),
        *_values(node, numbers.value_classes(), "void:classPartition", "void:class"),
        *_values(node, numbers.value_datatypes(), "ext:datatypePartition", "ext:datatype"),
    ]


def _dataset(node: NamedNode, endpoint: str | None, space: str) -> Iterator[Triple]:
    yield Triple(node, TYPE, name("void:Dataset"))
    if endpoint:
        yield Triple(node, name("void:sparqlEndpoint"), NamedNode(endpoint))
    if space:
        yield Triple(node, name("void:uriSpace"), Literal(space))
        yield Triple(node, name("dct:title"), english(TITLE))
        yield Triple(node, name("dct:description"), english(DESCRIPTION))
        yield Triple(node, name("dct:license"), LICENCE)


def _ours(node: NamedNode, about: Row, endpoint: str | None) -> Iterator[Triple]:
    """Yield where the graph begins, an example, who makes it, when it changed, its files."""
    yield Triple(node, name("dct:publisher"), PROJECT)
    yield Triple(node, name("void:rootResource"), NamedNode(BASE + "catalog"))
    if "example" in about:
        yield Triple(node, name("void:exampleResource"), NamedNode(about["example"]))
    if "modified" in about:
        modified = Literal(about["modified"], datatype=name("xsd:date"))
        yield Triple(node, name("dct:modified"), modified)
    if endpoint:
        service = endpoint.rpartition("/")[0]
        yield Triple(node, name("foaf:homepage"), NamedNode(f"{service}/"))
        for suffix in ("ttl.gz", "nq.gz", "jsonld.gz"):
            yield Triple(node, name("void:dataDump"), NamedNode(f"{service}/dump.{suffix}"))


def _totals(node: NamedNode, found: Iterable[Row]) -> Iterator[Triple]:
    for row in found:
        yield from _numbers(node, row)


def _vocabularies(node: NamedNode, found: Iterable[Row]) -> Iterator[Triple]:
    """Yield the namespaces of the properties and classes that are used."""
    terms = {row.get("class") or row["property"] for row in found}
    for namespace in sorted({_LOCAL.sub("", term) for term in terms} - {""}):
        yield Triple(node, name("void:vocabulary"), NamedNode(namespace))


def _class_partitions(node: NamedNode, found: Iterable[Row]) -> Iterator[Triple]:
    for row in found:
        part = _class(node, row)
        yield Triple(node, name("void:classPartition"), part)
        yield Triple(part, name("void:class"), NamedNode(row["class"]))
        yield from _numbers(part, row)


def _property_partitions(node: NamedNode, found: Iterable[Row]) -> Iterator[Triple]:
    """Yield the properties of the dataset or, where a row has a class, of that class."""
    for row in found:
        part = _property(node, row)
        whole = _class(node, row) if "class" in row else node
        yield Triple(whole, name("void:propertyPartition"), part)
        yield Triple(part, name("void:property"), NamedNode(row["property"]))
        yield from _numbers(part, row)


def _values(node: NamedNode, found: Iterable[Row], leads: str, says: str) -> Iterator[Triple]:
    for row in found:
        whole = _property(node, row)
        part = inside(whole.value, says.partition(":")[2], key(row["of"]))
        yield Triple(whole, name(leads), part)
        yield Triple(part, name(says), NamedNode(row["of"]))
        yield from _numbers(part, row)


def _linksets(node: NamedNode, found: Iterable[Row]) -> Iterator[Triple]:
    for row in found:
        links = inside(node.value, "links", key(row["property"]), key(row["space"]))
        target = inside(node.value, "target", key(row["space"]))
        yield Triple(node, name("void:subset"), links)
        yield Triple(links, TYPE, name("void:Linkset"))
        yield Triple(links, name("void:subjectsTarget"), node)
        yield Triple(links, name("void:objectsTarget"), target)
        yield Triple(links, name("void:linkPredicate"), NamedNode(row["property"]))
        yield from _numbers(links, row)
        yield Triple(target, TYPE, name("void:Dataset"))
        yield Triple(target, name("void:uriSpace"), Literal(row["space"]))


def _class(node: NamedNode, row: Row) -> NamedNode:
    return inside(node.value, "class", key(row["class"]))


def _property(node: NamedNode, row: Row) -> NamedNode:
    whole = _class(node, row) if "class" in row else node
    return inside(whole.value, "property", key(row["property"]))


def _numbers(node: NamedNode, row: Row) -> Iterator[Triple]:
    for count in _COUNTED:
        if count in row:
            yield Triple(node, name(f"void:{count}"), number(row[count]))
