"""What pages say of the whole graph: made once a generation, of a large one before it is wanted."""

from collections.abc import Callable, Mapping

from fingerpost.catalogue import Catalogue
from fingerpost.index.indexes import Indexes
from fingerpost.publish import (
    listing,
    mappings,
    narrowed,
    service_description,
    sitemap,
    void,
)
from fingerpost.publish.announced import ENDPOINT
from fingerpost.publish.mappings import Mapping as Matched
from fingerpost.publish.record import edition
from fingerpost.publish.sitemap import Page
from fingerpost.publish.terms import DATASET
from fingerpost.web import quality
from fingerpost.web.opened import site


def listed() -> listing.Catalogue:
    """Return what the catalogue lists."""
    return site().held("listed", _listed)


def mapped() -> tuple[Matched, ...]:
    """Return every mapping."""
    return site().held("mapped", _mapped)


def pages() -> list[Page]:
    """Return every page that has one address for good."""
    return site().held("pages", _pages)


def records() -> Indexes:
    """Return the list of all records, which is made in the background."""
    return site().held("records", _records)


def _listed(now: Catalogue) -> listing.Catalogue:
    return listing.find(now.engine)


def _mapped(now: Catalogue) -> tuple[Matched, ...]:
    return mappings.all_(now.engine)


def _pages(now: Catalogue) -> list[Page]:
    return sitemap.pages(now.engine, edition(now.engine), list(now.queries.queries))


def _records(now: Catalogue) -> Indexes:
    found = narrowed.listed(now.engine)
    found.ready()
    return found


def _counted(now: Catalogue) -> None:
    """Ask for the numbers of the descriptions, which the engine keeps."""
    void.statements(now.engine, DATASET)
    service_description.describe(now.engine, ENDPOINT)


STANDING: Mapping[str, Callable[[Catalogue], object]] = {
    "records": _records,
    "listed": _listed,
    "mapped": _mapped,
    "pages": _pages,
    "counted": _counted,
    "quality": quality.usual,
}
