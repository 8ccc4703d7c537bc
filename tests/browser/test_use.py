"""People at work: they ask, follow, share, run, sort, download; by mouse, by keys, on a phone."""

import csv
import io
import urllib.request
from typing import TYPE_CHECKING

import pytest

from browser.conftest import Watched

if TYPE_CHECKING:
    from playwright.sync_api import Route

QUESTION = "Where do I share fluorescence microscopy images?"


def ask(watched: Watched) -> None:
    watched.open("/")
    watched.page.get_by_label("Your question").fill(QUESTION)
    watched.page.get_by_role("button", name="Ask").click()


def answers(watched: Watched) -> list[str]:
    return watched.page.locator(".answer h3 > a").all_inner_texts()


@pytest.mark.parametrize("kind", ["watched", "phone", "plain"])
def test_somebody_asks_and_follows_the_first_answer(
    request: pytest.FixtureRequest, kind: str
) -> None:
    someone: Watched = request.getfixturevalue(kind)
    ask(someone)
    first = answers(someone)[0]
    assert first == "BioImage Archive"
    home = someone.page.locator(".answer").first.locator("a.home").get_attribute("href")
    assert home
    assert home.startswith("https://")
    someone.page.get_by_role("link", name=first).first.click()
    assert someone.page.locator("h1").inner_text() == first
    assert someone.page.locator(f'a[href="{home}"]').count() >= 1


def test_reasons_duties_and_the_query_are_on_the_page(watched: Watched) -> None:
    watched.open("/recommend?data=imaging&phase=share")
    page = watched.page
    assert page.get_by_role("heading", name="What you must do").is_visible()
    assert page.locator(".answer").first.locator(".reasons li").count() >= 3
    assert page.locator(".answer").first.locator(".reasons a.source").count() >= 3
    assert page.get_by_role("heading", name="Not recommended, and why").is_visible()
    page.get_by_text("Show the SPARQL").click()
    assert "SELECT" in page.locator("section pre").inner_text()
    page.get_by_role("link", name="Open it as a saved query").click()
    assert page.locator("table.sortable tbody tr").count() > 5


def test_an_answer_can_be_shared_by_its_address(watched: Watched, plain: Watched) -> None:
    ask(watched)
    plain.page.goto(watched.page.url)
    assert answers(plain) == answers(watched) != []


def test_the_wheel_leads_to_what_is_in_a_phase(watched: Watched) -> None:
    watched.open("/")
    wheel = watched.page.get_by_role("navigation", name="Phases of the research data life cycle")
    assert wheel.get_by_role("link").count() == 7
    wheel.get_by_role("link", name="Preserve").click()
    assert "Preserve" in watched.page.locator("h1").inner_text()
    before = watched.page.locator(".understood strong").inner_text()
    watched.page.locator(".facet").get_by_role("link", name="Repository").click()
    assert int(watched.page.locator(".understood strong").inner_text()) < int(before)


def test_where_cryo_em_maps_go_is_found_by_one_question(watched: Watched) -> None:
    watched.open("/")
    watched.page.get_by_label("Your question").fill("where do I put cryo-EM maps?")
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_url("**/recommend?**")
    assert answers(watched)[0] == "EMDB"


@pytest.mark.parametrize("kind", ["watched", "plain"])
def test_a_download_says_what_the_table_says(request: pytest.FixtureRequest, kind: str) -> None:
    someone: Watched = request.getfixturevalue(kind)
    someone.open("/queries/recommend/repositories-for-data")
    someone.page.get_by_label("Data").select_option(label="Proteomics data")
    someone.page.get_by_role("button", name="Run").click()
    table = someone.page.locator("main table")
    shown = [
        [cell.strip() for cell in row.locator("td").all_inner_texts()]
        for row in table.locator("tbody tr").all()
    ]
    address = someone.page.get_by_role("link", name="CSV").get_attribute("href")
    with urllib.request.urlopen(someone.site + str(address), timeout=20) as answer:
        rows = list(csv.reader(io.StringIO(answer.read().decode())))
    heads = [one.strip() for one in table.locator("th").all_inner_texts()]
    assert [one.lower() for one in rows[0]] == [one.lower() for one in heads]
    assert len(rows) - 1 == len(shown) > 3
    name = rows[0].index("name")
    assert [one[name] for one in rows[1:]] == [one[name] for one in shown]


def test_a_table_sorts_up_and_down(watched: Watched) -> None:
    watched.open("/queries/curate/counts")
    head = watched.page.get_by_role("columnheader", name="resources")
    column = watched.page.locator("table.sortable tbody tr td:last-child")
    for order, way in (("ascending", False), ("descending", True)):
        head.get_by_role("button").click()
        assert head.get_attribute("aria-sort") == order
        numbers = [int(one) for one in column.all_inner_texts()]
        assert numbers == sorted(numbers, reverse=way)


def test_a_field_completes_itself_by_keys_alone(watched: Watched) -> None:
    watched.open("/queries/explore/resource")
    page = watched.page
    field = page.get_by_label("Resource")
    field.focus()
    page.keyboard.type("bioima", delay=20)
    # Offers for less of the name may have been there before.
    page.locator("[role=option]:first-child", has_text="BioImage Archive").wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert field.input_value() == "bioimage-archive"
    page.keyboard.press("Enter")
    page.wait_for_url("**resource=bioimage-archive**")
    assert page.locator("table.sortable tbody tr").count() > 5


def test_offers_that_come_late_leave_the_choice_alone(watched: Watched) -> None:
    watched.open("/queries/explore/resource")
    page = watched.page
    field = page.get_by_label("Resource")
    field.focus()
    page.keyboard.type("bio")
    first = page.get_by_role("option").first
    first.wait_for()
    late: list[Route] = []
    page.route("**/search?**", lambda one: late.append(one))
    with page.expect_request("**/search?q=bioi&**"):
        page.keyboard.type("i")
    page.keyboard.press("ArrowDown")
    wanted = first.get_attribute("data-value")
    with page.expect_response("**/search?q=bioi&**") as answer:
        late[-1].continue_()
    answer.value.finished()
    page.keyboard.press("Enter")
    assert field.input_value() == wanted
    assert not page.get_by_role("listbox").is_visible()


def test_a_fault_in_a_form_is_said_there(plain: Watched) -> None:
    plain.open("/queries/explore/resource?resource=zenod")
    assert "zenodo" in plain.page.get_by_role("alert").inner_text()
    assert plain.page.get_by_label("Resource").input_value() == "zenod"


def test_keys_alone_lead_from_the_question_to_a_record(watched: Watched) -> None:
    watched.open("/")
    page = watched.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_url("**/recommend?**")
    for _ in range(80):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "[document.activeElement.matches('.answer h3 a'),"
            " getComputedStyle(document.activeElement).outlineStyle]"
        )
        assert seen[1] != "none", "what has the focus does not show it"
        if seen[0]:
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/repository/bioimage-archive")


def test_a_page_prints_without_its_tools(watched: Watched) -> None:
    watched.open("/recommend?data=imaging&phase=share")
    watched.page.emulate_media(media="print")
    assert not watched.page.locator("form.question").is_visible()
    assert not watched.page.get_by_role("navigation", name="Main").is_visible()
    assert watched.page.locator(".answer").first.is_visible()
