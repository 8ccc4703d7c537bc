"""People write SPARQL: in the editor, by keys alone, on a phone, and in the form without a script."""

import csv
import io
import re
import urllib.request
from http.client import HTTPMessage
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import pytest

import fingerpost
from browser.accessible import held_against_axe
from browser.conftest import Watched
from fingerpost.web import editor

if TYPE_CHECKING:
    from playwright.sync_api import Route

STATIC = Path(fingerpost.__file__).parent / "web" / "static"
QUERY = "SELECT ?place { ?place a fp:Repository } ORDER BY ?place LIMIT 12"
ANSWER = f"/sparql?format=html&query={quote(QUERY)}"

needs_editor = pytest.mark.skipif(
    editor.built(STATIC) is None, reason="there was no Node when this was installed"
)


def write(someone: Watched, text: str) -> None:
    """Take the place of what the editor holds, by keys."""
    someone.page.locator("#editor").wait_for()
    field = someone.page.get_by_role("textbox", name="Query", exact=True)
    field.focus()
    someone.page.keyboard.press("Control+A")
    someone.page.keyboard.press("Delete")
    someone.page.keyboard.type(text)


def rows(someone: Watched) -> list[str]:
    """The first cells of the answer, once it is there."""
    cells = someone.page.locator("#editor .tabPanel.active tbody tr td:first-child")
    cells.first.wait_for()
    return cells.all_inner_texts()


def fetch(address: str) -> tuple[HTTPMessage, bytes]:
    wanted = {"Accept": "text/html, */*;q=0.1", "Accept-Encoding": "br"}
    with urllib.request.urlopen(
        urllib.request.Request(address, headers=wanted), timeout=60
    ) as answer:
        return answer.headers, answer.read()


