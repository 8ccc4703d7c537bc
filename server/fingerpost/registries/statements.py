"""RDF in any format as what is said of each subject, without anything being fetched."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from xml.parsers import expat

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from fingerpost.errors import NotOfRegistry
from fingerpost.registries import documents
from fingerpost.registries.entry import Broken

Term = NamedNode | BlankNode | Literal | Triple
_SCHEMA = "http://schema.org/"
_SCHEMAS = ("https://schema.org/", "http://www.schema.org/", "https://www.schema.org/")
_CONTEXTS = (*_SCHEMAS, _SCHEMA, "https://bioschemas.org/", "http://bioschemas.org/")
_OWN_CONTEXT = {"@vocab": _SCHEMA, "id": "@id", "type": "@type"}
"""What stands for schema.org's context, which is not fetched."""
NOWHERE = "https://relative.invalid/"
"""What relative IRIs are resolved against: where a document lay is not known."""
_MEMBERS = frozenset(
    _SCHEMA + one for one in ("dataset", "hasPart", "item", "itemListElement", "mainEntity")
) | frozenset(
    "http://www.w3.org/ns/dcat#" + one for one in ("catalog", "dataset", "resource", "service")
)
"""What a catalogue says of the things in it."""
_MOST_FAULTS = 100
_JSON = re.compile(rb"\{\s*[\"}]|\[\s*\{\s*\"")


@dataclass(frozen=True)
class Statements:
    """What is said of each subject, by property; and what could not be read."""

    said: dict[Term, dict[str, list[Term]]]
    broken: tuple[Broken, ...]
    parts: frozenset[Term]
    """Blank nodes that are part of something else, such as its publisher."""

    def values(self, subject: Term, *properties: str) -> Iterator[Term]:
        """Yield the values of the properties, in that order."""
        found = self.said.get(subject, {})
        for one in properties:
            yield from found.get(one, ())


def read(data: bytes) -> Statements:
    """Return the statements of a document, in the format that it looks like; of HTML, its JSON-LD.

    Raises:
        NotOfRegistry: it is no RDF, or needs a JSON-LD context that is not known here.
    """
    begin = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:512].lower()
    if begin.startswith((b"<!doctype html", b"<html")):
        return _gathered(_embedded(data))
    if begin.startswith((b"<?xml", b"<!--", b"<!doctype", b"<rdf:")):
        _check_entities(data)
        return _gathered([(data, RdfFormat.RDF_XML)])
    if _JSON.match(begin):
        return _gathered([_json_ld(data)])
    if begin.startswith(b"[") and _is_json(data):
        return _gathered([_json_ld(data)])
    return _gathered([(data, RdfFormat.TRIG)])


def _gathered(documents_: Iterable[tuple[bytes, RdfFormat] | Broken]) -> Statements:
    said: dict[Term, dict[str, list[Term]]] = {}
    broken: list[Broken] = []
    parts: set[Term] = set()
    for document in documents_:
        for one in [document] if isinstance(document, Broken) else _parsed(*document):
            if isinstance(one, Broken):
                broken.append(one)
                continue
            subject, property_, value = one
            values = said.setdefault(subject, {}).setdefault(property_, [])
            if value not in values:
                values.append(value)
            if isinstance(value, BlankNode) and property_ not in _MEMBERS:
                parts.add(value)
    if not said:
        told = broken[0].message if broken else "it says nothing."
        raise NotOfRegistry(f"This is no RDF: {told}")
    return Statements(said, tuple(broken), frozenset(parts))


def _parsed(data: bytes, format_: RdfFormat) -> Iterator[tuple[Term, str, Term] | Broken]:
    """Yield statements, and the faults between them, at which a parser may go on."""
    found = iter(parse(data.removeprefix(b"\xef\xbb\xbf"), format_, base_iri=NOWHERE))
    faults = 0
    while faults < _MOST_FAULTS:
        try:
            quad = next(found)
        except StopIteration:
            return
        except (SyntaxError, ValueError) as fault:
            faults += 1
            line = getattr(fault, "lineno", None)
            yield Broken(f"line {line}" if line else "document", "", f"{fault}.")
            continue
        yield quad.subject, _plain(quad.predicate.value), _plain_term(quad.object)
    yield Broken("document", "", f"after {_MOST_FAULTS} faults, the rest of it was not read.")


def _plain_term(term: Term) -> Term:
    return NamedNode(_plain(term.value)) if isinstance(term, NamedNode) else term


def _plain(iri: str) -> str:
    """Return an IRI with schema.org written in one way."""
    for other in _SCHEMAS:
        if iri.startswith(other):
            return _SCHEMA + iri.removeprefix(other)
    return iri


def _check_entities(data: bytes) -> None:
    """Refuse XML whose entities make much of little, which pyoxigraph would write out whole."""
    try:
        expat.ParserCreate().Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as fault:
        raise NotOfRegistry(f"This is not XML: {fault}.") from fault


def _is_json(data: bytes) -> bool:
    """Return whether this is JSON; Turtle may begin like it."""
    try:
        documents.whole(data)
    except NotOfRegistry:
        return False
    return True


def _json_ld(data: bytes) -> tuple[bytes, RdfFormat]:
    found = documents.whole(data)
    try:
        return json.dumps(_local(found)).encode(), RdfFormat.JSON_LD
    except RecursionError as fault:
        raise NotOfRegistry("This JSON-LD is nested too deeply.") from fault


def _local(found: object) -> object:
    """Return JSON-LD with what stands for the contexts of schema.org."""
    if isinstance(found, list):
        return [_local(one) for one in found]
    if not isinstance(found, dict):
        return found
    return {
        name: _context(one) if name == "@context" else _local(one) for name, one in found.items()
    }


def _context(found: object) -> object:
    if isinstance(found, list):
        return [_context(one) for one in found]
    if not isinstance(found, str):
        return found
    if found.rstrip("/") + "/" in _CONTEXTS or found.startswith(tuple(_CONTEXTS)):
        return _OWN_CONTEXT
    raise NotOfRegistry(f"This JSON-LD needs the context {found[:80]}, which is not fetched.")


class _Scripts(HTMLParser):
    """The JSON-LD that a page has in it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where JSON-LD begins."""
        self._inside = tag == "script" and dict(attrs).get("type") == "application/ld+json"
        if self._inside:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        """Note where it ends."""
        self._inside = self._inside and tag != "script"

    def handle_data(self, data: str) -> None:
        """Take it."""
        if self._inside:
            self.found[-1] += data


def _embedded(data: bytes) -> Iterator[tuple[bytes, RdfFormat] | Broken]:
    page = _Scripts()
    page.feed(data.decode("utf-8", "replace"))
    for number, one in enumerate(page.found, 1):
        try:
            yield _json_ld(one.encode())
        except NotOfRegistry as fault:
            yield Broken(f"script {number}", "", str(fault))
