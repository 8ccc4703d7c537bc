"""What crawlers are told: which pages there are, and which to leave alone."""

import re
import urllib.error
import urllib.request
from urllib.robotparser import RobotFileParser

import pytest

from fingerpost.catalogue import Catalogue

LEFT_ALONE = (
    "/correct/repository/zenodo", "/new", "/new/tool", "/sparql?query=ASK%7B%7D", "/metrics", "/health/live",
)  # fmt: skip
WELCOME = (
    "/",
    "/browse",
    "/recommend",
    "/route",
    "/queries",
    "/quality",
    "/about",
    "/sparql",
    "/ontology",
)


def get(address: str) -> str:
    request = urllib.request.Request(address, headers={"Accept": "text/html, */*;q=0.5"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return str(answer.read().decode())


@pytest.fixture(scope="module")
def robots(server: str) -> RobotFileParser:
    found = RobotFileParser()
    found.parse(get(f"{server}/robots.txt").splitlines())
    return found


@pytest.fixture(scope="module")
def listed(server: str, robots: RobotFileParser) -> list[str]:
    (address,) = robots.site_maps() or []
    assert address == f"{server}/sitemap.xml"
    return re.findall(r"<loc>([^<]+)</loc>", get(address))


@pytest.mark.parametrize("path", LEFT_ALONE)
def test_what_is_made_for_one_asker_is_left_alone(
    server: str, robots: RobotFileParser, path: str
) -> None:
    assert not robots.can_fetch("*", server + path)


@pytest.mark.parametrize("path", WELCOME)
def test_pages_for_everybody_are_listed(
    server: str, robots: RobotFileParser, listed: list[str], path: str
) -> None:
    assert robots.can_fetch("*", server + path)
    assert server + path in listed


def test_every_listed_page_may_be_fetched_and_is_listed_once(
    robots: RobotFileParser, listed: list[str], opened: Catalogue
) -> None:
    assert len(listed) == len(set(listed)) > opened.records
    assert all(robots.can_fetch("*", address) for address in listed)


def test_listed_pages_are_there_and_name_themselves(listed: list[str]) -> None:
    for address in listed[:: len(listed) // 25]:
        page = get(address)
        assert "<h1" in page
        assert 'content="noindex"' not in page
        canonical = re.findall(r'<link rel="canonical" href="([^"]+)"', page)
        assert canonical in ([], [address])


def test_forms_ask_not_to_be_indexed(server: str) -> None:
    for path in ("/correct/repository/zenodo", "/new/tool"):
        assert '<meta name="robots" content="noindex">' in get(server + path)
