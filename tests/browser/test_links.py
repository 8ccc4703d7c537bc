"""Every link from a page of each kind leads somewhere; nothing needs a browser here."""

import os
import urllib.error
import urllib.request
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from browser.kinds import PAGES, REFUSED

EACH = 12
"""Links to documents of one kind that are followed from one page."""
FEW = EACH if "FINGERPOST_FULL" in os.environ else 3
"""The same of ways, which take seconds each."""
WAYS = ("/route", "/route?")


class Links(HTMLParser):
    """What a page links to, and what in it can be linked to."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.twice: list[str] = []

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("id")
        if name:
            if name in self.anchors:
                self.twice.append(name)
            self.anchors.add(name)
        for attribute in ("href", "src", "action"):
            if given.get(attribute):
                self.links.append(str(given[attribute]))


def fetch(address: str) -> tuple[int, bytes]:
    request = urllib.request.Request(address, headers={"Accept": "text/html, */*;q=0.5"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as fault:
        with fault:
            return fault.code, fault.read()


@cache
def status(link: str) -> int:
    """What a link leads to; most stand on many pages, and are followed from the first."""
    return fetch(link)[0]


def read(body: bytes) -> Links:
    found = Links()
    found.feed(body.decode())
    return found


def chosen(site: str, page: str, links: list[str]) -> list[str]:
    """Links below the site, a dozen of each kind of document, fewer ways."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for link in dict.fromkeys(urldefrag(urljoin(page, one))[0] for one in links):
        if link.startswith(site):
            parts = urlsplit(link)
            kinds[parts.path.rpartition("/")[0] + ("?" if parts.query else "")].append(link)
    return [one for kind, found in kinds.items() for one in found[: FEW if kind in WAYS else EACH]]


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(server: str, name: str) -> None:
    page = server + PAGES[name]
    told, body = fetch(page)
    assert told == REFUSED.get(name, 200)
    found = read(body)
    assert found.twice == [], "an id stands twice"
    fragments = {one[1:] for one in found.links if one.startswith("#")}
    assert fragments <= found.anchors
    links = [one for one in chosen(server, page, found.links) if one != page]
    assert len(links) > 5
    with ThreadPoolExecutor(4) as pool:
        answers = dict(zip(links, pool.map(status, links), strict=True))
    assert {link: told for link, told in answers.items() if told >= 400} == {}
