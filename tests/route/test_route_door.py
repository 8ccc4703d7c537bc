"""`/route` and `fingerpost route` as people and programs meet them."""

import json
import os
import subprocess
import sys
import time
import urllib.parse
from html.parser import HTMLParser
from pathlib import Path

import madmpy
import pyoxigraph
import pytest
import rdflib

from asking import read
from fingerpost.route import madmp

VOID = {"meta", "link", "img", "input", "br", "hr"}


class Balanced(HTMLParser):
    """Finds elements that are not closed in order, and names of the same element twice."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in VOID:
            self.open.append(tag)
        if tag == "script" and "src" not in dict(attrs):
            self.faults.append("script")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [
        ("html", "text/html"),
        ("md", "text/markdown"),
        ("jsonld", "application/ld+json"),
        ("madmp", madmp.MEDIA_TYPE),
    ],
)
def test_header_suffix_and_parameter_give_the_same(
    server: str, suffix: str, media_type: str
) -> None:
    address = f"{server}/route/cryo-em-data"
    asked = [(address, media_type), (f"{address}.{suffix}", "*/*"),
             (f"{address}?format={suffix}", "*/*")]  # fmt: skip
    answers = [read(url, accept) for url, accept in asked]
    assert {status for status, _, _ in answers} == {200}
    assert {headers.get_content_type() for _, headers, _ in answers} == {media_type}
    assert len({body for _, _, body in answers if suffix != "html"}) <= 1
    varies = "Accept, Accept-Encoding" + (", Accept-Language" if suffix == "html" else "")
    assert {headers["Vary"] for _, headers, _ in answers} == {varies}
    assert all(headers["ETag"] for _, headers, _ in answers)


def test_the_linked_data_are_read_by_two_parsers(server: str) -> None:
    _, _, body = read(f"{server}/route/proteomics-data.jsonld")
    assert len(rdflib.Graph().parse(data=body, format="json-ld")) > 300
    assert len(list(pyoxigraph.parse(body, format=pyoxigraph.RdfFormat.JSON_LD))) > 300


def test_the_plan_is_one_by_the_standard(server: str) -> None:
    _, _, body = read(f"{server}/route/human-genome-data.madmp")
    madmpy.load().DMP(**json.loads(body)["dmp"])


@pytest.mark.parametrize(
    "path",
    ["/route", "/route/cryo-em-data", "/route/human-genome-data?country=SE",
     "/route?data=light-sheet+images&sensitive=true", "/route/nonsense-%3Cb%3E"],
)  # fmt: skip
def test_a_page_is_whole(server: str, path: str) -> None:
    _, headers, body = read(server + path, "text/html")
    assert headers.get_content_type() == "text/html"
    assert body.startswith("<!doctype html>")
    page = Balanced()
    page.feed(body)
    page.close()
    assert (page.faults, page.open) == ([], [])
    assert len(page.ids) == len(set(page.ids))
    assert "nonsense-<b>" not in body


def test_the_page_has_all_phases_and_links_to_the_other_forms(server: str) -> None:
    _, _, body = read(f"{server}/route/cryo-em-data?sensitive=true", "text/html")
    for phase in ("plan", "collect", "process", "analyse", "preserve", "share", "reuse"):
        assert f'id="{phase}"' in body
    for suffix in ("md", "jsonld", "madmp"):
        assert f'href="/route/cryo-em-data.{suffix}?sensitive=true"' in body


def test_words_are_understood_as_elsewhere(server: str) -> None:
    words = urllib.parse.quote("light-sheet images")
    _, _, body = read(f"{server}/route/{words}", "application/ld+json")
    assert json.loads(body)["id"].endswith("/route/light-sheet-microscopy-images")


@pytest.mark.parametrize(
    ("path", "status", "message"),
    [
        ("/route/protomix", 400, "Did you mean"),
        ("/route/imaging-data?phase=share", 400, "takes no"),
        ("/route/imaging-data?country=Atlantis", 400, "Atlantis"),
        ("/route/imaging-data.pdf", 404, "html, jsonld, madmp, md"),
        ("/route/imaging-data?format=pdf", 406, "madmp"),
        ("/route?sensitive=true", 400, "data"),
    ],
)
def test_what_is_wrong_is_said(server: str, path: str, status: int, message: str) -> None:
    found, _, body = read(server + path, "application/ld+json, application/problem+json")
    assert (found, message in body) == (status, True), body


def test_a_name_that_is_wrong_gets_a_page_with_a_suggestion(server: str) -> None:
    status, _, body = read(f"{server}/route/protomix", "text/html")
    assert status == 400
    assert "Did you mean" in body
    assert 'role="alert"' in body


def test_a_way_comes_in_good_time_and_at_once_again(server: str) -> None:
    read(f"{server}/route/imaging-data.md")
    begin = time.perf_counter()
    read(f"{server}/route/imaging-data.md?country=SE")
    first = time.perf_counter() - begin
    begin = time.perf_counter()
    read(f"{server}/route/imaging-data.md?country=SE")
    again = time.perf_counter() - begin
    assert first < 10
    assert again < first / 4


@pytest.mark.parametrize(
    ("format_", "begins"),
    [("text", "The way of"), ("markdown", "# The way of"), ("jsonld", "{"), ("madmp", "{")],
)
def test_a_terminal_shows_the_way(cache: Path, format_: str, begins: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "fingerpost", "route", "human genomes", "--format", format_],
        env={**os.environ, "FINGERPOST_CACHE": str(cache)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stdout.startswith(begins)
    assert "ethics approval" in done.stdout
