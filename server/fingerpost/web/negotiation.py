"""Content negotiation by media ranges and their q-values (RFC 9110, 12.5.1)."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from fingerpost.errors import NotAcceptable

_SHORT = {
    "json": ("application/sparql-results+json", "application/json"),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
    "html": ("text/html",),
    "ttl": ("text/turtle",),
    "turtle": ("text/turtle",),
    "nt": ("application/n-triples",),
    "n3": ("text/turtle",),
    "rdf": ("application/rdf+xml",),
    "rdf+xml": ("application/rdf+xml",),
    "jsonld": ("application/ld+json",),
    "json-ld": ("application/ld+json",),
    "md": ("text/markdown",),
    "markdown": ("text/markdown",),
    "madmp": ("application/vnd.org.rd-alliance.dmp-common.v1.2+json",),
}
"""Names that may be asked for in an address, and what they stand for, the first choice first.

Some are there because widely used clients send them beside their header.
"""


@dataclass(frozen=True)
class _Range:
    type: str
    subtype: str
    quality: float

    def matches(self, media_type: str) -> bool:
        type_, _, subtype = media_type.partition("/")
        return self.type in {"*", type_} and self.subtype in {"*", subtype}

    @property
    def specificity(self) -> int:
        return (self.type != "*") + (self.subtype != "*")


@functools.lru_cache(maxsize=1024)
def choose(accept: str, offered: tuple[str, ...]) -> str:
    """Return the one of `offered` that an Accept header wants most; the earlier wins a tie.

    A missing or empty header wants the first. The most specific range that matches a media
    type gives its quality; a quality of 0 forbids it.

    Raises:
        NotAcceptable: the header forbids them all; the message lists them.
    """
    ranges = [found for part in accept.split(",") if (found := _range(part))]
    if not ranges:
        return offered[0]
    best = max(offered, key=lambda media_type: _quality(media_type, ranges))
    if _quality(best, ranges) <= 0:
        raise NotAcceptable(
            f"None of {accept} can be written here. Accept one of: {', '.join(offered)}."
        )
    return best


def named(short: str, offered: Sequence[str]) -> str:
    """Return the media type that a short name such as `csv`, or itself, stands for.

    Raises:
        NotAcceptable: it is none of `offered`; the message lists the names.
    """
    for media_type in (*_SHORT.get(short, ()), short):
        if media_type in offered:
            return media_type
    names = [name for name, types in _SHORT.items() if set(types) & set(offered)]
    raise NotAcceptable(f'There is no format "{short}" here. Choose one of: {", ".join(names)}.')


def _range(text: str) -> _Range | None:
    """Return a media range; parameters other than q are not told apart."""
    name, *parameters = (part.strip() for part in text.split(";"))
    type_, slash, subtype = name.lower().partition("/")
    if not slash or not type_ or not subtype:
        return None
    quality = 1.0
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "q":
            quality = _number(value.strip())
    return _Range(type_, subtype, quality)


def _number(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0


def _quality(media_type: str, ranges: Sequence[_Range]) -> float:
    matching = [one for one in ranges if one.matches(media_type)]
    if not matching:
        return 0.0
    return max(matching, key=lambda one: one.specificity).quality
