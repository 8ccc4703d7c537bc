"""What pages say of the whole graph: made once a generation, of a large one before it is wanted."""

from collections.abc import Callable, Mapping

from fingerpost.catalogue import Catalogue
from fingerpost.publish import (
    counts,
    listing,
    mappings,
    service_description,
    sitemap,
    void,
)
from fingerpost.publish.announced import ENDPOINT
from fingerpost.publish.counts import Counts
from fingerpost.publish.mappings import Mapping as Matched
from fingerpost.publish.record import edition
from fingerpost.publish.sitemap import Pages
from fingerpost.publish.terms import DATASET
from fingerpost.web import mending
from fingerpost.web.opened import site


def listed() -> listing.Catalogue:
    """Return what the catalogue lists."""
    return site().standing("listed", _listed)


def mapped() -> tuple[Matched, ...]:
    """Return every mapping."""
    return site().standing("mapped", _mapped)


def pages() -> Pages:
    """Return every page that has one address for good."""
    return site().standing("pages", _pages)


def counted() -> Counts:
    """Return the numbers of the description of the whole."""
    return site().standing("counted", _counted)


def _listed(now: Catalogue) -> listing.Catalogue:
    return listing.find(now.engine)


def _mapped(now: Catalogue) -> tuple[Matched, ...]:
    return mappings.all_(now.engine)


def _pages(now: Catalogue) -> Pages:
    return sitemap.pages(now.engine, edition(now.engine), list(now.queries.queries))


def _counted(now: Catalogue) -> Counts:
    numbers = counts.Asked(now.engine)
    void.description(numbers, DATASET)
    return numbers


def _described(now: Catalogue) -> None:
    """Ask for what the description of the endpoint says besides, which the engine keeps."""
    service_description.describe(now.engine, ENDPOINT)


STANDING: Mapping[str, Callable[[Catalogue], object]] = {
    "listed": _listed,
    "mapped": _mapped,
    "pages": _pages,
    "counted": _counted,
    "described": _described,
}
"""In the order in which they are made."""
LATER: Mapping[str, Callable[[Catalogue], object]] = {"quality": mending.usual}
"""What is read from the kept answers of saved queries."""
