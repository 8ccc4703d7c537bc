"""What holds of a page of every kind: sound, accessible in both themes, light, and self-contained."""

import urllib.request

import pytest

from browser.conftest import Watched
from browser.kinds import PAGES, REFUSED

LARGEST = 100_000
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
AXE = """async (rules) => (await axe.run(document, rules)).violations.map(
  (one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)"""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_should_be(watched: Watched, name: str) -> None:
    answer = watched.open(PAGES[name])
    assert answer.status == REFUSED.get(name, 200)
    assert len(answer.body()) < LARGEST
    page = watched.page
    assert page.locator("h1").count() == 1
    assert page.title().endswith("Fingerpost") or name == "home"
    assert page.locator("main").count() == 1
    assert b" style=" not in answer.body()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_in_either_theme(watched: Watched, axe: str, name: str) -> None:
    watched.page.emulate_media(reduced_motion="reduce")
    watched.open(PAGES[name])
    watched.page.evaluate(axe)
    for theme in ("light", "dark"):
        watched.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        assert watched.page.evaluate(AXE, RULES) == [], theme


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_phone(phone: Watched, name: str) -> None:
    phone.open(PAGES[name])
    assert phone.wide() <= 0


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
