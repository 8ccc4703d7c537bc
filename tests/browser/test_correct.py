"""Somebody corrects a record and proposes another: by mouse, by keys, on a phone, with no script."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from browser.accessible import held_against_axe
from browser.conftest import Watched

TEXT = "A general-purpose repository, run in Geneva, for outputs of every kind."


def open_form(someone: Watched) -> None:
    someone.open("/repository/zenodo")
    someone.page.get_by_role("link", name="Correct this record").click()
    assert someone.page.locator("h1").inner_text() == "Correct Zenodo"


def downloaded(someone: Watched, name: str) -> str:
    with someone.page.expect_download() as waiting:
        someone.page.get_by_role("button", name=f"Download {name}").click()
    assert waiting.value.suggested_filename == name
    text = Path(waiting.value.path()).read_text("utf-8")
    assert list(parse(text.encode(), format=RdfFormat.TURTLE))
    return text


@pytest.mark.parametrize("kind", ["watched", "phone", "plain"])
def test_a_record_is_corrected_and_its_file_conforms(
    request: pytest.FixtureRequest, kind: str
) -> None:
    someone: Watched = request.getfixturevalue(kind)
    open_form(someone)
    page = someone.page
    page.get_by_label("Homepage").fill("zenodo.org")
    page.get_by_label("Description").fill(TEXT)
    page.get_by_role("button", name="Check").click()
    summary = page.get_by_role("alert")
    assert "One thing to mend" in summary.inner_text()
    assert page.evaluate("document.activeElement.id") == "faults"
    summary.get_by_role("link", name="Homepage").click()
    field = page.get_by_label("Homepage")
    assert field.get_attribute("aria-invalid") == "true"
    assert field.input_value() == "zenodo.org"
    assert page.get_by_label("Description").input_value() == TEXT
    field.fill("https://zenodo.org/")
    page.get_by_role("button", name="Check").click()
    assert page.locator("h1").inner_text() == "The file to propose"
    assert TEXT in page.locator("ins").first.inner_text()
    assert page.locator("ins").count() == page.locator("del").count() <= 2
    assert someone.wide() <= 0
    text = downloaded(someone, "zenodo.ttl")
    assert f'dct:description "{TEXT}"@en' in text
    assert "<#size-limit-2026>" in text


def test_a_record_is_corrected_by_keys_alone(watched: Watched) -> None:
    watched.open("/correct/repository/zenodo")
    page = watched.page
    reached: list[str] = []
    for _ in range(160):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "[document.activeElement.name || document.activeElement.localName,"
            " document.activeElement.type || '',"
            " getComputedStyle(document.activeElement).outlineStyle]"
        )
        assert seen[2] != "none", "what has the focus does not show it"
        reached.append(seen[0])
        if seen[0] == "description":
            page.keyboard.press("Control+A")
            page.keyboard.type(TEXT)
        if seen[0] == "summary":
            page.keyboard.press("Enter")
        if seen[0] == "access" and seen[1] == "checkbox":
            page.keyboard.press("Space")
        if seen[1] == "submit":
            break
    assert {"name", "description", "access"} <= set(reached)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="The file to propose").wait_for()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "submit":
            break
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert TEXT in Path(waiting.value.path()).read_text("utf-8")


@pytest.mark.parametrize("kind", ["phone", "plain"])
def test_a_new_record_is_proposed(request: pytest.FixtureRequest, kind: str) -> None:
    someone: Watched = request.getfixturevalue(kind)
    someone.open("/about")
    page = someone.page
    page.get_by_role("link", name="Propose a new record").click()
    page.get_by_role("link", name="Tool", exact=True).click()
    page.get_by_role("button", name="Check").click()
    assert "needs a name" in page.get_by_role("alert").inner_text()
    page.get_by_label("Name (needed)").fill("Ruler of pictures")
    page.get_by_label("Description").fill("It measures pictures of every kind.")
    page.get_by_label("Source (needed)").fill("source/zenodo-faq-2016")
    page.get_by_label("Supports").fill("imaging data")
    page.get_by_label("Status").select_option("Active")
    page.get_by_text("more fields").click()
    page.get_by_role("group", name="Used in").get_by_label("Analyse").check()
    page.get_by_role("button", name="Check").click()
    assert "fp:usedIn phase:analyse" in downloaded(someone, "ruler-of-pictures.ttl")


def test_axe_finds_nothing_on_faults_and_proposal_in_either_theme(
    watched: Watched, axe: str
) -> None:
    for text in ("", TEXT):
        open_form(watched)
        page = watched.page
        page.emulate_media(reduced_motion="reduce")
        page.get_by_label("Description").fill(text)
        page.get_by_role("button", name="Check").click()
        held_against_axe(page, axe)
