"""The form for corrections, over HTTP: prefilled, checked, and it never writes."""

import html
import re
import urllib.parse
from collections.abc import Iterator
from html.parser import HTMLParser
from http.client import HTTPMessage
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from asking import read
from fingerpost.files import Folders
from fingerpost.web import sheets
from processes import served
from test_checking import parted

ZENODO = "/correct/repository/zenodo"
NEW = {
    "name": "Ruler of pictures", "description": "It measures pictures of every kind.",
    "source": "source/zenodo-faq-2016", "supports": "imaging data\nproteomics", "usedIn": "Analyse",
    "status": "active", "access": "Open", "url": "https://ruler.example/",
}  # fmt: skip


RECORDS = {"storage/swestore", "guidance/deposit-cryo-em-in-three-archives",
           "organization/uppsala-university", "source/zenodo-faq-2016"}  # fmt: skip


@pytest.fixture(scope="module")
def server(
    cache: Path, folders: Folders, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A server of a part of the shipped records, among which a draft is soon tried."""
    data = tmp_path_factory.mktemp("some")
    parted(folders, data / "instances", RECORDS)
    with served(cache, FINGERPOST_DATA=str(data)) as address:
        yield address


class Form(HTMLParser):
    """What a browser would send of the first form of a page, left as it is."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[tuple[str, str]] = []
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self._area = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids.add(given.get("id", ""))
        self.links.add(given.get("href", ""))
        if tag == "textarea":
            self._area = given["name"]
            self.sent.append((self._area, ""))
        if tag == "select":
            self._select = given["name"]
        if tag == "option" and "selected" in given:
            self.sent.append((self._select, given.get("value", "\0")))
        ticked = given.get("type") != "checkbox" or "checked" in given
        if tag == "input" and given.get("name") and ticked:
            self.sent.append((given["name"], given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.sent[-1] = (self._area, (self.sent[-1][1] + data).removeprefix("\n"))
        elif self.sent and self.sent[-1][1] == "\0":
            self.sent[-1] = (self.sent[-1][0], data)


def ask(
    address: str, fields: dict[str, str] | list[tuple[str, str]] | bytes | None = None,
    accept: str = "text/html", type_: str = "application/x-www-form-urlencoded",
) -> tuple[int, HTTPMessage, str]:  # fmt: skip
    if fields is None:
        return read(address, accept)
    data = fields if isinstance(fields, bytes) else urllib.parse.urlencode(fields).encode()
    return read(address, accept, data, Content_Type=type_)


def form(page: str) -> Form:
    found = Form()
    found.feed(page)
    return found


@pytest.mark.parametrize(
    "path", ["/repository/zenodo", "/storage/swestore", "/guidance/deposit-cryo-em-in-three-archives",
             "/organization/uppsala-university", "/source/zenodo-faq-2016"],
)  # fmt: skip
def test_a_page_leads_to_its_form_which_has_what_the_record_says(server: str, path: str) -> None:
    _, _, page = ask(server + path)
    assert f'href="/correct{path}"' in page
    status, headers, page = ask(f"{server}/correct{path}")
    assert status == 200
    assert headers["ETag"]
    found = form(page)
    assert dict(found.sent)["name"]
    status, headers, page = ask(f"{server}/correct{path}", found.sent)
    assert status == 422
    assert "You have changed nothing yet" in page
    assert headers["Cache-Control"] == "no-store"


def test_a_concept_leads_to_how_it_is_corrected(server: str) -> None:
    assert 'href="/about#correct"' in ask(f"{server}/data-type/imaging-data")[2]


def test_a_correction_gives_the_file_with_just_that_change(server: str, folders: Folders) -> None:
    sent = [(n, "A shop for every kind of output." if n == "description" else t)
            for n, t in form(ask(server + ZENODO)[2]).sent]  # fmt: skip
    before = (folders.instances / "repository/zenodo.ttl").read_text("utf-8")
    status, headers, after = ask(server + ZENODO, sent, "text/turtle")
    assert status == 200
    assert headers["Content-Disposition"] == 'attachment; filename="zenodo.ttl"'
    changed = set(before.splitlines()) ^ set(after.splitlines())
    assert all("dct:description" in line or "dct:modified" in line for line in changed)
    assert any("A shop for every kind" in line for line in changed)
    status, headers, page = ask(server + ZENODO, sent)
    assert (status, headers["Cache-Control"]) == (200, "no-store")
    assert (
        '<ins>+   dct:description "A shop for every kind of output."@en ;</ins>'.replace(
            '"', "&#34;"
        )
        in page
    )
    assert "CONTRIBUTING.md" in page
    again = form(page)
    assert ask(server + ZENODO, again.sent, "*/*")[2] == after
    assert (folders.instances / "repository/zenodo.ttl").read_text("utf-8") == before


def test_a_new_record_gives_a_file_that_reads_back(server: str, folders: Folders) -> None:
    status, headers, text = ask(f"{server}/new/tool", NEW, "text/turtle")
    assert status == 200, text
    assert headers["Content-Disposition"] == 'attachment; filename="ruler-of-pictures.ttl"'
    assert len(list(parse(text.encode(), format=RdfFormat.TURTLE))) > 8
    assert "fp:supports data-type:imaging-data ,\n    data-type:proteomics-data" in text
    assert not (folders.instances / "tool/ruler-of-pictures.ttl").exists()
    assert ask(f"{server}/tool/ruler-of-pictures")[0] == 404


def test_what_is_missing_stands_beside_its_field_and_on_top(server: str) -> None:
    status, _, page = ask(f"{server}/new/tool", {"name": "Ruler of pictures"})
    assert status == 422
    found = form(page)
    for name in ("description", "source", "supports"):
        assert f"#f-{name}" in found.links
        assert {f"f-{name}", f"f-{name}-fault"} <= found.ids
    assert dict(found.sent)["name"] == "Ruler of pictures"
    assert page.count('role="alert"') == 1
    assert re.search(r"<title>\d+ to mend", page)


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("name", "Dryad", "is the name of"), ("url", "zenodo.org", "no address"),
        ("status", "superseded", "superseded"), ("accepts", "qqqq", "No data type"),
        ("isReplacedBy", "Dryad", "superseded"), ("description", "\x07", "U+0007"),
        ("description", "x" * 6000, "6,000 characters"), ("endedOn", "2020", "ended in 2020"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_words_and_kept_in_the_form(
    server: str, field: str, text: str, told: str
) -> None:
    status, _, page = ask(server + ZENODO, {field: text})
    assert status == 422
    assert told in html.unescape(page)
    status, headers, body = ask(server + ZENODO, {field: text}, "text/turtle")
    assert status == 422
    assert headers["Content-Type"] == "application/problem+json"
    assert "problems" in body


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '"@en . <> a <https://x/Evil> . #',
        "</textarea><b>bold</b> and more",
        "{{7*7}} is a number of them",
    ],
)
def test_hostile_text_is_quoted_on_every_page(server: str, text: str) -> None:
    for given in ({"description": text}, {"description": text, "url": "no address"}):
        page = ask(server + ZENODO, given)[2]
        assert html.escape(text) in page.replace("&#34;", "&quot;")
        assert text not in page.replace("{{7*7}}", "") or "{{7" in text
    turtle = ask(server + ZENODO, {"description": text}, "text/turtle")[2]
    types = {
        q.object.value
        for q in parse(turtle.encode(), format=RdfFormat.TURTLE)
        if q.predicate.value.endswith("#type")
    }
    assert "https://x/Evil" not in types


@pytest.mark.parametrize(
    ("body", "type_", "status"),
    [
        (b"description=" + b"x" * sheets.LARGEST, "application/x-www-form-urlencoded", 413),
        (b"nme=Zenodo", "application/x-www-form-urlencoded", 400),
        (b'{"name": "Zenodo"}', "application/json", 415),
        (b"description=%ff%fe", "application/x-www-form-urlencoded", 422),
        (b"", "application/x-www-form-urlencoded", 422),
    ],
)
def test_what_is_no_form_is_refused(server: str, body: bytes, type_: str, status: int) -> None:
    assert ask(server + ZENODO, body, type_=type_)[0] == status


@pytest.mark.parametrize(
    ("path", "status"),
    [("/correct/repository/zenod", 404), ("/correct/data-type/imaging-data", 404), ("/new/nothing", 404),
     ("/new/tool", 200), ("/new", 200), ("/correct/repository/..%2f..%2fpyproject", 404)],
)  # fmt: skip
def test_there_are_forms_for_records_and_nothing_else(server: str, path: str, status: int) -> None:
    assert ask(server + path)[0] == status


def test_a_slug_that_is_taken_or_none_is_refused(server: str) -> None:
    for slug, told in (("zenodo", "no slug"), ("../x", "no slug"), ("Ruler", "no slug")):
        status, _, page = ask(f"{server}/new/repository", {**NEW, "slug": slug} | {"supports": ""})
        assert status in {400, 422}
        assert "is there already" in page or told in html.unescape(page) or slug == "zenodo"
    status, _, page = ask(f"{server}/new/tool", {**NEW, "slug": "sftp"})
    assert status == 422
    assert "tool/sftp is there already" in page
