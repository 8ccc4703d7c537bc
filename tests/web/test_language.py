"""English pages with Swedish names for those who prefer them; data stay as they are."""

import re
from http.client import HTTPMessage

import pytest

from asking import read
from fingerpost.web import language

SWEDISH = "sv-SE,sv;q=0.9,en;q=0.8"
PAGES = {
    "/": "Dela",
    "/browse?phase=share": "Bilddata",
    "/organization/uppsala-university": "Uppsala universitet",
    "/data-type/imaging-data": "Bilddata",
    "/phase/share": "Dela",
    "/policy/gdpr": "Dataskyddsförordningen",
    "/route/imaging-data": "Bilddata",
    "/route": "Proteomikdata",
    "/recommend?data=imaging&phase=share": "Bilddata",
}


def ask(
    address: str, spoken: str | None, accept: str = "text/html", **more: str
) -> tuple[int, HTTPMessage, str]:
    return read(address, accept, **more, **({"Accept_Language": spoken} if spoken else {}))


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", "en"), ("sv", "sv"), ("sv-SE", "sv"), (SWEDISH, "sv"), ("en,sv;q=0.9", "en"), ("de,sv;q=0.3", "sv"),
        ("de", "en"), ("*", "en"), ("sv;q=0,en", "en"), ("en-GB,en;q=0.9,sv;q=0.8", "en"), ("sv;;,,", "sv"),
        ("\x00å" * 9, "en"), ("sv," * 5000, "sv"),
    ],
)  # fmt: skip
def test_swedish_is_chosen_where_it_is_preferred(header: str, expected: str) -> None:
    assert language.chosen(header) == expected


@pytest.mark.parametrize("path", PAGES)
def test_names_are_swedish_and_say_so_and_the_page_stays_english(server: str, path: str) -> None:
    status, headers, page = ask(server + path, SWEDISH)
    assert status == 200
    assert '<html lang="en">' in page
    assert headers["Content-Language"] == "en, sv"
    assert "Accept-Language" in headers["Vary"]
    assert re.search(rf'lang="sv"[^<]*>(<[^>]*>[^<]*</[^>]*>)?(<[^>]*>)*{PAGES[path]}', page)
    _, english, plain = ask(server + path, "en")
    assert "Accept-Language" in english["Vary"]
    assert english["ETag"] != headers["ETag"] or not english["ETag"]
    assert f">{PAGES[path]}<" not in re.sub(r"<(\w+)[^>]* lang=\"sv\"[^>]*>[^<]*</\1>", "", plain)
    assert ask(server + path, None)[2] == plain


def test_a_heading_and_a_title_say_that_they_are_swedish(server: str) -> None:
    page = ask(f"{server}/organization/uppsala-university", SWEDISH)[2]
    assert '<h1 lang="sv">Uppsala universitet</h1>' in page
    assert '<title lang="sv">Uppsala universitet · Fingerpost</title>' in page
    assert "<h1>Zenodo</h1>" in ask(f"{server}/repository/zenodo", SWEDISH)[2]


def test_a_cache_that_has_the_other_language_is_not_told_that_nothing_changed(server: str) -> None:
    tag = ask(f"{server}/phase/share", "en")[1]["ETag"]
    assert ask(f"{server}/phase/share", "en", **{"If-None-Match": tag})[0] == 304
    assert ask(f"{server}/phase/share", SWEDISH, **{"If-None-Match": tag})[0] == 200


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("/phase/share", "text/turtle"), ("/phase/share", "application/ld+json"),
        ("/recommend?data=imaging&phase=share", "application/json"), ("/browse", "application/json"),
        ("/queries/explore/phases?format=csv", "*/*"), ("/search?q=imag", "application/json"),
    ],
)  # fmt: skip
def test_data_are_the_same_in_every_language(server: str, path: str, accept: str) -> None:
    _, headers, swedish = ask(server + path, SWEDISH, accept)
    assert ask(server + path, "en", accept)[2] == swedish
    assert "Accept-Language" not in headers["Vary"]
    assert headers["Content-Language"] is None
