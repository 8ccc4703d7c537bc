"""The small frame about a record, as OpenRefine shows it in a page of its own."""

from browser.accessible import held_against_axe
from browser.conftest import Watched
from browser.kinds import FRAMES

PATH = FRAMES["preview"]


def test_a_page_from_elsewhere_shows_the_frame(watched: Watched) -> None:
    size = 'width="440" height="220"'
    watched.page.set_content(f'<iframe src="{watched.site}{PATH}" {size}></iframe>')
    frame = watched.page.frame_locator("iframe")
    assert frame.locator("h1").inner_text() == "Zenodo"
    assert "Repository, Switzerland" in frame.locator("main").inner_text()
    across = "document.documentElement.scrollWidth - window.innerWidth"
    assert frame.locator("html").evaluate(f"() => {across}") <= 0


def test_axe_finds_nothing_in_the_frame(watched: Watched, axe: str) -> None:
    watched.open(PATH)
    held_against_axe(watched.page, axe)