@needs_editor
def test_the_editor_is_kept_for_good_and_the_page_is_as_strict_as_any(server: str) -> None:
    page = urllib.request.Request(f"{server}/sparql", headers={"Accept": "text/html"})
    with urllib.request.urlopen(page, timeout=60) as answer:
        policy = answer.headers["Content-Security-Policy"]
        files = re.findall(r"/static/editor/[^\"]+", answer.read().decode())
    assert policy == fetch(f"{server}/about")[0]["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert len(files) == 3
    for file in files[:2]:
        headers, body = fetch(server + file)
        assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert headers["Vary"] == "Accept-Encoding"
        assert headers["Content-Encoding"] == "br"
        assert len(body) < 310_000
    assert files[2].endswith("licences.txt")
    assert fetch(server + files[2])[1]


@needs_editor
@pytest.mark.parametrize("kind", ["watched", "phone"])
def test_somebody_writes_runs_and_sees_rows(request: pytest.FixtureRequest, kind: str) -> None:
    someone: Watched = request.getfixturevalue(kind)
    someone.open("/sparql")
    write(someone, QUERY)
    someone.page.get_by_role("button", name="Run").click()
    found = rows(someone)
    assert len(found) == 12
    assert all(one.startswith("repository:") for one in found)
    assert someone.page.get_by_role("status").inner_text().startswith("12 results")
    assert someone.page.locator(".parseErrorIcon").count() == 0
    assert someone.wide() <= 0


@needs_editor
def test_keys_alone_lead_to_the_editor_through_it_and_to_rows(watched: Watched) -> None:
    watched.open("/sparql")
    page = watched.page
    page.locator("#editor .CodeMirror").wait_for()
    inside = "document.activeElement.matches('.CodeMirror textarea')"
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate(inside):
            break
    assert page.evaluate(inside)
    page.keyboard.press("Control+A")
    page.keyboard.type(QUERY)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Run"
    page.keyboard.press("Enter")
    assert len(rows(watched)) == 12
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(inside)
    page.keyboard.type("3")
    page.keyboard.press("Control+Enter")
    page.get_by_role("status").get_by_text("123 results").wait_for()


@needs_editor
def test_prefixes_classes_and_properties_complete_from_the_endpoint(watched: Watched) -> None:
    watched.open("/sparql")
    page = watched.page
    write(watched, "SELECT * { ?one a ")
    page.keyboard.type("fp:", delay=60)
    page.locator("#editor .CodeMirror-code").get_by_text("PREFIX fp: <").wait_for()
    page.keyboard.type("Reposi", delay=60)
    page.get_by_role("listbox").get_by_text("fp:Repository", exact=True).wait_for()
    page.keyboard.press("Enter")
    page.keyboard.type(" ; fp:operat", delay=60)
    page.get_by_role("listbox").get_by_text("fp:operatedBy", exact=True).wait_for()


@needs_editor
def test_an_example_opens_in_the_editor_to_be_changed(watched: Watched) -> None:
    watched.open("/sparql")
    page = watched.page
    page.get_by_text("Where to go, and what to mind").click()
    page.get_by_role("link", name="Which tools are used in this phase?").click()
    page.get_by_role("tab", name="recommend/tools-for-phase").wait_for()
    assert "#+" not in page.locator("#editor .CodeMirror-code").first.inner_text()
    page.get_by_role("button", name="Run").click()
    assert len(rows(watched)) > 3


@needs_editor
def test_a_saved_query_leads_to_the_editor(watched: Watched) -> None:
    watched.open("/queries/recommend/tools-for-phase")
    watched.page.get_by_text("The query in SPARQL").click()
    watched.page.get_by_role("link", name="Change it, as an example").click()
    watched.page.get_by_role("tab", name="recommend/tools-for-phase").wait_for()


@needs_editor
def test_a_long_query_is_stopped(watched: Watched) -> None:
    watched.open("/sparql")
    write(watched, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    watched.page.keyboard.press("Control+Enter")
    watched.page.get_by_role("button", name="Stop").click()
    watched.page.locator("#editor").get_by_text("Stopped.").wait_for()
    assert watched.page.get_by_role("button", name="Run", exact=True).is_visible()


@needs_editor
def test_what_was_typed_before_the_editor_came_is_in_it(watched: Watched) -> None:
    waiting: list[Route] = []
    watched.page.route(re.compile(r"/sparql\?query="), lambda one: waiting.append(one))
    watched.open("/sparql")
    field = watched.page.get_by_role("textbox", name="Query", exact=True)
    field.fill("ASK { ?early a ?thing }")
    for one in waiting:
        one.continue_()
    watched.page.unroute_all(behavior="wait")
    watched.page.locator("#editor").wait_for()
    shown = watched.page.locator("#editor .CodeMirror-code")
    assert "ASK { ?early a ?thing }" in shown.inner_text()
    watched.page.keyboard.type(" # more")
    assert "thing } # more" in shown.inner_text()


@needs_editor
def test_a_query_is_shared_by_its_address(watched: Watched, plain: Watched) -> None:
    watched.open("/sparql")
    write(watched, QUERY)
    watched.page.get_by_role("button", name="Share").click()
    address = watched.page.get_by_label("Address of this query").input_value()
    plain.page.goto(address)
    assert plain.page.locator("main table tbody tr").count() == 12
    watched.page.goto(address)
    assert len(rows(watched)) == 12
    assert watched.page.locator("#answer").count() == 0


@needs_editor
def test_a_query_behind_the_hash_is_opened_and_run(watched: Watched) -> None:
    watched.open(f"/sparql#query={quote(QUERY)}")
    assert len(rows(watched)) == 12


@needs_editor
def test_what_was_written_is_there_after_a_visit_elsewhere(watched: Watched) -> None:
    watched.open("/sparql")
    write(watched, QUERY)
    watched.page.get_by_role("button", name="Run").click()
    assert len(rows(watched)) == 12
    watched.open("/about")
    watched.open("/sparql")
    watched.page.locator("#editor .CodeMirror-code").get_by_text("LIMIT").wait_for()
    assert watched.page.locator("#editor tbody tr").count() == 0, "an old answer is not kept"


@needs_editor
def test_rows_are_sorted_narrowed_and_taken_away(watched: Watched) -> None:
    watched.open(ANSWER)
    before = rows(watched)
    head = watched.page.get_by_role("button", name="place")
    head.click()
    head.click()
    assert rows(watched) == sorted(before, reverse=True)
    watched.page.get_by_label("Only rows with").fill(before[3])
    assert rows(watched) == [before[3]]
    with watched.page.expect_download() as waiting:
        watched.page.get_by_role("button", name="Download the answer").click()
    table = list(csv.reader(io.StringIO(waiting.value.path().read_text("utf-8"))))
    assert [len(table), table[0]] == [13, ["place"]]


@needs_editor
def test_a_fault_is_said_in_the_words_of_the_endpoint(watched: Watched) -> None:
    watched.open("/sparql")
    write(watched, "SELECT ?a { SERVICE <http://example.org/> { ?a ?b ?c } }")
    watched.page.get_by_role("button", name="Run").click()
    told = watched.page.locator("#editor").get_by_role("alert")
    told.wait_for()
    assert "SERVICE" in told.inner_text()
    write(watched, "SELECT ?a WHERE WHERE")
    watched.page.locator(".parseErrorIcon").hover()
    assert "Expected" in watched.page.locator(".yasqe_tooltip").inner_text()


@needs_editor
@pytest.mark.parametrize(
    "text",
    [
        QUERY,
        "ASK { ?place a fp:Repository }",
        "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o } LIMIT 60",
        "SELECT * { SERVICE <http://example.org/> { ?a ?b ?c } }",
    ],
)
def test_axe_finds_nothing_beside_an_answer_in_either_theme(
    watched: Watched, axe: str, text: str
) -> None:
    watched.page.emulate_media(reduced_motion="reduce")
    watched.open(f"/sparql?format=html&query={quote(text)}")
    page = watched.page
    page.locator("#editor .yasr_results > *").first.wait_for()
    page.get_by_role("button", name="New query").click()
    page.get_by_role("tab").first.click()
    page.get_by_role("button", name="Share").click()
    held_against_axe(page, axe)


def test_without_a_script_the_form_gives_rows_and_keeps_the_query(plain: Watched) -> None:
    plain.open("/sparql")
    plain.page.get_by_label("Query").fill(QUERY)
    plain.page.get_by_role("button", name="Run").click()
    assert plain.page.locator("main table tbody tr").count() == 12
    assert plain.page.get_by_label("Query").input_value() == QUERY
    assert QUERY in unquote(plain.page.url.replace("+", " "))
    with plain.page.expect_download() as waiting:
        plain.page.get_by_label("Format").select_option("csv")
        plain.page.get_by_role("button", name="Run").click()
    assert waiting.value.path().read_text("utf-8").startswith("place")


def test_without_a_script_a_fault_and_an_example_stand_in_the_form(plain: Watched) -> None:
    plain.open("/sparql?format=html&query=SELECT+*+%7B")
    assert "Line 1" in plain.page.get_by_role("alert").inner_text()
    assert plain.page.get_by_label("Query").input_value() == "SELECT * {"
    plain.open("/sparql?example=recommend/tools-for-phase")
    assert "SELECT" in plain.page.get_by_label("Query").input_value()
    assert plain.page.locator("main table").count() == 0
    plain.open("/sparql?example=recommend/tools-for-phases")
    assert "recommend/tools-for-phase" in plain.page.get_by_role("alert").inner_text()
