"""The pages of a registry, fetched live: a run that broke off is gone on with."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from fingerpost import files
from fingerpost.errors import BadParameter
from fingerpost.progress import Count, Progress, silent, uncounted
from fingerpost.registries import reading
from fingerpost.registries.entry import Broken, Found
from fingerpost.registries.harvest import cache
from fingerpost.registries.harvest.asking import Run
from fingerpost.registries.harvest.cache import Page
from fingerpost.registries.harvest.client import Client, Manners, shown
from fingerpost.registries.harvest.plans import PLANS
from fingerpost.registries.harvest.signing import Login, Signing

REGISTRIES = tuple(PLANS)
"""Those that can be harvested."""


@dataclass(frozen=True)
class Harvest:
    """How a registry is harvested: who asks, how, where pages are kept, and whether anew.

    `address` stands for the registry's own; `folder` for the one in the cache.
    """

    login: Login | None = None
    manners: Manners = field(default_factory=Manners)
    folder: Path | None = None
    address: str = ""
    anew: bool = False


def address(registry: str) -> str:
    """Return where a registry is asked.

    Raises:
        BadParameter: it cannot be harvested.
    """
    if registry not in PLANS:
        raise BadParameter(f'Harvest {", ".join(REGISTRIES)}; "{registry}" gives files.')
    return PLANS[registry][0]


def fetch(
    registry: str,
    harvest: Harvest | None = None,
    tell: Progress = silent,
    count: Count = uncounted,
) -> Iterator[Page | Broken]:
    """Yield the pages of a registry, and what of it is gone; they are counted.

    A run that broke off within the last day is gone on with: the pages that it had are not asked
    for again. Otherwise each is asked for, and sent only if it has changed where the registry
    can tell. A run has ended when the last page was taken.

    Raises:
        BadParameter: this registry cannot be harvested.
        HarvestFault: it does not answer as it should; the next run goes on from here.
    """
    own = address(registry)
    given = harvest or Harvest()
    base = (given.address or own).rstrip("/")
    folder = (given.folder or files.cache() / "harvest") / registry
    plan = PLANS[registry][1]
    with cache.opened(folder, given.anew) as pages, closing(Client(given.manners)) as client:
        signing = None
        if registry == "fairsharing":
            signing = Signing(client, f"{base}/users/sign_in", given.login)
        if pages.resumed:
            tell(f"Going on with the harvest of {pages.began[:16]}")
        for number, (total, one) in enumerate(plan(Run(base, client, pages, signing)), 1):
            count(number, total)
            yield one
        pages.end()


def entries(
    registry: str,
    harvest: Harvest | None = None,
    tell: Progress = silent,
    count: Count = uncounted,
) -> Iterator[Found]:
    """Yield what a registry says, asked live.

    Raises:
        BadParameter, HarvestFault: as `fetch`.
        NotOfRegistry: a page is none of the registry's.
    """
    for one in fetch(registry, harvest, tell, count):
        if isinstance(one, Broken):
            yield one
        else:
            yield from reading.each(one.path, registry)


def retrieve(
    url: str, folder: Path, manners: Manners | None = None, tell: Progress = silent
) -> Page:
    """Return the file at an address, kept below the folder; one that has not changed is not sent.

    Raises:
        HarvestFault: the address does not answer with a file.
    """
    tell(f"Retrieving {shown(url)}")
    place, client = folder / cache.name(url), Client(manners or Manners())
    with cache.opened(place) as pages, closing(client):
        run = Run(url, client, pages, None)
        page, _ = run.page(url, Path.stat)
        pages.end()
    return page
