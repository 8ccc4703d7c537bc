"""What holds of a page of every kind: sound, accessible in both themes, light, and self-contained."""

import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from browser.accessible import held_against_axe
from browser.conftest import PHONE, Watched, watching
from browser.kinds import PAGES, REFUSED

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Response

LARGEST = 100_000


@dataclass(frozen=True)
class Opened:
    """A page that somebody has opened, with its answer; the tests of it look, and touch nothing."""

    name: str
    someone: Watched
    answer: "Response"


@pytest.fixture(scope="module")
def desk(browser: "Browser", server: str) -> Iterator[Watched]:
    """One window for the pages of this module."""
    with watching(browser, server, reduced_motion="reduce") as found:
        yield found


@pytest.fixture(scope="module")
def hand(browser: "Browser", server: str) -> Iterator[Watched]:
    with watching(browser, server, **PHONE) as found:
        yield found


@pytest.fixture(scope="module", params=PAGES)
def opened(request: pytest.FixtureRequest, desk: Watched) -> Iterator[Opened]:
    """A page that is opened once for the tests that look at it on a desk."""
    desk.page.emulate_media(color_scheme="light", reduced_motion="reduce")
    yield Opened(request.param, desk, desk.open(PAGES[request.param]))
    desk.held()


def test_a_page_is_as_it_should_be(opened: Opened) -> None:
    answer, page = opened.answer, opened.someone.page
    assert answer.status == REFUSED.get(opened.name, 200)
    assert len(answer.body()) < LARGEST
    assert page.locator("h1").count() == 1
    assert page.title().endswith("Fingerpost") or opened.name == "home"
    assert page.locator("main").count() == 1
    assert b" style=" not in answer.body()


def test_axe_finds_nothing_in_either_theme(opened: Opened, axe: str) -> None:
    held_against_axe(opened.someone.page, axe)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_phone(hand: Watched, name: str) -> None:
    hand.open(PAGES[name])
    assert hand.wide() <= 0
    hand.held()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_little(server: str, name: str) -> None:
    if name in REFUSED:
        return
    request = urllib.request.Request(
        server + PAGES[name], headers={"Accept": "text/html", "Accept-Encoding": "br"}
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert answer.headers["ETag"] or name == "routes"
        assert len(answer.read()) < LARGEST / 4
