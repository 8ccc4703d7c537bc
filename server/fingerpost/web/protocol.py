"""What a request asks by SPARQL 1.1 Protocol (W3C, 2013), 2: a query or an update."""

import binascii
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode

from fingerpost.engine import Generation, Query
from fingerpost.errors import BadRequest, UnsupportedMediaType

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
FIELDS = 1000
"""The most parameters of one request."""

_ONLY = "query="
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")
_CHARSETS = frozenset({"utf-8", "utf8", "us-ascii"})
_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([^\";\s]+)", re.IGNORECASE)
_GRAPHS = {
    "query": ("default-graph-uri", "named-graph-uri"),
    "update": ("using-graph-uri", "using-named-graph-uri"),
}


@dataclass(frozen=True)
class Asked:
    """A query or an update, by `kind`, with the graphs of the request.

    `format` is the short name of a format that the address asks for beside the header.
    """

    kind: str
    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None

    @property
    def query(self) -> Query:
        """What the engine is asked."""
        return Query(self.text, self.default_graphs, self.named_graphs)

    def tag(self, generation: Generation, media_type: str) -> str:
        """Return the entity tag of the answer, which is known before it is."""
        parts = (generation.id, media_type, self.text, *self.default_graphs, "|")
        whole = "\0".join((*parts, *self.named_graphs))
        return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:32]


@dataclass(frozen=True)
class Fields:
    """The parameters of a request, in order."""

    pairs: tuple[tuple[str, str], ...] = field(default=())

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a parameter."""
        return tuple(value for key, value in self.pairs if key == name)


def read(method: str, address: str, content_type: str, body: bytes) -> Asked | None:
    """Return what a request asks; None if it is a GET without a query.

    `address` is the part of the address behind the question mark.

    Raises:
        BadRequest: it asks nothing, several things, or is not UTF-8.
        UnsupportedMediaType: its body is of another type.
    """
    if method != "POST":
        text = _only(address)
        return _by_get(parse(address)) if text is None else Asked("query", text)
    fields = parse(address)
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type not in {FORM, QUERY, UPDATE}:
        raise UnsupportedMediaType(
            f"A query comes as {FORM} or {QUERY}, an update as {FORM} or {UPDATE}, not as "
            f'"{media_type}".'
        )
    utf_8(content_type)
    if media_type == FORM:
        given = parse(_decoded(body))
        return _asked(_one_of(given), Fields((*given.pairs, *fields.pairs)))
    kind = "query" if media_type == QUERY else "update"
    if fields.all("query") or fields.all("update"):
        raise BadRequest("Give the text once: as the body or in the address, not both.")
    return _asked((kind, _decoded(body)), fields)


def parse(text: str) -> Fields:
    """Return the parameters of a form.

    Raises:
        BadRequest: there are too many, or they are not UTF-8.
    """
    only = _only(text)
    if only is not None:
        return Fields(((_ONLY[:-1], only),))
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=FIELDS)
    except UnicodeDecodeError as fault:
        raise BadRequest(f"The request is not UTF-8: {fault.reason}.") from fault
    except ValueError as fault:
        raise BadRequest(f"A request has at most {FIELDS} parameters.") from fault
    return Fields(tuple(pairs))


def _only(text: str) -> str | None:
    """Return the query, where a form holds nothing else; None where it takes a closer look."""
    if text.startswith(_ONLY) and "&" not in text:
        return _decode(text[len(_ONLY) :])
    return None


def _decode(text: str) -> str | None:
    """Return a value with its percent escapes undone; None where it takes a closer look.

    Quoted-printable has the same escapes behind another sign, and its decoder is written in C:
    for a query of a thousand characters it takes a tenth of the time. An escape that is none
    stays as it is, which shows in the length.
    """
    try:
        coded = text.encode("ascii").replace(b"=", b"%3D").replace(b"%", b"=").replace(b"+", b" ")
        decoded = binascii.a2b_qp(coded)
        if len(coded) - len(decoded) != 2 * coded.count(b"="):
            return None
        return decoded.decode("utf-8")
    except UnicodeError:
        return None


def _by_get(fields: Fields) -> Asked | None:
    if fields.all("update"):
        raise BadRequest("An update is sent by POST (SPARQL 1.1 Protocol, 2.2).")
    if not fields.all("query") and not any(map(fields.all, _GRAPHS["query"])):
        return None
    return _asked(_one_of(fields), fields)


def _one_of(fields: Fields) -> tuple[str, str]:
    found = [(name, value) for name in ("query", "update") for value in fields.all(name)]
    if len(found) != 1:
        raise BadRequest(f'A request has one field "query" or "update"; this one has {len(found)}.')
    return found[0]


def _asked(what: tuple[str, str], fields: Fields) -> Asked:
    kind, text = what
    default, named = _GRAPHS[kind]
    return Asked(
        kind=kind,
        text=text,
        default_graphs=tuple(_iris(fields, default)),
        named_graphs=tuple(_iris(fields, named)),
        format=next(iter(fields.all("format")), None),
    )


def _iris(fields: Fields, name: str) -> Iterator[str]:
    for iri in fields.all(name):
        absolute(iri, name)
        yield iri


def absolute(iri: str, name: str) -> None:
    """Return if the value of the parameter `name` is an absolute IRI; BadRequest otherwise."""
    try:
        # Of characters beyond ASCII some are in no IRI (RFC 3987, 2.2): the engine knows which.
        known = NamedNode(iri) if _ABSOLUTE.fullmatch(iri) else None
    except ValueError:
        known = None
    if known is None:
        raise BadRequest(f'{name} is an absolute IRI, not "{iri}".')


def utf_8(content_type: str) -> None:
    """Return if a Content-Type header names no other charset; UnsupportedMediaType otherwise."""
    match = _CHARSET.search(content_type)
    if match and match.group(1).lower() not in _CHARSETS:
        raise UnsupportedMediaType(f'A request is UTF-8 (RFC 3629), not "{match.group(1)}".')


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise BadRequest(
            f"The request is not UTF-8: {fault.reason} at byte {fault.start}."
        ) from fault
