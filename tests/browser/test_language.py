"""Somebody whose browser prefers Swedish."""

import pytest

from browser.accessible import held_against_axe
from browser.conftest import Watched

PAGES = {
    "/": "Dela",
    "/browse?phase=share&data=imaging-data": "Bilddata",
    "/phase/share": "Dela",
    "/organization/uppsala-university": "Uppsala universitet",
    "/route/imaging-data": "Bilddata",
    "/recommend?data=imaging&phase=share": "Bilddata",
}


@pytest.mark.parametrize("path", PAGES)
def test_names_are_swedish_and_axe_finds_nothing(swedish: Watched, axe: str, path: str) -> None:
    swedish.open(path)
    page = swedish.page
    named = page.locator('main [lang="sv"]').filter(has_text=PAGES[path])
    assert named.count() >= 1
    assert page.locator("html").get_attribute("lang") == "en"
    held_against_axe(page, axe)


def test_who_follows_a_swedish_name_stays_in_swedish(swedish: Watched) -> None:
    swedish.open("/organization/uppsala-university")
    assert swedish.page.locator("h1").inner_text() == "Uppsala universitet"
    swedish.open("/data-type/imaging-data")
    swedish.page.locator("dl.facts").get_by_role("link", name="Ljusmikroskopibilder").first.click()
    assert swedish.page.locator("h1").inner_text() == "Ljusmikroskopibilder"


def test_who_prefers_english_sees_no_swedish_name(watched: Watched) -> None:
    watched.open("/phase/share")
    assert watched.page.locator("h1").inner_text() == "Share"
