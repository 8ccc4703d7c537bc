"""The pages of the service for crawlers (sitemaps.org, 0.9): in parts where they are many."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
SELECT DISTINCT ?thing ?modified
WHERE {
  { ?thing skos:prefLabel ?name } UNION { ?thing a skos:ConceptScheme }
  OPTIONAL { ?thing dct:modified ?modified }
}
ORDER BY ?thing
"""


@dataclass(frozen=True)
class Page:
    """A page by its path, and the day on which it last changed."""

    path: str
    modified: str


def pages(engine: Engine, edition: Edition, queries: Sequence[str]) -> list[Page]:
    """Return every page that has one address for good; `queries` are names of saved queries."""
    found = [Page(path, edition.modified) for path in _FIXED]
    found += [Page(f"/queries/{name}", edition.modified) for name in queries]
    for row in rows.whole(engine, _PAGES):
        if (kind_and_slug(row["thing"]) or ("", ""))[0] in places.KNOWN:
            path = places.path(row["thing"])
            found.append(Page(path, row.get("modified") or edition.terms))
    return found


def parts(found: Sequence[Page]) -> int:
    """Return in how many parts pages are told."""
    return -(-len(found) // MOST)


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
