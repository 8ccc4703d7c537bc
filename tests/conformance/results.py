"""Results of queries, read from every format that the suites and the endpoints use.

The readers are written here, so that a fault of an engine's writer is not hidden by its own reader.
"""

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox

from conformance.manifests import FORMATS, RDF, Facts, Value

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
SRX = "{http://www.w3.org/2005/sparql-results#}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ITS_DIR = "{http://www.w3.org/2005/11/its}dir"

MEDIA_TYPES = {
    ".srj": "application/sparql-results+json",
    ".srx": "application/sparql-results+xml",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
}
SUFFIXES = {media_type: suffix for suffix, media_type in MEDIA_TYPES.items()}

Term = Value | str | None


@dataclass(frozen=True)
class Solutions:
    """A table: its variables, and its rows in that order; None where nothing is bound."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term, ...], ...]
    ordered: bool = False


@dataclass(frozen=True)
class Graph:
    """The statements of a graph, or with a fourth term those of a dataset."""

    statements: frozenset[tuple[Term, ...]]


Result = Solutions | Graph | bool


def expected(path: Path, base: str) -> Result:
    """What the file of a test says that the result is."""
    if path.suffix in FORMATS:
        facts = Facts(path, base)
        tables = facts.subjects(RDF + "type", RS + "ResultSet")
        return _result_set(facts, tables[0]) if tables else graph(path.read_bytes(), path, base)
    return read(path.read_bytes(), path.suffix, base)


def read(body: bytes, suffix: str, base: str) -> Result:
    """What the body of an answer says, in the format that the suffix names."""
    if suffix == ".srj":
        return _json(body)
    if suffix == ".srx":
        return _xml(body)
    if suffix == ".csv":
        return _csv(body)
    if suffix == ".tsv":
        return _tsv(body)
    return graph(body, Path("answer" + suffix), base)


def graph(body: bytes, path: Path, base: str) -> Graph:
    """The statements in RDF of the format that the path's suffix names."""
    found = ox.parse(body, format=FORMATS[path.suffix], base_iri=base)
    return Graph(frozenset((quad.subject, quad.predicate, quad.object) for quad in found))


def _json(body: bytes) -> Result:
    document = json.loads(body.decode("utf-8-sig"))
    if "boolean" in document:
        return bool(document["boolean"])
    variables = tuple(document["head"].get("vars", ()))
    bindings = document["results"]["bindings"]
    return _solutions(
        variables, [{name: _json_term(row[name]) for name in row} for row in bindings]
    )


def _json_term(value: dict[str, object]) -> Term:
    kind, content = value["type"], value["value"]
    if kind == "uri":
        return ox.NamedNode(content)
    if kind == "bnode":
        return ox.BlankNode(content)
    if kind == "triple":
        parts = (content[name] for name in ("subject", "predicate", "object"))
        return ox.Triple(*(_json_term(part) for part in parts))
    if kind not in {"literal", "typed-literal"}:
        raise ValueError(f"a term of the type {kind}")
    return _literal(content, value.get("datatype"), value.get("xml:lang"), value.get("its:dir"))


def _xml(body: bytes) -> Result:
    root = ElementTree.fromstring(body)
    boolean = root.find(SRX + "boolean")
    if boolean is not None:
        return {"true": True, "false": False}[boolean.text.strip()]
    variables = tuple(node.get("name") for node in root.iterfind(f"{SRX}head/{SRX}variable"))
    rows = [
        {node.get("name"): _xml_term(node[0]) for node in row.iterfind(SRX + "binding")}
        for row in root.iterfind(f"{SRX}results/{SRX}result")
    ]
    return _solutions(variables, rows)


def _xml_term(node: ElementTree.Element) -> Term:
    kind, content = node.tag.removeprefix(SRX), node.text or ""
    if kind == "uri":
        return ox.NamedNode(content)
    if kind == "bnode":
        return ox.BlankNode(content)
    if kind == "triple":
        parts = (node.find(SRX + name) for name in ("subject", "predicate", "object"))
        return ox.Triple(*(_xml_term(part[0]) for part in parts))
    if kind != "literal":
        raise ValueError(f"a term of the type {kind}")
    return _literal(content, node.get("datatype"), node.get(XML_LANG), node.get(ITS_DIR))


def _literal(
    text: str, datatype: str | None, language: str | None, direction: str | None
) -> ox.Literal:
    if direction:
        return ox.Literal(text, language=language, direction=ox.BaseDirection(direction))
    if language:
        return ox.Literal(text, language=language)
    return ox.Literal(text, datatype=ox.NamedNode(datatype)) if datatype else ox.Literal(text)


def _solutions(variables: tuple[str, ...], rows: list[dict[str, Term]]) -> Solutions:
    for row in rows:
        if not row.keys() <= set(variables):
            raise ValueError(f"{', '.join(sorted(row))} bound, {', '.join(variables)} declared")
    return Solutions(variables, tuple(tuple(map(row.get, variables)) for row in rows))


def _csv(body: bytes) -> Solutions:
    """The cells as they stand: CSV keeps no kinds of terms, but blank nodes are to be mapped."""
    head, *rows = csv.reader(io.StringIO(body.decode("utf-8"), newline=""), strict=True)
    cells = (tuple(map(_csv_cell, row)) for row in rows)
    return Solutions(tuple(head), tuple(cells))


def _csv_cell(cell: str) -> Term:
    return ox.BlankNode(cell[2:]) if cell.startswith("_:") else cell


def _tsv(body: bytes) -> Solutions:
    head, *lines = body.decode("utf-8").removesuffix("\n").split("\n")
    rows = (tuple(map(_tsv_cell, line.rstrip("\r").split("\t"))) for line in lines)
    names = head.rstrip("\r").split("\t")
    if not all(name.startswith("?") for name in names):
        raise ValueError("a heading is no variable")
    return Solutions(tuple(name[1:] for name in names), tuple(rows))


def _tsv_cell(cell: str) -> Term:
    if not cell:
        return None
    (quad,) = ox.parse(
        f"<x:s> <x:p> {cell} .", format=ox.RdfFormat.TURTLE, rename_blank_nodes=False
    )
    return quad.object


def _result_set(facts: Facts, table: Value) -> Result:
    """The result-set vocabulary of the SPARQL 1.0 suite."""
    boolean = facts.value(table, RS + "boolean")
    if boolean is not None:
        return boolean.value == "true"
    variables = sorted(name.value for name in facts.values(table, RS + "resultVariable"))
    nodes = facts.values(table, RS + "solution")
    indexes = [facts.text(node, RS + "index") for node in nodes]
    ordered = bool(nodes) and None not in indexes
    if ordered:
        nodes = [node for _, node in sorted(zip(map(int, indexes), nodes, strict=True), key=_first)]
    rows = [
        {
            facts.text(binding, RS + "variable"): facts.value(binding, RS + "value")
            for binding in facts.values(node, RS + "binding")
        }
        for node in nodes
    ]
    found = _solutions(tuple(variables), rows)
    return Solutions(found.variables, found.rows, ordered)


def _first(pair: tuple[int, Value]) -> int:
    return pair[0]
