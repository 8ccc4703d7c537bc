"""Which pages each registry has, one after the other."""

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from fingerpost.errors import HarvestFault, NotOfRegistry
from fingerpost.registries import documents
from fingerpost.registries.bioregistry import RE3DATA
from fingerpost.registries.entry import Broken
from fingerpost.registries.harvest.asking import Gone, Run
from fingerpost.registries.harvest.cache import Page

Step = tuple[int, Page | Broken]
"""How many pages there are, or 0 where that is not known; and one of them, or why it is not had."""
Plan = Callable[[Run], Iterator[Step]]
_FAIRSHARING_SIZE = 500
_NUMBER = re.compile(r"page(?:%5B|\[)number(?:%5D|\])=([0-9]{1,6})")
_MISSED = 3
"""After so many repositories in a row that cannot be had, it is the registry that is at fault."""
_MOST_PAGES = 20_000
"""A list that is longer goes round in circles."""


def fairsharing(run: Run) -> Iterator[Step]:
    """Yield pages of all records (https://fairsharing.org/API_doc)."""
    size = f"page%5Bsize%5D={_FAIRSHARING_SIZE}"
    yield from _listed(run, "fairsharing_records?page%5Bnumber%5D={}&" + size, _fairsharing_page)


def biotools(run: Run) -> Iterator[Step]:
    """Yield pages of all tools (https://biotools.readthedocs.io), oldest first."""
    # Not by the address that a page names as the next: that leaves out the order.
    yield from _listed(
        run, "api/tool/?format=json&sort=additionDate&ord=asc&page={}", _biotools_page
    )


def re3data(run: Run) -> Iterator[Step]:
    """Yield each repository (https://www.re3data.org/api/doc).

    One that is gone, or cannot be had, is broken; where several in a row cannot, the run stops.
    """
    _, ids = run.page(f"{run.address}/api/v1/repositories", _re3data_list)
    missed = 0
    for number, id_ in enumerate(ids, 1):
        address = f"{run.address}/api/v1/repository/{id_}"
        found: Page | Broken
        try:
            found, _ = run.page(address, _re3data_repository)
            missed = 0
        except HarvestFault as fault:
            missed += not isinstance(fault, Gone)
            if missed == _MISSED:
                raise
            found = Broken(f"repository {number} ({id_})", "", str(fault))
        yield len(ids), found


def ror(run: Run) -> Iterator[Step]:
    """Yield the newest dump (https://ror.readme.io/docs/data-dump), which lies in Zenodo."""
    listed = f"{run.address}/api/records/?communities=ror-data&sort=mostrecent&size=1"
    _, (dump, digest) = run.page(listed, _zenodo_file)
    page, _ = run.page(_within(run.address, dump), lambda path: _checked(path, digest))
    yield 1, page


PLANS: dict[str, tuple[str, Plan]] = {
    "biotools": ("https://bio.tools", biotools),
    "fairsharing": ("https://api.fairsharing.org", fairsharing),
    "re3data": ("https://www.re3data.org", re3data),
    "ror": ("https://zenodo.org", ror),
}
"""A registry → its address, and its pages."""


def _listed(run: Run, form: str, look: Callable[[Path], tuple[int, bool]]) -> Iterator[Step]:
    """Yield the numbered pages of a list, until one has no next."""
    before = b""
    for number in range(1, _MOST_PAGES):
        page, (total, more) = run.page(f"{run.address}/{form.format(number)}", look)
        yield total, page
        if not more:
            return
        if before == (before := page.path.read_bytes()):
            break
    raise HarvestFault(f"The list of {run.address} goes round in circles.")


def _within(base: str, address: str) -> str:
    """Return an address that a registry named, if it is one of its own."""
    if urlsplit(address)[:2] != urlsplit(base)[:2]:
        raise HarvestFault(f"{base} leads elsewhere: {urlsplit(address).netloc}.")
    return address


def _json_object(path: Path) -> dict[str, Any]:
    found = documents.whole(path.read_bytes())
    if not isinstance(found, dict):
        raise NotOfRegistry("This is no JSON object.")
    return found


def _fairsharing_page(path: Path) -> tuple[int, bool]:
    """Return how many pages there are, and whether another follows; errors come with 200."""
    found = _json_object(path)
    records, links = found.get("data"), found.get("links")
    if not isinstance(records, list):
        told = found.get("message") or found.get("error") or found.get("errors") or "no data"
        raise NotOfRegistry(f"It says: {told}")
    links = links if isinstance(links, dict) else {}
    last = _NUMBER.search(str(links.get("last")))
    return int(last.group(1)) if last else 0, bool(records and links.get("next"))


def _re3data_list(path: Path) -> list[str]:
    ids = (_text(one, "id") for one in _repositories(path))
    found = [one for one in ids if re.fullmatch(RE3DATA, one)]
    if not found:
        raise NotOfRegistry("This list has no repository of re3data.")
    return found


def _re3data_repository(path: Path) -> int:
    found = len(_repositories(path))
    if not found:
        raise NotOfRegistry("This describes no repository of re3data.")
    return found


def _repositories(path: Path) -> list[ElementTree.Element]:
    root = documents.xml(path.read_bytes())
    return [one for one in root.iter() if str(one.tag).rpartition("}")[2] == "repository"]


def _text(node: ElementTree.Element, tag: str) -> str:
    found = (one.text for one in node if str(one.tag).rpartition("}")[2] == tag)
    return (next(found, "") or "").strip()


def _biotools_page(path: Path) -> tuple[int, bool]:
    """Return how many pages there are, and whether another follows."""
    found = _json_object(path)
    tools, count = found.get("list"), found.get("count")
    if not isinstance(tools, list):
        raise NotOfRegistry(f"It says: {found.get('detail', 'no list')}")
    total = -(-count // len(tools)) if tools and isinstance(count, int) else 0
    return total, bool(tools and found.get("next"))


def _zenodo_file(path: Path) -> tuple[str, str]:
    """Return the address of the newest dump, and its digest (`md5:…`)."""
    found = _json_object(path)
    try:
        files = found["hits"]["hits"][0]["files"]
        file = next(one for one in files if str(one["key"]).endswith(".zip"))
        return str(file["links"]["self"]), str(file.get("checksum", ""))
    except (KeyError, IndexError, TypeError, StopIteration) as fault:
        raise NotOfRegistry("Zenodo lists no dump of ROR.") from fault


def _checked(path: Path, digest: str) -> None:
    """Hold a dump against its digest; Zenodo gives MD5, which tells what was lost on the way."""
    kind, _, expected = digest.partition(":")
    if kind != "md5":
        return
    with path.open("rb") as file:
        found = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
    if found != expected.lower():
        raise NotOfRegistry("This dump is not the one that Zenodo lists: its digest differs.")
