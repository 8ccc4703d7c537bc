"""The pages of the service for crawlers (sitemaps.org, 0.9): in parts where they are many."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from xml.sax.saxutils import escape

from fingerpost.engine import Engine, rows
from fingerpost.graph.vocabulary import kind_and_slug
from fingerpost.publish import places
from fingerpost.publish.record import Edition

MOST = 40_000
"""Pages of one part; the standard allows 50,000."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_FIXED = (
    "/",
    "/recommend",
    "/route",
    "/browse",
    "/mappings",
    "/queries",
    "/quality",
    "/sparql",
    "/ontology",
    "/shapes",
    "/catalog",
    "/about",
    "/about/policy",
)
_PAGES = """
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?modified
WHERE {
  { ?thing skos:prefLabel ?name } UNION { ?thing a skos:ConceptScheme }
  OPTIONAL { ?thing dct:modified ?modified }
}
"""
"""Each as often as it has names: to put a million in order takes an engine much memory."""


@dataclass(frozen=True)
class Page:
    """A page by its path, and the day on which it last changed."""

    path: str
    modified: str


@dataclass(frozen=True)
class Pages:
    """Pages in parts, packed: a million addresses take a few megabytes so."""

    parts: tuple[bytes, ...]
    latest: str

    @classmethod
    def of(cls, found: Iterable[Page]) -> "Pages":
        """Return pages in their order."""
        every, parts, latest = iter(found), list[bytes](), ""
        while some := list(islice(every, MOST)):
            latest = max(latest, *(page.modified for page in some))
            text = "\n".join(f"{page.path}\t{page.modified}" for page in some)
            parts.append(zlib.compress(text.encode(), 1))
        return cls(tuple(parts), latest)

    def part(self, number: int) -> list[Page]:
        """Return the pages of one part, counted from 0."""
        lines = zlib.decompress(self.parts[number]).decode().split("\n")
        return [Page(*line.split("\t")) for line in lines]


def pages(engine: Engine, edition: Edition, queries: Sequence[str]) -> Pages:
    """Return every page that has one address for good; `queries` are names of saved queries."""
    fixed = (*_FIXED, *(f"/queries/{name}" for name in queries))
    things = {
        f"{row['thing']} {row.get('modified') or edition.terms}"
        for row in rows.each(engine, _PAGES)
        if (kind_and_slug(row["thing"]) or ("", ""))[0] in places.KNOWN
    }
    told = (one.split(" ") for one in sorted(things))
    return Pages.of(
        chain(
            (Page(path, edition.modified) for path in fixed),
            (Page(places.path(thing), modified) for thing, modified in told),
        )
    )


def urls(found: Sequence[Page], service: str) -> str:
    """Return one part."""
    return "".join(_urls(found, service))


def index(number: int, service: str, modified: str) -> str:
    """Return the list of so many parts."""
    lines = [
        f"<sitemap><loc>{escape(service)}/sitemap-{part}.xml</loc>"
        f"<lastmod>{modified}</lastmod></sitemap>\n"
        for part in range(1, number + 1)
    ]
    return f"{_HEAD}<sitemapindex {_SPACE}>\n{''.join(lines)}</sitemapindex>\n"


def _urls(found: Sequence[Page], service: str) -> Iterator[str]:
    yield f"{_HEAD}<urlset {_SPACE}>\n"
    for page in found:
        address = escape(service + page.path)
        yield f"<url><loc>{address}</loc><lastmod>{page.modified}</lastmod></url>\n"
    yield "</urlset>\n"
