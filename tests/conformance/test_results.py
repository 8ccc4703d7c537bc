"""The readers of results: one table in every format, and documents that must be refused."""

import pyoxigraph as ox
import pytest

from conformance import compare, results
from conformance.results import Solutions

BASE = "http://example.org/"
S = ox.NamedNode("http://example.org/s")
TABLE = Solutions(
    ("s", "o"),
    (
        (S, ox.Literal("a\tb", language="en")),
        (ox.BlankNode("x"), ox.Literal(4)),
        (ox.BlankNode("x"), None),
    ),
)
JSON = rb"""{"head": {"vars": ["s", "o"]}, "results": {"bindings": [
  {"s": {"type": "uri", "value": "http://example.org/s"},
   "o": {"type": "literal", "value": "a\tb", "xml:lang": "en"}},
  {"s": {"type": "bnode", "value": "n"}, "o": {"type": "literal", "value": "4",
   "datatype": "http://www.w3.org/2001/XMLSchema#integer"}},
  {"s": {"type": "bnode", "value": "n"}}]}}"""
XML = b"""<sparql xmlns="http://www.w3.org/2005/sparql-results#">
<head><variable name="s"/><variable name="o"/></head><results>
<result><binding name="s"><uri>http://example.org/s</uri></binding>
  <binding name="o"><literal xml:lang="en">a\tb</literal></binding></result>
<result><binding name="s"><bnode>n</bnode></binding><binding name="o">
  <literal datatype="http://www.w3.org/2001/XMLSchema#integer">4</literal></binding></result>
<result><binding name="s"><bnode>n</bnode></binding></result></results></sparql>"""
TSV = b'?s\t?o\n<http://example.org/s>\t"a\\tb"@en\n_:n\t4\n_:n\t\n'


@pytest.mark.parametrize(("body", "suffix"), [(JSON, ".srj"), (XML, ".srx"), (TSV, ".tsv")])
def test_a_table_is_the_same_from_every_format(body: bytes, suffix: str) -> None:
    assert compare.difference(TABLE, results.read(body, suffix, BASE)) == ""


def test_csv_gives_cells_and_blank_nodes() -> None:
    found = results.read(b's,o\r\nhttp://example.org/s,"a,b"\r\n_:n,\r\n', ".csv", BASE)
    assert found.rows == (("http://example.org/s", "a,b"), (ox.BlankNode("n"), ""))


@pytest.mark.parametrize(
    ("body", "suffix"),
    [
        (b'{"head": {}, "boolean": false}', ".srj"),
        (
            b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/>'
            b"<boolean>false</boolean></sparql>",
            ".srx",
        ),
    ],
)
def test_a_boolean_is_read_from_json_and_xml(body: bytes, suffix: str) -> None:
    assert results.read(body, suffix, BASE) is False


def test_triple_terms_and_directions_are_read() -> None:
    part = '{"type": "literal", "value": "x", "xml:lang": "ar", "its:dir": "rtl"}'
    address = '{"type": "uri", "value": "http://example.org/s"}'
    triple = f'{{"subject": {address}, "predicate": {address}, "object": {part}}}'
    body = (
        '{"head": {"vars": ["t"]}, "results": {"bindings": '
        f'[{{"t": {{"type": "triple", "value": {triple}}}}}]}}}}'
    )
    text = ox.Literal("x", language="ar", direction=ox.BaseDirection.RTL)
    assert results.read(body.encode(), ".srj", BASE).rows == ((ox.Triple(S, S, text),),)


@pytest.mark.parametrize(
    ("body", "suffix"),
    [
        (b'{"head": {"vars": []}, "results": {"bindings": [{"s": {"type": "uri", "value": "x:y"}}]}}', ".srj"),
        (b'{"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "iri", "value": "x:y"}}]}}', ".srj"),
        (b"s\to\n", ".tsv"),
        (b"?s\nno term\n", ".tsv"),
        (b"<s> <p> .", ".ttl"),
    ],
    ids=["undeclared variable", "unknown type", "bare heading", "malformed term", "malformed RDF"],
)  # fmt: skip
def test_what_is_malformed_is_refused(body: bytes, suffix: str) -> None:
    with pytest.raises((ValueError, SyntaxError)):
        results.read(body, suffix, BASE)
